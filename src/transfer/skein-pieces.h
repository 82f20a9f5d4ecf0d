/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-transfer-private.h"

G_BEGIN_DECLS

/**
 * SkeinPieces:
 *
 * Which pieces of a file were held against their digests. Each is hashed by the thread that wrote the last
 * of it; one that is wrong is not done after all, and fetched again alone.
 */

/**
 * skein_pieces_new:
 * @set: where the digests are
 * @total: bytes of the file
 *
 * Returns: (transfer full) (nullable): pieces of which none is known to be good; %NULL if there are no
 *   digests, or not as many as that file has pieces
 */
SkeinPieces *skein_pieces_new   (SkeinSourceSet  *set,
                                 gint64           total);

/**
 * skein_pieces_free:
 * @self: (transfer full): pieces
 */
void         skein_pieces_free  (SkeinPieces     *self);

/**
 * skein_pieces_check:
 * @transfer: a transfer with pieces
 * @start: the first byte that was written
 * @end: the byte behind the last one
 * @again: whether some of these bytes were there already: what is known of their pieces is void
 * @error: %SKEIN_ERROR_DIGEST for a piece that was wrong again and again; %SKEIN_ERROR_IO
 *
 * Hashes those pieces that are whole now. Any of the transfer's threads, outside of an operation.
 *
 * Returns: %FALSE if there is no hope
 */
gboolean     skein_pieces_check (SkeinTransfer   *transfer,
                                 guint64          start,
                                 guint64          end,
                                 gboolean         again,
                                 GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinPieces, skein_pieces_free)

G_END_DECLS
