/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "skein-cookies.h"
#include "skein-netrc.h"

G_BEGIN_DECLS

/**
 * SkeinRequestOptions:
 *
 * How requests are dressed, and who asks: own headers, referer, user agent, login, cookies. Whoever makes it sets
 * what it needs; once others have a reference nothing is set any more, so that any thread may read it.
 *
 * Secrets go to the origin for which they were given: scheme, host and port of the address of a download. See
 * skein_request_options_dress().
 */
typedef struct _SkeinRequestOptions SkeinRequestOptions;

/**
 * skein_request_options_new:
 *
 * Any thread.
 *
 * Returns: (transfer full): options that change nothing
 */
SkeinRequestOptions *skein_request_options_new            (void);

/**
 * skein_request_options_copy:
 * @self: (nullable): options
 *
 * Any thread.
 *
 * Returns: (transfer full): the same, to be added to; new ones for %NULL
 */
SkeinRequestOptions *skein_request_options_copy           (SkeinRequestOptions  *self);

/**
 * skein_request_options_ref:
 * @self: options
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
SkeinRequestOptions *skein_request_options_ref            (SkeinRequestOptions  *self);

/**
 * skein_request_options_unref:
 * @self: (transfer full): options
 *
 * Any thread. What is secret is overwritten with the last reference.
 */
void                 skein_request_options_unref          (SkeinRequestOptions  *self);

/**
 * skein_request_options_add_header:
 * @self: options that nobody else has yet
 * @line: "Name: value"
 * @error: %G_OPTION_ERROR_BAD_VALUE for what cannot be sent, %G_OPTION_ERROR_FAILED for a header that
 *   is ours to set; the message never holds the value
 *
 * Adds an own header for the origin of the address. A name of ours is replaced (Accept), User-Agent and Referer are
 * as by their setters; a name that comes again is sent again. Refused: what RFC 9110 section 5 does not let be sent,
 * and the headers that we need for ourselves (Host, Range, If-Range, Content-Length, Transfer-Encoding,
 * Connection, Accept-Encoding …).
 *
 * Returns: whether it will be sent
 */
gboolean             skein_request_options_add_header     (SkeinRequestOptions  *self,
                                                           const char           *line,
                                                           GError              **error);

/**
 * skein_request_options_set_referer:
 * @self: options that nobody else has yet
 * @referer: an http or https address
 * @error: %G_OPTION_ERROR_BAD_VALUE
 *
 * Fragment and login are dropped (RFC 9110 section 10.1.3).
 *
 * Returns: whether it is an address
 */
gboolean             skein_request_options_set_referer    (SkeinRequestOptions  *self,
                                                           const char           *referer,
                                                           GError              **error);

/**
 * skein_request_options_set_user_agent:
 * @self: options that nobody else has yet
 * @user_agent: what to be called instead of Skein, to all servers
 * @error: %G_OPTION_ERROR_BAD_VALUE
 *
 * Returns: whether it may be sent
 */
gboolean             skein_request_options_set_user_agent (SkeinRequestOptions  *self,
                                                           const char           *user_agent,
                                                           GError              **error);

/**
 * skein_request_options_set_login:
 * @self: options that nobody else has yet
 * @login: (nullable): "user:password" for the origin of each address that has no login of its own; without a
 *   password as skein_request_options_complete_login() says
 */
void                 skein_request_options_set_login      (SkeinRequestOptions  *self,
                                                           const char           *login);

/**
 * skein_request_options_set_netrc:
 * @self: options that nobody else has yet
 * @netrc: (nullable): where logins are found that were not given otherwise
 */
void                 skein_request_options_set_netrc      (SkeinRequestOptions  *self,
                                                           SkeinNetrc           *netrc);

/**
 * skein_request_options_set_cookies:
 * @self: options that nobody else has yet
 * @cookies: (nullable): those that go to each server by their own rules
 */
void                 skein_request_options_set_cookies    (SkeinRequestOptions  *self,
                                                           SkeinCookies         *cookies);

/**
 * skein_request_options_get_user_agent:
 * @self: (nullable): options
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable): %NULL for the usual one
 */
const char          *skein_request_options_get_user_agent (SkeinRequestOptions  *self);

/**
 * skein_request_options_complete_login:
 * @self: (nullable): options
 * @uri: a clean address that is about to be asked
 * @login: "user:password" for it, "user:" or "user"
 *
 * The password of a user without one is what the netrc file says about that user there, or else empty. Any thread.
 *
 * Returns: (transfer full): "user:password"
 */
char                *skein_request_options_complete_login (SkeinRequestOptions *self,
                                                           const char          *uri,
                                                           const char          *login);

/**
 * skein_request_options_get_referer:
 * @self: (nullable): options
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable): %NULL for none
 */
const char          *skein_request_options_get_referer    (SkeinRequestOptions  *self);

/**
 * skein_request_options_dup_headers:
 * @self: (nullable): options
 *
 * Secret. Any thread.
 *
 * Returns: (transfer full): the own headers, as skein_request_options_add_header() takes them
 */
char               **skein_request_options_dup_headers    (SkeinRequestOptions  *self);

/**
 * skein_request_options_find_login:
 * @self: (nullable): options
 * @uri: a clean address that is about to be asked
 * @home: the clean address that the download was given
 *
 * To the origin of @home goes the login that was set, or else what the netrc file says about that host. To another
 * origin, where a redirect led, goes only what the netrc file says about that very host by name, and only over
 * https or to this computer. Any thread.
 *
 * Returns: (transfer full) (nullable): "user:password", or %NULL for none
 */
char                *skein_request_options_find_login     (SkeinRequestOptions  *self,
                                                           const char           *uri,
                                                           const char           *home);

/**
 * skein_request_options_has_authorization:
 * @self: (nullable): options
 *
 * Any thread.
 *
 * Returns: whether an own header says who asks, so that no login is to be sent to the origin of the address
 */
gboolean             skein_request_options_has_authorization (SkeinRequestOptions *self);

/**
 * skein_request_options_dress:
 * @self: (nullable): options
 * @uri: a clean address that is about to be asked
 * @home: the clean address that the download was given
 * @now: seconds since 1970, for cookies that expire
 *
 * The headers for one request. Own headers go to the origin of @home alone. The referer goes there as it is, to
 * another origin without path and query, and never from https to http. Cookies go where the rules of RFC 6265
 * section 5.4 send them. Any thread.
 *
 * Returns: (transfer full) (nullable): name, value, name, value …; %NULL for none
 */
char               **skein_request_options_dress          (SkeinRequestOptions  *self,
                                                           const char           *uri,
                                                           const char           *home,
                                                           gint64                now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinRequestOptions, skein_request_options_unref)

G_END_DECLS
