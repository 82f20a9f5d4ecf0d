#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What failed and may succeed later is tried again; the row says when, and the wait can be cut short."""

import tap
from programs import Practice, Skein, WindowManager, digest


def busy_server(case):
    practice = case.own(Practice())
    case.own(WindowManager())
    address = practice.address + '/bytes/100k?fail-first=1&retry-after=1800'
    skein = case.own(Skein(case, address))
    skein.wait_for_facts('100k', r'^Trying again in 29\smin \d+\ss \(2 of 8\)$')
    skein.row('100k').press('Try Now')
    skein.wait_for_finished('100k')
    assert digest(skein.file('100k')) == digest(practice.get(address))


def by_itself(case):
    practice = case.own(Practice())
    case.own(WindowManager())
    skein = case.own(Skein(case, practice.address + '/bytes/10k?fail-first=2&retry-after=2'))
    for pattern in r'in 2\ss \(2 of 8\)', r'in 1\ss \(2 of 8\)', r'in 2\ss \(3 of 8\)':
        skein.wait_for_facts('10k', pattern)
    skein.wait_for_finished('10k')


def stopped_while_it_waits(case):
    practice = case.own(Practice())
    case.own(WindowManager())
    skein = case.own(Skein(case, practice.address + '/bytes/10k?status=503', practice.address + '/bytes/20k?status=503'))
    skein.wait_for_facts('10k', 'Trying again')
    skein.activate('pause-all')
    skein.wait_for_facts('10k', '^Paused$')
    skein.wait_for_facts('20k', '^Paused$')


tap.run(busy_server, by_itself, stopped_while_it_waits)
