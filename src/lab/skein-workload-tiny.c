/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-workload-private.h"

#include <glib/gi18n-lib.h>

static gboolean
tiny_run (SkeinWorkload     *workload,
          guint              number,
          SkeinTaskContext  *context,
          GCancellable      *cancellable,
          GError           **error)
{
  skein_task_context_enter (context, SKEIN_OPERATION_COMPUTE);
  skein_workload_take_outcome (workload, 1);
  skein_task_context_leave (context, SKEIN_OPERATION_COMPUTE);

  return TRUE;
}

static char *
tiny_dup_name (SkeinWorkload *workload,
               guint          number)
{
  return g_strdup_printf (_("tiny task %u"), number + 1);
}

static void
tiny_describe (SkeinWorkload *workload,
               guint          number,
               GVariantDict  *task)
{
  g_variant_dict_insert (task, "kind", "s", "tiny");
}

static const SkeinWorkloadFuncs tiny_funcs = {
  .run = tiny_run, .dup_name = tiny_dup_name, .describe = tiny_describe,
};

SkeinWorkload *
skein_workload_new_tiny (guint n_tasks)
{
  SkeinWorkload *self = g_new0 (SkeinWorkload, 1);

  skein_workload_init (self, &tiny_funcs, n_tasks);
  self->wanted = n_tasks;
  self->is_known = TRUE;

  return self;
}
