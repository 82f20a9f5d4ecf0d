/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * skein_text_is_unsafe:
 * @c: a character
 *
 * Whether @c could mislead the reader of a line, or break it: controls, bidirectional overrides and
 * isolates, zero-width and other invisible characters, line separators, noncharacters. Any thread.
 *
 * Returns: %TRUE if @c must not be shown inside a name or an address
 */
gboolean skein_text_is_unsafe    (gunichar    c);

/**
 * skein_text_to_utf8:
 * @bytes: (array length=length): any bytes
 * @length: how many, or -1 if they end with NUL
 *
 * Valid UTF-8 is taken as it is; other bytes are read as Windows-1252 (which holds Latin-1). NUL bytes
 * become U+001A (SUBSTITUTE). Any thread.
 *
 * Returns: (transfer full): valid UTF-8
 */
char    *skein_text_to_utf8      (const char *bytes,
                                  gssize      length);

/**
 * skein_text_dup_readable:
 * @bytes: (array length=length): any bytes
 * @length: how many, or -1 if they end with NUL
 * @max_chars: characters to keep at the most, at least 1
 *
 * For showing foreign text in one line: unsafe characters become U+FFFD, a longer text is cut and ends
 * with "…". Reads no more of @bytes than it needs. Any thread.
 *
 * Returns: (transfer full): valid UTF-8
 */
char    *skein_text_dup_readable (const char *bytes,
                                  gssize      length,
                                  guint       max_chars);

G_END_DECLS
