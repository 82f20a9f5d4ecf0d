/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-transfer-private.h"

G_BEGIN_DECLS

/*
 * How fast a transfer may read: it obeys the limit that it shares with others and its own.
 */

/**
 * skein_pace_room:
 * @transfer: a transfer
 * @most: bytes that there is room for
 *
 * Any of its threads.
 *
 * Returns: bytes to read at the most in one go
 */
gsize  skein_pace_room (SkeinTransfer *transfer,
                        gsize          most);

/**
 * skein_pace_pay:
 * @transfer: a transfer
 * @length: bytes that were read, or 0 to ask again
 *
 * Any of its threads.
 *
 * Returns: microseconds in which nothing should be read; 0 to go on
 */
gint64 skein_pace_pay  (SkeinTransfer *transfer,
                        gsize          length);

/**
 * skein_pace_most_connections:
 * @transfer: a transfer
 *
 * With low limits a few connections are enough, and better: what the kernels on the way hold for each of them is seconds
 * of the limit. Any of its threads.
 *
 * Returns: how many connections the transfer should have at the most, at least 1; %G_MAXUINT without a limit
 */
guint    skein_pace_most_connections (SkeinTransfer *transfer);

/**
 * skein_pace_has_room:
 * @transfer: a transfer
 * @connections: how many it has
 *
 * As skein_pace_most_connections(), but sees also what others use of the limit that they share. Any of its
 * threads.
 *
 * Returns: whether the limits are enough for one connection more
 */
gboolean skein_pace_has_room         (SkeinTransfer *transfer,
                                      guint          connections);

G_END_DECLS
