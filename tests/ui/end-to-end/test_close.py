#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Closing the window while downloads run."""

import screen
import tap
from programs import NotificationSpy, Practice, Skein, WindowManager, bus_name_is_owned
from waiting import wait_until


def start(case, rate):
    spy = NotificationSpy()
    case.cleanups.append(spy.stop)
    practice = case.own(Practice())
    case.own(WindowManager())
    skein = case.own(Skein(case, f'{practice.address}/bytes/400k?rate={rate}',
                           f'{practice.address}/bytes/300k?rate={rate}'))
    skein.wait_for_row('300k', lambda row: row.fraction() > 0, 'move')
    screen.focus(skein.window)
    screen.key('ctrl+w')
    skein.wait_for_text('Keep Downloading')
    return spy, skein


def is_closed():
    return not screen.find_windows('Skein')


def keep_downloading(case):
    spy, skein = start(case, 100000)
    skein.press('Keep Downloading')
    wait_until(is_closed, 'the window to close')
    number = spy.wait_for('^2 downloads continue$')
    assert bus_name_is_owned() and skein.running()
    assert set(spy.shown[number][2]) >= {'Show', 'Stop'}, spy.shown

    spy.wait_for('^2 downloads finished$')
    assert skein.files() == ['300k', '400k'], skein.files()
    assert number not in spy.shown, 'it does not say any more that they continue'
    # Nobody sees it and nothing is left to do.
    assert skein.wait() == 0
    assert not bus_name_is_owned()


def show_from_the_notification(case):
    spy, skein = start(case, 20000)
    skein.press('Keep Downloading')
    wait_until(is_closed, 'the window to close')
    spy.press(spy.wait_for('^2 downloads continue$'), 'Show')
    skein.wait_for_window()
    wait_until(lambda: not spy.shown, 'the notification to go')
    skein.wait_for_row('400k', lambda row: 0 < row.fraction() < 1, 'still run')


def stop_from_the_notification(case):
    spy, skein = start(case, 20000)
    skein.press('Keep Downloading')
    spy.press(spy.wait_for('^2 downloads continue$'), 'Stop')
    assert skein.wait() == 0
    assert not bus_name_is_owned() and not spy.shown, spy.shown


def stop_and_offer_again(case):
    spy, skein = start(case, 20000)
    skein.press('Stop')
    assert skein.wait() == 0
    assert not bus_name_is_owned() and not spy.shown, spy.shown
    assert not [name for name in skein.files() if '.part' not in name], skein.files()

    again = case.own(Skein(case))
    again.wait_for_text('^2 downloads were unfinished')
    assert sorted(row.name for row in again.rows()) == ['300k', '400k']


def cancel_and_remember(case):
    _, skein = start(case, 20000)
    skein.press('Cancel')
    wait_until(lambda: 'Keep Downloading' not in skein.texts(), 'the dialog to go')
    assert not is_closed()

    screen.key('ctrl+w')
    skein.wait_for_text('Keep Downloading')
    wait_until(lambda: screen.xdotool('getactivewindow').strip() not in ('', str(skein.window)),
               'the dialog to be active')
    screen.key('alt+r')
    skein.press('Keep Downloading')
    wait_until(is_closed, 'the window to close')
    skein.hand_over()
    wait_until(lambda: not is_closed(), 'the window to come back')
    screen.focus(skein.find_window())
    screen.key('ctrl+w')
    wait_until(is_closed, 'the window to close without a question')
    assert skein.running()


tap.run(keep_downloading, show_from_the_notification, stop_from_the_notification, stop_and_offer_again,
        cancel_and_remember)
