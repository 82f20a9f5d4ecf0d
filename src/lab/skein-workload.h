/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "skein-task-context.h"

G_BEGIN_DECLS

/**
 * SkeinCare:
 * @SKEIN_CARE_NONE: read, add, write: additions of others between the two are lost
 * @SKEIN_CARE_LOCK: the same with a lock around it
 * @SKEIN_CARE_ATOMIC: in one step that nobody comes between
 *
 * How several workers add to one counter.
 */
typedef enum
{
  SKEIN_CARE_NONE,
  SKEIN_CARE_LOCK,
  SKEIN_CARE_ATOMIC,
} SkeinCare;

/**
 * SkeinWorkload:
 *
 * A number of tasks that are the same work in whichever way they are run, and what came out of them. Tasks may
 * run at the same time; everything else is for the owner's thread while none of them runs.
 */
typedef struct _SkeinWorkload SkeinWorkload;

#define SKEIN_WORKLOAD_TASKS_MAX 10000

/**
 * skein_workload_new_pictures:
 * @addresses: (element-type utf8): clean addresses, one for each task; copied
 *
 * Each task downloads a file, over one connection, into a folder of its own that is removed afterwards. The
 * outcome is the number of bytes.
 *
 * Returns: (transfer full): a workload
 */
SkeinWorkload *skein_workload_new_pictures (GPtrArray        *addresses);

/**
 * skein_workload_new_weather:
 * @n_tasks: how many maps
 * @side: points along each side of a map
 * @hours: how long the heat spreads
 *
 * Each task computes a map. The outcome stands for all points of all maps.
 *
 * Returns: (transfer full): a workload
 */
SkeinWorkload *skein_workload_new_weather  (guint             n_tasks,
                                            guint             side,
                                            guint             hours);

/**
 * skein_workload_new_counter:
 * @n_tasks: how many add
 * @additions: how often each adds one
 * @care: how
 *
 * All tasks add to the same counter. The outcome is what it shows in the end.
 *
 * Returns: (transfer full): a workload
 */
SkeinWorkload *skein_workload_new_counter  (guint             n_tasks,
                                            guint64           additions,
                                            SkeinCare         care);

/**
 * skein_workload_new_tiny:
 * @n_tasks: how many
 *
 * Each task does next to nothing, so that what is measured is the starting and switching. The outcome is how
 * many were done.
 *
 * Returns: (transfer full): a workload
 */
SkeinWorkload *skein_workload_new_tiny     (guint             n_tasks);

/**
 * skein_workload_free:
 * @self: (transfer full): a workload of which no task runs
 */
void           skein_workload_free         (SkeinWorkload    *self);

/**
 * skein_workload_get_n_tasks:
 * @self: a workload
 *
 * Returns: how many tasks
 */
guint          skein_workload_get_n_tasks  (SkeinWorkload    *self);

/**
 * skein_workload_dup_name:
 * @self: a workload
 * @number: a task, from 0
 *
 * Returns: (transfer full): what that task is called, for people
 */
char          *skein_workload_dup_name     (SkeinWorkload    *self,
                                            guint             number);

/**
 * skein_workload_reset:
 * @self: a workload
 *
 * Forgets the outcome, before all tasks are run again in another way.
 */
void           skein_workload_reset        (SkeinWorkload    *self);

/**
 * skein_workload_run:
 * @self: a workload
 * @number: a task, from 0
 * @context: who runs it
 * @cancellable: (nullable): ends it
 * @error: %SKEIN_ERROR, %SKEIN_HTTP_STATUS or %G_IO_ERROR_CANCELLED
 *
 * Runs one task. Blocks; any thread.
 *
 * Returns: whether it went well
 */
gboolean       skein_workload_run          (SkeinWorkload    *self,
                                            guint             number,
                                            SkeinTaskContext *context,
                                            GCancellable     *cancellable,
                                            GError          **error);

/**
 * skein_workload_get_outcome:
 * @self: a workload
 *
 * Returns: what came out since skein_workload_reset()
 */
guint64        skein_workload_get_outcome  (SkeinWorkload    *self);

/**
 * skein_workload_get_wanted:
 * @self: a workload
 * @wanted: (out): what ought to come out
 *
 * Returns: %FALSE if nobody knows before
 */
gboolean       skein_workload_get_wanted   (SkeinWorkload    *self,
                                            guint64          *wanted);

/**
 * skein_workload_to_task:
 * @self: a workload
 * @number: a task, from 0
 *
 * Any thread.
 *
 * Returns: (transfer floating): that task, for a worker process (skein-worker-message.h)
 */
GVariant      *skein_workload_to_task      (SkeinWorkload    *self,
                                            guint             number);

/**
 * skein_workload_new_from_task:
 * @task: a dictionary from anywhere
 * @number: (out): which of its tasks is meant
 * @error: %SKEIN_ERROR_BAD_TASK, or what skein_uri_clean() says about an address
 *
 * Returns: (transfer full) (nullable): a workload that has this task
 */
SkeinWorkload *skein_workload_new_from_task (GVariant        *task,
                                             guint           *number,
                                             GError         **error);

/**
 * skein_workload_is_kind:
 * @kind: of a task
 *
 * Returns: whether skein_workload_new_from_task() knows it
 */
gboolean       skein_workload_is_kind      (const char       *kind);

/**
 * skein_workload_take_outcome:
 * @self: a workload
 * @outcome: what came out of a task that was run elsewhere
 *
 * Adds it to the outcome. Any thread.
 */
void           skein_workload_take_outcome (SkeinWorkload    *self,
                                            guint64           outcome);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinWorkload, skein_workload_free)

G_END_DECLS
