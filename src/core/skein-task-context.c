/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-task-context.h"

static const char *const operations[SKEIN_N_OPERATIONS] = {
  [SKEIN_OPERATION_START] = "start", [SKEIN_OPERATION_RESOLVE] = "resolve",
  [SKEIN_OPERATION_CONNECT] = "connect", [SKEIN_OPERATION_TLS] = "tls",
  [SKEIN_OPERATION_WAIT] = "wait", [SKEIN_OPERATION_RECEIVE] = "receive",
  [SKEIN_OPERATION_WRITE] = "write", [SKEIN_OPERATION_HASH] = "hash",
  [SKEIN_OPERATION_COMPUTE] = "compute", [SKEIN_OPERATION_LOCK] = "lock",
  [SKEIN_OPERATION_INPUT] = "input",
};

const char *
skein_operation_get_name (SkeinOperation self)
{
  g_return_val_if_fail (self < SKEIN_N_OPERATIONS, NULL);

  return operations[self];
}

gboolean
skein_operation_from_name (const char     *name,
                           SkeinOperation *operation)
{
  for (guint i = 0; i < SKEIN_N_OPERATIONS; i++)
    if (g_str_equal (name, operations[i]))
      {
        *operation = (SkeinOperation) i;
        return TRUE;
      }

  return FALSE;
}

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
