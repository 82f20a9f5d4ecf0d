/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "skein-progress.h"
#include "skein-task-context.h"

G_BEGIN_DECLS

/**
 * SkeinGetWorkerEvents:
 *
 * What a worker process tells whoever started it, written by a thread of its own: a reader that is slow
 * does not hold up the task, and an operation costs no system call. All functions may be called from any
 * thread.
 */
typedef struct _SkeinGetWorkerEvents SkeinGetWorkerEvents;

/**
 * skein_get_worker_events_new:
 * @fd: (transfer full): where to write
 * @stop: cancelled as soon as nobody reads any more
 *
 * Says hello.
 *
 * Returns: (transfer full): events
 */
SkeinGetWorkerEvents *skein_get_worker_events_new       (int                          fd,
                                                         GCancellable                *stop);

/**
 * skein_get_worker_events_operation:
 * @self: events
 * @thread: a number for the thread that it happened on
 * @operation: what happened
 * @begin: microseconds of the monotonic clock
 * @end: the same
 * @on_core: microseconds of processor time that the thread got meanwhile; -1 where nobody measured it
 *
 * Does not block. While more than a mebibyte waits to be read, operations are only counted.
 */
void                  skein_get_worker_events_operation (SkeinGetWorkerEvents        *self,
                                                         guint                        thread,
                                                         SkeinOperation               operation,
                                                         gint64                       begin,
                                                         gint64                       end,
                                                         gint64                       on_core);

/**
 * skein_get_worker_events_progress:
 * @self: events
 * @now: where the transfer stands
 * @name: (nullable): what the file will be called
 *
 * Does not block.
 */
void                  skein_get_worker_events_progress  (SkeinGetWorkerEvents        *self,
                                                         const SkeinProgressSnapshot *now,
                                                         const char                  *name);

/**
 * skein_get_worker_events_end:
 * @self: (transfer full): events
 * @result: (nullable): what to tell of a task that ended well; consumed if it floats
 * @error: (nullable): or why it did not
 *
 * The result, which comes last. Waits until all is written, or nobody reads any more.
 */
void                  skein_get_worker_events_end       (SkeinGetWorkerEvents        *self,
                                                         GVariant                    *result,
                                                         const GError                *error);

G_END_DECLS
