/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SKEIN_PRACTICE_PATTERN_BLOCK:
 *
 * The content of /bytes repeats after so many bytes, but for the page numbers in it.
 */
#define SKEIN_PRACTICE_PATTERN_BLOCK (1024 * 1024)

/**
 * SKEIN_PRACTICE_PATTERN_PAGE:
 *
 * The first eight bytes of each page of so many bytes are the number of the page in the whole, big
 * endian: bytes that moved by a page, a block or anything else do not go unseen.
 */
#define SKEIN_PRACTICE_PATTERN_PAGE 4096

/**
 * skein_practice_pattern_fill:
 * @seed: which content; 0 is that of /bytes without seed=
 * @offset: where in the content, in bytes
 * @buffer: (out caller-allocates): room for @length bytes
 * @length: bytes wanted
 *
 * Gives the content of /bytes at any place, so that what was received can be checked piece by piece.
 * May be called from any thread.
 */
void  skein_practice_pattern_fill   (guint64  seed,
                                     guint64  offset,
                                     guint8  *buffer,
                                     gsize    length);

/**
 * skein_practice_pattern_sha256:
 * @seed: as for skein_practice_pattern_fill()
 * @size: bytes in all
 *
 * Computes the checksum of the first @size bytes. May be called from any thread.
 *
 * Returns: (transfer full): SHA-256 as 64 hexadecimal digits in lower case
 */
char *skein_practice_pattern_sha256 (guint64  seed,
                                     guint64  size);

/**
 * SkeinPracticeWindow:
 *
 * A block of pattern in memory of which only page numbers change from one block to the next: what
 * makes sending fast. For one thread at a time.
 */
typedef struct _SkeinPracticeWindow SkeinPracticeWindow;

/**
 * skein_practice_window_new:
 *
 * Returns: (transfer full): an empty window
 */
SkeinPracticeWindow *skein_practice_window_new  (void);

/**
 * skein_practice_window_free:
 * @self: (transfer full): a window
 */
void                 skein_practice_window_free (SkeinPracticeWindow *self);

/**
 * skein_practice_window_peek:
 * @self: a window
 * @seed: which content
 * @offset: where in the content, in bytes
 * @length: (out): bytes there are at the returned address, at least one
 *
 * Returns: (transfer none): the content at @offset, until the next call
 */
const guint8        *skein_practice_window_peek (SkeinPracticeWindow *self,
                                                 guint64              seed,
                                                 guint64              offset,
                                                 gsize               *length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinPracticeWindow, skein_practice_window_free)

G_END_DECLS
