/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-error-name.h"

#include <gio/gio.h>

#include "skein-error.h"

#define OWN_DOMAIN  "skein"
#define HTTP_DOMAIN "http"
#define CANCELLED   "cancelled"

static const char *const names[] = {
  [SKEIN_ERROR_INVALID_ADDRESS] = "invalid-address",
  [SKEIN_ERROR_UNSUPPORTED_SCHEME] = "unsupported-scheme",
  [SKEIN_ERROR_HOST_NOT_FOUND] = "host-not-found",
  [SKEIN_ERROR_CONNECT] = "connect",
  [SKEIN_ERROR_PROXY] = "proxy",
  [SKEIN_ERROR_CERTIFICATE] = "certificate",
  [SKEIN_ERROR_TLS] = "tls",
  [SKEIN_ERROR_NO_ANSWER] = "no-answer",
  [SKEIN_ERROR_STALLED] = "stalled",
  [SKEIN_ERROR_TOO_SLOW] = "too-slow",
  [SKEIN_ERROR_PROTOCOL] = "protocol",
  [SKEIN_ERROR_TRUNCATED] = "truncated",
  [SKEIN_ERROR_RANGE] = "range",
  [SKEIN_ERROR_CHANGED] = "changed",
  [SKEIN_ERROR_TOO_MANY_REDIRECTS] = "too-many-redirects",
  [SKEIN_ERROR_BAD_REDIRECT] = "bad-redirect",
  [SKEIN_ERROR_REDIRECT_REFUSED] = "redirect-refused",
  [SKEIN_ERROR_FOLDER] = "folder",
  [SKEIN_ERROR_PERMISSION] = "permission",
  [SKEIN_ERROR_READ_ONLY] = "read-only",
  [SKEIN_ERROR_NO_SPACE] = "no-space",
  [SKEIN_ERROR_TOO_LARGE] = "too-large",
  [SKEIN_ERROR_IN_USE] = "in-use",
  [SKEIN_ERROR_IO] = "io",
  [SKEIN_ERROR_PREEMPTED] = "preempted",
  [SKEIN_ERROR_BAD_RECORD] = "bad-record",
  [SKEIN_ERROR_BAD_METALINK] = "bad-metalink",
  [SKEIN_ERROR_NO_BACKEND] = "no-backend",
  [SKEIN_ERROR_NOT_FOUND] = "not-found",
  [SKEIN_ERROR_NOT_A_FILE] = "not-a-file",
  [SKEIN_ERROR_UNREADABLE] = "unreadable",
  [SKEIN_ERROR_LOGIN] = "login",
  [SKEIN_ERROR_DIGEST] = "digest",
  [SKEIN_ERROR_BAD_TASK] = "bad-task",
  [SKEIN_ERROR_WORKER] = "worker",
  [SKEIN_ERROR_SIZE] = "size",
};

char *
skein_error_name (const GError  *error,
                  const char   **domain)
{
  *domain = OWN_DOMAIN;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_strdup (CANCELLED);
  if (error->domain == SKEIN_ERROR && (guint) error->code < G_N_ELEMENTS (names))
    return g_strdup (names[error->code]);

  *domain = error->domain == SKEIN_HTTP_STATUS ? HTTP_DOMAIN : g_quark_to_string (error->domain);

  return g_strdup_printf ("%d", error->code);
}

GError *
skein_error_new_from_name (const char *domain,
                           const char *code,
                           const char *message)
{
  guint64 status;

  if (g_str_equal (domain, OWN_DOMAIN))
    {
      if (g_str_equal (code, CANCELLED))
        return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, message);
      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        if (g_str_equal (code, names[i]))
          return g_error_new_literal (SKEIN_ERROR, (int) i, message);
    }
  if (g_str_equal (domain, HTTP_DOMAIN) && g_ascii_string_to_unsigned (code, 10, 0, 999, &status, NULL))
    return g_error_new_literal (SKEIN_HTTP_STATUS, (int) status, message);

  return g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "%s %s: %s", domain, code, message);
}
