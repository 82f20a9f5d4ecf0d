/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-meter.h"
#include "skein-timeline.h"
#include "skein-workload.h"

G_BEGIN_DECLS

/**
 * SkeinComparisonTask:
 * @workload: whose task it is
 * @timeline: where it notes what happens
 * @number: which one
 * @meter: told of child processes
 * @worker: (nullable) (type filename): the program to start as a child
 * @crashed: atomic: how often a child ended without a result
 *
 * What one task of a comparison works on. Nothing is owned; all of it outlives the task.
 */
typedef struct
{
  SkeinWorkload *workload;
  SkeinTimeline *timeline;
  guint          number;
  SkeinMeter    *meter;
  const char    *worker;
  guint         *crashed;
} SkeinComparisonTask;

/**
 * skein_comparison_task_run:
 * @context: who runs it
 * @data: a #SkeinComparisonTask
 * @cancellable: (nullable): ends it
 * @error: as of skein_workload_run()
 *
 * Runs it here. A #SkeinTaskFunc.
 *
 * Returns: whether it went well
 */
gboolean skein_comparison_task_run           (SkeinTaskContext  *context,
                                              gpointer           data,
                                              GCancellable      *cancellable,
                                              GError           **error);

/**
 * skein_comparison_task_run_elsewhere:
 * @context: who waits for it
 * @data: a #SkeinComparisonTask
 * @cancellable: (nullable): ends it
 * @error: as of skein_workload_run(), %SKEIN_ERROR_WORKER
 *
 * Runs it in a child process of its own. If that is killed the task is run again, a few times. A
 * #SkeinTaskFunc.
 *
 * Returns: whether it went well
 */
gboolean skein_comparison_task_run_elsewhere (SkeinTaskContext  *context,
                                              gpointer           data,
                                              GCancellable      *cancellable,
                                              GError           **error);

G_END_DECLS
