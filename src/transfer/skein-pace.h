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

G_END_DECLS
