/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-wait.h"

gboolean
skein_wait (SkeinTaskContext  *context,
            GCancellable      *cancellable,
            gint64             time,
            GError           **error)
{
  gint64 until = g_get_monotonic_time () + time;
  gint64 left = time;
  GPollFD fd;
  gboolean has_fd = g_cancellable_make_pollfd (cancellable, &fd);

  skein_task_context_enter (context, SKEIN_OPERATION_WAIT);
  while (left > 0 && !g_cancellable_is_cancelled (cancellable))
    {
      g_poll (&fd, has_fd ? 1 : 0, (int) MIN (left / 1000 + 1, G_MAXINT));
      left = until - g_get_monotonic_time ();
    }
  skein_task_context_leave (context, SKEIN_OPERATION_WAIT);
  if (has_fd)
    g_cancellable_release_fd (cancellable);

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}
