/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-http-errors.h"

#include "skein-error.h"

static gboolean
is_proxy_error (const GError *from)
{
  return from->domain == G_IO_ERROR &&
         (from->code == G_IO_ERROR_PROXY_FAILED ||
          from->code == G_IO_ERROR_PROXY_AUTH_FAILED ||
          from->code == G_IO_ERROR_PROXY_NEED_AUTH ||
          from->code == G_IO_ERROR_PROXY_NOT_ALLOWED);
}

static SkeinError
code_of (const GError *from,
         SoupMessage  *message)
{
  if (from->domain == G_RESOLVER_ERROR)
    return SKEIN_ERROR_HOST_NOT_FOUND;

  if (from->domain == G_TLS_ERROR)
    {
      gboolean bad = g_error_matches (from, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE) ||
                     soup_message_get_tls_peer_certificate_errors (message) != 0;

      return bad ? SKEIN_ERROR_CERTIFICATE : SKEIN_ERROR_TLS;
    }

  if (is_proxy_error (from))
    return SKEIN_ERROR_PROXY;

  /* What is no HTTP at all, and headers beyond 64 KiB. */
  if (from->domain == SOUP_SESSION_ERROR ||
      g_error_matches (from, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT) ||
      g_error_matches (from, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    return SKEIN_ERROR_PROTOCOL;

  return SKEIN_ERROR_CONNECT;
}

/* What a certificate or a handshake says comes from the server behind it; but what is no TLS at all does not. */
static gboolean
is_of_server (const GError *from)
{
  return from->domain == G_TLS_ERROR && from->code != G_TLS_ERROR_NOT_TLS;
}

void
skein_http_error_translate (const GError  *from,
                            SoupMessage   *message,
                            const char    *proxy,
                            GError       **error)
{
  if (proxy != NULL && !is_of_server (from))
    g_set_error (error, SKEIN_ERROR, SKEIN_ERROR_PROXY, "%s: %s", proxy, from->message);
  else
    g_set_error (error, SKEIN_ERROR, code_of (from, message), "%s", from->message);
}

void
skein_http_body_error_translate (const GError  *from,
                                 GError       **error)
{
  /* Whatever broke the connection, what counts is that the body is not whole. */
  g_set_error (error, SKEIN_ERROR, SKEIN_ERROR_TRUNCATED, "%s", from->message);
}
