/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "skein-task-context.h"

G_BEGIN_DECLS

/**
 * skein_wait:
 * @context: who runs this; told that it waits
 * @cancellable: (nullable): ends the wait
 * @time: microseconds
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Any thread.
 *
 * Returns: whether the time has passed
 */
gboolean skein_wait (SkeinTaskContext  *context,
                     GCancellable      *cancellable,
                     gint64             time,
                     GError           **error);

G_END_DECLS
