/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file is held against its digest before it gets its name. */
#include "transfer-fixture.h"

#include "skein-error.h"

#define SIZE (4 * 1024 * 1024)

static GCancellable *stopper;
static const SkeinTaskContextFuncs *usual;

static void
stop_hashing (SkeinTaskContext *context,
              SkeinOperation    operation)
{
  usual->enter (context, operation);
  if (operation == SKEIN_OPERATION_HASH)
    g_cancellable_cancel (stopper);
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

/* Nothing is wrong with the bytes, so that none is asked for again. */
static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  static SkeinTaskContextFuncs funcs;

  usual = fixture->context.funcs;
  funcs = *usual;
  funcs.enter = stop_hashing;
  stopper = g_cancellable_new ();
  wants (fixture, 0, SIZE);
  fixture->context.funcs = &funcs;
  g_assert_false (fixture_run_full (fixture, "/bytes/4M", NULL, NULL, stopper));
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  fixture_assert_no_file (fixture);
  g_clear_object (&stopper);

  fixture->context.funcs = usual;
  skein_practice_server_clear_requests (fixture->server);
  g_assert_true (fixture_run_again (fixture));
  g_assert_cmpuint (fixture_count_requests (fixture), ==, 0);
  fixture_assert_file (fixture, SIZE);
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

  return g_test_run ();
}
