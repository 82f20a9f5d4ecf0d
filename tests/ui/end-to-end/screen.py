# SPDX-License-Identifier: GPL-3.0-or-later
"""Hands and eyes: the mouse, the keys, the clipboard, and pictures of the screen."""

import re
import subprocess
import time

from waiting import wait_until

# A hand that moves slower than programs can follow.
STEP = 0.02
STEPS = 15


def xdotool(*arguments):
    done = subprocess.run(['xdotool', *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          text=True, check=False, timeout=30)
    return done.stdout


def find_windows(title, by='--name'):
    """By title, or with --class by class."""
    found = xdotool('search', '--onlyvisible', by, f'^{re.escape(title)}$').split()
    return [int(window) for window in found]


def wait_for_window(title):
    return wait_until(lambda: find_windows(title), f'a window “{title}”')[-1]


def geometry(window):
    """x, y, width, height on the screen."""
    said = dict(line.split('=') for line in xdotool('getwindowgeometry', '--shell', window).split())
    return tuple(int(said[key]) for key in ('X', 'Y', 'WIDTH', 'HEIGHT'))


def place(window, x, y, width=None, height=None):
    if width is not None:
        xdotool('windowsize', window, width, height)
        wait_until(lambda: geometry(window)[2:] == (width, height), 'the new size of a window')
    xdotool('windowmove', window, x, y)
    # A decorated window is not exactly where it was put.
    wait_until(lambda: abs(geometry(window)[0] - x) < 40 and abs(geometry(window)[1] - y) < 60,
               'a window at its new place')


def focus(window):
    xdotool('windowactivate', window)
    wait_until(lambda: xdotool('getactivewindow').strip() == str(window), 'the focus')


def move(x, y):
    """Moves the pointer over the screen, not at once."""
    said = dict(line.split('=') for line in xdotool('getmouselocation', '--shell').split())
    x0, y0 = int(said['X']), int(said['Y'])
    for i in range(1, STEPS + 1):
        xdotool('mousemove', x0 + (x - x0) * i // STEPS, y0 + (y - y0) * i // STEPS)
        time.sleep(STEP)


def click(x, y):
    xdotool('mousemove', x, y, 'click', 1)


def key(*keys):
    xdotool('key', *keys)


def type_text(text):
    for line in text.splitlines(keepends=True):
        xdotool('type', '--delay', 5, line.rstrip('\n'))
        if line.endswith('\n'):
            xdotool('key', 'Return')


def drag(start, end, highlighted):
    """A real drag with the mouse; lets go once the target shows that it would take it."""
    xdotool('mousemove', *start)
    xdotool('mousedown', 1)
    try:
        time.sleep(STEP)
        move(start[0] + 20, start[1] + 10)
        move(*end)

        def nudge():
            # Some sources only speak to a target while the pointer moves.
            xdotool('mousemove', end[0] + int(time.monotonic() * 10) % 3, end[1])
            return highlighted()
        wait_until(nudge, 'the highlight of the place to drop on')
    finally:
        xdotool('mouseup', 1)


def copy(text):
    """Puts a text on the clipboard. The program that serves it ends when another one takes over."""
    subprocess.run(['xclip', '-selection', 'clipboard', '-i'], input=text.encode(), check=True, timeout=30,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def paste():
    return subprocess.run(['xclip', '-selection', 'clipboard', '-o'], stdout=subprocess.PIPE, check=True,
                          timeout=30).stdout.decode()


def picture(window, x, y, width, height):
    """The pixels of a part of a window, without any help of its program."""
    return subprocess.run(['import', '-window', str(window), '-crop', f'{width}x{height}+{x}+{y}', '-depth', '8',
                           'rgb:-'], stdout=subprocess.PIPE, check=True, timeout=30).stdout


def colours(pixels):
    return len(set(zip(pixels[0::3], pixels[1::3], pixels[2::3])))
