#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every test that tests/faults.md names is there, and every fault has a line. Speaks TAP. Arguments: the source folder
and the build folder."""

import os
import re
import subprocess
import sys

# How many there are of each kind: a line that is dropped is missed.
FAULTS = {'C': 9, 'T': 7, 'H': 13, 'R': 11, 'V': 6, 'D': 8, 'A': 6, 'N': 10, 'F': 12, 'P': 7, 'I': 8, 'S': 5, 'X': 5}

LINE = re.compile(r'^\| ([A-Z]\d+) \| (.+) \| (.+) \| (.+) \|$')
TEST = re.compile(r'`(tests/[^ `]+)(?: (/[^`]+))?`')
WHY_NOT = re.compile(r'not tested: \S+ \S+')


def read_lines(path):
    with open(path, encoding='utf-8') as file:
        rows = [line.rstrip('\n') for line in file if re.match(r'^\| [A-Z]\d', line)]
    return [(match.groups() if (match := LINE.match(row)) else (row, '', '', '')) for row in rows]


def named_tests(cell):
    """What is named there and is no page to read."""
    return [match for match in TEST.finditer(cell) if not match[1].endswith('.md')]


def list_cases(program):
    done = subprocess.run([program, '-l'], capture_output=True, text=True, timeout=60, check=False)
    return [line for line in done.stdout.splitlines() if line.startswith('/')]


class Tests:
    """The tests of this tree, as far as it was built."""

    def __init__(self, source, build):
        self.source = source
        self.build = build
        self.cases = {}

    def complaint(self, name, case):
        """What is wrong with the name of a test; nothing if it is there."""
        program = os.path.join(self.build, name)
        if case is None:
            return '' if os.path.isfile(os.path.join(self.source, name)) else f'{name} is not there'
        if not os.path.isfile(os.path.join(self.source, name + '.c')):
            return f'{name}.c is not there'
        if not os.path.isfile(program):
            return '' if name.startswith('tests/ui/') else f'{name} was not built'
        if name not in self.cases:
            self.cases[name] = list_cases(program)
        if case.endswith('*'):
            good = any(other.startswith(case[:-1]) for other in self.cases[name])
        else:
            good = case in self.cases[name]
        return '' if good else f'{name} has no {case}'


def main():
    source, build = sys.argv[1:3]
    lines = read_lines(os.path.join(source, 'tests', 'faults.md'))
    tests = Tests(source, build)
    expected = [f'{kind}{n}' for kind, last in FAULTS.items() for n in range(1, last + 1)]
    found = [line[0] for line in lines]

    results = [('every fault has one line, in order', [] if found == expected else
                sorted(set(expected).symmetric_difference(found)) or ['not in order, or twice']),
               ('every line names a test, or says why there is none',
                [line[0] for line in lines if not named_tests(line[3]) and not WHY_NOT.search(line[3])]),
               ('every test that is named is there',
                [f'{line[0]}: {complaint}' for line in lines for match in named_tests(line[3])
                 if (complaint := tests.complaint(match[1], match[2]))])]

    print(f'1..{len(results)}')
    for number, (description, complaints) in enumerate(results, 1):
        print(f"{'not ok' if complaints else 'ok'} {number} - {description}")
        for complaint in complaints:
            print('# ' + complaint)


main()
