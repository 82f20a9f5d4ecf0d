/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several connections carry one file. */
#include "transfer-fixture.h"

#include "skein-error.h"

/* Slow enough for helpers to join, fast enough for a test. */
#define PACE "rate=8M"

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture_set_up (fixture, data);
  fixture->context.funcs = &helping_funcs;
}

static void
test_helpers_join (Fixture       *fixture,
                   gconstpointer  data)
{
  fixture_run (fixture, "/bytes/32M?rate=4M");
  fixture_assert_file (fixture, 32 * 1024 * 1024);
  g_assert_cmpuint (skein_practice_server_get_peak (fixture->server, NULL), ==,
                    SKEIN_CONNECTIONS_DEFAULT);
}

static void
test_as_many_as_allowed (Fixture       *fixture,
                         gconstpointer  data)
{
  fixture->connections = 3;
  fixture_run (fixture, "/bytes/16M?" PACE);
  fixture_assert_file (fixture, 16 * 1024 * 1024);
  g_assert_cmpuint (skein_practice_server_get_peak (fixture->server, NULL), ==, 3);
}

static void
test_small_files_take_one_request (Fixture       *fixture,
                                   gconstpointer  data)
{
  fixture_run (fixture, "/bytes/1M?rate=2M");
  fixture_assert_file (fixture, 1024 * 1024);
  g_assert_cmpuint (fixture_count_requests (fixture), ==, 1);
}

/* With the blocking runner, and with servers without ranges or validators. */
static void
test_one_connection (Fixture       *fixture,
                     gconstpointer  data)
{
  fixture->context.funcs = &checking_funcs;
  fixture_run (fixture, "/bytes/8M?rate=32M");
  fixture_assert_file (fixture, 8 * 1024 * 1024);

  fixture->context.funcs = &helping_funcs;
  fixture_run (fixture, "/bytes/8M?rate=32M&ranges=no");
  fixture_assert_file (fixture, 8 * 1024 * 1024);
  fixture_run (fixture, "/bytes/8M?rate=32M&etag=weak&modified=none");
  fixture_assert_file (fixture, 8 * 1024 * 1024);
  fixture_run (fixture, "/bytes/8M?rate=32M&etag=none&modified=none");
  fixture_assert_file (fixture, 8 * 1024 * 1024);

  g_assert_cmpuint (fixture_count_requests (fixture), ==, 4);
}

/* R11: a server that refuses more connections keeps the ones it took, and is not asked again. */
static void
test_refused_helpers (Fixture       *fixture,
                      gconstpointer  data)
{
  const char *refusals[] = { "503", "429", "403" };

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *target = g_strdup_printf ("/bytes/16M?%s&max-connections=2&status=%s",
                                                 PACE, refusals[i]);

      fixture_run (fixture, target);
      fixture_assert_file (fixture, 16 * 1024 * 1024);
    }
}

/* Connections that break in the middle: each time what is left is fetched by somebody. */
static void
test_broken_connections (Fixture       *fixture,
                         gconstpointer  data)
{
  const char *targets[] = {
    "/bytes/24M?" PACE "&cut=1500000", "/bytes/24M?" PACE "&reset=1500000",
  };

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      fixture_run (fixture, targets[i]);
      fixture_assert_file (fixture, 24 * 1024 * 1024);
    }
}

/* R4, R5, R6: nothing is kept of a part that is not the one asked for. Where the first answer is good and helpers
 * get nonsense, the first connection carries the file alone. */
static void
test_lying_ranges (Fixture       *fixture,
                   gconstpointer  data)
{
  const char *lies[] = { "lie-start", "lie-end", "lie-long", "lie-total", "unknown-total",
                         "no-content-range", "multipart", "ignore" };

  for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autofree char *target = g_strdup_printf ("/bytes/8M?rate=16M&ranges=%s", lies[i]);

      g_test_message ("%s", lies[i]);
      if (fixture_run (fixture, target))
        fixture_assert_file (fixture, 8 * 1024 * 1024);
      else
        g_assert_null (skein_transfer_get_path (fixture->transfer));
    }
}

/* V1: the file changes while it is fetched: all bytes are of one version, or there is no file. */
static void
test_changes (Fixture       *fixture,
              gconstpointer  data)
{
  for (guint after = 1; after < 6; after++)
    {
      g_autofree char *target = g_strdup_printf ("/bytes/16M?%s&change-after=%u&n=%u", PACE, after, after);
      g_autofree char *contents = NULL;
      g_autofree char *digest = NULL;
      g_autofree char *old = skein_practice_pattern_sha256 (0, 16 * 1024 * 1024);
      g_autofree char *new = skein_practice_pattern_sha256 (1, 16 * 1024 * 1024);
      gsize length;

      fixture_run (fixture, target);
      g_assert_no_error (fixture->error);
      g_assert_true (g_file_get_contents (skein_transfer_get_path (fixture->transfer),
                                          &contents, &length, NULL));
      digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guint8 *) contents, length);
      g_assert_true (strcmp (digest, old) == 0 || strcmp (digest, new) == 0);
    }
}

/* Whenever it comes, all helpers have ended when the transfer returns. */
static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  for (guint i = 0; i < 12; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autofree char *uri = g_strdup_printf ("%s/bytes/64M?%s&n=%u",
                                              skein_practice_server_get_address (fixture->server),
                                              PACE, i);
      g_autoptr (SkeinTransfer) transfer = skein_transfer_new (uri, NULL, fixture->folder, NULL);
      GThread *thread = fixture_cancel_at (transfer, cancellable, i * 500000);
      g_autoptr (GError) error = NULL;

      g_assert_false (skein_transfer_run (transfer, &fixture->context, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpuint (skein_host_table_get_in_use (fixture->hosts), ==, 0);
      g_thread_join (thread);
      skein_transfer_discard (transfer, &fixture->context, NULL, NULL);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) \
  g_test_add ("/segments/" name, Fixture, NULL, set_up, func, fixture_tear_down)
  ADD ("helpers-join", test_helpers_join);
  ADD ("as-many-as-allowed", test_as_many_as_allowed);
  ADD ("small-files-take-one-request", test_small_files_take_one_request);
  ADD ("one-connection", test_one_connection);
  ADD ("refused-helpers", test_refused_helpers);
  ADD ("broken-connections", test_broken_connections);
  ADD ("lying-ranges", test_lying_ranges);
  ADD ("changes", test_changes);
  ADD ("cancel", test_cancel);

  return g_test_run ();
}
