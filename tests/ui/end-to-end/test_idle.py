#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A window that has nothing to do sleeps."""

import os
import re

import tap
import tree
from programs import Practice, Skein, WindowManager
from waiting import stays, wait_until

SECONDS = 5
# What other programs on the display may cause, in all of that time.
FEW = 4


def read_switches(pid):
    """How often each thread of the program has slept."""
    switches = {}
    for task in os.listdir(f'/proc/{pid}/task'):
        with open(f'/proc/{pid}/task/{task}/status', encoding='ascii') as file:
            switches[task] = int(re.search(r'^voluntary_ctxt_switches:\s+(\d+)', file.read(), re.M)[1])
    return switches


def idle_with_finished_rows(case):
    practice = case.own(Practice())
    case.own(WindowManager())
    skein = case.own(Skein(case, practice.address + '/bytes/1k', practice.address + '/bytes/2k',
                           practice.address + '/bytes/3k?status=404'))
    skein.wait_for_finished('1k', '2k')
    skein.wait_for_row('3k', tree.Row.is_failed, 'have failed')
    # The strip stays for 5 s, and toasts as long as they may.
    wait_until(lambda: not [text for text in skein.texts() if re.search('^Window |added| in \d', text)],
               'the window to come to rest', 60)
    # What is under way for our own questions.
    stays(skein.running, 'Skein', 1)
    before = read_switches(skein.pid)
    stays(skein.running, 'Skein', SECONDS)
    wake_ups = sum(count - before.get(task, 0) for task, count in read_switches(skein.pid).items())
    tap.comment(f'{wake_ups} wake-ups in {SECONDS} s')
    assert wake_ups <= FEW, wake_ups


tap.run(idle_with_finished_rows)
