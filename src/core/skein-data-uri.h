/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * skein_data_uri_parse:
 * @uri: an address that begins with "data:"
 * @type: (out) (optional): its media type in lower case, without parameters
 * @error: %SKEIN_ERROR_INVALID_ADDRESS
 *
 * Takes what such an address holds (RFC 2397). Base64 is taken with blanks in it and without its padding, but with
 * nothing else. Any thread.
 *
 * Returns: (transfer full) (nullable): the bytes
 */
GBytes *skein_data_uri_parse    (const char  *uri,
                                 char       **type,
                                 GError     **error);

/**
 * skein_data_uri_dup_name:
 * @uri: an address that begins with "data:"
 *
 * Any thread.
 *
 * Returns: (transfer full): "download.png", by its media type; without an ending if that is not known
 */
char   *skein_data_uri_dup_name (const char  *uri);

G_END_DECLS
