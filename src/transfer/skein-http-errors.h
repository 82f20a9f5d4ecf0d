/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * skein_http_error_translate:
 * @from: what libsoup or GIO said while a request was sent
 * @message: the request
 * @error: (out): where to put it in words of %SKEIN_ERROR
 *
 * Any thread.
 */
void skein_http_error_translate      (const GError  *from,
                                      SoupMessage   *message,
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
