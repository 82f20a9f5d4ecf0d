/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SKEIN_FILE_NAME_MAX_LENGTH:
 *
 * Bytes of the longest name: what file systems take, less room for " (999)" and ".part.skein".
 */
#define SKEIN_FILE_NAME_MAX_LENGTH (255 - 24)

/**
 * skein_file_name_sanitize:
 * @bytes: (array length=length): a name from anywhere, after all decoding
 * @length: how many bytes, or -1 if they end with NUL
 *
 * The one way from outside to a name on the disk. What is not UTF-8 is read as Windows-1252. Of a path
 * the last part that is not empty is taken. The result is one file name: valid UTF-8, neither empty nor
 * "." nor "..", without separators, control, bidirectional and zero-width characters and without
 * `<>:"|?*`, no leading dot, dash or space, no trailing dot or space, no name that Windows reserves, at
 * most %SKEIN_FILE_NAME_MAX_LENGTH bytes with the extension kept. Sanitising twice changes nothing.
 * "download" stands in for a name that is empty. Any thread.
 *
 * Returns: (transfer full): a safe name
 */
char *skein_file_name_sanitize         (const char *bytes,
                                        gssize      length);

/**
 * skein_file_name_from_uri:
 * @uri: a clean address
 *
 * The last part of the path, decoded; the host if there is none. Any thread.
 *
 * Returns: (transfer full): a safe name
 */
char *skein_file_name_from_uri         (const char *uri);

/**
 * skein_file_name_from_disposition:
 * @value: (nullable): the raw value of Content-Disposition; of several headers the first
 *
 * The file name in it (RFC 6266, RFC 8187; filename* first), read generously: RFC 2047 words, missing
 * quotes, raw Latin-1 and a parameter without a type are understood. Any thread.
 *
 * Returns: (transfer full) (nullable): a safe name, or %NULL if @value gives none
 */
char *skein_file_name_from_disposition (const char *value);

/**
 * skein_file_name_numbered:
 * @name: a safe name
 * @n: the number
 *
 * "a.tar.gz" and 2 give "a (2).tar.gz". Any thread.
 *
 * Returns: (transfer full): a safe name
 */
char *skein_file_name_numbered         (const char *name,
                                        guint       n);

G_END_DECLS
