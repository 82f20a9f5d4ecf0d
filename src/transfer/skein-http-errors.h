/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * skein_http_error_translate:
 * @from: what libsoup or GIO said while a request was sent
 * @message: the request
 * @proxy: (nullable): the proxy that we spoke with when it happened, for people
 * @error: (out): where to put it in words of %SKEIN_ERROR; with a proxy its name stands first
 *
 * Any thread.
 */
void skein_http_error_translate      (const GError  *from,
                                      SoupMessage   *message,
                                      const char    *proxy,
                                      GError       **error);

/**
 * skein_http_body_error_translate:
 * @from: what libsoup or GIO said while a body was read
 * @error: (out): where to put it in words of %SKEIN_ERROR
 *
 * Any thread.
 */
void skein_http_body_error_translate (const GError  *from,
                                      GError       **error);

G_END_DECLS
