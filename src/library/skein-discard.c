/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-discard.h"

static void
enter (SkeinTaskContext *context,
       SkeinOperation    operation)
{
}

static void
leave (SkeinTaskContext *context,
       SkeinOperation    operation)
{
}

static void
stamp (SkeinTaskContext *context,
       SkeinOperation    operation,
       gint64            begin,
       gint64            end)
{
}

static gboolean
spawn_helper (SkeinTaskContext *context,
              GThreadFunc       func,
              gpointer          data)
{
  return FALSE;
}

/* Nobody draws a picture of this short work, so the context notes nothing. */
static const SkeinTaskContextFuncs funcs = { enter, leave, stamp, spawn_helper };

static void
discard_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  SkeinTaskContext context = { .funcs = &funcs };
  g_autoptr (GError) error = NULL;

  if (skein_transfer_discard (task_data, &context, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, FALSE);
}

void
skein_discard_async (SkeinTransfer       *transfer,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, skein_discard_async);
  g_task_set_task_data (task, skein_transfer_ref (transfer), (GDestroyNotify) skein_transfer_unref);
  g_task_run_in_thread (task, discard_thread);
}

gboolean
skein_discard_finish (GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
