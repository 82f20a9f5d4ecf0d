#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ten thousand addresses at once, while the window goes on answering."""

import tap
from measuring import add_many
from programs import Practice, Skein, WindowManager

# With sanitizers and other tests beside; build-aux/measure.sh holds it to the real figures.
SECONDS = 30
MILLISECONDS = 3000


def ten_thousand_addresses(case):
    practice = case.own(Practice())
    case.own(WindowManager())
    skein = case.own(Skein(case))
    seconds, figures = add_many(case, practice, skein)
    tap.comment(f'{seconds:.2f} s, longest {figures["max"]:.0f} ms')
    assert seconds < SECONDS, seconds
    assert figures['max'] < MILLISECONDS, figures


tap.run(ten_thousand_addresses)
