/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-runner.h"

G_BEGIN_DECLS

/**
 * SkeinTask:
 *
 * What a runner keeps of a task between run_async() and its result: for the runners alone. Made and freed
 * in the home context, that is the thread-default main context of who asked; run once by any thread.
 */
typedef struct _SkeinTask SkeinTask;

/**
 * skein_task_new:
 * @name: what the task is called
 * @func: the task
 * @data: (transfer full): for @func
 * @destroy: (nullable): frees @data at home
 * @cancellable: (nullable): ends it
 * @callback: gets the result at home
 * @user_data: for @callback
 *
 * Returns: (transfer full): a task that goes to skein_task_send_home() in the end, run or not
 */
SkeinTask    *skein_task_new             (const char          *name,
                                          SkeinTaskFunc        func,
                                          gpointer             data,
                                          GDestroyNotify       destroy,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);

/**
 * skein_task_get_name:
 * @self: a task
 *
 * Any thread.
 *
 * Returns: (transfer none): what it is called
 */
const char   *skein_task_get_name        (SkeinTask           *self);

/**
 * skein_task_get_cancellable:
 * @self: a task
 *
 * Any thread.
 *
 * Returns: (transfer none): the task's own cancellable, which follows the one it was made with; the runner
 *   may cancel it without its owner noticing
 */
GCancellable *skein_task_get_cancellable (SkeinTask           *self);

/**
 * skein_task_run:
 * @self: a task that did not run
 * @context: who runs it
 *
 * Runs it on the calling thread, or keeps it from starting if it was cancelled.
 */
void          skein_task_run             (SkeinTask           *self,
                                          SkeinTaskContext    *context);

/**
 * skein_task_preempt:
 * @self: a task that did not run, or ended as cancelled
 *
 * Its result becomes %SKEIN_ERROR_PREEMPTED, unless it went well or failed by itself.
 */
void          skein_task_preempt         (SkeinTask           *self);

/**
 * skein_task_send_home:
 * @self: (transfer full): a task
 *
 * Hands the result over to the home context: its callback runs there, below the priority of drawing, and
 * everything is freed there. Any thread.
 */
void          skein_task_send_home       (SkeinTask           *self);

G_END_DECLS
