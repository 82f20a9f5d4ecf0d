/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RelayPace:
 * @rate: bytes per second; 0 for no limit
 * @free_at: when the bytes taken so far have passed, in microseconds
 * @turned_away: somebody had bytes ready and had to wait
 *
 * A rate that holds on the average: waking up late is made up for, having been idle is not. All of one thread.
 */
typedef struct
{
  double   rate;
  double   free_at;
  gboolean turned_away;
} RelayPace;

/**
 * relay_pace_is_open:
 *
 * Whether bytes may be taken at @now (microseconds). To be asked only by who would take some.
 */
gboolean relay_pace_is_open (RelayPace *self,
                             gint64     now);

/** relay_pace_take: takes @bytes; returns when the last of them has passed, in microseconds. */
gint64   relay_pace_take    (RelayPace *self,
                             gint64     now,
                             gsize      bytes);

/** relay_pace_rest: who was turned away has nothing to take after all, so the time since is lost. */
void     relay_pace_rest    (RelayPace *self);

G_END_DECLS
