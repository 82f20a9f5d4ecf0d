# SPDX-License-Identifier: GPL-3.0-or-later
"""The files that are served, nginx that serves them, and the relay before it."""

import os
import random
import socket
import subprocess
import time

CONFIGURATION = """
daemon off;
master_process off;
pid {work}/nginx.pid;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  default_type application/octet-stream;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 10000000;
  client_body_temp_path {work}/body;
  proxy_temp_path {work}/proxy;
  fastcgi_temp_path {work}/fastcgi;
  uwsgi_temp_path {work}/uwsgi;
  scgi_temp_path {work}/scgi;
  server {{
    listen 127.0.0.1:{http};
    listen 127.0.0.1:{https} ssl;
    ssl_certificate {certificates}/good.pem;
    ssl_certificate_key {certificates}/good.key;
    root {work}/www;
  }}
}}
"""
SYSTEM_TRUST = '/etc/ssl/certs/ca-certificates.crt'
BLOCK = 1024 * 1024


def free_port():
    with socket.socket() as sock:
        sock.bind(('127.0.0.1', 0))
        return sock.getsockname()[1]


def wait_for(port, process):
    """Returns once somebody listens there."""
    for _ in range(200):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(('127.0.0.1', port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit('bench: a server did not start')


def trust(certificates, work):
    """Adds the tests' authority to the system's list: of this process's own mount namespace, see bench.sh."""
    with open(SYSTEM_TRUST, encoding='ascii') as file:
        both = file.read()
    with open(os.path.join(certificates, 'ca.pem'), encoding='ascii') as file:
        both += file.read()
    own = os.path.join(work, 'trust.crt')
    with open(own, 'w', encoding='ascii') as file:
        file.write(both)
    subprocess.run(['mount', '--bind', own, SYSTEM_TRUST], check=True)
    # axel does not look there by itself.
    os.environ['SSL_CERT_FILE'] = SYSTEM_TRUST


class Servers:
    """Servers of one benchmark. The relay is another one for each row."""

    def __init__(self, work, tools, certificates):
        self.work = work
        self.tools = tools
        self.ports = {'http': free_port(), 'https': free_port(), 'relay': free_port()}
        self.relay = None
        os.makedirs(os.path.join(work, 'www'))
        trust(certificates, work)
        path = os.path.join(work, 'nginx.conf')
        with open(path, 'w', encoding='utf-8') as file:
            file.write(CONFIGURATION.format(work=work, certificates=certificates, **self.ports))
        log = os.path.join(work, 'nginx.log')
        self.nginx = subprocess.Popen(['nginx', '-p', work, '-e', log, '-c', path])
        wait_for(self.ports['http'], self.nginx)

    def make_files(self, row):
        """Makes what the row fetches; returns the folder and the names."""
        folder = os.path.join(self.work, 'www', row.name)
        names = [f'{row.name}-{number:06}.bin' for number in range(1, row.files + 1)]
        source = random.Random(row.name)
        os.makedirs(folder)
        for name in names:
            left = row.size
            with open(os.path.join(folder, name), 'wb') as file:
                while left > 0:
                    left -= file.write(source.randbytes(min(left, BLOCK)))
        return folder, names

    def start_relay(self, row):
        self.stop_relay()
        self.relay = subprocess.Popen(
            [self.tools['relay'], '--listen', str(self.ports['relay']), '--to', f"127.0.0.1:{self.ports['http']}",
             *row.relay], stdout=subprocess.DEVNULL)
        wait_for(self.ports['relay'], self.relay)

    def stop_relay(self):
        if self.relay is not None:
            self.relay.terminate()
            self.relay.wait()
            self.relay = None

    def stop(self):
        self.stop_relay()
        self.nginx.terminate()
        self.nginx.wait()

    def address(self, row, name):
        scheme = 'https' if row.way == 'https' else 'http'
        return f'{scheme}://127.0.0.1:{self.ports[row.way]}/{row.name}/{name}'

    def processor(self):
        """Seconds of processor time the servers have used so far."""
        return sum(processor_of(process.pid) for process in (self.nginx, self.relay) if process is not None)


def processor_of(pid):
    with open(f'/proc/{pid}/stat', encoding='utf-8') as file:
        fields = file.read().rpartition(')')[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


def processor_of_all():
    """Seconds of processor time everything on the machine has used so far."""
    with open('/proc/stat', encoding='utf-8') as file:
        user, nice, system, _idle, _wait, irq, softirq = map(int, file.readline().split()[1:8])
    return (user + nice + system + irq + softirq) / os.sysconf('SC_CLK_TCK')
