# SPDX-License-Identifier: GPL-3.0-or-later
"""What both the tests and build-aux/measure.sh measure."""

import time

import screen
from programs import DragSource, Skein, WmPing
from waiting import stays, wait_until

MANY = 10000
# GTK makes about 200 rows, however long the list is.
ROWS_BOUND = 100
# The accent colour of libadwaita: red, green and blue.
ACCENT = bytes((53, 132, 228))


def is_highlighted(window):
    """Whether the frame in the accent colour runs along the left edge: what is dragged would be taken."""
    height = screen.geometry(window)[3]
    return ACCENT in screen.picture(window, 0, height // 2, 24, 4)


def drop_many(case, practice, highlighted):
    """Drags a long list into a window without accessible objects so far; gives it and the time of the drop."""
    # Each waits for an answer for so long that none of them gets to anything.
    lines = [f'{practice.address}/bytes/1?delay=3000000&n={i}\r\n' for i in range(MANY)]
    source = case.own(DragSource(('uris', case.write('many', ''.join(lines)))))
    skein = case.own(Skein(case, window=False))
    skein.window = wait_until(skein.find_window, 'the window of Skein')
    ping = case.own(WmPing(case, skein.window))
    source.drag_to(skein, lambda: highlighted(skein))
    return skein, ping, time.monotonic()


def time_many(case, practice):
    """Seconds until ten thousand addresses are in the list, asked for as a screen reader does."""
    def highlighted(skein):
        if skein.frame is None:
            skein.wait_for_application()
        return 'Drop to Download' in skein.texts()
    skein, _, begin = drop_many(case, practice, highlighted)
    skein.wait_for_text('^10,?000 added')
    return time.monotonic() - begin


def ping_many(case, practice):
    """How a window answers meanwhile that nobody asks, nor takes pictures of: that stops the whole display."""
    skein, ping, _ = drop_many(case, practice, lambda skein: is_highlighted(skein.window))
    stays(skein.running, 'Skein', 3)
    figures = ping.finish()
    skein.wait_for_application()
    # The toast has gone meanwhile.
    wait_until(lambda: skein.count_rows() >= ROWS_BOUND, 'the rows')
    return figures


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
