/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-transfer-private.h"

G_BEGIN_DECLS

/**
 * skein_small_body_read:
 * @transfer: for whom
 * @answer: an answer with a file that helps with its own
 * @most: bytes that it may have
 * @error: as of skein_body_receive()
 *
 * Reads a body into memory. Blocks; the thread that got the answer.
 *
 * Returns: (transfer full) (nullable): the bytes; %NULL without an error if it is longer, or slower, than such a
 *   file may be
 */
GByteArray *skein_small_body_read (SkeinTransfer    *transfer,
                                   SkeinHttpAnswer  *answer,
                                   gsize             most,
                                   GError          **error);

G_END_DECLS
