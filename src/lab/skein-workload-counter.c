/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-workload-private.h"

#include <glib/gi18n-lib.h>
#include <stdatomic.h>

/* Additions between two checkpoints: some ten microseconds' worth, also where several fight for a lock. */
#define ADDITIONS_PER_CHECKPOINT 500

typedef struct
{
  SkeinWorkload base;
  guint64       additions;  /* constant */
  SkeinCare     care;       /* constant */
  atomic_ullong counter;    /* one for all tasks */
} Counter;

/* Read and write are each whole, so nothing here is undefined: what gets lost is what others added between. */
static void
add_one (Counter *self)
{
  switch (self->care)
    {
    case SKEIN_CARE_LOCK:
      g_mutex_lock (&self->base.mutex);
      atomic_store_explicit (&self->counter, atomic_load_explicit (&self->counter, memory_order_relaxed) + 1,
                             memory_order_relaxed);
      g_mutex_unlock (&self->base.mutex);
      break;

    case SKEIN_CARE_ATOMIC:
      atomic_fetch_add_explicit (&self->counter, 1, memory_order_relaxed);
      break;

    case SKEIN_CARE_NONE:
    default:
      atomic_store_explicit (&self->counter, atomic_load_explicit (&self->counter, memory_order_relaxed) + 1,
                             memory_order_relaxed);
      break;
    }
}

static gboolean
counter_run (SkeinWorkload     *workload,
             guint              number,
             SkeinTaskContext  *context,
             GCancellable      *cancellable,
             GError           **error)
{
  Counter *self = (Counter *) workload;

  skein_task_context_enter (context, SKEIN_OPERATION_COMPUTE);
  for (guint64 i = 1; i <= self->additions; i++)
    {
      add_one (self);
      if (i % ADDITIONS_PER_CHECKPOINT == 0)
        {
          if (g_cancellable_is_cancelled (cancellable))
            break;
          skein_task_context_checkpoint (context);
        }
    }
  skein_task_context_leave (context, SKEIN_OPERATION_COMPUTE);

  g_mutex_lock (&workload->mutex);
  workload->outcome = atomic_load (&self->counter);
  g_mutex_unlock (&workload->mutex);

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static char *
counter_dup_name (SkeinWorkload *workload,
                  guint          number)
{
  /* Translators: somebody who adds to a counter that all share */
  return g_strdup_printf (_("adder %u"), number + 1);
}

static void
counter_reset (SkeinWorkload *workload)
{
  atomic_store (&((Counter *) workload)->counter, 0);
}

static void
counter_describe (SkeinWorkload *workload,
                  guint          number,
                  GVariantDict  *task)
{
  Counter *self = (Counter *) workload;

  g_variant_dict_insert (task, "kind", "s", "counter");
  g_variant_dict_insert (task, "additions", "t", self->additions);
  g_variant_dict_insert (task, "care", "u", (guint) self->care);
}

static const SkeinWorkloadFuncs counter_funcs = {
  .run = counter_run, .dup_name = counter_dup_name, .reset = counter_reset,
  .describe = counter_describe,
};

SkeinWorkload *
skein_workload_new_counter (guint     n_tasks,
                            guint64   additions,
                            SkeinCare care)
{
  Counter *self = g_new0 (Counter, 1);

  skein_workload_init (&self->base, &counter_funcs, n_tasks);
  self->additions = additions;
  self->care = care;
  self->base.wanted = n_tasks * additions;
  self->base.is_known = TRUE;

  return &self->base;
}
