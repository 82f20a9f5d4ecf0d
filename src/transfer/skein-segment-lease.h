/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-segment.h"

G_BEGIN_DECLS

/**
 * skein_segment_next_lease:
 * @self: a segment without a lease
 *
 * Takes a free range; else the tail of the range whose owner needs longest for it, so much of it that both are
 * ready at the same time; else part in a race for one of the last. Its thread.
 *
 * Returns: whether it has one now
 */
gboolean skein_segment_next_lease (SkeinSegment *self);

G_END_DECLS
