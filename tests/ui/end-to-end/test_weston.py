#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Wayland compositors end a program that does not read what they send: it has to live through a long freeze."""

import time

from gi.repository import Gio

import screen
import tap
from programs import APPLICATION_ID, OBJECT_PATH, Practice, Skein, Weston, digest
from waiting import CONTEXT, wait_until

SECONDS = 8


class Call:
    """Asks the main loop something and notes when the answer came."""

    def __init__(self):
        self.begin = time.monotonic()
        self.end = None
        CONTEXT.push_thread_default()
        Gio.bus_get_sync(Gio.BusType.SESSION).call(
            APPLICATION_ID, OBJECT_PATH + '/window/1', 'org.gtk.Actions', 'List', None, None,
            Gio.DBusCallFlags.NONE, 60000, None, self.answered)
        CONTEXT.pop_thread_default()

    def answered(self, bus, result):
        bus.call_finish(result)
        self.end = time.monotonic()


def is_frozen():
    call = Call()
    try:
        wait_until(lambda: call.end is not None, 'an answer', 0.5)
    except AssertionError:
        return call
    return None


def a_long_freeze_with_the_pointer_moving(case):
    practice = case.own(Practice())
    weston = case.own(Weston())
    skein = case.own(Skein(case, settings={'longest-freeze': '0'}, env=weston.environment, window=False))
    skein.wait_for_application()
    skein.activate('without-threads')
    wait_until(skein.is_checked, 'the box to be ticked')
    size = SECONDS * 100
    skein.hand_over(f'{practice.address}/bytes/{size}k?rate=100k')

    call = wait_until(is_frozen, 'the freeze')
    x, y, width, height = screen.geometry(weston.window)
    moves = 0
    while call.end is None:
        assert skein.running(), f'Skein did not live through it: {skein.complained()}'
        # Small steps in absolute places: relative ones are accelerated.
        screen.xdotool('mousemove', x + width // 2 + moves % 200, y + height // 2 + moves % 150)
        moves += 1
        wait_until(lambda: True, 'a turn')
    duration = call.end - call.begin
    tap.comment(f'frozen for {duration:.1f} s, {moves} moves')
    assert SECONDS - 2 < duration < SECONDS + 4, duration
    assert moves > 10 * SECONDS, moves

    skein.wait_for_finished(f'{size}k')
    skein.wait_for_text('^Answered again after|^Window was frozen for')
    skein.activate('with-threads')
    skein.hand_over(practice.address + '/bytes/1k')
    skein.wait_for_finished('1k')
    assert digest(skein.file('1k')) == digest(practice.get(practice.address + '/bytes/1k'))


tap.run(a_long_freeze_with_the_pointer_moving)
