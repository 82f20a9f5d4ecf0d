/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SkeinLogin:
 *
 * A login at one origin, and what its server is known to want: all who ask there with the same login share it, so
 * that a challenge is answered once and its nonce serves the requests that follow. Thread-safe.
 */
typedef struct _SkeinLogin SkeinLogin;

/**
 * SkeinLoginTry:
 * @scheme: what was sent: 0 for nothing
 * @challenge: which challenge it answered
 * @count: how often its nonce has been used
 *
 * What one request said about who asks.
 */
typedef struct
{
  int   scheme;
  guint challenge;
  guint count;
} SkeinLoginTry;

/**
 * skein_login_get:
 * @uri: a clean address
 * @login: "user:password" for its origin
 *
 * Any thread.
 *
 * Returns: (transfer full): the one that all share
 */
SkeinLogin *skein_login_get       (const char          *uri,
                                   const char          *login);

/**
 * skein_login_unref:
 * @self: (transfer full): a login
 *
 * Any thread.
 */
void        skein_login_unref     (SkeinLogin          *self);

/**
 * skein_login_authorize:
 * @self: a login
 * @uri: the clean address that a GET is about to ask
 * @at_once: whether Basic may be sent before the server has said what it wants
 * @sent: (out): to be handed to skein_login_answer() if the answer is a 401
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the value of Authorization, or %NULL for none
 */
char       *skein_login_authorize (SkeinLogin          *self,
                                   const char          *uri,
                                   gboolean             at_once,
                                   SkeinLoginTry       *sent);

/**
 * skein_login_answer:
 * @self: a login
 * @challenges: (nullable): all values of WWW-Authenticate of a 401
 * @sent: what the request said
 *
 * Takes the challenge if it is one that was not answered yet, or whose nonce has only become too old. Basic is never
 * tried where Digest failed. Any thread.
 *
 * Returns: whether asking once more makes sense
 */
gboolean    skein_login_answer    (SkeinLogin          *self,
                                   const char          *challenges,
                                   const SkeinLoginTry *sent);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinLogin, skein_login_unref)

G_END_DECLS
