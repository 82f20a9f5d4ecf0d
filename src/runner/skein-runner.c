/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-runner.h"

G_DEFINE_INTERFACE (SkeinRunner, skein_runner, G_TYPE_OBJECT)

static void
skein_runner_default_init (SkeinRunnerInterface *iface)
{
}

void
skein_runner_run_async (SkeinRunner         *self,
                        const char          *name,
                        SkeinTaskFunc        func,
                        gpointer             data,
                        GDestroyNotify       destroy,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (SKEIN_IS_RUNNER (self));
  g_return_if_fail (func != NULL && callback != NULL);

  SKEIN_RUNNER_GET_IFACE (self)->run_async (self, name, func, data, destroy,
                                            cancellable, callback, user_data);
}

gboolean
skein_runner_run_finish (SkeinRunner   *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, skein_runner_run_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

guint
skein_runner_get_capacity (SkeinRunner *self)
{
  g_return_val_if_fail (SKEIN_IS_RUNNER (self), 0);

  return SKEIN_RUNNER_GET_IFACE (self)->get_capacity (self);
}

void
skein_runner_shutdown (SkeinRunner *self)
{
  g_return_if_fail (SKEIN_IS_RUNNER (self));

  SKEIN_RUNNER_GET_IFACE (self)->shutdown (self);
}
