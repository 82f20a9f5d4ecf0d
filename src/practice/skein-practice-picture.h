/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** SKEIN_PRACTICE_PICTURES: how many pictures there are, numbered from 1. */
#define SKEIN_PRACTICE_PICTURES 48

/**
 * skein_practice_picture_get:
 * @number: from 1 to %SKEIN_PRACTICE_PICTURES
 *
 * Draws a picture the first time it is asked for, in some 50 ms; it is the same in every run. May be called
 * from any thread.
 *
 * Returns: (transfer full): a PNG file of about 400 kB
 */
GBytes *skein_practice_picture_get (guint number);

G_END_DECLS
