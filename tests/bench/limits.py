#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether speed limits hold: files worth ten seconds of a limit, and how long they take; see build-aux/bench.sh."""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import namedtuple

import bench_servers
from bench_rows import Row

SECONDS = 10
TOLERANCE = 0.03
# Of one core; at 50 MB/s the bytes themselves cost some.
MOST_PROCESSOR = {100_000: 0.02, 50_000_000: 0.5}
MEMORY_FOLDER = '/dev/shm'
CERTIFICATES = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'data', 'tls')

Case = namedtuple('Case', 'name rate files split')
CASES = [Case(f'{name}-{label}', rate, files, split)
         for label, rate in (('100k', 100_000), ('50m', 50_000_000))
         for name, files, split in (('one', 1, 1), ('2-by-16', 2, 16), ('32-files', 32, 1))]


def run(command):
    """What a program took: seconds, seconds of the processor, how often it slept."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f'limits: exit status {process.returncode}')
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_nvcsw


def measure(case, program, servers, work):
    """One line of the table; whether it is as it should be."""
    row = Row(case.name, '', case.files, case.rate * SECONDS // case.files)
    _source, names = servers.make_files(row)
    with tempfile.TemporaryDirectory(dir=work) as folder:
        wall, processor, slept = run(
            [program, '-q', '-d', folder, '-j', str(case.files), '-x', str(case.split),
             '--limit-rate', str(case.rate), *(servers.address(row, name) for name in names)])
    # Both ends of the program's life count, in which nothing is read.
    rate = row.size * case.files / wall
    good = abs(rate / case.rate - 1) <= TOLERANCE and processor / wall <= MOST_PROCESSOR[case.rate]
    print(f"{case.name:20} {case.rate:>10} {rate:>12.0f} {rate / case.rate - 1:>+8.1%} {processor / wall:>9.1%}"
          f" {slept / wall:>8.0f}  {'' if good else 'NOT AS IT SHOULD BE'}", flush=True)
    return good


def main():
    parser = argparse.ArgumentParser(prog='build-aux/bench.sh limits', description=__doc__)
    parser.add_argument('--build', required=True, help=argparse.SUPPRESS)
    parser.add_argument('cases', nargs='*', metavar='CASE', help='of ' + ', '.join(case.name for case in CASES))
    arguments = parser.parse_args()
    program = os.path.join(arguments.build, 'src', 'get', 'skein-get')
    print(f"{'case':20} {'limit':>10} {'bytes/s':>12} {'off by':>8} {'processor':>9} {'sleeps/s':>8}")
    with tempfile.TemporaryDirectory(prefix='skein-limits-', dir=MEMORY_FOLDER) as work:
        servers = bench_servers.Servers(work, {}, CERTIFICATES)
        try:
            good = [measure(case, program, servers, work) for case in CASES
                    if not arguments.cases or case.name in arguments.cases]
        finally:
            servers.stop()
    return 0 if all(good) else 1


if __name__ == '__main__':
    sys.exit(main())
