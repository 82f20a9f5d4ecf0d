/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SkeinWorkerPool:
 *
 * Named threads of low priority that take work from one line, first come first served. Threads start when
 * work finds none idle, and end after a few idle seconds. (GLib's own pool cannot name its threads, and the
 * one behind GTask starts with ten and is shared with file calls and name look-ups.)
 *
 * As long as a few more threads than cores keep the cores busy, the others are left alone: more would only take
 * turns, each with a connection and a cache of its own. Fetching 2,000 files of 20 kB over TLS from the same machine
 * took two thirds of the processor time so, 64 of 16 MiB half. Where work waits for somebody far away, as mostly,
 * all threads work after 20 ms; where it does for somebody near, after 80 ms.
 */
typedef struct _SkeinWorkerPool SkeinWorkerPool;

/**
 * skein_worker_pool_new:
 * @name: (transfer none): what its threads are called, "NAME 1" and so on; at most 11 characters
 * @most: threads at the most, at least 1
 * @func: does a piece of work; called on a worker thread
 * @idle: microseconds after which an idle thread ends
 *
 * Any thread.
 *
 * Returns: (transfer full): a pool without threads
 */
SkeinWorkerPool *skein_worker_pool_new      (const char      *name,
                                             guint            most,
                                             GFunc            func,
                                             gint64           idle);

/**
 * skein_worker_pool_push:
 * @self: a pool that was not shut down
 * @work: for the pool's function
 *
 * Any thread.
 */
void             skein_worker_pool_push     (SkeinWorkerPool *self,
                                             gpointer         work);

/**
 * skein_worker_pool_use_all:
 * @self: a pool that got no work yet
 *
 * All threads work at once, whether the cores have time or not: for comparing numbers of threads.
 */
void             skein_worker_pool_use_all  (SkeinWorkerPool *self);

/**
 * skein_worker_pool_set_most:
 * @self: a pool
 * @most: threads at the most, at least 1
 *
 * Takes effect at once for waiting work; what runs is not interrupted. Any thread.
 */
void             skein_worker_pool_set_most (SkeinWorkerPool *self,
                                             guint            most);

/**
 * skein_worker_pool_shut_down:
 * @self: a pool
 *
 * Waits until what runs has ended, and for the threads. Not on a thread of the pool.
 *
 * Returns: (transfer container): the work that was not begun, in order
 */
GList           *skein_worker_pool_shut_down (SkeinWorkerPool *self);

/**
 * skein_worker_pool_free:
 * @self: (transfer full): a pool that was shut down
 */
void             skein_worker_pool_free     (SkeinWorkerPool *self);

G_END_DECLS
