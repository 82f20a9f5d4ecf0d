/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-retry-policy.h"

#include <gio/gio.h>

#include "skein-error.h"

#define SECOND G_USEC_PER_SEC

typedef struct
{
  int          code;
  SkeinVerdict verdict;
  SkeinVerdict continued;
} Case;

#define SAME(verdict) SKEIN_VERDICT_##verdict, SKEIN_VERDICT_##verdict

static const Case statuses[] = {
  { 100, SAME (FINAL) },
  { 204, SAME (FINAL) },
  { 300, SAME (FINAL) },
  { 304, SAME (FINAL) },
  { 400, SAME (FINAL) },
  { 401, SAME (LOGIN) },
  { 403, SKEIN_VERDICT_FINAL, SKEIN_VERDICT_EXPIRED },
  { 404, SAME (FINAL) },
  { 407, SAME (LOGIN) },
  { 408, SAME (TRANSIENT) },
  { 410, SKEIN_VERDICT_FINAL, SKEIN_VERDICT_EXPIRED },
  { 412, SAME (FINAL) },
  { 416, SAME (FINAL) },
  { 425, SAME (TRANSIENT) },
  { 429, SAME (TRANSIENT) },
  { 451, SAME (FINAL) },
  { 500, SAME (TRANSIENT) },
  { 501, SAME (FINAL) },
  { 502, SAME (TRANSIENT) },
  { 503, SAME (TRANSIENT) },
  { 504, SAME (TRANSIENT) },
  { 505, SAME (FINAL) },
  { 507, SAME (FINAL) },
  { 511, SAME (PAUSE) },
  { 519, SAME (FINAL) },
  { 520, SAME (TRANSIENT) },
  { 522, SAME (TRANSIENT) },
  { 529, SAME (TRANSIENT) },
  { 530, SAME (FINAL) },
  { 599, SAME (FINAL) },
  { 999, SAME (FINAL) },
  { -1, SAME (FINAL) },
};

static const Case own[] = {
  { SKEIN_ERROR_INVALID_ADDRESS, SAME (FINAL) },
  { SKEIN_ERROR_UNSUPPORTED_SCHEME, SAME (FINAL) },
  { SKEIN_ERROR_HOST_NOT_FOUND, SAME (TRANSIENT) },
  { SKEIN_ERROR_CONNECT, SAME (TRANSIENT) },
  { SKEIN_ERROR_PROXY, SAME (TRANSIENT) },
  { SKEIN_ERROR_CERTIFICATE, SAME (FINAL) },
  { SKEIN_ERROR_TLS, SAME (TRANSIENT) },
  { SKEIN_ERROR_NO_ANSWER, SAME (TRANSIENT) },
  { SKEIN_ERROR_STALLED, SAME (TRANSIENT) },
  { SKEIN_ERROR_TOO_SLOW, SAME (TRANSIENT) },
  { SKEIN_ERROR_PROTOCOL, SAME (TRANSIENT) },
  { SKEIN_ERROR_TRUNCATED, SAME (TRANSIENT) },
  { SKEIN_ERROR_TOO_MANY_REDIRECTS, SAME (FINAL) },
  { SKEIN_ERROR_BAD_REDIRECT, SAME (FINAL) },
  { SKEIN_ERROR_REDIRECT_REFUSED, SAME (FINAL) },
  { SKEIN_ERROR_FOLDER, SAME (PAUSE) },
  { SKEIN_ERROR_PERMISSION, SAME (FINAL) },
  { SKEIN_ERROR_READ_ONLY, SAME (PAUSE) },
  { SKEIN_ERROR_NO_SPACE, SAME (PAUSE) },
  { SKEIN_ERROR_TOO_LARGE, SAME (FINAL) },
  { SKEIN_ERROR_IN_USE, SAME (FINAL) },
  { SKEIN_ERROR_IO, SAME (PAUSE) },
  { SKEIN_ERROR_PREEMPTED, SAME (TRANSIENT) },
  { SKEIN_ERROR_BAD_RECORD, SAME (FINAL) },
  { SKEIN_ERROR_NO_BACKEND, SAME (FINAL) },
  { SKEIN_ERROR_NOT_FOUND, SAME (FINAL) },
  { SKEIN_ERROR_NOT_A_FILE, SAME (FINAL) },
  { SKEIN_ERROR_UNREADABLE, SAME (FINAL) },
  { SKEIN_ERROR_LOGIN, SAME (LOGIN) },
  { SKEIN_ERROR_DIGEST, SAME (FINAL) },
  { SKEIN_ERROR_BAD_TASK, SAME (FINAL) },
  { SKEIN_ERROR_WORKER, SAME (TRANSIENT) },
  { SKEIN_ERROR_SIZE, SAME (FINAL) },
  { -1, SAME (FINAL) },
  { 100000, SAME (FINAL) },
};

