/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-workload-private.h"

void
skein_workload_init (SkeinWorkload            *self,
                     const SkeinWorkloadFuncs *funcs,
                     guint                     n_tasks)
{
  self->funcs = funcs;
  self->n_tasks = n_tasks;
  g_mutex_init (&self->mutex);
}

void
skein_workload_free (SkeinWorkload *self)
{
  if (self->funcs->clear != NULL)
    self->funcs->clear (self);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

void
skein_workload_take_outcome (SkeinWorkload *self,
                             guint64        outcome)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->outcome += outcome;
}

guint
skein_workload_get_n_tasks (SkeinWorkload *self)
{
  return self->n_tasks;
}

char *
skein_workload_dup_name (SkeinWorkload *self,
                         guint          number)
{
  g_return_val_if_fail (number < self->n_tasks, NULL);

  return self->funcs->dup_name (self, number);
}

void
skein_workload_reset (SkeinWorkload *self)
{
  self->outcome = 0;
  if (self->funcs->reset != NULL)
    self->funcs->reset (self);
}

gboolean
skein_workload_run (SkeinWorkload     *self,
                    guint              number,
                    SkeinTaskContext  *context,
                    GCancellable      *cancellable,
                    GError           **error)
{
  g_return_val_if_fail (number < self->n_tasks, FALSE);

  return self->funcs->run (self, number, context, cancellable, error);
}

guint64
skein_workload_get_outcome (SkeinWorkload *self)
{
  return self->outcome;
}

gboolean
skein_workload_get_wanted (SkeinWorkload *self,
                           guint64       *wanted)
{
  *wanted = self->wanted;

  return self->is_known;
}
