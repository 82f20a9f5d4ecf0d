/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file is held against its digest before it gets its name. */
#include "transfer-fixture.h"

#include "skein-error.h"

#define SIZE (4 * 1024 * 1024)

static const SkeinTaskContextFuncs *usual;
static SkeinTransfer *watched;
static GCancellable *stopper;

static guint n_along;    /* pieces that were hashed while others were still to come */
static guint n_after;    /* pieces that were hashed when all had come */

static void
watch_hashing (SkeinTaskContext *context,
               SkeinOperation    operation)
{
  SkeinProgressSnapshot now;

  usual->enter (context, operation);
  if (operation != SKEIN_OPERATION_HASH)
    return;

  skein_progress_get (skein_transfer_get_progress (watched), &now);
  if (now.checked < 0)
    n_along++;
  else
    {
      g_assert_cmpint (now.operation, ==, SKEIN_OPERATION_HASH);
      g_assert_cmpint (now.checked, <, SIZE);
      n_after++;
      g_cancellable_cancel (stopper);
    }
}

static void
wants (Fixture *fixture,
       guint64  seed,
       guint64  size)
{
  g_autofree char *hex = skein_practice_pattern_sha256 (seed, size);

  g_clear_pointer (&fixture->digest, skein_digest_free);
  fixture->digest = skein_digest_new ("sha-256", hex);
  g_assert_nonnull (fixture->digest);
}

static void
test_match (Fixture       *fixture,
            gconstpointer  data)
{
  wants (fixture, 0, SIZE);
  g_assert_true (fixture_run (fixture, "/bytes/4M"));
  fixture_assert_file (fixture, SIZE);
}

static void
test_other_ways (Fixture       *fixture,
                 gconstpointer  data)
{
  wants (fixture, 0, 0);
  g_assert_true (fixture_run (fixture, "/bytes/0"));
  fixture_assert_file (fixture, 0);

  /* Of unknown length. */
  wants (fixture, 0, 1000);
  g_assert_true (fixture_run (fixture, "/bytes/1000?chunked"));
  fixture_assert_file (fixture, 1000);
}

static void
test_mismatch (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *names = NULL;
  g_autofree char *right = skein_practice_pattern_sha256 (0, SIZE);

  wants (fixture, 1, SIZE);
  g_assert_false (fixture_run (fixture, "/bytes/4M"));
  g_assert_error (fixture->error, SKEIN_ERROR, SKEIN_ERROR_DIGEST);
  g_assert_nonnull (strstr (fixture->error->message, right));
  g_assert_nonnull (strstr (fixture->error->message, fixture->digest->hex));
  names = fixture_dup_names (fixture);
  g_assert_cmpstr (names, ==, "4M.part");
}

/* From the first byte on: what is there proved to be another file. */
static void
test_starts_over (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (GPtrArray) requests = NULL;
  g_autofree char *names = NULL;

  wants (fixture, 1, SIZE);
  g_assert_false (fixture_run (fixture, "/bytes/4M"));
  skein_practice_server_clear_requests (fixture->server);
  g_assert_false (fixture_run_again (fixture));
  g_assert_error (fixture->error, SKEIN_ERROR, SKEIN_ERROR_DIGEST);
  requests = skein_practice_server_dup_requests (fixture->server);
  g_assert_cmpuint (requests->len, >=, 1);
  g_assert_cmpstr (skein_practice_request_get_header (g_ptr_array_index (requests, 0), "range"), ==, "bytes=0-");
  names = fixture_dup_names (fixture);
  g_assert_cmpstr (names, ==, "4M.part");
}