static const Case io[] = {
  { G_IO_ERROR_CANCELLED, SAME (FINAL) },
  { G_IO_ERROR_FAILED, SAME (FINAL) },
  { G_IO_ERROR_NOT_FOUND, SAME (FINAL) },
  { G_IO_ERROR_PERMISSION_DENIED, SAME (FINAL) },
  { G_IO_ERROR_TIMED_OUT, SAME (TRANSIENT) },
  { G_IO_ERROR_CONNECTION_REFUSED, SAME (TRANSIENT) },
  { G_IO_ERROR_CONNECTION_CLOSED, SAME (TRANSIENT) },
  { G_IO_ERROR_HOST_UNREACHABLE, SAME (TRANSIENT) },
  { G_IO_ERROR_NETWORK_UNREACHABLE, SAME (TRANSIENT) },
  { G_IO_ERROR_PARTIAL_INPUT, SAME (TRANSIENT) },
  { G_IO_ERROR_NO_SPACE, SAME (PAUSE) },
  { G_IO_ERROR_READ_ONLY, SAME (PAUSE) },
  { G_IO_ERROR_PROXY_NEED_AUTH, SAME (LOGIN) },
  { G_IO_ERROR_PROXY_FAILED, SAME (TRANSIENT) },
  { G_IO_ERROR_PROXY_NOT_ALLOWED, SAME (FINAL) },
};

static void
check (GQuark      domain,
       const Case *cases,
       gsize       n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GError) error = g_error_new_literal (domain, cases[i].code, "not looked at");

      g_test_message ("%s %d", g_quark_to_string (domain), cases[i].code);
      g_assert_cmpint (skein_retry_policy_judge (error, FALSE), ==, cases[i].verdict);
      g_assert_cmpint (skein_retry_policy_judge (error, TRUE), ==, cases[i].continued);
    }
}

static void
test_judge (void)
{
  static const Case resolver[] = {
    { G_RESOLVER_ERROR_NOT_FOUND, SAME (TRANSIENT) },
    { G_RESOLVER_ERROR_TEMPORARY_FAILURE, SAME (TRANSIENT) },
  };
  static const Case tls[] = {
    { G_TLS_ERROR_BAD_CERTIFICATE, SAME (FINAL) },
    { G_TLS_ERROR_EOF, SAME (TRANSIENT) },
  };
  static const Case others[] = { { G_FILE_ERROR_NOSPC, SAME (FINAL) } };

  check (SKEIN_HTTP_STATUS, statuses, G_N_ELEMENTS (statuses));
  check (SKEIN_ERROR, own, G_N_ELEMENTS (own));
  check (G_IO_ERROR, io, G_N_ELEMENTS (io));
  check (G_RESOLVER_ERROR, resolver, G_N_ELEMENTS (resolver));
  check (G_TLS_ERROR, tls, G_N_ELEMENTS (tls));
  check (G_FILE_ERROR, others, G_N_ELEMENTS (others));
}

