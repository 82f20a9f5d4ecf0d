/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-http.h"

G_BEGIN_DECLS

/*
 * Files of this computer, of mounts of GVfs, and those that stand in their address, as if a server had answered: so
 * all that is known of answers (parts, validators, resuming) holds for them.
 */

/**
 * skein_gio_get:
 * @request: what to ask for, of another kind than %SKEIN_URI_WEB
 * @context: who runs this; told of the operations
 * @progress: gets the operations too
 * @cancellable: (nullable): ends it at any wait
 * @error: %SKEIN_ERROR_NO_BACKEND, %SKEIN_ERROR_NOT_FOUND, %SKEIN_ERROR_NOT_A_FILE, %SKEIN_ERROR_UNREADABLE,
 *   %SKEIN_ERROR_LOGIN and others, %G_IO_ERROR_CANCELLED
 *
 * Opens the file, mounting where it is if need be: with the login of the request, and without ever asking
 * anybody. Its time of change stands for a weak ETag; where the stream can seek, a range is answered with that
 * range, else with the whole. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): an answer with the status 200 or 206
 */
SkeinHttpAnswer *skein_gio_get             (const SkeinHttpRequest  *request,
                                            SkeinTaskContext        *context,
                                            SkeinProgress           *progress,
                                            GCancellable            *cancellable,
                                            GError                 **error);

/**
 * skein_gio_error_translate:
 * @source: what GIO said
 * @error: (out): the same as %SKEIN_ERROR; being cancelled stays as it is
 *
 * Any thread.
 */
void             skein_gio_error_translate (const GError            *source,
                                            GError                 **error);

G_END_DECLS
