# SPDX-License-Identifier: GPL-3.0-or-later
"""What both the tests and build-aux/measure.sh measure."""

import time

import screen
import tree
from programs import DragSource, WmPing
from waiting import wait_until

MANY = 10000


def find_toasts(skein):
    """The part of the window that toasts appear in."""
    page = tree.find(skein.frame, 'label', 'No Downloads')
    node = page
    while node is not None and node.get_parent() is not None:
        parent = node.get_parent()
        if tree.find(parent, 'check box') is not None:
            return node
        node = parent
    raise AssertionError('no place for toasts')


def add_many(case, practice, skein):
    """Drops a long list; seconds until it is there, and how the window answered meanwhile."""
    # Each waits for an answer for so long that none of them gets to anything.
    lines = [f'{practice.address}/bytes/1?delay=3000000&n={i}\r\n' for i in range(MANY)]
    source = case.own(DragSource(('uris', case.write('many', ''.join(lines)))))
    toasts = find_toasts(skein)
    before = toasts.get_child_count()
    ping = case.own(WmPing(case, skein.window))
    source.drag_to(skein, lambda: 'Drop to Download' in skein.texts())
    begin = time.monotonic()
    # One question at a time: whatever asks much would be measured itself.
    wait_until(lambda: toasts.get_child_count() > before, 'the toast', 120)
    seconds = time.monotonic() - begin
    skein.wait_for_text('^10,?000 added')
    return seconds, ping.finish()


def wait_for_freeze(ping, since=0.0):
    """Waits until the window has not answered for a while; gives the time of the last answer."""
    def ask():
        sent, latency = ping.latencies()[-1]
        answered = sent + latency / 1000
        return answered if answered >= since and time.monotonic() - answered > 0.5 else None
    return wait_until(ask, 'the window not to answer')


def wait_for_thaw(ping, since):
    """Waits for an answer after a time; gives when it came."""
    def ask():
        sent, latency = ping.latencies()[-1]
        answered = sent + latency / 1000
        return answered if answered > since + 0.5 else None
    return wait_until(ask, 'the window to answer')


def notice_picture(skein):
    """The place of the window in which a freeze is explained: its pixels, and how far to the right its text goes."""
    width = screen.geometry(skein.window)[2] - 60
    pixels = screen.picture(skein.window, 10, 52, width, 40)
    dark = [i // 3 % width for i in range(0, len(pixels), 3) if pixels[i] < 100]
    return pixels, max(dark, default=0)


def strip_figure(skein):
    """Seconds that the strip says the window was frozen for."""
    return float(skein.wait_for_text(r'^Window was frozen for (\d+\.\d)\ss$')[1])
