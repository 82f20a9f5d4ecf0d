/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SkeinFigures:
 * @wall: microseconds from the first task's asking to the last one's result
 * @first: microseconds until the first task had ended
 * @longest_gap: the longest time for which the main context did not answer, microseconds
 * @total_gap: all such times together
 * @processor: microseconds of processor time of the process and its children, user and system
 * @switches: how often one of their threads lost its core or gave it up
 * @processes: processes at once, the most
 * @threads: threads of all these processes at once, the most that were seen
 * @memory: their proportional set sizes together, bytes, the most that was seen
 * @in_progress: tasks in progress at once, the most
 * @computing: cores that the tasks' operations kept busy, on average
 * @wanting: cores that they would have kept busy, had there been one for each that had something to compute
 *
 * What was measured of one run. Of the last three the timeline tells, of the rest the kernel.
 */
typedef struct
{
  gint64  wall;
  gint64  first;
  gint64  longest_gap;
  gint64  total_gap;
  gint64  processor;
  guint64 switches;
  guint   processes;
  guint   threads;
  guint64 memory;
  guint   in_progress;
  double  computing;
  double  wanting;
} SkeinFigures;

G_END_DECLS
