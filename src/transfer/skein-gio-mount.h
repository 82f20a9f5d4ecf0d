/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * skein_gio_mount:
 * @file: a file on something that is not mounted
 * @login: (nullable): "user:password"
 * @context: a main context of this thread
 * @timeout: microseconds
 * @cancellable: (nullable): ends the wait
 * @error: %SKEIN_ERROR_LOGIN where the login was refused or none was given, %SKEIN_ERROR_CERTIFICATE where the
 *   server is not known yet, %SKEIN_ERROR_NO_ANSWER, or what GIO said
 *
 * Mounts it. A question is never asked: a login is answered once with @login, or anonymously, and all else is refused.
 * Blocks; turns @context meanwhile.
 *
 * Returns: whether it is mounted
 */
gboolean skein_gio_mount (GFile         *file,
                          const char    *login,
                          GMainContext  *context,
                          gint64         timeout,
                          GCancellable  *cancellable,
                          GError       **error);

G_END_DECLS
