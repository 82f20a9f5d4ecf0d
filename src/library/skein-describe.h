/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-download.h"

G_BEGIN_DECLS

/*
 * The texts that people read, all translatable, made in one place for the window and the command line.
 * Any thread; the strings returned are the caller's.
 */

/**
 * skein_describe_size:
 * @bytes: how many
 *
 * Returns: (transfer full): "12.4 MB"; units of 1,000 as in the rest of the desktop
 */
char *skein_describe_size      (guint64             bytes);

/**
 * skein_describe_rate:
 * @rate: bytes per second
 *
 * Returns: (transfer full): "3.2 MB/s"
 */
char *skein_describe_rate      (guint64             rate);

/**
 * skein_describe_time_left:
 * @seconds: how long
 *
 * Returns: (transfer full): "27 s left", "1 min 34 s left", "2 h 5 min left"
 */
char *skein_describe_time_left (gint64              seconds);

/**
 * skein_describe_duration:
 * @microseconds: how long it took
 *
 * Returns: (transfer full): "24.3 s", "120 ms", "2 min 5 s"
 */
char *skein_describe_duration  (gint64              microseconds);

/**
 * skein_describe_error:
 * @error: why it failed
 * @host: (nullable): the host it is about
 *
 * Says what happened and what can be done, without the library's own message except where nothing
 * better is known.
 *
 * Returns: (transfer full): one or two sentences
 */
char *skein_describe_error     (const GError       *error,
                                const char         *host);

/**
 * skein_describe_pause:
 * @error: why a download was paused
 *
 * Returns: (transfer full): what is to be put right before it is resumed
 */
char *skein_describe_pause     (const GError       *error);

/**
 * skein_describe_expired:
 * @error: the status with which an address that worked before is refused now
 *
 * Returns: (transfer full): that, and that what came is kept
 */
char *skein_describe_expired   (const GError       *error);

/**
 * skein_describe_facts:
 * @download: any
 *
 * Returns: (transfer full): the line under its bar: "12.4 MB of 100 MB · 3.2 MB/s · 27 s left",
 *   "12.4 MB of unknown size · 3.2 MB/s", "Checking, 45 %", "Waiting", "Trying again in 12 s (2 of 8)",
 *   "Waiting for the network", "Paused", the text of the error …
 */
char *skein_describe_facts     (SkeinDownload      *download);

/**
 * skein_describe_progress:
 * @download: one that runs
 *
 * Returns: (transfer full): for screen readers: "21 percent, 1 minute 30 seconds left"
 */
char *skein_describe_progress  (SkeinDownload      *download);

/**
 * skein_describe_note:
 * @note: what happened
 *
 * Returns: (transfer full): a sentence or two
 */
char *skein_describe_note      (const SkeinNote    *note);

/**
 * skein_describe_notes:
 * @download: any
 *
 * Returns: (transfer full) (nullable): what was noted about its last attempt, a line each; %NULL for nothing
 */
char *skein_describe_notes     (SkeinDownload      *download);

G_END_DECLS
