/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-transfer-private.h"

G_BEGIN_DECLS

/**
 * skein_transfer_start:
 * @self: a transfer that is about to run
 * @part: (out): what the answer brings
 * @error: why there is nothing to fetch
 *
 * The first request, which decides all: whether an earlier attempt can be continued, whether there are
 * ranges, how long the file is and what it is called. Afterwards the part file is open and, where the length
 * is known, the map says what it lacks. No connection is needed if it lacks nothing.
 *
 * Returns: whether it can go on; @connection is where the bytes come from, or %NULL if all are there
 */
gboolean skein_transfer_start (SkeinTransfer    *self,
                               SkeinConnection **connection,
                               SkeinAnswerPart  *part,
                               GError          **error);

G_END_DECLS
