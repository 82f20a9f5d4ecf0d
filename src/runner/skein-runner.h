/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "skein-task-context.h"

G_BEGIN_DECLS

/**
 * SkeinTaskFunc:
 * @context: who runs the task
 * @data: what it works on; only the task touches it while it runs, or it has locks of its own
 * @cancellable: (nullable): ends the task at its next wait
 * @error: what went wrong
 *
 * A task: one blocking function, from start to end.
 *
 * Returns: whether it went well
 */
typedef gboolean (*SkeinTaskFunc) (SkeinTaskContext  *context,
                                   gpointer           data,
                                   GCancellable      *cancellable,
                                   GError           **error);

#define SKEIN_TYPE_RUNNER (skein_runner_get_type ())
G_DECLARE_INTERFACE (SkeinRunner, skein_runner, SKEIN, RUNNER, GObject)

/**
 * SkeinRunnerInterface:
 * @run_async: see skein_runner_run_async()
 * @get_capacity: see skein_runner_get_capacity()
 * @shutdown: see skein_runner_shutdown()
 *
 * A way to run tasks. run_async() gets a #GTask that it returns a boolean with.
 */
struct _SkeinRunnerInterface
{
  GTypeInterface parent_iface;

  void  (*run_async)    (SkeinRunner         *self,
                         const char          *name,
                         SkeinTaskFunc        func,
                         gpointer             data,
                         GDestroyNotify       destroy,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data);
  guint (*get_capacity) (SkeinRunner         *self);
  void  (*shutdown)     (SkeinRunner         *self);
};

/**
 * skein_runner_run_async:
 * @self: a runner
 * @name: what the task is called, for the name of its thread and for people
 * @func: the task
 * @data: (transfer full): for @func
 * @destroy: (nullable): frees @data, in the caller's context, before @callback runs
 * @cancellable: (nullable): ends the task
 * @callback: called in the caller's thread-default main context, never before this returns
 * @user_data: for @callback
 *
 * Runs a task. The caller's thread is the one that made the runner.
 */
void     skein_runner_run_async    (SkeinRunner          *self,
                                    const char           *name,
                                    SkeinTaskFunc         func,
                                    gpointer              data,
                                    GDestroyNotify        destroy,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);

/**
 * skein_runner_run_finish:
 * @self: a runner
 * @result: what the callback got
 * @error: the task's own error, %G_IO_ERROR_CANCELLED if it never started, or
 *   %SKEIN_ERROR_PREEMPTED if the runner stopped it so that it runs again in another way
 *
 * Returns: what the task returned
 */
gboolean skein_runner_run_finish   (SkeinRunner          *self,
                                    GAsyncResult         *result,
                                    GError              **error);

/**
 * skein_runner_get_capacity:
 * @self: a runner
 *
 * The thread that made the runner.
 *
 * Returns: how many tasks it runs at once; more are kept waiting
 */
guint    skein_runner_get_capacity (SkeinRunner          *self);

/**
 * skein_runner_shutdown:
 * @self: a runner
 *
 * Drops what has not started (its result is %G_IO_ERROR_CANCELLED), waits for what runs, and ends the
 * threads. Whoever wants it quick cancels the tasks first. No task may be given to @self afterwards.
 * The thread that made the runner. Results still arrive in the main context.
 */
void     skein_runner_shutdown     (SkeinRunner          *self);

G_END_DECLS
