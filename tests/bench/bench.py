#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the rows of the benchmark; see build-aux/bench.sh, which prepares what this needs."""

import argparse
import datetime
import filecmp
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

import bench_rows
import bench_servers
import bench_table

HERE = os.path.dirname(os.path.abspath(__file__))
RESULTS = os.path.join(HERE, 'RESULTS.md')
CERTIFICATES = os.path.join(os.path.dirname(HERE), 'data', 'tls')
MEMORY_FOLDER = '/dev/shm'
LONGEST = 900
# A relay, like a server, counts a connection until its end has arrived.
BETWEEN_RUNS = 0.3


def first_version(command):
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, text=True)
    found = re.search(r'\d+\.\d+(\.\d+)*', result.stdout)
    return found.group() if found else '?'


def versions(row, tools):
    """Skein's commit and everybody's versions."""
    commit = subprocess.run(['git', '-C', HERE, 'describe', '--always'], stdout=subprocess.PIPE, check=False, text=True)
    known = [f'skein-get {commit.stdout.strip() or first_version([tools["skein-get"], "--version"])}']
    known += [f'{peer} {first_version([peer, "--version"])}' for peer in row.peers]
    return ', '.join(known + [f'nginx {first_version(["nginx", "-v"])}'])


def machine():
    return f'Linux {os.uname().release.split("-")[0]}, {os.cpu_count()} cores'


def find_tools(build):
    tools = {name: os.path.join(build, 'tests', 'bench', program)
             for name, program in (('limit', 'bare-loop'), ('relay', 'skein-relay'), ('run', 'bench-run'))}
    tools['authority'] = os.path.join(CERTIFICATES, 'ca.pem')
    tools['skein-get'] = os.path.join(build, 'src', 'get', 'skein-get')
    words = subprocess.run([tools['skein-get'], '--help'], stdout=subprocess.PIPE, check=True, text=True).stdout
    tools['skein-get-splits'] = '-x,' in words
    return tools


class Bench:
    """One row, on one kind of folder."""

    def __init__(self, row, servers, tools, target):
        self.row = row
        self.servers = servers
        self.tools = tools
        self.target = tempfile.mkdtemp(prefix='skein-bench-', dir=target)
        self.source, self.names = servers.make_files(row)
        if row.relay:
            servers.start_relay(row)

    def prepare(self):
        """An empty folder, and lists that no run has touched."""
        shutil.rmtree(self.target)
        folder = os.path.join(self.target, 'files')
        os.makedirs(folder)
        addresses = tuple(self.servers.address(self.row, name) for name in self.names)
        job = bench_rows.Job(self.row, addresses, folder, os.path.join(self.target, 'list'),
                             os.path.join(self.target, 'curl-list'))
        with open(job.listing, 'w', encoding='ascii') as file:
            file.writelines(address + '\n' for address in addresses)
        with open(job.curl_listing, 'w', encoding='ascii') as file:
            file.writelines(f'url = "{address}"\n' for address in addresses)
        time.sleep(BETWEEN_RUNS)
        return job

    def is_right(self, job):
        if sorted(os.listdir(job.folder)) != self.names:
            return False
        return all(filecmp.cmp(os.path.join(self.source, name), os.path.join(job.folder, name), shallow=False)
                   for name in self.names)

    def run(self, program):
        """One run; what it took."""
        job = self.prepare()
        report = os.path.join(self.target, 'report')
        log = os.path.join(self.target, 'log')
        command = [self.tools['run'], report] + bench_rows.COMMANDS[program](job, self.tools)
        servers, everything = self.servers.processor(), bench_servers.processor_of_all()
        with open(log, 'wb') as file:
            subprocess.run(command, stdin=subprocess.DEVNULL, stdout=file, stderr=file, timeout=LONGEST, check=True)
        servers, everything = self.servers.processor() - servers, bench_servers.processor_of_all() - everything
        with open(report, encoding='ascii') as file:
            wall, user, system, memory, status = (float(word) for word in file.read().split())
        others = max(everything - servers - user - system, 0) / (wall * os.cpu_count())
        right = status == 0 and self.is_right(job)
        if not right:
            with open(log, errors='replace', encoding='utf-8') as file:
                print(f'{program}: wrong result, exit status {status:g}\n{file.read()[-400:]}', file=sys.stderr)
        return {'wall': wall, 'processor': user + system, 'memory': memory * 1024 / 1e6, 'others': others,
                'right': right}

    def run_all(self, rounds):
        runs = {program: [] for program in self.row.programs}
        for turn in range(rounds + 1):
            for program, done in runs.items():
                run = self.run(program)
                if turn > 0:
                    done.append(run)
                print(f"{self.row.name} {turn}/{rounds} {program}: {run['wall']:.3f} s, "
                      f"processor {run['processor']:.3f} s, {run['memory']:.1f} MB, others {run['others']:.0%}",
                      file=sys.stderr)
        return runs

    def clean(self):
        self.servers.stop_relay()
        shutil.rmtree(self.target)
        shutil.rmtree(self.source)


def read_records(path):
    if not os.path.exists(path):
        return []
    with open(path, encoding='utf-8') as file:
        return json.load(file)


def keep(record, path):
    """Replaces what was known of the same row and target, and writes the table anew."""
    records = [old for old in read_records(path) if (old['row'], old['target']) != (record['row'], record['target'])]
    records.append(record)
    with open(path, 'w', encoding='utf-8') as file:
        json.dump(records, file, indent=1)
    with open(RESULTS, 'w', encoding='utf-8') as file:
        file.write(bench_table.document(bench_rows.ROWS, records))


def bench_row(row, servers, tools, arguments):
    target = arguments.folder or servers.work
    bench = Bench(row, servers, tools, target)
    try:
        runs = bench.run_all(arguments.runs)
    finally:
        bench.clean()
    record = {'row': row.name, 'target': 'disk' if arguments.folder else 'tmpfs', 'runs': runs,
              'date': datetime.date.today().isoformat(), 'machine': machine(), 'versions': versions(row, tools)}
    keep(record, os.path.join(arguments.build, 'bench-runs.json'))
    print('\n' + bench_table.section(row, record), flush=True)


def parse_arguments():
    names = [row.name for row in bench_rows.ROWS]
    parser = argparse.ArgumentParser(prog='build-aux/bench.sh', description='Measures skein-get against others.')
    parser.add_argument('--build', required=True, help=argparse.SUPPRESS)
    parser.add_argument('-n', '--runs', type=int, default=5, help='runs that count, 5 without it')
    parser.add_argument('-d', '--folder', help='a folder on the disk to download to, instead of memory')
    parser.add_argument('rows', nargs='*', metavar='ROW', help='of ' + ', '.join(names) + '; all without any')
    arguments = parser.parse_args()
    unknown = set(arguments.rows) - set(names)
    if unknown:
        parser.error('no such row: ' + ', '.join(sorted(unknown)))
    return arguments


def main():
    arguments = parse_arguments()
    tools = find_tools(arguments.build)
    with tempfile.TemporaryDirectory(prefix='skein-bench-', dir=MEMORY_FOLDER) as work:
        servers = bench_servers.Servers(work, tools, CERTIFICATES)
        try:
            for row in bench_rows.ROWS:
                if not arguments.rows or row.name in arguments.rows:
                    bench_row(row, servers, tools, arguments)
        finally:
            servers.stop()


if __name__ == '__main__':
    main()
