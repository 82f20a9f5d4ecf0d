/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-get-status.h"

#include "skein-error.h"

static const struct { const char *name; SkeinGetStatus status; } codes[] = {
  [SKEIN_ERROR_INVALID_ADDRESS] = { "invalid-address", SKEIN_GET_STATUS_INPUT },
  [SKEIN_ERROR_UNSUPPORTED_SCHEME] = { "unsupported-scheme", SKEIN_GET_STATUS_INPUT },
  [SKEIN_ERROR_HOST_NOT_FOUND] = { "host-not-found", SKEIN_GET_STATUS_NETWORK },
  [SKEIN_ERROR_CONNECT] = { "connect", SKEIN_GET_STATUS_NETWORK },
  [SKEIN_ERROR_PROXY] = { "proxy", SKEIN_GET_STATUS_NETWORK },
  [SKEIN_ERROR_CERTIFICATE] = { "certificate", SKEIN_GET_STATUS_NETWORK },
  [SKEIN_ERROR_TLS] = { "tls", SKEIN_GET_STATUS_NETWORK },
  [SKEIN_ERROR_NO_ANSWER] = { "no-answer", SKEIN_GET_STATUS_NETWORK },
  [SKEIN_ERROR_STALLED] = { "stalled", SKEIN_GET_STATUS_NETWORK },
  [SKEIN_ERROR_TOO_SLOW] = { "too-slow", SKEIN_GET_STATUS_NETWORK },
  [SKEIN_ERROR_PROTOCOL] = { "protocol", SKEIN_GET_STATUS_NETWORK },
  [SKEIN_ERROR_TRUNCATED] = { "truncated", SKEIN_GET_STATUS_NETWORK },
  [SKEIN_ERROR_RANGE] = { "range", SKEIN_GET_STATUS_SERVER },
  [SKEIN_ERROR_CHANGED] = { "changed", SKEIN_GET_STATUS_SERVER },
  [SKEIN_ERROR_TOO_MANY_REDIRECTS] = { "too-many-redirects", SKEIN_GET_STATUS_SERVER },
  [SKEIN_ERROR_BAD_REDIRECT] = { "bad-redirect", SKEIN_GET_STATUS_SERVER },
  [SKEIN_ERROR_REDIRECT_REFUSED] = { "redirect-refused", SKEIN_GET_STATUS_SERVER },
  [SKEIN_ERROR_FOLDER] = { "folder", SKEIN_GET_STATUS_DISK },
  [SKEIN_ERROR_PERMISSION] = { "permission", SKEIN_GET_STATUS_DISK },
  [SKEIN_ERROR_READ_ONLY] = { "read-only", SKEIN_GET_STATUS_DISK },
  [SKEIN_ERROR_NO_SPACE] = { "no-space", SKEIN_GET_STATUS_DISK },
  [SKEIN_ERROR_TOO_LARGE] = { "too-large", SKEIN_GET_STATUS_DISK },
  [SKEIN_ERROR_IN_USE] = { "in-use", SKEIN_GET_STATUS_DISK },
  [SKEIN_ERROR_IO] = { "io", SKEIN_GET_STATUS_DISK },
  [SKEIN_ERROR_PREEMPTED] = { "preempted", SKEIN_GET_STATUS_OTHER },
  [SKEIN_ERROR_BAD_RECORD] = { "bad-record", SKEIN_GET_STATUS_DISK },
  [SKEIN_ERROR_BAD_METALINK] = { "bad-metalink", SKEIN_GET_STATUS_INPUT },
  [SKEIN_ERROR_DIGEST] = { "digest", SKEIN_GET_STATUS_CHECKSUM },
};

SkeinGetStatus
skein_get_status_from_error (const GError *error)
{
  if (error == NULL)
    return SKEIN_GET_STATUS_OTHER;
  if (error->domain == SKEIN_HTTP_STATUS)
    return SKEIN_GET_STATUS_SERVER;
  if (error->domain == G_OPTION_ERROR)
    return SKEIN_GET_STATUS_INPUT;
  if (error->domain == SKEIN_ERROR && (guint) error->code < G_N_ELEMENTS (codes))
    return codes[error->code].status;

  return SKEIN_GET_STATUS_OTHER;
}

SkeinGetStatus
skein_get_status_add (SkeinGetStatus all,
                      SkeinGetStatus one)
{
  return all == SKEIN_GET_STATUS_GOOD || all == one ? one : SKEIN_GET_STATUS_OTHER;
}

char *
skein_get_status_name_code (const GError  *error,
                            const char   **domain)
{
  *domain = g_quark_to_string (error->domain);
  if (error->domain == SKEIN_HTTP_STATUS)
    *domain = "http";
  if (error->domain == G_OPTION_ERROR)
    {
      *domain = "skein";
      return g_strdup ("input");
    }
  if (error->domain == SKEIN_ERROR && (guint) error->code < G_N_ELEMENTS (codes))
    {
      *domain = "skein";
      return g_strdup (codes[error->code].name);
    }

  return g_strdup_printf ("%d", error->code);
}