static gboolean
run_watched (Fixture    *fixture,
             const char *target)
{
  static SkeinTaskContextFuncs funcs;
  g_autofree char *uri = g_strconcat (skein_practice_server_get_address (fixture->server), target, NULL);
  gboolean good;

  funcs = *usual;
  funcs.enter = watch_hashing;
  fixture->context.funcs = &funcs;
  g_clear_pointer (&fixture->transfer, skein_transfer_unref);
  fixture->transfer = watched = skein_transfer_new (uri, NULL, fixture->folder, NULL);
  skein_transfer_set_digest (watched, fixture->digest);
  n_along = 0;
  n_after = 0;
  good = skein_transfer_run (watched, &fixture->context, stopper, &fixture->error);
  fixture->context.funcs = usual;

  return good;
}

static void
run_all (Fixture    *fixture,
         const char *target)
{
  SkeinProgressSnapshot now;

  run_watched (fixture, target);
  fixture_assert_file (fixture, SIZE);
  skein_progress_get (skein_transfer_get_progress (watched), &now);
  g_assert_cmpint (now.checked, ==, SIZE);
}

/* What comes in order is hashed as it comes, so that nothing is read again. */
static void
test_goes_along (Fixture       *fixture,
                 gconstpointer  data)
{
  usual = &checking_funcs;
  wants (fixture, 0, SIZE);
  run_all (fixture, "/bytes/4M?x");
  g_assert_cmpuint (n_along, >=, 1);
  g_assert_cmpuint (n_after, ==, 0);
  run_all (fixture, "/bytes/4M?chunked");
  g_assert_cmpuint (n_after, ==, 0);
  /* Even when the connection breaks on the way. */
  run_all (fixture, "/bytes/4M?cut=2097152");
  g_assert_cmpuint (n_after, ==, 0);

  /* With several connections the end is read when all is there. */
  usual = &helping_funcs;
  run_all (fixture, "/bytes/4M?rate=2M");
  g_assert_cmpuint (skein_practice_server_get_peak (fixture->server, NULL), >, 1);
  g_assert_cmpuint (n_after, >=, 1);
}

/* Nothing is wrong with the bytes, so that none is asked for again. */
static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  usual = &helping_funcs;
  wants (fixture, 0, SIZE);
  stopper = g_cancellable_new ();
  g_assert_false (run_watched (fixture, "/bytes/4M?rate=2M"));
  g_clear_object (&stopper);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (n_after, ==, 1);
  fixture_assert_no_file (fixture);

  skein_practice_server_clear_requests (fixture->server);
  g_assert_true (fixture_run_again (fixture));
  g_assert_cmpuint (fixture_count_requests (fixture), ==, 0);
  fixture_assert_file (fixture, SIZE);
}

/* What an earlier attempt brought is read, wherever that ended. */
static void
test_resumed (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *uri = g_strconcat (skein_practice_server_get_address (fixture->server), "/bytes/4M?rate=8M", NULL);
  GThread *thread;

  wants (fixture, 0, SIZE);
  fixture->transfer = skein_transfer_new (uri, NULL, fixture->folder, NULL);
  skein_transfer_set_digest (fixture->transfer, fixture->digest);
  thread = fixture_cancel_at (fixture->transfer, cancellable, SIZE / 2);
  g_assert_false (skein_transfer_run (fixture->transfer, &fixture->context, cancellable, NULL));
  g_thread_join (thread);

  g_assert_true (fixture_run_again (fixture));
  fixture_assert_file (fixture, SIZE);
  g_assert_cmpint (skein_transfer_get_verification (fixture->transfer).source, ==, SKEIN_DIGEST_SOURCE_GIVEN);
}

#define ADD_TEST(path, func) \
  g_test_add ("/checksum/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  skein_transfer_init ();

  ADD_TEST ("match", test_match);
  ADD_TEST ("other-ways", test_other_ways);
  ADD_TEST ("mismatch", test_mismatch);
  ADD_TEST ("starts-over", test_starts_over);
  ADD_TEST ("cancel", test_cancel);
  ADD_TEST ("goes-along", test_goes_along);
  ADD_TEST ("resumed", test_resumed);

  return g_test_run ();
}
