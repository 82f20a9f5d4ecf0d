# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows of the benchmark: what is fetched from where, how each program is asked to, and what is to be reached."""

from dataclasses import dataclass, field
import os

MIB = 1024 * 1024
RTT = 40
FAR_RATE = 4_000_000
FAR_SLOW = 400_000
SLOW_EVERY = 4
SHARED_RATE = 50_000_000


@dataclass(frozen=True)
class Goal:
    """Skein's median of a measure (wall, processor, memory) against a factor times another's, or a plain figure."""
    measure: str
    factor: float
    of: str = ''


@dataclass(frozen=True)
class Row:
    """Files of one size, fetched over one of the ways of bench_servers.py."""
    name: str
    title: str
    files: int
    size: int
    way: str = 'http'
    at_once: int = 1
    split: int = 1
    relay: tuple = ()
    goals: tuple = ()
    peers: tuple = ('curl', 'wget2', 'aria2c')
    bare: tuple = field(default=())

    @property
    def is_list(self):
        return self.files > 1

    @property
    def programs(self):
        limit = () if self.way == 'https' else ('limit',)
        return limit + ('skein-get',) + self.peers


def far(*more):
    return ('--rtt', str(RTT), '--rate', str(FAR_RATE), '--most', '16') + tuple(str(part) for part in more)


ALL_PEERS = ('curl', 'wget2', 'aria2c', 'axel')
# The others fetch one file over one connection: 26 s here.
SPLITTING_PEERS = ('aria2c', 'axel')

ROWS = (
    Row('big-http', '2 GiB over loopback', 1, 2048 * MIB, peers=ALL_PEERS,
        goals=(Goal('wall', 1.15, 'limit'), Goal('processor', 1.15, 'limit'), Goal('wall', 1.1, 'best'),
               Goal('processor', 1.0, 'best'), Goal('memory', 25 * MIB / 1e6))),
    # axel cannot check a certificate for an address that is a number.
    Row('big-https', '2 GiB over loopback and TLS', 1, 2048 * MIB, way='https',
        goals=(Goal('wall', 1.0, 'best'), Goal('processor', 1.0, 'best'))),
    Row('far', '100 MiB, round trip 40 ms, 4 MB/s a connection, 16 connections allowed', 1, 100 * MIB, way='relay',
        split=16, relay=far(), peers=SPLITTING_PEERS, goals=(Goal('wall', 1.15, 'limit'),)),
    Row('far-stragglers', 'The same, every 4th connection 0.4 MB/s', 1, 100 * MIB, way='relay',
        split=16, relay=far('--slow-every', SLOW_EVERY, '--slow-rate', FAR_SLOW), peers=SPLITTING_PEERS,
        goals=(Goal('wall', 1.15, 'limit'),),
        bare=('--slow-every', str(SLOW_EVERY), '--slow-part', str(FAR_SLOW / FAR_RATE))),
    Row('small-far', '2,000 files of 20 kB, round trip 40 ms, 50 MB/s in all, 64 at once', 2000, 20_000, way='relay',
        at_once=64, relay=('--rtt', str(RTT), '--total-rate', str(SHARED_RATE)), goals=(Goal('wall', 1.15, 'limit'),)),
    Row('small-near', '2,000 files of 20 kB over loopback, 16 at once', 2000, 20_000, at_once=16,
        goals=(Goal('processor', 2000 * 300e-6),)),
    Row('small-https', '2,000 files of 20 kB over loopback and TLS, 64 at once', 2000, 20_000, way='https', at_once=64,
        goals=(Goal('processor', 2.5, 'curl'), Goal('memory', 36))),
    Row('many', '100,000 addresses of 1 kB over loopback, 16 at once', 100_000, 1000, at_once=16,
        goals=(Goal('wall', 1.5, 'curl'), Goal('memory', 64))),
    Row('memory-64', '64 files of 16 MiB over loopback, all at once', 64, 16 * MIB, at_once=64,
        goals=(Goal('memory', 32),)),
)


@dataclass(frozen=True)
class Job:
    """One run: where to get it, where to put it."""
    row: Row
    addresses: tuple
    folder: str
    listing: str
    curl_listing: str

    @property
    def source(self):
        return ['-i', self.listing] if self.row.is_list else [self.addresses[0]]

    @property
    def target(self):
        return os.path.join(self.folder, os.path.basename(self.addresses[0]))


def limit(job, tools):
    base = [tools['limit']]
    if job.row.is_list:
        return base + ['-n', str(job.row.at_once), '-o', job.folder, '-i', job.listing]
    return base + ['-n', str(job.row.split), '--size', str(job.row.size), *job.row.bare, '-o', job.target,
                   job.addresses[0]]


def skein_get(job, tools):
    more = ['-x', str(job.row.split)] if job.row.split > 1 and tools['skein-get-splits'] else []
    return [tools['skein-get'], '-d', job.folder, '-j', str(job.row.at_once)] + more + job.source


def curl(job, tools):
    # With the system's list it would take 20 ms for each connection.
    base = ['curl', '-q', '-sS', '--fail', '--http1.1', '--cacert', tools['authority']]
    if job.row.is_list:
        return base + ['-Z', '--parallel-immediate', '--parallel-max', str(job.row.at_once), '--remote-name-all',
                       '--output-dir', job.folder, '-K', job.curl_listing]
    return base + ['-o', job.target, job.addresses[0]]


def wget2(job, tools):
    base = ['wget2', '--no-config', '-q', '--no-hsts', '--no-robots', '--no-http2', '-P', job.folder,
            '--ca-certificate', tools['authority']]
    if job.row.split > 1:
        base += ['--chunk-size', str(job.row.size // job.row.split + 1)]
    return base + ['--max-threads', str(max(job.row.at_once, job.row.split))] + job.source


def aria2c(job, tools):
    split = str(job.row.split)
    return ['aria2c', '--no-conf', '-q', '--file-allocation=none', '--auto-file-renaming=false',
            '--allow-overwrite=true', '--summary-interval=0', '--ca-certificate', tools['authority'],
            '-x', split, '-s', split, '-k', '1M', '-j', str(job.row.at_once), '-d', job.folder] + job.source


def axel(job, _tools):
    return ['axel', '-q', '-n', str(job.row.split), '-o', job.target, job.addresses[0]]


COMMANDS = {
    'limit': limit,
    'skein-get': skein_get,
    'curl': curl,
    'wget2': wget2,
    'aria2c': aria2c,
    'axel': axel,
}
