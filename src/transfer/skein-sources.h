/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-segment.h"

G_BEGIN_DECLS

/*
 * The addresses of one file. Bytes of several are only ever mixed where a digest of the whole file or of its
 * pieces proves the result: servers that say the same of a file may have different ones.
 */

/**
 * skein_sources_open:
 * @transfer: a transfer that begins to run
 *
 * Lists its addresses, its own first. The thread that runs it.
 */
void         skein_sources_open       (SkeinTransfer    *transfer);

/**
 * skein_sources_add:
 * @transfer: a transfer without helpers
 * @uri: a clean address
 *
 * Adds one behind the others, unless there are many already, those that were dropped included.
 *
 * Returns: whether it was added
 */
gboolean     skein_sources_add        (SkeinTransfer    *transfer,
                                       const char       *uri);

/**
 * skein_sources_forget:
 * @transfer: a transfer without helpers
 *
 * Between two attempts: nobody has answered yet. Who was dropped stays so.
 */
void         skein_sources_forget     (SkeinTransfer    *transfer);

/**
 * skein_sources_are_proven:
 * @transfer: a transfer
 * @total: bytes of its file, or -1
 *
 * Returns: whether digests will tell if the bytes are the right ones
 */
gboolean     skein_sources_are_proven (SkeinTransfer    *transfer,
                                       gint64            total);

/**
 * skein_sources_begin:
 * @transfer: a transfer of which the first answer is there
 *
 * Decides whether others may be asked, too.
 */
void         skein_sources_begin      (SkeinTransfer    *transfer);

/**
 * skein_sources_next:
 * @transfer: a transfer without helpers
 *
 * Returns: (transfer none) (nullable): the best address that was not dropped
 */
SkeinSource *skein_sources_next       (SkeinTransfer    *transfer);

/**
 * skein_sources_find:
 * @transfer: a transfer
 * @uri: an address
 *
 * Returns: (transfer none) (nullable): the source of that address, if it was not dropped
 */
SkeinSource *skein_sources_find       (SkeinTransfer    *transfer,
                                       const char       *uri);

/**
 * skein_sources_may_go_on:
 * @transfer: a transfer without helpers
 * @kept: bytes that can be gone on from
 * @error: why its source gave no more
 *
 * Drops the source if another is worth a try. Without a digest that would mean to begin anew there, so bytes
 * that are kept are worth a few attempts more at the source that gave them.
 *
 * Returns: whether to begin again, at skein_sources_next()
 */
gboolean     skein_sources_may_go_on  (SkeinTransfer    *transfer,
                                       guint64           kept,
                                       const GError     *error);

/**
 * skein_sources_after_lie:
 * @transfer: a transfer without helpers
 * @error: that the digest of the whole file is another one than it ought to be
 *
 * Drops who gave it all alone; otherwise nobody knows who lied, and one source shall give all of it.
 *
 * Returns: whether to begin again, at skein_sources_next()
 */
gboolean     skein_sources_after_lie  (SkeinTransfer    *transfer,
                                       const GError     *error);

/**
 * skein_sources_take:
 * @segment: a segment that is about to ask
 *
 * Gives it a source: where several may be used the one that it has already, unless that was dropped, lied
 * or is crowded; else the one with the fewest connections, best first.
 */
void         skein_sources_take       (SkeinSegment     *segment);

/**
 * skein_sources_release:
 * @segment: a segment that ends
 */
void         skein_sources_release    (SkeinSegment     *segment);

/**
 * skein_sources_blame:
 * @segment: a segment whose connection failed
 * @error: what it met
 *
 * Judges its source: one that refuses more connections gets no more, one that fails for good or again and
 * again is dropped, as long as there are others.
 *
 * Returns: whether the segment is to go on elsewhere
 */
gboolean     skein_sources_blame      (SkeinSegment     *segment,
                                       const GError     *error);

/**
 * skein_sources_note_lie_locked:
 * @transfer: a transfer whose mutex is held
 * @start: the first byte of a piece that is wrong
 * @end: the byte behind its last one
 * @error: what is wrong with it
 *
 * Counts it against whoever gave it, if that was one source alone; at the second time that one is
 * dropped, as long as there are others. Forgets who gave it.
 */
void         skein_sources_note_lie_locked (SkeinTransfer *transfer,
                                            guint64        start,
                                            guint64        end,
                                            const GError  *error);

G_END_DECLS
