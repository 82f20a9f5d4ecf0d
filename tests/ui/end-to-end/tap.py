# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the cases of a test program and speaks TAP."""

import os
import shutil
import subprocess
import sys
import tempfile
import traceback

BUILD_ROOT = os.environ['SKEIN_BUILD_ROOT']


class Case:
    """One test case: a folder of its own, and what has to be ended after it, last first."""

    def __init__(self, name):
        self.name = name
        self.folder = tempfile.mkdtemp(prefix='case-', dir=os.environ['HOME'])
        self.cleanups = []

    def path(self, *names):
        path = os.path.join(self.folder, *names)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return path

    def write(self, name, content):
        path = self.path(name)
        with open(path, 'wb') as file:
            file.write(content if isinstance(content, bytes) else content.encode())
        return path

    def own(self, program):
        """The program ends with the case."""
        self.cleanups.append(program.stop)
        return program

    def clean(self):
        problems = []
        while self.cleanups:
            try:
                self.cleanups.pop()()
            except Exception:  # pylint: disable=broad-except  # the others have to be ended too
                problems.append(traceback.format_exc())
        shutil.rmtree(self.folder, ignore_errors=True)
        return problems


def comment(text):
    for line in text.rstrip().splitlines():
        print('#', line)


def keep_screenshot(name):
    folder = os.path.join(BUILD_ROOT, 'meson-logs')
    if os.path.isdir(folder):
        path = os.path.join(folder, f'end-to-end-{name}.png')
        subprocess.run(['import', '-window', 'root', path], check=False, timeout=20)
        print('# the screen is in', path)


def run_case(function):
    case = Case(function.__name__)
    problems = []
    try:
        function(case)
    except Exception:  # pylint: disable=broad-except  # whatever it was, the case has failed
        problems.append(traceback.format_exc())
        keep_screenshot(case.name)
    problems += case.clean()
    for problem in problems:
        comment(problem)
    return not problems


def run(*functions):
    """Runs the cases, or those named on the command line; ends the program."""
    wanted = [f for f in functions if not sys.argv[1:] or f.__name__ in sys.argv[1:]]
    print(f'1..{len(wanted)}', flush=True)
    failed = 0
    for number, function in enumerate(wanted, 1):
        good = run_case(function)
        failed += not good
        print('ok' if good else 'not ok', number, '-', function.__name__.replace('_', ' '), flush=True)
    sys.exit(1 if failed else 0)
