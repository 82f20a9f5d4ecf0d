/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * skein_charset_decode:
 * @charset: (array length=charset_length): name of a character set, in any case
 * @charset_length: bytes of @charset
 * @bytes: text in that set
 *
 * For the charsets that file names in headers come in (RFC 8187 section 3.2, RFC 2047 section 2). Bytes
 * of an unknown charset, or that do not belong to it, are read as by skein_text_to_utf8(). Any thread.
 *
 * Returns: (transfer full): valid UTF-8
 */
char *skein_charset_decode (const char    *charset,
                            gsize          charset_length,
                            const GString *bytes);

/**
 * skein_charset_decode_words:
 * @text: a header value
 *
 * Replaces the encoded words of RFC 2047 ("=?utf-8?B?…?="); white space between two of them goes. The
 * rest stays. Any thread.
 *
 * Returns: (transfer full) (nullable): valid UTF-8, or %NULL if there is no encoded word
 */
char *skein_charset_decode_words (const char *text);

G_END_DECLS
