/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SKEIN_COOKIES_MAX_LINE:
 *
 * Bytes of the longest line that is taken; a longer one is passed over.
 */
#define SKEIN_COOKIES_MAX_LINE (16 * 1024)

/**
 * SKEIN_COOKIES_MAX_HEADER:
 *
 * Bytes of the longest Cookie header; cookies beyond are left out, those of shorter paths first.
 */
#define SKEIN_COOKIES_MAX_HEADER 8190

/**
 * SkeinCookies:
 *
 * The cookies of a `cookies.txt` as browsers and curl write it: a line each of domain, whether hosts below it count
 * (TRUE, FALSE), path, whether only over https, end in seconds since 1970 (0: none), name and value, with tabs between
 * them; `#HttpOnly_` before the domain, other lines with `#` are comments. Lines that are none are passed over.
 * Nothing is ever added by an answer.
 *
 * Fed by one thread; then nothing changes any more, and any thread may ask.
 */
typedef struct _SkeinCookies SkeinCookies;

/**
 * skein_cookies_new:
 *
 * Returns: (transfer full): one without cookies, to be fed
 */
SkeinCookies *skein_cookies_new        (void);

/**
 * skein_cookies_feed:
 * @self: one that was not ended
 * @bytes: (array length=length): the next bytes of the file, cut anywhere
 * @length: how many
 */
void          skein_cookies_feed       (SkeinCookies *self,
                                        const char   *bytes,
                                        gsize         length);

/**
 * skein_cookies_end:
 * @self: one that was not ended
 *
 * The file is over.
 */
void          skein_cookies_end        (SkeinCookies *self);

/**
 * skein_cookies_ref:
 * @self: an ended one
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
SkeinCookies *skein_cookies_ref        (SkeinCookies *self);

/**
 * skein_cookies_unref:
 * @self: (transfer full): one
 *
 * Any thread.
 */
void          skein_cookies_unref      (SkeinCookies *self);

/**
 * skein_cookies_get_n:
 * @self: an ended one
 *
 * Any thread.
 *
 * Returns: how many cookies were taken
 */
guint         skein_cookies_get_n      (SkeinCookies *self);

/**
 * skein_cookies_dup_header:
 * @self: an ended one
 * @uri: a clean address that is about to be asked
 * @now: seconds since 1970
 *
 * What RFC 6265 section 5.4 lets be sent there: domain, path, https and end agree; longer paths come first. Names
 * that begin with `__Secure-` or `__Host-` must keep their promise. Any thread.
 *
 * Returns: (transfer full) (nullable): the value of Cookie, or %NULL
 */
char         *skein_cookies_dup_header (SkeinCookies *self,
                                        const char   *uri,
                                        gint64        now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinCookies, skein_cookies_unref)

G_END_DECLS
