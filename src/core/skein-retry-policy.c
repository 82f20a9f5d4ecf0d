/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-retry-policy.h"

#include <gio/gio.h>

#include "skein-error.h"

/* Attempts at what is rarely cured by waiting. */
#define FEW 3

#define LONGEST_DELAY       (5 * 60)
#define LONGEST_RETRY_AFTER (60 * 60)

static SkeinVerdict
judge_status (int      status,
              gboolean continued)
{
  switch (status)
    {
    case 401:
    case 407:
      return SKEIN_VERDICT_LOGIN;

    case 403:
    case 410:
      return continued ? SKEIN_VERDICT_EXPIRED : SKEIN_VERDICT_FINAL;

    case 408:
    case 425:
    case 429:
    case 500:
    case 502:
    case 503:
    case 504:
      return SKEIN_VERDICT_TRANSIENT;

    case 511:
      return SKEIN_VERDICT_PAUSE;

    default:
      /* 52x: in no standard, but what large proxies answer when the server behind them does not. */
      return status >= 520 && status < 530 ? SKEIN_VERDICT_TRANSIENT : SKEIN_VERDICT_FINAL;
    }
}

static SkeinVerdict
judge_own (SkeinError code)
{
  switch (code)
    {
    case SKEIN_ERROR_HOST_NOT_FOUND:
    case SKEIN_ERROR_CONNECT:
    case SKEIN_ERROR_PROXY:
    case SKEIN_ERROR_TLS:
    case SKEIN_ERROR_NO_ANSWER:
    case SKEIN_ERROR_STALLED:
    case SKEIN_ERROR_TOO_SLOW:
    case SKEIN_ERROR_PROTOCOL:
    case SKEIN_ERROR_TRUNCATED:
    case SKEIN_ERROR_CHANGED:
    case SKEIN_ERROR_PREEMPTED:
    case SKEIN_ERROR_WORKER:
      return SKEIN_VERDICT_TRANSIENT;

    case SKEIN_ERROR_FOLDER:
    case SKEIN_ERROR_READ_ONLY:
    case SKEIN_ERROR_NO_SPACE:
    case SKEIN_ERROR_IO:
      return SKEIN_VERDICT_PAUSE;

    case SKEIN_ERROR_LOGIN:
      return SKEIN_VERDICT_LOGIN;

    case SKEIN_ERROR_NO_BACKEND:
    case SKEIN_ERROR_NOT_FOUND:
    case SKEIN_ERROR_NOT_A_FILE:
    case SKEIN_ERROR_UNREADABLE:
    case SKEIN_ERROR_INVALID_ADDRESS:
    case SKEIN_ERROR_UNSUPPORTED_SCHEME:
    case SKEIN_ERROR_CERTIFICATE:
    case SKEIN_ERROR_RANGE:
    case SKEIN_ERROR_TOO_MANY_REDIRECTS:
    case SKEIN_ERROR_BAD_REDIRECT:
    case SKEIN_ERROR_REDIRECT_REFUSED:
    case SKEIN_ERROR_PERMISSION:
    case SKEIN_ERROR_TOO_LARGE:
    case SKEIN_ERROR_IN_USE:
    case SKEIN_ERROR_BAD_RECORD:
    case SKEIN_ERROR_BAD_METALINK:
    case SKEIN_ERROR_DIGEST:
    case SKEIN_ERROR_BAD_TASK:
    case SKEIN_ERROR_SIZE:
    default:
      return SKEIN_VERDICT_FINAL;
    }
}

