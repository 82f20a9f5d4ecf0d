/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-transfer.h"

G_BEGIN_DECLS

/**
 * skein_discard_async:
 * @transfer: a transfer that has ended
 * @callback: called when its part file is gone, or could not be removed
 * @user_data: for @callback
 *
 * skein_transfer_discard() on a thread that is no worker: it neither waits behind downloads nor, with
 * the blocking runner, holds up the window. Main context.
 */
void     skein_discard_async  (SkeinTransfer        *transfer,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data);

/**
 * skein_discard_finish:
 * @result: what the callback got
 * @error: %SKEIN_ERROR
 *
 * Returns: whether it is gone
 */
gboolean skein_discard_finish (GAsyncResult         *result,
                               GError              **error);

G_END_DECLS
