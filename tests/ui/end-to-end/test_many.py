#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ten thousand addresses at once, while the window goes on answering."""

import tap
from measuring import ping_many, time_many
from programs import Practice, WindowManager

# With sanitizers and other tests beside; build-aux/measure.sh holds it to the real figures.
SECONDS = 30
MILLISECONDS = 3000


def ten_thousand_addresses_are_there_soon(case):
    practice = case.own(Practice())
    case.own(WindowManager())
    seconds = time_many(case, practice)
    tap.comment(f'{seconds:.2f} s')
    assert seconds < SECONDS, seconds


def ten_thousand_addresses_and_the_window_answers(case):
    practice = case.own(Practice())
    case.own(WindowManager())
    figures = ping_many(case, practice)
    tap.comment(f'longest {figures["max"]:.0f} ms')
    assert figures['max'] < MILLISECONDS, figures


tap.run(ten_thousand_addresses_are_there_soon, ten_thousand_addresses_and_the_window_answers)
