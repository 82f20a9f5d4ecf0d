/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a transfer pays to its limits. */
#include "transfer-fixture.h"

/* The least piece, 256 bytes, is worth four seconds. */
#define RATE       64
#define PIECE      256
#define PIECE_TIME (PIECE / RATE * G_USEC_PER_SEC)

/* Each byte once: however late we look, no more than one piece is owed. */
static void
test_paid_once (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *uri = g_strconcat (skein_practice_server_get_address (fixture->server), "/bytes/10000", NULL);
  g_autoptr (SkeinRateLimiter) limiter = skein_rate_limiter_new (RATE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GThread *canceller;

  fixture->transfer = skein_transfer_new (uri, NULL, fixture->folder, NULL);
  skein_transfer_set_limiter (fixture->transfer, limiter);
  canceller = fixture_cancel_at (fixture->transfer, cancellable, PIECE);
  g_assert_false (skein_transfer_run (fixture->transfer, &fixture->context, cancellable, &fixture->error));
  g_thread_join (canceller);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_assert_cmpint (skein_rate_limiter_take (limiter, g_get_monotonic_time (), 0), <=, PIECE_TIME);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/limit/paid-once", Fixture, NULL, fixture_set_up, test_paid_once, fixture_tear_down);

  return g_test_run ();
}
