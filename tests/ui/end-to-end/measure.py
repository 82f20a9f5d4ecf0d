#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures the window from outside and prints a table: measure.py FOLDER-FOR-SCREENSHOTS (see build-aux/measure.sh)"""

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

import tap
from measuring import ping_many, strip_figure, time_many, wait_for_freeze, wait_for_thaw
from programs import Practice, Skein, WindowManager, WmPing, built, skein_environment
from waiting import stays, wait_until

FIRST_FRAMES = 9
PARALLEL = 32
FULL_SPEED_SECONDS = 10
PICTURES = 12

results = []


def note(what, measured, wanted, good):
    print(f'{what}: {measured}', file=sys.stderr, flush=True)
    results.append((what, measured, wanted, 'yes' if good else '**no**'))


def time_first_frame(case, *command):
    said = subprocess.run([built('tests', 'ui', 'tools', 'frames'), '--first', *command], check=True, timeout=120,
                          env=skein_environment(case), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return float(said.stdout)


def measure_first_frame(case):
    """Before a window manager runs, whose frames would be taken for the window's."""
    empty, skein = [], []
    for _ in range(FIRST_FRAMES):
        empty.append(time_first_frame(case, built('tests', 'ui', 'tools', 'empty-window')))
        skein.append(time_first_frame(case, built('src', 'app', 'skein')))
    # The first of each reads the disk.
    ours, theirs = statistics.median(skein[1:]), statistics.median(empty[1:])
    note('First frame, median of 8', f'{ours:.0f} ms; empty libadwaita window {theirs:.0f} ms: {ours / theirs:.2f} ×',
         '< 1.5 ×', ours < 1.5 * theirs)


def take_away(folder):
    """Removes what is finished, and gives its names."""
    names = [name for name in os.listdir(folder) if '.part' not in name]
    for name in names:
        os.unlink(os.path.join(folder, name))
    return names


def measure_full_speed(case):
    practice = case.own(Practice())
    memory = tempfile.TemporaryDirectory(prefix='skein-', dir='/dev/shm')
    case.cleanups.append(memory.cleanup)
    skein = case.own(Skein(case, settings={'folder': f"'{memory.name}'", 'downloads-at-once': str(PARALLEL),
                                           'downloads-per-host': str(PARALLEL)}))
    skein.hand_over(*[f'{practice.address}/bytes/128M?n={i}' for i in range(400)])
    wait_until(lambda: len(os.listdir(memory.name)) >= PARALLEL, 'all to run')
    ping = case.own(WmPing(case, skein.window))
    begin, taken = time.monotonic(), set()
    while time.monotonic() < begin + FULL_SPEED_SECONDS:
        # Memory would not last: what is finished goes.
        taken.update(take_away(memory.name))
        stays(skein.running, 'Skein', 0.1)
    figures = ping.finish()
    speed = len(taken) * 128 / 1024 / FULL_SPEED_SECONDS
    note(f'{PARALLEL} downloads at full speed for {FULL_SPEED_SECONDS} s ({speed:.1f} GiB/s), '
         f'{figures["count"]:.0f} pings', f'median {figures["median"]:.1f}, p99 {figures["p99"]:.1f}, '
         f'longest {figures["max"]:.1f} ms', 'p99 ≤ 16, longest ≤ 50 ms',
         figures['p99'] <= 16 and figures['max'] <= 50 and figures['lost'] == 0 and taken)
    skein.activate('pause-all')


def measure_one_freeze(case):
    practice = case.own(Practice())
    skein = case.own(Skein(case))
    skein.activate('without-threads')
    wait_until(skein.is_checked, 'the box to be ticked')
    ping = case.own(WmPing(case, skein.window))
    skein.hand_over(practice.address + '/bytes/600000?rate=200000')
    wait_for_thaw(ping, wait_for_freeze(ping))
    figure = strip_figure(skein)
    longest = ping.finish()['max'] / 1000
    note('One download of 3 s without threads', f'longest {longest:.2f} s; the strip says {figure:.1f} s',
         'about 3 s, within 0.1 s', 2.8 <= longest <= 3.3 and abs(figure - longest) <= 0.1)


def keep_picture(skein, folder, name):
    subprocess.run(['import', '-window', str(skein.window), os.path.join(folder, name)], check=True, timeout=60)


def wait_for_quiet(skein):
    """No toast, and no figure of what was before."""
    wait_until(lambda: not [text for text in skein.texts() if re.search('^Nothing|^Window | in \\d|removed', text)],
               'nothing to be said', 60)


def measure_pictures(case, folder):
    practice = case.own(Practice())
    skein = case.own(Skein(case))
    skein.activate('without-threads')
    wait_until(skein.is_checked, 'the box to be ticked')
    wait_for_quiet(skein)
    ping = case.own(WmPing(case, skein.window))
    skein.hand_over(*practice.pictures(PICTURES, rate=200000))
    since = 0
    for _ in range(4):
        since = wait_for_thaw(ping, wait_for_freeze(ping, since))
    wait_for_freeze(ping, since)
    keep_picture(skein, folder, 'without-threads.png')
    said = skein.wait_for_text(rf'^{PICTURES} pictures in (\d+\.\d)\ss\. The window was frozen.*', 60)
    without, longest = float(said[1]), ping.finish()['max']
    note(f'{PICTURES} pictures of 2 s without threads', f'{without:.1f} s, longest without an answer {longest:.0f} ms',
         'about 24 s', 20 <= without <= 30)

    # A window of its own: the strip would show the freezes for half a minute.
    skein.stop()
    take_away(skein.folder)
    skein = case.own(Skein(case))
    ping = case.own(WmPing(case, skein.window))
    skein.hand_over(*practice.pictures(PICTURES, rate=200000))
    skein.wait_for_row('7.png', lambda row: 0.3 < row.fraction() < 1, 'move')
    keep_picture(skein, folder, 'with-threads.png')
    said = skein.wait_for_text(rf'^{PICTURES} pictures in (\d+\.\d)\ss\. The window always answered', 60)
    figures = ping.finish()
    note('The same with five threads, in the same run', f'{float(said[1]):.1f} s, longest {figures["max"]:.1f} ms',
         'about 6 s', 4.5 <= float(said[1]) <= 9 and figures['max'] <= 100)


def measure_many(case):
    practice = case.own(Practice())
    seconds = time_many(case, practice)
    note('10,000 addresses dropped at once: until all are there', f'{seconds:.2f} s', '≤ 1 s', seconds <= 1)


def measure_answers_to_many(case):
    practice = case.own(Practice())
    longest = ping_many(case, practice)['max']
    note('The same: how the window answers meanwhile', f'longest {longest:.0f} ms', '≤ 100 ms', longest <= 100)


def run(function, *arguments):
    case = tap.Case(function.__name__)
    problems = []
    try:
        function(case, *arguments)
    except Exception as error:  # pylint: disable=broad-except  # the others are still worth measuring
        note(function.__name__, re.sub(r'\s+', ' ', str(error))[-200:], '', False)
    problems = case.clean()
    if problems:
        note(function.__name__, 'afterwards: ' + problems[0].splitlines()[-1], '', False)


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    run(measure_first_frame)
    WindowManager()
    run(measure_full_speed)
    run(measure_one_freeze)
    run(measure_many)
    run(measure_answers_to_many)
    run(measure_pictures, folder)
    print('| what | measured | wanted | good |')
    print('| --- | --- | --- | --- |')
    for row in results:
        print('|', ' | '.join(row), '|')
    sys.exit(1 if any(row[3] != 'yes' for row in results) else 0)


main()
