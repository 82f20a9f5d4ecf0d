/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "skein-task-context.h"

G_BEGIN_DECLS

/**
 * SkeinWorkerWatch:
 * @started: (nullable): there is a process, and this is its id
 * @operation: an operation of the task, or the start of the process (thread 0); @begin and @end are microseconds
 *   of the monotonic clock, which is the same in all processes; @on_core is the processor time that the thread
 *   got meanwhile, or -1 where it was not measured
 * @progress: where the task stands; @total is -1 while not known, @name is %NULL or the name of the file
 *
 * Who hears what happens in a worker process: called on the thread that waits for it.
 */
typedef struct
{
  void (*started)   (int             process,
                     gpointer        user_data);
  void (*operation) (guint           thread,
                     SkeinOperation  operation,
                     gint64          begin,
                     gint64          end,
                     gint64          on_core,
                     gpointer        user_data);
  void (*progress)  (guint64         received,
                     gint64          total,
                     const char     *name,
                     gpointer        user_data);
} SkeinWorkerWatch;

/**
 * skein_worker_process_run:
 * @argv: (array zero-terminated=1): the program and its arguments, such as "skein-get", "--worker"
 * @task: the task (skein-worker-message.h), only shown to a process that speaks our version; consumed if it
 *   floats
 * @watch: who hears what happens
 * @user_data: for @watch
 * @cancellable: (nullable): tells the process to stop; one that does not is killed after some seconds
 * @result: (out) (optional) (nullable): the fields of the result, good or bad; %NULL if there was none
 * @error: what the process says; %G_IO_ERROR_CANCELLED; or %SKEIN_ERROR_WORKER if it could not be started,
 *   ended without a result (then it crashed) or wrote what is no event
 *
 * Runs a task in a process of its own, from the start to the end of that process: none is left over, also
 * if this one is killed, as the other then finds the end of its input. What it writes is taken for hostile.
 * Blocks; any thread.
 *
 * Returns: whether the task went well
 */
gboolean skein_worker_process_run (const char *const       *argv,
                                   GVariant                *task,
                                   const SkeinWorkerWatch  *watch,
                                   gpointer                 user_data,
                                   GCancellable            *cancellable,
                                   GVariant               **result,
                                   GError                 **error);

G_END_DECLS
