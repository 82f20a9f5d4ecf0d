/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-worker-message.h"
#include "skein-workload.h"

G_BEGIN_DECLS

/*
 * A kind of work embeds this at the head of a struct of its own.
 */

/**
 * SkeinWorkloadFuncs:
 * @run: one task, on any thread
 * @dup_name: what it is called
 * @reset: (nullable): forgets what the kind itself keeps of the outcome
 * @clear: (nullable): frees what is the kind's own
 * @describe: puts into a dictionary what a worker process has to know of one task
 */
typedef struct
{
  gboolean (*run)      (SkeinWorkload    *self,
                        guint             number,
                        SkeinTaskContext *context,
                        GCancellable     *cancellable,
                        GError          **error);
  char    *(*dup_name) (SkeinWorkload    *self,
                        guint             number);
  void     (*reset)    (SkeinWorkload    *self);
  void     (*clear)    (SkeinWorkload    *self);
  void     (*describe) (SkeinWorkload    *self,
                        guint             number,
                        GVariantDict     *task);
} SkeinWorkloadFuncs;

struct _SkeinWorkload
{
  const SkeinWorkloadFuncs *funcs;    /* constant */
  guint                     n_tasks;  /* constant */
  guint64                   wanted;   /* constant */
  gboolean                  is_known; /* constant: @wanted means something */

  GMutex                    mutex;
  guint64                   outcome;  /* under the mutex */
};

/**
 * skein_workload_init:
 * @self: the head of a struct that is all zeros
 * @funcs: what the kind does
 * @n_tasks: how many tasks
 */
void skein_workload_init (SkeinWorkload            *self,
                          const SkeinWorkloadFuncs *funcs,
                          guint                     n_tasks);

G_END_DECLS
