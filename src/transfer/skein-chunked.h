/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SkeinChunked:
 *
 * Takes the chunked transfer coding apart (RFC 9112 section 7.1), strictly: libsoup 3.2 takes a body that
 * is cut at a chunk's border, or a size that is rubbish, for a good end. A plain value without locks.
 */
typedef struct
{
  int     state;
  guint64 left;     /* bytes left of the chunk */
  guint   digits;   /* of the size so far */
  guint   line;     /* bytes of the line so far */
  guint   trailers; /* bytes of the trailer section so far */
} SkeinChunked;

/**
 * skein_chunked_init:
 * @self: a decoder
 *
 * Makes it ready for the first byte of a body.
 */
void     skein_chunked_init    (SkeinChunked  *self);

/**
 * skein_chunked_decode:
 * @self: a decoder
 * @bytes: (inout): what came in; what it means is left at its head
 * @length: bytes that came in
 * @decoded: (out): bytes that are left
 * @error: %SKEIN_ERROR_PROTOCOL
 *
 * Decodes in place. What stands behind the end of the body is dropped.
 *
 * Returns: %FALSE if it breaks the rules
 */
gboolean skein_chunked_decode  (SkeinChunked  *self,
                                guint8        *bytes,
                                gsize          length,
                                gsize         *decoded,
                                GError       **error);

/**
 * skein_chunked_is_done:
 * @self: a decoder
 *
 * Returns: whether the last chunk and the end of the trailers were seen
 */
gboolean skein_chunked_is_done (SkeinChunked  *self);

G_END_DECLS
