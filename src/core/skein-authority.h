/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SkeinAuthority:
 * @login: (nullable): "user:password", decoded; %NULL if there was none
 * @host: lower case ASCII; IPv6 in brackets
 * @port: 0 if none was given
 *
 * What stands between "//" and the path of an address.
 */
typedef struct
{
  char  *login;
  char  *host;
  guint  port;
} SkeinAuthority;

/**
 * skein_authority_parse:
 * @self: (out caller-allocates): the result; on error there is nothing to clear
 * @text: (array length=length): user information, host and port, as written; no NUL
 * @length: bytes of @text
 * @error: %SKEIN_ERROR_INVALID_ADDRESS
 *
 * Part of skein_uri_clean(): RFC 3986 section 3.2, with the host held to a grammar of letters, digits,
 * dash and underscore after percent-decoding and IDNA, so that nothing in it can end a header line. Any
 * thread.
 *
 * Returns: %FALSE on error
 */
gboolean skein_authority_parse (SkeinAuthority  *self,
                                const char      *text,
                                gsize            length,
                                GError         **error);

/**
 * skein_authority_clear:
 * @self: a result of skein_authority_parse()
 *
 * Frees what it holds. Any thread.
 */
void     skein_authority_clear (SkeinAuthority  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SkeinAuthority, skein_authority_clear)

G_END_DECLS