static SkeinVerdict
judge_io (const GError *error)
{
  static const GIOErrorEnum transient[] = {
    G_IO_ERROR_TIMED_OUT, G_IO_ERROR_BUSY, G_IO_ERROR_HOST_NOT_FOUND, G_IO_ERROR_HOST_UNREACHABLE,
    G_IO_ERROR_NETWORK_UNREACHABLE, G_IO_ERROR_CONNECTION_REFUSED, G_IO_ERROR_CONNECTION_CLOSED,
    G_IO_ERROR_NOT_CONNECTED, G_IO_ERROR_PARTIAL_INPUT, G_IO_ERROR_PROXY_FAILED,
  };

  for (guint i = 0; i < G_N_ELEMENTS (transient); i++)
    {
      if (error->code == (int) transient[i])
        return SKEIN_VERDICT_TRANSIENT;
    }

  if (error->code == G_IO_ERROR_NO_SPACE || error->code == G_IO_ERROR_READ_ONLY)
    return SKEIN_VERDICT_PAUSE;
  if (error->code == G_IO_ERROR_PROXY_NEED_AUTH || error->code == G_IO_ERROR_PROXY_AUTH_FAILED)
    return SKEIN_VERDICT_LOGIN;

  return SKEIN_VERDICT_FINAL;
}

SkeinVerdict
skein_retry_policy_judge (const GError *error,
                          gboolean      continued)
{
  g_return_val_if_fail (error != NULL, SKEIN_VERDICT_FINAL);

  if (error->domain == SKEIN_HTTP_STATUS)
    return judge_status (error->code, continued);
  if (error->domain == SKEIN_ERROR)
    return judge_own ((SkeinError) error->code);
  if (error->domain == G_IO_ERROR)
    return judge_io (error);
  if (error->domain == G_RESOLVER_ERROR)
    return SKEIN_VERDICT_TRANSIENT;
  if (error->domain == G_TLS_ERROR && error->code != G_TLS_ERROR_BAD_CERTIFICATE)
    return SKEIN_VERDICT_TRANSIENT;

  return SKEIN_VERDICT_FINAL;
}

static gboolean
io_blames_network (int code)
{
  return code == G_IO_ERROR_HOST_NOT_FOUND || code == G_IO_ERROR_HOST_UNREACHABLE ||
         code == G_IO_ERROR_NETWORK_UNREACHABLE || code == G_IO_ERROR_NOT_CONNECTED;
}

gboolean
skein_retry_policy_blames_network (const GError *error,
                                   gboolean      answered)
{
  g_return_val_if_fail (error != NULL, FALSE);

  if (error->domain == SKEIN_ERROR)
    return error->code == SKEIN_ERROR_HOST_NOT_FOUND || (error->code == SKEIN_ERROR_CONNECT && !answered);
  if (error->domain == G_IO_ERROR)
    return io_blames_network (error->code) && !answered;

  return error->domain == G_RESOLVER_ERROR;
}

guint
skein_retry_policy_get_most (const GError *error,
                             guint         most)
{
  gboolean stubborn;

  g_return_val_if_fail (error != NULL, 0);

  stubborn = g_error_matches (error, SKEIN_ERROR, SKEIN_ERROR_HOST_NOT_FOUND) ||
             g_error_matches (error, SKEIN_ERROR, SKEIN_ERROR_PROXY) ||
             g_error_matches (error, SKEIN_ERROR, SKEIN_ERROR_TLS) ||
             g_error_matches (error, SKEIN_ERROR, SKEIN_ERROR_PROTOCOL) ||
             g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND) ||
             g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_FAILED) ||
             g_error_matches (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND) ||
             error->domain == G_TLS_ERROR;

  return stubborn ? MIN (most, FEW) : most;
}

gint64
skein_retry_policy_delay (guint  failed,
                          gint64 retry_after,
                          double random)
{
  gint64 seconds = LONGEST_DELAY;
  gint64 delay;
  gint64 asked;

  g_return_val_if_fail (failed > 0, 0);
  g_return_val_if_fail (random >= 0 && random <= 1, 0);

  if (failed <= 16)
    seconds = MIN (seconds, G_GINT64_CONSTANT (1) << (failed - 1));
  delay = (gint64) ((double) (seconds * G_USEC_PER_SEC) * (0.75 + random / 2));
  asked = CLAMP (retry_after, 0, LONGEST_RETRY_AFTER) * G_USEC_PER_SEC;

  return MAX (delay, asked);
}
