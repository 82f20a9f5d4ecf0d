/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "skein-figures.h"
#include "skein-runner.h"
#include "skein-timeline.h"
#include "skein-workload.h"

G_BEGIN_DECLS

/**
 * SkeinWay:
 * @SKEIN_WAY_BLOCKING: without threads, one task after the other on the window's thread
 * @SKEIN_WAY_THREADS: on worker threads
 * @SKEIN_WAY_ONE_LOCK: on worker threads of which one at a time may compute
 * @SKEIN_WAY_PROCESSES: each task in a child process of its own, with memory of its own
 *
 * A way to run tasks.
 */
typedef enum
{
  SKEIN_WAY_BLOCKING,
  SKEIN_WAY_THREADS,
  SKEIN_WAY_ONE_LOCK,
  SKEIN_WAY_PROCESSES,
  SKEIN_N_WAYS
} SkeinWay;

/**
 * skein_way_get_id:
 * @way: a way
 *
 * Returns: (transfer none): its name in options and events: "blocking", "threads", "lock", "processes"
 */
const char *skein_way_get_id (SkeinWay way);

/**
 * SkeinComparisonRun:
 * @way: how the tasks were run
 * @repeat: for which time, from 0
 * @figures: what was measured
 * @timeline: what happened when
 * @begin: when it began, microseconds of the monotonic clock
 * @failed: tasks that failed
 * @crashed: how often a child process ended without a result, and its task was run again
 * @error: (nullable): why the first of them did
 * @outcome: what came out of the work
 *
 * All tasks of a workload, run once in one way.
 */
typedef struct
{
  SkeinWay       way;
  guint          repeat;
  SkeinFigures   figures;
  SkeinTimeline *timeline;
  gint64         begin;
  guint          failed;
  guint          crashed;
  GError        *error;
  guint64        outcome;
} SkeinComparisonRun;

/**
 * SkeinComparisonRunnerFunc:
 * @way: the way that it runs tasks in
 * @runner: a new runner that has run nothing yet
 * @user_data: of the options
 *
 * Lets a window prepare for the runner that will block it.
 */
typedef void (*SkeinComparisonRunnerFunc) (SkeinWay     way,
                                           SkeinRunner *runner,
                                           gpointer     user_data);

/**
 * SkeinComparisonOptions:
 * @ways: (array length=n_ways): in which ways, in this order
 * @n_ways: how many
 * @workers: worker threads, 1 to %SKEIN_WORKERS_MAX; child processes at once are %SKEIN_COMPARISON_PROCESSES_MAX
 *   at the most
 * @repeats: how often each
 * @worker: (nullable) (type filename): the program that runs a task when it is started with --worker; needed for
 *   child processes alone. Must live until the end
 * @made_runner: (nullable): called for the runner of each run
 * @user_data: for @made_runner
 *
 * What to compare.
 */
typedef struct
{
  SkeinWay ways[SKEIN_N_WAYS];
  guint    n_ways;
  guint    workers;
  guint    repeats;
  const char *worker;
  SkeinComparisonRunnerFunc made_runner;
  gpointer user_data;
} SkeinComparisonOptions;

#define SKEIN_COMPARISON_PROCESSES_MAX 16

/**
 * skein_comparison_run_async:
 * @workload: what to run; must live until @callback is called
 * @options: in which ways; copied
 * @cancellable: (nullable): ends it; without threads between two tasks at the earliest
 * @callback: called when all runs have ended
 * @user_data: for @callback
 *
 * Runs the same work in several ways, one after the other, and measures each. The blocking way blocks the main
 * context, as that is the point. The thread of the main context.
 */
void       skein_comparison_run_async  (SkeinWorkload                *workload,
                                        const SkeinComparisonOptions *options,
                                        GCancellable                 *cancellable,
                                        GAsyncReadyCallback           callback,
                                        gpointer                      user_data);

/**
 * skein_comparison_run_finish:
 * @result: what the callback got
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type SkeinComparisonRun): the runs, in order, also those with
 *   tasks that failed
 */
GPtrArray *skein_comparison_run_finish (GAsyncResult                 *result,
                                        GError                      **error);

G_END_DECLS
