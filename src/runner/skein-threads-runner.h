/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-host-table.h"
#include "skein-runner.h"

G_BEGIN_DECLS

#define SKEIN_TYPE_THREADS_RUNNER (skein_threads_runner_get_type ())
G_DECLARE_FINAL_TYPE (SkeinThreadsRunner, skein_threads_runner, SKEIN, THREADS_RUNNER, GObject)

#define SKEIN_WORKERS_DEFAULT 5
#define SKEIN_WORKERS_MAX     64

/**
 * skein_threads_runner_new:
 * @workers: worker threads at the most, 1 to %SKEIN_WORKERS_MAX
 * @hosts: connections in use, shared with other runners
 *
 * Runs each task on a worker thread of a pool of its own. Threads start when needed and end after a
 * few idle seconds.
 *
 * Returns: (transfer full): a runner
 */
SkeinRunner *skein_threads_runner_new         (guint               workers,
                                               SkeinHostTable     *hosts);

/**
 * skein_threads_runner_new_with_one_lock:
 * @workers: worker threads at the most, 1 to %SKEIN_WORKERS_MAX
 * @hosts: connections in use, shared with other runners
 *
 * As skein_threads_runner_new(), but receiving, hashing and computing need the one lock of this runner, which is
 * given up while waiting and writing (see #SkeinOneLock). In place of the copy gate, which would do the same with
 * as many places as cores.
 *
 * Returns: (transfer full): a runner
 */
SkeinRunner *skein_threads_runner_new_with_one_lock (guint           workers,
                                                     SkeinHostTable *hosts);

/**
 * skein_threads_runner_use_all:
 * @self: a runner that has run nothing yet
 *
 * All workers work at once, whether the cores have time or not (see #SkeinWorkerPool): for comparing numbers
 * of workers. The thread that made @self.
 */
void         skein_threads_runner_use_all     (SkeinThreadsRunner *self);

/**
 * skein_threads_runner_set_workers:
 * @self: a runner
 * @workers: worker threads at the most, 1 to %SKEIN_WORKERS_MAX
 *
 * Takes effect at once for waiting tasks; what runs goes on. The thread that made @self.
 */
void         skein_threads_runner_set_workers (SkeinThreadsRunner *self,
                                               guint               workers);

G_END_DECLS
