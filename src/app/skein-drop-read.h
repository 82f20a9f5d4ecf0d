/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/**
 * skein_drop_read_async:
 * @drop: what was dropped
 * @mime_type: the form to read it in
 * @callback: called when all is there, or it is given up
 * @user_data: for @callback
 *
 * Reads a drop into memory. Nothing coming for 10 seconds ends it: senders may promise what they never
 * give. The main thread.
 */
void    skein_drop_read_async  (GdkDrop              *drop,
                                const char           *mime_type,
                                GAsyncReadyCallback   callback,
                                gpointer              user_data);

/**
 * skein_drop_read_finish:
 * @drop: what was dropped
 * @result: what the callback got
 * @error: %G_IO_ERROR; the message is translated
 *
 * Returns: (transfer full) (nullable): the bytes; never empty, nor more than %SKEIN_URI_LIST_MAX_LENGTH
 */
GBytes *skein_drop_read_finish (GdkDrop              *drop,
                                GAsyncResult         *result,
                                GError              **error);

G_END_DECLS
