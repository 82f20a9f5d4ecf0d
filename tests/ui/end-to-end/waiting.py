# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting for something to become true, with a hard deadline and never by guessing how long it takes."""

import os
import time

from gi.repository import GLib

# Sanitizers make the program several times slower, and other tests run beside.
PATIENCE = float(os.environ.get('SKEIN_PATIENCE', '30'))
POLL_INTERVAL = 0.02


class Late(AssertionError):
    """What was waited for did not happen."""


# For what this process serves to others on the session bus. Not the default context: that one is the accessibility
# library's, which would ask a frozen or dragging program for all it has.
CONTEXT = GLib.MainContext.new()


def turn():
    """Lets D-Bus calls to this process through."""
    while CONTEXT.pending():
        CONTEXT.iteration(False)


def wait_until(condition, what, seconds=PATIENCE):
    """Returns what the condition returns as soon as that is true."""
    deadline = time.monotonic() + seconds
    while True:
        turn()
        result = condition()
        if result:
            return result
        if time.monotonic() > deadline:
            raise Late(f'not within {seconds:g} s: {what}')
        time.sleep(POLL_INTERVAL)


def stays(condition, what, seconds):
    """For what must not happen: the condition has to hold for all of the time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        turn()
        assert condition(), f'did not last: {what}'
        time.sleep(POLL_INTERVAL)
