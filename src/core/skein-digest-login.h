/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "skein-challenge.h"

G_BEGIN_DECLS

/**
 * SkeinDigestLogin:
 *
 * What a server's Digest challenge asks for (RFC 7616), if we can give it: MD5 and SHA-256, plain or per session, with
 * qop "auth" or without (RFC 2069). Constant.
 */
typedef struct _SkeinDigestLogin SkeinDigestLogin;

/**
 * skein_digest_login_choose:
 * @challenges: (element-type SkeinChallenge): what the server offers
 *
 * The strongest of those that can be answered. Any thread.
 *
 * Returns: (transfer full) (nullable): %NULL if there is none: another scheme or algorithm, "auth-int" alone, no realm
 *   or nonce, or control characters in what is to be sent back
 */
SkeinDigestLogin *skein_digest_login_choose     (GPtrArray              *challenges);

/**
 * skein_digest_login_free:
 * @self: (transfer full): a challenge
 *
 * Any thread.
 */
void              skein_digest_login_free       (SkeinDigestLogin       *self);

/**
 * skein_digest_login_get_nonce:
 * @self: a challenge
 *
 * Any thread.
 *
 * Returns: (transfer none): the server's nonce
 */
const char       *skein_digest_login_get_nonce  (const SkeinDigestLogin *self);

/**
 * skein_digest_login_is_stale:
 * @self: a challenge
 *
 * Any thread.
 *
 * Returns: whether the server says that only the nonce was too old, not the login wrong
 */
gboolean          skein_digest_login_is_stale   (const SkeinDigestLogin *self);

/**
 * skein_digest_login_respond:
 * @self: a challenge
 * @login: "user:password"
 * @method: of the request
 * @target: path and query of the request, as they are sent
 * @count: how often the nonce has been used, with this time; from 1
 * @cnonce: our own nonce, the same as long as @self is used
 *
 * Any thread.
 *
 * Returns: (transfer full): the value of Authorization
 */
char             *skein_digest_login_respond    (const SkeinDigestLogin *self,
                                                 const char             *login,
                                                 const char             *method,
                                                 const char             *target,
                                                 guint                   count,
                                                 const char             *cnonce);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinDigestLogin, skein_digest_login_free)

G_END_DECLS
