#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong is said where it went wrong, and everything else goes on."""

import os

import screen
import tap
import tree
from programs import Practice, Skein, WindowManager, digest
from waiting import wait_until


def start(case, **more):
    practice = case.own(Practice())
    case.own(WindowManager())
    return practice, case.own(Skein(case, **more))


def servers_that_fail(case):
    practice, skein = start(case, settings={'tries': '1'})
    bad = {
        '404': (f'{practice.address}/bytes/404?status=404', '404'),
        'refused': ('http://127.0.0.1:1/refused', 'could not be reached'),
        '100k': (f'{practice.address}/bytes/100k?cut=5k', 'too early'),
        '200k': (f'{practice.address}/bytes/200k?loop=1', 'without end'),
        'garbage': (f'{practice.address}/bytes/garbage?raw=aGVsbG8gd29ybGQKCg', r'.'),
    }
    skein.hand_over(*[address for address, _ in bad.values()], practice.address + '/bytes/50k')
    for name, (_, pattern) in bad.items():
        skein.wait_for_facts(name, pattern)
        skein.wait_for_row(name, tree.Row.is_failed, 'have failed')
    skein.wait_for_finished('50k')
    finished = [name for name in skein.files() if '.part' not in name]
    assert finished == ['50k'], finished
    assert digest(skein.file('50k')) == digest(practice.get(practice.address + '/bytes/50k'))


def lines_that_are_no_addresses(case):
    practice, skein = start(case)
    screen.focus(skein.window)
    screen.key('ctrl+n')
    wait_until(lambda: screen.find_windows('Add Addresses'), 'the dialog')
    screen.type_text(f'no address at all\nftp://127.0.0.1/file\n{practice.address}/bytes/1k\n')
    skein.wait_for_text(r'\b2\b')
    screen.key('alt+a')
    skein.wait_for_text(r'^1 added.*2 not understood')
    skein.wait_for_finished('1k')
    skein.press('Details')
    skein.wait_for_text('no address at all')
    skein.wait_for_text('ftp://127.0.0.1/file')
    skein.wait_for_text('those of http and https can')


def names_that_want_out_of_the_folder(case):
    practice, skein = start(case)
    outside = set(os.listdir(case.folder))
    long_name = 'n' * 400
    skein.hand_over(
        practice.address + '/bytes/1k?disposition=attachment%3B%20filename%3D%22..%2F..%2Fevil.desktop%22',
        practice.address + f'/bytes/2k?disposition=attachment%3B%20filename%3D%22{long_name}.txt%22',
        practice.address + '/bytes/3k?disposition=attachment%3B%20filename%3D%22%2Fetc%2Fpasswd%22')
    wait_until(lambda: len([row for row in skein.rows() if row.is_finished()]) == 3, 'all three to be finished')
    files = skein.files()
    assert len(files) == 3, files
    assert sorted(len(skein.file(name)) for name in files) == [1024, 2048, 3072], files
    assert all(len(name.encode()) <= 255 and not name.startswith('.') for name in files), files
    assert set(os.listdir(case.folder)) == outside, os.listdir(case.folder)


def a_folder_that_cannot_be_written(case):
    # Not even root may make files there.
    practice, skein = start(case, settings={'folder': "'/sys'"})
    skein.hand_over(practice.address + '/bytes/1k')
    skein.wait_for_facts('1k', 'Choose another folder')
    assert skein.row('1k').is_failed()


def what_is_there_is_never_overwritten(case):
    practice = case.own(Practice())
    case.own(WindowManager())
    case.write('Downloads/1k', 'mine')
    case.write('Downloads/2k.part', 'also mine')
    skein = case.own(Skein(case, practice.address + '/bytes/1k', practice.address + '/bytes/2k'))
    wait_until(lambda: len([row for row in skein.rows() if row.is_finished()]) == 2, 'both to be finished')
    assert skein.file('1k') == b'mine'
    assert skein.file('2k.part') == b'also mine'
    assert digest(skein.file('1k (2)')) == digest(practice.get(practice.address + '/bytes/1k'))


tap.run(servers_that_fail, lines_that_are_no_addresses, names_that_want_out_of_the_folder,
        a_folder_that_cannot_be_written, what_is_there_is_never_overwritten)
