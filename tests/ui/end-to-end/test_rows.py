#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows, and what can be done with them, by keys and by what a screen reader offers."""

import screen
import tap
import tree
from programs import Practice, Skein, WindowManager, digest
from waiting import wait_until


def start(case, *addresses, **more):
    practice = case.own(Practice())
    case.own(WindowManager())
    skein = case.own(Skein(case, *[practice.address + address for address in addresses], **more))
    return practice, skein


def bars_move_and_files_are_right(case):
    practice, skein = start(case)
    skein.hand_over(*practice.pictures(12, rate=200000))
    skein.wait_for_row('12.png')
    low = skein.wait_for_row('1.png', lambda row: 0 < row.fraction() < 0.9, 'move').fraction()
    skein.wait_for_row('1.png', lambda row: low < row.fraction() < 1, 'move on')
    names = [f'{i}.png' for i in range(1, 13)]
    skein.wait_for_finished(*names)
    assert skein.files() == sorted(names), skein.files()
    for name, address in zip(names, practice.pictures()):
        assert digest(skein.file(name)) == digest(practice.get(address)), name


def addresses_are_typed(case):
    practice, skein = start(case)
    screen.focus(skein.window)
    screen.key('ctrl+n')
    skein.wait_for_text('^Addresses, one a line$')
    wait_until(lambda: screen.find_windows('Add Addresses'), 'the dialog')
    screen.type_text(f'{practice.address}/bytes/10k\n{practice.address}/bytes/20k\n')
    skein.wait_for_text(r'\b2\b')
    screen.key('alt+a')
    skein.wait_for_finished('10k', '20k')
    wait_until(lambda: not screen.find_windows('Add Addresses'), 'the dialog to close')
    assert skein.files() == ['10k', '20k'], skein.files()


def addresses_are_pasted(case):
    practice, skein = start(case)
    screen.copy(f'Look at {practice.address}/bytes/10k (small), or <{practice.address}/bytes/20k>.')
    screen.focus(skein.window)
    screen.key('ctrl+v')
    skein.wait_for_finished('10k', '20k')
    skein.wait_for_text('^2 added')
    screen.key('ctrl+v')
    skein.wait_for_text('already in the list')
    assert len(skein.rows()) == 2


def pause_resume_cancel_retry(case):
    practice, skein = start(case, '/bytes/400k?rate=200000', '/bytes/300k?rate=60000')
    skein.wait_for_row('400k', lambda row: row.fraction() > 0, 'move').press('Pause')
    skein.wait_for_facts('400k', 'Paused')
    skein.row('300k').press('Cancel')
    skein.wait_for_facts('300k', 'Cancelled')
    assert '400k' not in skein.files() and '300k' not in skein.files()

    skein.row('400k').press('Resume')
    skein.row('300k').press('Retry')
    skein.wait_for_finished('400k', '300k')
    assert digest(skein.file('400k')) == digest(practice.get(practice.address + '/bytes/400k'))
    assert skein.files() == ['300k', '400k'], skein.files()


def remove_and_undo(case):
    _, skein = start(case, '/bytes/1k', '/bytes/2k', '/bytes/3k')
    skein.wait_for_finished('1k', '2k', '3k')
    skein.select(1)
    skein.activate('remove')
    wait_until(lambda: skein.row('2k') is None, 'the row to go')
    skein.press('Undo')
    skein.wait_for_finished('2k')
    assert sorted(row.name for row in skein.rows()) == ['1k', '2k', '3k']
    assert skein.files() == ['1k', '2k', '3k'], skein.files()


def again_and_clear(case):
    practice, skein = start(case, '/bytes/1k', '/bytes/2k?status=404')
    skein.wait_for_finished('1k')
    skein.wait_for_row('2k', tree.Row.is_failed, 'have failed')
    skein.activate('download-all-again')
    wait_until(lambda: skein.files() == ['1k', '1k (2)'], 'a second file beside the first')
    assert digest(skein.file('1k (2)')) == digest(practice.get(practice.address + '/bytes/1k'))

    skein.wait_for_finished('1k (2)')
    skein.activate('clear-finished')
    wait_until(lambda: [row.name for row in skein.rows()] == ['2k'], 'only the failed row to stay')
    skein.select(0)
    skein.activate('copy-address')
    wait_until(lambda: screen.paste() == practice.address + '/bytes/2k?status=404', 'the address on the clipboard')


def practice_pictures_without_a_network(case):
    case.own(WindowManager())
    skein = case.own(Skein(case))
    skein.wait_for_text('^No Downloads$')
    skein.press('Try Practice Pictures')
    skein.wait_for_facts('12.png', 'Waiting')
    skein.wait_for_row('1.png', lambda row: 0 < row.fraction() < 1, 'move')
    assert 'Practice' in skein.row('1.png').host, skein.row('1.png').host


tap.run(bars_move_and_files_are_right, addresses_are_typed, addresses_are_pasted, pause_resume_cancel_retry,
        remove_and_undo, again_and_clear, practice_pictures_without_a_network)
