/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-range.h"

G_BEGIN_DECLS

/*
 * Sets of bytes as arrays of SkeinRange that are sorted, apart from each other and not empty.
 * Numbers are at most 2^63. Any thread, one at a time for an array.
 */

/**
 * skein_range_set_new:
 *
 * Returns: (transfer full) (element-type SkeinRange): the empty set
 */
GArray   *skein_range_set_new      (void);

/**
 * skein_range_set_is_valid:
 * @set: (element-type SkeinRange): any array of ranges
 * @total: bytes of the file
 *
 * Returns: whether it is a set within the file
 */
gboolean  skein_range_set_is_valid (const GArray *set,
                                    guint64       total);

/**
 * skein_range_set_search:
 * @set: a set
 * @byte: a place in the file
 *
 * Returns: the index of the first range that holds @byte or lies behind it; the length of the
 *   array if there is none
 */
guint     skein_range_set_search   (const GArray *set,
                                    guint64       byte);

/**
 * skein_range_set_contains:
 * @set: a set
 * @start: the first byte
 * @end: the byte behind the last one
 *
 * Returns: whether it holds all of these bytes
 */
gboolean  skein_range_set_contains (const GArray *set,
                                    guint64       start,
                                    guint64       end);

/**
 * skein_range_set_add:
 * @set: a set
 * @start: the first byte
 * @end: the byte behind the last one
 *
 * Returns: how many of these bytes it did not hold before
 */
guint64   skein_range_set_add      (GArray       *set,
                                    guint64       start,
                                    guint64       end);

/**
 * skein_range_set_remove:
 * @set: a set
 * @start: the first byte
 * @end: the byte behind the last one
 *
 * Returns: how many of these bytes it held before
 */
guint64   skein_range_set_remove   (GArray       *set,
                                    guint64       start,
                                    guint64       end);

G_END_DECLS
