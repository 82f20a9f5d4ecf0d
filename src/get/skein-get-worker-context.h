/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-get-worker-events.h"
#include "skein-task-context.h"

G_BEGIN_DECLS

/**
 * SkeinGetWorkerContext:
 * @base: what the task gets
 * @inner: the context of the runner, which does the work
 * @events: where operations are told
 *
 * A task context that tells about each operation what another one makes of it. For the time of one task.
 */
typedef struct
{
  SkeinTaskContext      base;
  SkeinTaskContext     *inner;
  SkeinGetWorkerEvents *events;
} SkeinGetWorkerContext;

/**
 * skein_get_worker_context_init:
 * @self: (out): a context
 * @inner: (transfer none): the runner's own
 * @events: (transfer none): outlives the task
 *
 * The thread that runs the task.
 */
void skein_get_worker_context_init (SkeinGetWorkerContext *self,
                                    SkeinTaskContext      *inner,
                                    SkeinGetWorkerEvents  *events);

G_END_DECLS
