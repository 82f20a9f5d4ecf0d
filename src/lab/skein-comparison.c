/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-comparison.h"

#include "skein-blocking-runner.h"
#include "skein-comparison-task.h"
#include "skein-meter.h"
#include "skein-threads-runner.h"
#include "skein-timeline-figures.h"

/* All of it belongs to the thread of the main context, but for what the tasks do with workload and timeline. */
typedef struct
{
  SkeinWorkload          *workload;
  SkeinComparisonOptions  options;
  GPtrArray              *runs;     /* of SkeinComparisonRun: those that have ended */

  SkeinComparisonRun     *run;      /* the one that goes on */
  SkeinRunner            *runner;
  SkeinMeter             *meter;
  guint                   left;     /* tasks without a result */
  guint                   crashed;  /* atomic while tasks run; of this run */
} Comparison;

static void run_next (GTask *task);

const char *
skein_way_get_id (SkeinWay way)
{
  static const char *const ids[SKEIN_N_WAYS] = { "blocking", "threads", "lock", "processes" };

  g_return_val_if_fail (way < SKEIN_N_WAYS, NULL);

  return ids[way];
}

static void
run_free (gpointer data)
{
  SkeinComparisonRun *run = data;

  skein_timeline_unref (run->timeline);
  g_clear_error (&run->error);
  g_free (run);
}

static void
comparison_free (gpointer data)
{
  Comparison *self = data;

  g_clear_pointer (&self->run, run_free);
  g_ptr_array_unref (self->runs);
  g_free (self);
}

/* What is compared is so many workers, not what is best for the machine. */
static SkeinRunner *
use_all (SkeinRunner *runner)
{
  skein_threads_runner_use_all (SKEIN_THREADS_RUNNER (runner));

  return runner;
}

static SkeinRunner *
make_runner (Comparison *self,
             SkeinWay    way)
{
  /* As many connections as workers: what is compared is not the limit of a server. */
  g_autoptr (SkeinHostTable) hosts = skein_host_table_new (self->options.workers, self->options.workers);

  switch (way)
    {
    case SKEIN_WAY_BLOCKING:
      return skein_blocking_runner_new (hosts);
    case SKEIN_WAY_THREADS:
      return use_all (skein_threads_runner_new (self->options.workers, hosts));
    case SKEIN_WAY_PROCESSES:
      /* A thread for each child, which waits for it. */
      return use_all (skein_threads_runner_new (MIN (self->options.workers, SKEIN_COMPARISON_PROCESSES_MAX), hosts));
    case SKEIN_WAY_ONE_LOCK:
      return use_all (skein_threads_runner_new_with_one_lock (self->options.workers, hosts));
    case SKEIN_N_WAYS:
    default:
      g_assert_not_reached ();
    }
}

static void
take_timeline (SkeinComparisonRun *run)
{
  g_autoptr (GArray) tasks = skein_timeline_dup_tasks (run->timeline);
  g_autoptr (GArray) events = skein_timeline_dup_events (run->timeline);
  double wall = (double) MAX (run->figures.wall, 1);
  gint64 sums[SKEIN_N_OPERATIONS];

  skein_timeline_sum_operations (events, sums);
  run->figures.in_progress = skein_timeline_count_in_progress (tasks);
  run->figures.computing = (double) skein_timeline_sum_on_core (events) / wall;
  run->figures.wanting = (double) (sums[SKEIN_OPERATION_RECEIVE] + sums[SKEIN_OPERATION_HASH] +
                                   sums[SKEIN_OPERATION_COMPUTE]) / wall;
}

static void
end_run (GTask *task)
{
  Comparison *self = g_task_get_task_data (task);

  skein_meter_stop (self->meter, &self->run->figures);
  skein_runner_shutdown (self->runner);
  g_clear_object (&self->runner);

  self->run->crashed = self->crashed;
  take_timeline (self->run);
  self->run->outcome = skein_workload_get_outcome (self->workload);
  g_ptr_array_add (self->runs, g_steal_pointer (&self->run));
  run_next (task);
}

static void
task_ended_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Comparison *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!skein_runner_run_finish (self->runner, result, &error))
    {
      if (self->run->failed++ == 0)
        self->run->error = g_steal_pointer (&error);
    }
  if (self->run->figures.first == 0)
    self->run->figures.first = g_get_monotonic_time () - self->run->begin;

  if (--self->left == 0)
    end_run (task);
}

static void
start_tasks (GTask *task)
{
  Comparison *self = g_task_get_task_data (task);

  gboolean elsewhere = self->run->way == SKEIN_WAY_PROCESSES;

  self->left = skein_workload_get_n_tasks (self->workload);
  for (guint i = 0, n = self->left; i < n; i++)
    {
      SkeinComparisonTask *comparison_task = g_new (SkeinComparisonTask, 1);
      g_autofree char *name = skein_workload_dup_name (self->workload, i);

      *comparison_task = (SkeinComparisonTask) {
        .workload = self->workload, .timeline = self->run->timeline, .number = i, .meter = self->meter,
        .worker = self->options.worker, .crashed = &self->crashed,
      };
      skein_runner_run_async (self->runner, name,
                              elsewhere ? skein_comparison_task_run_elsewhere : skein_comparison_task_run,
                              comparison_task, g_free, g_task_get_cancellable (task), task_ended_cb,
                              g_object_ref (task));
    }
}

static void
runs_free (gpointer runs)
{
  g_ptr_array_unref (runs);
}

static void
run_next (GTask *task)
{
  Comparison *self = g_task_get_task_data (task);
  guint number = self->runs->len;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (number == self->options.n_ways * self->options.repeats)
    {
      g_task_return_pointer (task, g_ptr_array_ref (self->runs), runs_free);
      return;
    }

  self->run = g_new0 (SkeinComparisonRun, 1);
  self->run->way = self->options.ways[number % self->options.n_ways];
  self->run->repeat = number / self->options.n_ways;
  self->run->timeline = skein_timeline_new ();
  self->runner = make_runner (self, self->run->way);
  if (self->options.made_runner != NULL)
    self->options.made_runner (self->run->way, self->runner, self->options.user_data);
  self->crashed = 0;
  skein_workload_reset (self->workload);

  self->meter = skein_meter_start ();
  self->run->begin = g_get_monotonic_time ();
  start_tasks (task);
}

void
skein_comparison_run_async (SkeinWorkload                *workload,
                            const SkeinComparisonOptions *options,
                            GCancellable                 *cancellable,
                            GAsyncReadyCallback           callback,
                            gpointer                      user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Comparison *self = g_new0 (Comparison, 1);

  g_return_if_fail (skein_workload_get_n_tasks (workload) > 0);
  for (guint i = 0; i < options->n_ways; i++)
    g_return_if_fail (options->ways[i] != SKEIN_WAY_PROCESSES || options->worker != NULL);
  g_return_if_fail (options->n_ways > 0 && options->n_ways <= SKEIN_N_WAYS && options->repeats > 0);

  self->workload = workload;
  self->options = *options;
  self->runs = g_ptr_array_new_with_free_func (run_free);
  g_task_set_source_tag (task, skein_comparison_run_async);
  g_task_set_task_data (task, self, comparison_free);

  run_next (task);
}

GPtrArray *
skein_comparison_run_finish (GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