static void
test_most (void)
{
  static const struct { int code; guint most; } cases[] = {
    { SKEIN_ERROR_HOST_NOT_FOUND, 3 }, { SKEIN_ERROR_TLS, 3 }, { SKEIN_ERROR_PROTOCOL, 3 },
    { SKEIN_ERROR_PROXY, 3 }, { SKEIN_ERROR_CONNECT, 8 }, { SKEIN_ERROR_STALLED, 8 },
    { SKEIN_ERROR_TRUNCATED, 8 },
  };
  g_autoptr (GError) busy = g_error_new_literal (SKEIN_HTTP_STATUS, 503, "busy");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (SKEIN_ERROR, cases[i].code, "any");
      guint most = SKEIN_RETRY_POLICY_DEFAULT_MOST;

      g_assert_cmpuint (skein_retry_policy_get_most (error, most), ==, cases[i].most);
      g_assert_cmpuint (skein_retry_policy_get_most (error, 1), ==, 1);
    }

  g_assert_cmpuint (skein_retry_policy_get_most (busy, 8), ==, 8);
}

typedef struct
{
  guint  failed;
  gint64 retry_after;
  double random;
  double seconds;
} Delay;

static const Delay delays[] = {
  { 1, -1, 0.5, 1 },
  { 1, -1, 0, 0.75 },
  { 1, -1, 1, 1.25 },
  { 2, -1, 0.5, 2 },
  { 3, -1, 0.5, 4 },
  { 9, -1, 0.5, 256 },
  { 10, -1, 0.5, 300 },
  { 10, -1, 0, 225 },
  { 10, -1, 1, 375 },
  { 16, -1, 0.5, 300 },
  { 17, -1, 0.5, 300 },
  { 64, -1, 0.5, 300 },
  { G_MAXUINT, -1, 0.5, 300 },
  { 1, 0, 0.5, 1 },
  { 1, 120, 0, 120 },
  { 1, 120, 1, 120 },
  { 8, 1, 0.5, 128 },
  { 10, 300, 0, 300 },
  { 10, 300, 1, 375 },
  { 1, 3600, 0.5, 3600 },
  { 1, 3601, 0.5, 3600 },
  { 1, G_MAXINT64, 0.5, 3600 },
  { 1, G_MININT64, 0.5, 1 },
};

static void
test_delay (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (delays); i++)
    {
      const Delay *d = &delays[i];

      g_assert_cmpint (skein_retry_policy_delay (d->failed, d->retry_after, d->random), ==,
                       (gint64) (d->seconds * SECOND));
    }
}

static void
test_blames_network (void)
{
  const struct { GQuark domain; int code; gboolean blamed, answered; } table[] = {
    { SKEIN_ERROR, SKEIN_ERROR_CONNECT, TRUE },
    { SKEIN_ERROR, SKEIN_ERROR_HOST_NOT_FOUND, TRUE },
    { SKEIN_ERROR, SKEIN_ERROR_CONNECT, FALSE, .answered = TRUE },
    { SKEIN_ERROR, SKEIN_ERROR_STALLED, FALSE },
    { SKEIN_ERROR, SKEIN_ERROR_TRUNCATED, FALSE },
    { SKEIN_ERROR, SKEIN_ERROR_TLS, FALSE },
    { SKEIN_ERROR, SKEIN_ERROR_NO_SPACE, FALSE },
    { SKEIN_ERROR, SKEIN_ERROR_CERTIFICATE, FALSE },
    { SKEIN_ERROR, SKEIN_ERROR_CHANGED, FALSE },
    { SKEIN_HTTP_STATUS, 503, FALSE },
    { G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE, TRUE },
    { G_IO_ERROR, G_IO_ERROR_BUSY, FALSE },
    { G_IO_ERROR, G_IO_ERROR_CANCELLED, FALSE },
    { G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (table[i].domain, table[i].code, "not looked at");

      g_assert_cmpint (skein_retry_policy_blames_network (error, table[i].answered), ==, table[i].blamed);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/retry-policy/judge", test_judge);
  g_test_add_func ("/retry-policy/blames-network", test_blames_network);
  g_test_add_func ("/retry-policy/most", test_most);
  g_test_add_func ("/retry-policy/delay", test_delay);

  return g_test_run ();
}
