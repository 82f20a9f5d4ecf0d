#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists and links that are dragged from other programs' windows with the mouse."""

import measuring
import screen
import tap
from programs import Browser, DragSource, Practice, Skein, WindowManager, digest
from waiting import wait_until

HIGHLIGHT = 'Drop to Download'


def start(case):
    practice = case.own(Practice())
    case.own(WindowManager())
    return practice, case.own(Skein(case))


def is_highlighted(skein):
    """Seen, and said."""
    return lambda: HIGHLIGHT in skein.texts() and measuring.is_highlighted(skein.window)


def drop(case, skein, *offers):
    source = case.own(DragSource(*offers))
    assert not is_highlighted(skein)()
    source.drag_to(skein, is_highlighted(skein))
    wait_until(lambda: 'given' in source.said(), 'the data to be fetched')
    wait_until(lambda: not is_highlighted(skein)(), 'the highlight to go')
    return source


def a_list_of_pictures(case):
    practice, skein = start(case)
    addresses = practice.pictures(12, rate=200000)
    drop(case, skein, ('uris', case.write('list', '\r\n'.join(addresses) + '\r\n')))
    low = skein.wait_for_row('1.png', lambda row: 0 < row.fraction() < 0.9, 'move').fraction()
    skein.wait_for_row('1.png', lambda row: low < row.fraction() < 1, 'move on')
    skein.wait_for_text('^12 added')
    names = [f'{i}.png' for i in range(1, 13)]
    skein.wait_for_finished(*names)
    assert skein.files() == sorted(names), skein.files()
    for name, address in zip(names, addresses):
        assert digest(skein.file(name)) == digest(practice.get(address)), name


def running_text(case):
    practice, skein = start(case)
    text = f'“See {practice.address}/bytes/1k, or (better) {practice.address}/bytes/2k!” she wrote. No link: a.b'
    drop(case, skein, ('text', case.write('text', text)))
    skein.wait_for_finished('1k', '2k')
    assert skein.files() == ['1k', '2k'], skein.files()


def a_file_with_a_list(case):
    practice, skein = start(case)
    lines = f'\ufeff# two files\r\n\r\n{practice.address}/bytes/1k\r\n{practice.address}/bytes/2k\r\nnonsense\r\n'
    path = case.write('some list.txt', lines)
    drop(case, skein, ('uris', case.write('uris', f'file://{path.replace(" ", "%20")}\r\n')))
    skein.wait_for_finished('1k', '2k')
    skein.wait_for_text('^2 added, 1 not understood')


def what_is_there_already(case):
    practice, skein = start(case)
    path = case.write('list', f'{practice.address}/bytes/1k\r\n{practice.address}/bytes/2k\r\n')
    source = drop(case, skein, ('uris', path))
    skein.wait_for_finished('1k', '2k')
    source.drag_to(skein, is_highlighted(skein))
    skein.wait_for_text('^Both|^All 2 are already in the list')
    skein.press('Download Again')
    wait_until(lambda: skein.files() == ['1k', '1k (2)', '2k', '2k (2)'], 'both to come again')


def a_link_of_a_browser(case):
    practice, skein = start(case)
    page = case.write('page.html', '<!DOCTYPE html><title>A page</title><body style="margin:0"><a style="display:block;'
                      f'font-size:70px;padding:60px;background:#ffe" href="{practice.address}/bytes/1k">A link</a>')
    browser = case.own(Browser(case, 'A page', page))
    screen.place(skein.window, 420, 0)
    x, y, _, _ = screen.geometry(browser.window)
    # What lies on top of the link would be dragged instead.
    screen.xdotool('windowraise', browser.window)
    screen.drag((x + 120, y + 130), (x + 900, y - 300), is_highlighted(skein))
    skein.wait_for_finished('1k')
    assert digest(skein.file('1k')) == digest(practice.get(practice.address + '/bytes/1k'))


tap.run(a_list_of_pictures, running_text, a_file_with_a_list, what_is_there_already, a_link_of_a_browser)
