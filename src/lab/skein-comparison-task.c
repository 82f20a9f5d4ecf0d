/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-comparison-task.h"

#include "skein-error.h"
#include "skein-timeline-recorder.h"
#include "skein-worker-process.h"

/* Children in a row that may end without a result. */
#define MOST_CRASHES 3

gboolean
skein_comparison_task_run (SkeinTaskContext  *context,
                           gpointer           data,
                           GCancellable      *cancellable,
                           GError           **error)
{
  SkeinComparisonTask *self = data;
  SkeinTimelineRecorder recorder;
  gboolean good;

  skein_timeline_recorder_begin (&recorder, context, self->timeline, self->number);
  good = skein_workload_run (self->workload, self->number, &recorder.base, cancellable, error);
  skein_timeline_recorder_end (&recorder, good);

  return good;
}

/* One child process, seen from here. */
typedef struct
{
  SkeinComparisonTask *task;
  gint64               begin;
  int                  process;
  guint                lane;
  guint                index;
} Child;

static void
started_cb (int      process,
            gpointer user_data)
{
  Child *child = user_data;
  SkeinComparisonTask *task = child->task;

  child->process = process;
  child->lane = skein_timeline_find_lane (task->timeline, process, process);
  child->index = skein_timeline_begin_task (task->timeline, task->number, child->lane, child->begin);
  skein_meter_add_process (task->meter, process);
}

/* What a child says of itself is held against what we know: it lies between its start and now. */
static void
operation_cb (guint           thread,
              SkeinOperation  operation,
              gint64          begin,
              gint64          end,
              gint64          on_core,
              gpointer        user_data)
{
  Child *child = user_data;
  const SkeinTimelineEvent event = {
    .task = child->task->number, .lane = child->lane, .operation = operation, .begin = begin, .end = end,
    /* Nobody measured the start, but it is no part of another operation. */
    .on_core = operation == SKEIN_OPERATION_START ? 0 : MIN (on_core, end - begin),
  };

  if (begin >= child->begin && end <= g_get_monotonic_time ())
    skein_timeline_add (child->task->timeline, &event);
}

static void
progress_cb (guint64     received,
             gint64      total,
             const char *name,
             gpointer    user_data)
{
  /* The outcome comes with the result. */
}

static gboolean
run_child (SkeinComparisonTask  *task,
           SkeinTaskContext     *context,
           GCancellable         *cancellable,
           GError              **error)
{
  const SkeinWorkerWatch watch = { started_cb, operation_cb, progress_cb };
  const char *const argv[] = { task->worker, "--worker", NULL };
  Child child = { .task = task, .begin = g_get_monotonic_time () };
  g_autoptr (GVariant) result = NULL;
  guint64 outcome = 0;
  gboolean good;

  skein_task_context_enter (context, SKEIN_OPERATION_WAIT);
  good = skein_worker_process_run (argv, skein_workload_to_task (task->workload, task->number), &watch, &child,
                                   cancellable, &result, error);
  skein_task_context_leave (context, SKEIN_OPERATION_WAIT);
  if (child.process != 0)
    {
      skein_meter_remove_process (task->meter, child.process);
      skein_timeline_end_task (task->timeline, child.index, g_get_monotonic_time (), good);
    }
  if (good && g_variant_lookup (result, "outcome", "t", &outcome))
    skein_workload_take_outcome (task->workload, outcome);

  return good;
}

gboolean
skein_comparison_task_run_elsewhere (SkeinTaskContext  *context,
                                     gpointer           data,
                                     GCancellable      *cancellable,
                                     GError           **error)
{
  SkeinComparisonTask *self = data;
  g_autoptr (GError) local = NULL;

  for (guint i = 0; i < MOST_CRASHES; i++)
    {
      g_clear_error (&local);
      if (run_child (self, context, cancellable, &local))
        return TRUE;
      if (!g_error_matches (local, SKEIN_ERROR, SKEIN_ERROR_WORKER) || g_cancellable_is_cancelled (cancellable))
        break;
      g_atomic_int_inc (self->crashed);
    }
  g_propagate_error (error, g_steal_pointer (&local));

  return FALSE;
}
