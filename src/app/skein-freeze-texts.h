/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What is said around a freeze, translated. Any thread; the strings returned are the caller's.
 */

/**
 * skein_freeze_text_before:
 * @name: of the download that is about to block the window
 * @number: which one of the row it is, from 1
 * @total: how many there are
 * @longest: seconds after which the window answers again in any case, or 0
 *
 * Returns: (transfer full): "Frozen on purpose. Downloading moon.png on the window’s thread (3 of 12). It
 *   answers again within 4 s."
 */
char *skein_freeze_text_before  (const char *name,
                                 guint       number,
                                 guint       total,
                                 int         longest);

/**
 * skein_freeze_text_after:
 * @duration: microseconds that the window was frozen
 * @clicks: how many waited
 * @workers: worker threads that had something to do meanwhile
 * @received: bytes that they received
 *
 * Returns: (transfer full): "Answered again after 2.0 s. 2 clicks waited. Meanwhile 5 worker threads
 *   received 48 MB."; what is zero is left out
 */
char *skein_freeze_text_after   (gint64      duration,
                                 guint       clicks,
                                 guint       workers,
                                 guint64     received);

/**
 * skein_freeze_text_stopped:
 * @longest: seconds after which the freeze was stopped
 * @name: of the download that blocked the window
 * @others: how many more wait
 *
 * Returns: (transfer full): "Stopped the freeze after 4 s. moon.png and 8 others go on with threads."
 */
char *skein_freeze_text_stopped (int         longest,
                                 const char *name,
                                 guint       others);

G_END_DECLS
