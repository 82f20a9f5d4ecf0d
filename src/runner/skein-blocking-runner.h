/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-host-table.h"
#include "skein-runner.h"

G_BEGIN_DECLS

#define SKEIN_TYPE_BLOCKING_RUNNER (skein_blocking_runner_get_type ())
G_DECLARE_FINAL_TYPE (SkeinBlockingRunner, skein_blocking_runner, SKEIN, BLOCKING_RUNNER, GObject)

/**
 * SkeinBlockingPrepareFunc:
 * @self: the runner
 * @name: the name of the task that is about to block
 * @user_data: from skein_blocking_runner_set_prepare()
 *
 * Called in the main context when a task is next. Whoever is asked says what will happen, lets the
 * loop turn until that is on the screen, and then calls skein_blocking_runner_proceed().
 */
typedef void (*SkeinBlockingPrepareFunc) (SkeinBlockingRunner *self,
                                          const char          *name,
                                          gpointer             user_data);

/**
 * skein_blocking_runner_new:
 * @hosts: connections in use, shared with other runners
 *
 * Runs one task after the other on the thread that made the runner, which does nothing else until
 * the task returns: without threads. Nothing turns the main loop meanwhile.
 *
 * Signals: "frozen" (const char *name) right before a task blocks the thread, "thawed" (gint64
 * microseconds, gboolean preempted) right after.
 *
 * Returns: (transfer full): a runner
 */
SkeinRunner *skein_blocking_runner_new         (SkeinHostTable           *hosts);

/**
 * skein_blocking_runner_set_prepare:
 * @self: a runner
 * @prepare: (nullable): asked before each task; without it a task starts as soon as the loop is idle
 * @user_data: for @prepare
 */
void         skein_blocking_runner_set_prepare (SkeinBlockingRunner      *self,
                                                SkeinBlockingPrepareFunc  prepare,
                                                gpointer                  user_data);

/**
 * skein_blocking_runner_proceed:
 * @self: a runner whose prepare function was called
 *
 * Runs the task that is next, now, and returns when it has ended. Does nothing if there is none (it was
 * cancelled meanwhile).
 */
void         skein_blocking_runner_proceed     (SkeinBlockingRunner      *self);

/**
 * skein_blocking_runner_preempt:
 * @self: a runner
 *
 * Gives up what has not started yet, with %SKEIN_ERROR_PREEMPTED: without threads was switched off
 * while a task was about to block.
 */
void         skein_blocking_runner_preempt     (SkeinBlockingRunner      *self);

/**
 * skein_blocking_runner_set_longest:
 * @self: a runner
 * @longest: microseconds, or 0 for no limit
 *
 * A task that blocks for longer is cancelled from another thread and ends with
 * %SKEIN_ERROR_PREEMPTED.
 */
void         skein_blocking_runner_set_longest (SkeinBlockingRunner      *self,
                                                gint64                    longest);

G_END_DECLS
