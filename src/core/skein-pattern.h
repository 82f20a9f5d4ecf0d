/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SKEIN_PATTERN_DEFAULT_MOST:
 *
 * Addresses that one pattern may give, unless the user says otherwise.
 */
#define SKEIN_PATTERN_DEFAULT_MOST 10000

/**
 * SKEIN_PATTERN_MAX_LENGTH:
 *
 * Bytes that all addresses of one pattern may take together.
 */
#define SKEIN_PATTERN_MAX_LENGTH (64 * 1024 * 1024)

/**
 * skein_pattern_count:
 * @text: an address, perhaps with ranges and sets
 * @error: %SKEIN_ERROR_INVALID_ADDRESS (a range that runs backwards or mixes letters, one inside a set, a
 *   set inside a set) or %SKEIN_ERROR_TOO_LARGE (a number or a count beyond 64 bits)
 *
 * How many addresses `[001-100]`, `[1-100:5]`, `[a-z]` and `{a,b,}` in @text stand for. Brackets that hold
 * no range (those of an IPv6 host, or of a query), braces that hold no comma, and those that are not
 * closed stand for themselves; so does what follows a backslash: `\[`, `\]`, `\{`, `\}`, and in a set `\,`.
 * Takes time linear in @text. Any thread.
 *
 * Returns: 1 if @text is no pattern; 0 on error
 */
guint64  skein_pattern_count  (const char  *text,
                               GError     **error);

/**
 * skein_pattern_expand:
 * @text: an address, perhaps with ranges and sets
 * @most: addresses at the most
 * @addresses: (out) (element-type utf8) (transfer full): the addresses, not cleaned; the last range or set
 *   changes fastest
 * @error: as for skein_pattern_count(), with %SKEIN_ERROR_TOO_LARGE also for more than @most addresses or
 *   more than %SKEIN_PATTERN_MAX_LENGTH bytes; nothing was built then
 *
 * Writes out what @text stands for, as skein_pattern_count() counts it. Numbers are as wide as the wider
 * end if one end starts with 0. A text that is no pattern gives one address, without the backslashes of
 * its escapes. Any thread.
 *
 * Returns: %FALSE on error
 */
gboolean skein_pattern_expand (const char  *text,
                               guint        most,
                               GPtrArray  **addresses,
                               GError     **error);

G_END_DECLS
