/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SKEIN_RETRY_POLICY_DEFAULT_MOST:
 *
 * Attempts in a row without progress, the first one included, before a download has failed.
 */
#define SKEIN_RETRY_POLICY_DEFAULT_MOST 8

/**
 * SkeinVerdict:
 * @SKEIN_VERDICT_TRANSIENT: the same attempt may succeed later
 * @SKEIN_VERDICT_FINAL: it will not, whatever is waited
 * @SKEIN_VERDICT_PAUSE: somebody has to put this computer right first (disk full, folder gone,
 *   network that wants a sign-in): paused with the reason, data kept
 * @SKEIN_VERDICT_LOGIN: the server or the proxy wants a login
 * @SKEIN_VERDICT_EXPIRED: the address worked before and does no more: a new one may continue
 *
 * What a failed attempt means for the download.
 */
typedef enum
{
  SKEIN_VERDICT_TRANSIENT,
  SKEIN_VERDICT_FINAL,
  SKEIN_VERDICT_PAUSE,
  SKEIN_VERDICT_LOGIN,
  SKEIN_VERDICT_EXPIRED,
} SkeinVerdict;

/**
 * skein_retry_policy_judge:
 * @error: why an attempt failed: %SKEIN_ERROR, %SKEIN_HTTP_STATUS, or an error of GIO
 * @continued: whether bytes came from this address before
 *
 * Decides by domain and code alone. Without @continued nothing is ever expired; what was
 * cancelled is final. Any thread.
 *
 * Returns: what to do
 */
SkeinVerdict skein_retry_policy_judge    (const GError *error,
                                          gboolean      continued);

/**
 * skein_retry_policy_blames_network:
 * @error: why an attempt failed
 * @answered: whether the attempt got any byte of the file
 *
 * Only what no server can have said: no such host, or no connection at all. What broke off or stood still came from
 * somewhere, and is that server's matter. Any thread.
 *
 * Returns: whether this computer's own network being gone would explain it
 */
gboolean     skein_retry_policy_blames_network (const GError *error,
                                                gboolean      answered);

/**
 * skein_retry_policy_get_most:
 * @error: a transient error
 * @most: the setting; %SKEIN_RETRY_POLICY_DEFAULT_MOST if nobody has set another
 *
 * Some errors are rarely cured by waiting (no such host, broken TLS, no HTTP, a proxy that
 * refuses): three attempts are enough for these. Any thread.
 *
 * Returns: attempts in a row to make at the most, the first one included; never more than @most
 */
guint        skein_retry_policy_get_most (const GError *error,
                                          guint         most);

/**
 * skein_retry_policy_delay:
 * @failed: attempts that failed in a row, at least 1
 * @retry_after: seconds that the server asked for, or -1
 * @random: 0 … 1
 *
 * 1 s, 2 s, 4 s … at most 5 min, each a quarter more or less by @random; but not less than
 * @retry_after, of which at most an hour counts. Any thread.
 *
 * Returns: microseconds to wait before the next attempt
 */
gint64       skein_retry_policy_delay    (guint         failed,
                                          gint64        retry_after,
                                          double        random);

G_END_DECLS
