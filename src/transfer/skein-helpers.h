/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-segment.h"

G_BEGIN_DECLS

/*
 * Who joins the first segment of a transfer, and how all of them end together.
 */

/**
 * skein_helpers_consider:
 * @first: the segment of the thread that runs the transfer
 *
 * Lets helpers join if the server can give ranges, there is enough left to share, and the first connection
 * does not keep a core busy already: then the network is not what limits. To be called often.
 */
void     skein_helpers_consider      (SkeinSegment    *first);

/**
 * skein_helpers_are_all_gone:
 * @transfer: a transfer
 *
 * Any of its threads.
 *
 * Returns: whether no helper is alive
 */
gboolean skein_helpers_are_all_gone  (SkeinTransfer   *transfer);

/**
 * skein_helpers_take_error:
 * @transfer: a transfer whose helpers have ended
 * @error: why all had to end, or that nobody knows how to get the rest
 *
 * Returns: %FALSE
 */
gboolean skein_helpers_take_error    (SkeinTransfer   *transfer,
                                      GError         **error);

/**
 * skein_helpers_concerns_all:
 * @error: what one of the segments met
 *
 * Returns: whether the file, the disk or the person is behind it, so that all must end; a refusal concerns one
 *   connection alone
 */
gboolean skein_helpers_concerns_all  (const GError    *error);

/**
 * skein_helpers_wait:
 * @transfer: a transfer
 *
 * Waits until all helpers have ended. The thread that runs the transfer.
 */
void     skein_helpers_wait          (SkeinTransfer   *transfer);

/**
 * skein_helpers_end:
 * @transfer: a transfer
 * @error: (nullable): why the first segment gave up, if it did; the others are stopped then
 *
 * Waits until all helpers have ended. The thread that runs the transfer.
 */
void     skein_helpers_end           (SkeinTransfer   *transfer,
                                      const GError    *error);

/**
 * skein_helpers_dismiss:
 * @last: the segment that wrote the last byte that was missing
 *
 * Ends the waits of all others at once: those who lost a race may wait for a connection that is stuck. Its thread.
 */
void     skein_helpers_dismiss       (SkeinSegment    *last);

/**
 * skein_helpers_add:
 * @transfer: a transfer
 * @segment: one that begins; it gets its own stop
 */
void     skein_helpers_add           (SkeinTransfer   *transfer,
                                      SkeinSegment    *segment);

/**
 * skein_helpers_remove:
 * @transfer: a transfer
 * @segment: one that ends
 */
void     skein_helpers_remove        (SkeinTransfer   *transfer,
                                      SkeinSegment    *segment);

G_END_DECLS
