/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "skein-host-table.h"

G_BEGIN_DECLS

/**
 * SkeinOperation:
 * @SKEIN_OPERATION_START: getting ready to work (a process or thread that starts)
 * @SKEIN_OPERATION_RESOLVE: looking the host's name up
 * @SKEIN_OPERATION_CONNECT: connecting
 * @SKEIN_OPERATION_TLS: agreeing on a secure connection
 * @SKEIN_OPERATION_WAIT: waiting for the other side
 * @SKEIN_OPERATION_RECEIVE: taking bytes in
 * @SKEIN_OPERATION_WRITE: writing and syncing
 * @SKEIN_OPERATION_HASH: hashing
 * @SKEIN_OPERATION_COMPUTE: other computing
 * @SKEIN_OPERATION_LOCK: waiting for a lock
 * @SKEIN_OPERATION_INPUT: waiting for a person
 *
 * A step inside a task that can be timed.
 */
typedef enum
{
  SKEIN_OPERATION_START,
  SKEIN_OPERATION_RESOLVE,
  SKEIN_OPERATION_CONNECT,
  SKEIN_OPERATION_TLS,
  SKEIN_OPERATION_WAIT,
  SKEIN_OPERATION_RECEIVE,
  SKEIN_OPERATION_WRITE,
  SKEIN_OPERATION_HASH,
  SKEIN_OPERATION_COMPUTE,
  SKEIN_OPERATION_LOCK,
  SKEIN_OPERATION_INPUT,
  SKEIN_N_OPERATIONS
} SkeinOperation;

/**
 * skein_operation_get_name:
 * @self: an operation
 *
 * For programs that read our output, not for people. Any thread.
 *
 * Returns: (transfer none): "start", "resolve" …
 */
const char *skein_operation_get_name  (SkeinOperation   self);

/**
 * skein_operation_from_name:
 * @name: any text
 * @operation: (out): the operation of that name
 *
 * Any thread.
 *
 * Returns: %FALSE if there is none
 */
gboolean    skein_operation_from_name (const char      *name,
                                       SkeinOperation  *operation);

typedef struct _SkeinTaskContext SkeinTaskContext;

/**
 * SkeinTaskContextFuncs:
 * @enter: an operation begins
 * @leave: it ends
 * @stamp: an operation that was measured by somebody else, from @begin to @end (microseconds of the
 *   monotonic clock)
 * @spawn_helper: runs @func (@data) on one more thread, or says no with %FALSE
 * @checkpoint: (nullable): a moment in which others may have their turn at computing
 *
 * What a runner does at the borders of operations. Called on the thread that runs the task, or on a
 * helper's; two calls of one context never run at once on the same thread.
 */
typedef struct
{
  void     (*enter)        (SkeinTaskContext *self,
                            SkeinOperation    operation);
  void     (*leave)        (SkeinTaskContext *self,
                            SkeinOperation    operation);
  void     (*stamp)        (SkeinTaskContext *self,
                            SkeinOperation    operation,
                            gint64            begin,
                            gint64            end);
  gboolean (*spawn_helper) (SkeinTaskContext *self,
                            GThreadFunc       func,
                            gpointer          data);
  void     (*checkpoint)   (SkeinTaskContext *self);
} SkeinTaskContextFuncs;

/**
 * SkeinTaskContext:
 * @funcs: what the runner does; constant while the task runs
 * @hosts: how many connections are in use, in all and to each host: a task takes one there before it
 *   connects and gives it back afterwards. Not owned; constant while the task runs. Thread-safe, and shared
 *   by all tasks, also those of other runners
 *
 * The only thing that passes from a runner to a task. A runner embeds it at the head of a struct of
 * its own. It lives from before the task starts until after it returned.
 */
struct _SkeinTaskContext
{
  const SkeinTaskContextFuncs *funcs;
  SkeinHostTable              *hosts;
};

/**
 * skein_task_context_enter:
 * @self: the context
 * @operation: what begins
 *
 * Brackets every wait, receive, write, hash and compute, together with skein_task_context_leave().
 * Pairs do not nest. May block: it is where computing waits for its turn (copy gate, the one lock).
 * Worker threads, or whichever thread runs the task.
 */
void     skein_task_context_enter        (SkeinTaskContext *self,
                                          SkeinOperation    operation);

/**
 * skein_task_context_leave:
 * @self: the context
 * @operation: what ends; the one that was entered last on this thread
 *
 * Does not block. Same thread as the skein_task_context_enter() it ends.
 */
void     skein_task_context_leave        (SkeinTaskContext *self,
                                          SkeinOperation    operation);

/**
 * skein_task_context_stamp:
 * @self: the context
 * @operation: what was measured
 * @begin: microseconds of the monotonic clock
 * @end: the same, not before @begin
 *
 * Reports an operation that happened inside a wait and was timed by others, such as the connecting
 * that libsoup does while the task waits for headers.
 */
void     skein_task_context_stamp        (SkeinTaskContext *self,
                                          SkeinOperation    operation,
                                          gint64            begin,
                                          gint64            end);

/**
 * skein_task_context_spawn_helper:
 * @self: the context
 * @func: what the helper runs
 * @data: for @func
 *
 * Asks for one more thread; called by the thread that runs the task alone. Helpers have threads of their own, so that a full queue cannot starve
 * them. The task must not return before its helpers did.
 *
 * Returns: %FALSE if this runner gives none
 */
gboolean skein_task_context_spawn_helper (SkeinTaskContext *self,
                                          GThreadFunc       func,
                                          gpointer          data);

/**
 * skein_task_context_checkpoint:
 * @self: the context
 *
 * For long computing between skein_task_context_enter() and skein_task_context_leave(): passed at least every
 * 100 microseconds, it lets a runner with one lock give others their turn. Costs next to nothing where nobody
 * wants one. May block.
 */
void     skein_task_context_checkpoint   (SkeinTaskContext *self);

G_END_DECLS
