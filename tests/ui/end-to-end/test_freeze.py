#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Without threads the window truly freezes, says so first, and comes back; with threads it always answers."""

import re
import time

import screen
import tap
from measuring import notice_picture, strip_figure, wait_for_freeze, wait_for_thaw
from programs import Frames, Practice, Skein, WindowManager, WmPing
from waiting import stays, wait_until

# Milliseconds. With sanitizers, and other tests beside.
ANSWERS = 1500


def start(case, **settings):
    practice = case.own(Practice())
    case.own(WindowManager())
    settings = {name.replace('_', '-'): value for name, value in settings.items()}
    return practice, case.own(Skein(case, settings=settings))


def tick_by_key(skein, ticked=True):
    screen.focus(skein.window)
    screen.key('F8')
    wait_until(lambda: skein.is_checked() == ticked, 'the box to change')


def three_pictures_without_threads(case):
    practice, skein = start(case)
    tick_by_key(skein)
    frames = case.own(Frames(skein.window))
    ping = case.own(WmPing(case, skein.window))
    plain, _ = notice_picture(skein)
    skein.hand_over(*practice.pictures(3, rate=200000))

    notices = []
    since = 0
    for number in range(3):
        frozen_at = wait_for_freeze(ping, since)
        # Nobody but the screen can be asked now.
        pixels, length = notice_picture(skein)
        notices.append(pixels)
        # "Frozen on purpose. Downloading …" is longer than what is said afterwards.
        assert length > 450, f'the freeze was not explained before it began: text of {length} pixels'
        if number == 2:
            screen.click(*skein.centre())
            screen.click(*skein.centre())
        since = wait_for_thaw(ping, frozen_at)
    assert len({plain, *notices}) == 4, 'each freeze is explained by words of its own'

    said = skein.wait_for_text(r'^Answered again after \d\.\d\ss\..*')[0]
    assert '2 clicks waited' in said, said
    # The strip is gone 5 s after, and the toast may have to wait for another one.
    figure = strip_figure(skein)
    skein.wait_for_finished('1.png', '2.png', '3.png')
    skein.wait_for_text(r'^3 pictures in .*The window was frozen for')
    longest = ping.finish()['max'] / 1000
    tap.comment(f'the strip says {figure} s, from outside it is {longest:.2f} s')
    assert 1.5 < longest < 6, longest
    assert abs(figure - longest) < 0.4, (figure, longest)

    times = frames.times()
    pauses = [end - begin for begin, end in zip(times, times[1:]) if end - begin > 1.5]
    assert len(pauses) >= 3, f'a frame is painted between two freezes: {pauses}'


def three_pictures_with_threads(case):
    practice, skein = start(case)
    ping = case.own(WmPing(case, skein.window))
    skein.hand_over(*practice.pictures(3, rate=200000))
    skein.wait_for_finished('1.png', '2.png', '3.png')
    longest = ping.finish()['max']
    skein.wait_for_text(r'^3 pictures in .*The window always answered')
    tap.comment(f'longest {longest:.0f} ms')
    assert longest < ANSWERS, longest


def the_box_asks_at_first(case):
    _, skein = start(case, explain_freeze='true')
    skein.click_on(skein.check_box())
    skein.wait_for_text('^Freeze the Window')
    skein.press('Cancel')
    wait_until(lambda: not skein.is_checked(), 'the box to be clear')

    skein.click_on(skein.check_box())
    skein.wait_for_text('the window stops until each file ends')
    skein.press('Freeze')
    skein.wait_for_text('^Nothing is waiting')
    assert skein.is_checked()
    screen.focus(skein.window)
    screen.key('Escape')
    wait_until(lambda: not skein.is_checked(), 'Esc to clear the box')

    skein.click_on(skein.check_box())
    wait_until(skein.is_checked, 'the box to be ticked without a question')
    assert not [text for text in skein.texts() if 'Freeze the Window' in text]


def the_longest_freeze_ends_it(case):
    practice, skein = start(case, longest_freeze='2')
    tick_by_key(skein)
    ping = case.own(WmPing(case, skein.window))
    skein.hand_over(practice.address + '/bytes/600k?rate=100000', practice.address + '/bytes/500k?rate=100000')
    wait_for_freeze(ping)
    said = skein.wait_for_text('^Stopped the freeze after.*')[0]
    assert re.search(r'after 2\ss\. \S+ and 1 other', said), said
    assert not skein.is_checked()
    skein.wait_for_row('600k', lambda row: 0 < row.fraction() < 1, 'go on')
    skein.wait_for_row('500k', lambda row: 0 < row.fraction() < 1, 'go on')
    longest = ping.finish()['max'] / 1000
    assert 1.8 < longest < 4, longest
    skein.wait_for_finished('600k', '500k')


def escape_ends_it_after_the_file(case):
    practice, skein = start(case)
    tick_by_key(skein)
    ping = case.own(WmPing(case, skein.window))
    skein.hand_over(*practice.pictures(3, rate=200000))
    frozen_at = wait_for_freeze(ping)
    screen.key('Escape')
    begin = wait_for_thaw(ping, frozen_at)
    wait_until(lambda: not skein.is_checked(), 'the box to be clear')
    skein.wait_for_finished('1.png', '2.png', '3.png')
    # The other two came together.
    assert time.monotonic() - begin < 30
    late = [latency for sent, latency in ping.latencies() if sent > begin + 0.3]
    assert max(late) < ANSWERS, max(late)


def no_freeze_when_nothing_waits(case):
    _, skein = start(case)
    ping = case.own(WmPing(case, skein.window))
    tick_by_key(skein)
    skein.wait_for_text('^Nothing is waiting')
    stays(skein.is_checked, 'the tick', 1)
    assert ping.finish()['max'] < ANSWERS


tap.run(three_pictures_without_threads, three_pictures_with_threads, the_box_asks_at_first,
        the_longest_freeze_ends_it, escape_ends_it_after_the_file, no_freeze_when_nothing_waits)
