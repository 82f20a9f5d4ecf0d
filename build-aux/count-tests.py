#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts the single test cases of a run of "meson test" and prints "N passed, N failed".

Arguments: meson's testlog.json, the exit status of the run, and files with TAP of what else ran. The exit
status is 0 only if something ran and nothing failed."""

import json
import re
import sys

CASE = re.compile(r'^\s*(not )?ok\b(.*)', re.MULTILINE)
SKIPPED = re.compile(r'#\s*skip', re.IGNORECASE)
GOOD = ('OK', 'EXPECTEDFAIL')


def count_program(test):
    """Passed, failed and skipped cases of one test program."""
    cases = CASE.findall(test.get('stdout') or '')
    failed = sum(1 for no, _ in cases if no)
    skipped = sum(1 for no, rest in cases if not no and SKIPPED.search(rest))
    passed = len(cases) - failed - skipped
    if test['result'] == 'SKIP':
        return passed, failed, max(skipped, 1)
    if test['result'] in GOOD:
        return (passed if cases else 1), failed, skipped
    # It died, hung or leaked outside of any case: that counts as one.
    return passed, max(failed, 1), skipped


def read_programs(path):
    try:
        with open(path, encoding='utf-8') as file:
            return [json.loads(line) for line in file if line.strip()]
    except (OSError, ValueError) as error:
        print(f'No results to count: {error}')
        return []


def read_tap(path):
    """What meson would say of a program that printed this."""
    with open(path, encoding='utf-8') as file:
        text = file.read()
    planned = re.search(r'^1\.\.(\d+)$', text, re.MULTILINE)
    complete = planned and int(planned.group(1)) == len(CASE.findall(text))
    good = complete and not any(no for no, _ in CASE.findall(text))
    return {'name': path, 'stdout': text, 'result': 'OK' if good else 'FAIL'}


def main():
    programs = read_programs(sys.argv[1]) + [read_tap(path) for path in sys.argv[3:]]
    passed, failed, skipped = map(sum, zip((0, 0, 0), *map(count_program, programs)))
    if failed == 0 and (sys.argv[2] != '0' or passed == 0):
        failed = 1
    for test in programs:
        if test['result'] not in GOOD + ('SKIP',):
            print(f"{test['result']}: {test['name']}")
    if skipped:
        print(f'{skipped} skipped')
    print(f'{passed} passed, {failed} failed')
    sys.exit(1 if failed else 0)


main()
