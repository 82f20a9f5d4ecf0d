/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-timeline.h"

G_BEGIN_DECLS

/**
 * skein_timeline_count_in_progress:
 * @tasks: (element-type SkeinTimelineTask): that have ended
 *
 * Concurrent: several tasks in progress in the same time. Any thread.
 *
 * Returns: how many tasks were in progress at once, at the most
 */
guint   skein_timeline_count_in_progress (GArray *tasks);

/**
 * skein_timeline_sum_on_core:
 * @events: (element-type SkeinTimelineEvent): any
 *
 * Parallel: several computing at once. This sum divided by the time that it took is how many cores were kept
 * busy, never more than there are. Any thread.
 *
 * Returns: microseconds that threads spent on a core during operations
 */
gint64  skein_timeline_sum_on_core       (GArray *events);

/**
 * skein_timeline_sum_operations:
 * @events: (element-type SkeinTimelineEvent): any
 * @sums: (out) (array fixed-size=SKEIN_N_OPERATIONS): microseconds of each operation
 *
 * Any thread.
 */
void    skein_timeline_sum_operations    (GArray *events,
                                          gint64  sums[SKEIN_N_OPERATIONS]);

G_END_DECLS
