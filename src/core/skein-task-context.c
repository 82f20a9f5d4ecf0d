/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-task-context.h"

void
skein_task_context_enter (SkeinTaskContext *self,
                          SkeinOperation    operation)
{
  self->funcs->enter (self, operation);
}

void
skein_task_context_leave (SkeinTaskContext *self,
                          SkeinOperation    operation)
{
  self->funcs->leave (self, operation);
}

void
skein_task_context_stamp (SkeinTaskContext *self,
                          SkeinOperation    operation,
                          gint64            begin,
                          gint64            end)
{
  g_assert (begin <= end);

  self->funcs->stamp (self, operation, begin, end);
}

gboolean
skein_task_context_spawn_helper (SkeinTaskContext *self,
                                 GThreadFunc       func,
                                 gpointer          data)
{
  return self->funcs->spawn_helper (self, func, data);
}

void
skein_task_context_checkpoint (SkeinTaskContext *self)
{
  if (self->funcs->checkpoint != NULL)
    self->funcs->checkpoint (self);
}
