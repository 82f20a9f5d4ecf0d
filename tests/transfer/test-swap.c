/* SPDX-License-Identifier: GPL-3.0-or-later */
/* V1, V2, V3: a server that has another file between any two requests. Whatever it says about that, what gets its name
 * is one version from the first byte to the last, or nothing does. SKEIN_SWAP_ROUNDS=100 for a long run. */
#include "transfer-fixture.h"

#include <glib/gstdio.h>

#include "skein-error.h"

#define SIZE      (3 * 1024 * 1024)
#define LONGER    1000 /* of every other version, with swap-size */
#define PAGE      SKEIN_PRACTICE_PATTERN_PAGE
#define ROUNDS    2
#define ATTEMPTS  6
#define VERSIONS  400

static const char *const admissions[] = {
  "&etag=weak", "&etag=none", "&etag=weak&modified=none", "&etag=none&modified=none",
  "&etag=none&modified=none&change-silently=1", "&etag=weak&modified=none&change-silently=1",
  "&ranges=dates-only", "",
};

typedef struct
{
  SkeinTransfer *transfer;
  GCancellable  *cancellable;
  guint64        bytes;
  int            ended;        /* atomic */
} Canceller;

static gpointer
cancel_thread (gpointer data)
{
  Canceller *self = data;
  SkeinProgressSnapshot now = { 0 };

  while (now.received < self->bytes && !g_atomic_int_get (&self->ended))
    {
      skein_progress_get (skein_transfer_get_progress (self->transfer), &now);
      g_thread_yield ();
    }
  g_cancellable_cancel (self->cancellable);

  return NULL;
}

/* An attempt that is cancelled somewhere, or not. */
static gboolean
run_attempt (Fixture       *fixture,
             SkeinTransfer *transfer)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Canceller canceller = {
    transfer, cancellable, (guint64) g_test_rand_int_range (0, 2 * SIZE), FALSE,
  };
  GThread *thread = g_thread_new ("cancel", cancel_thread, &canceller);
  g_autoptr (GError) error = NULL;
  gboolean good = skein_transfer_run (transfer, &fixture->context, cancellable, &error);

  g_atomic_int_set (&canceller.ended, TRUE);
  g_thread_join (thread);
  g_assert_true (good == (error == NULL));
  if (error != NULL)
    g_test_message ("%s", error->message);

  return good;
}

static SkeinTransfer *
transfer_new (Fixture    *fixture,
              const char *uri)
{
  SkeinTransfer *transfer = skein_transfer_new (uri, NULL, fixture->folder, "file");

  skein_transfer_set_connections (transfer, (guint) g_test_rand_int_range (1, 6));
  skein_transfer_set_least_segment (transfer, 128 * 1024);
  skein_transfer_set_digest (transfer, fixture->digest);

  return transfer;
}

/* The next attempt of the same program, or of its next run. */
static SkeinTransfer *
next_attempt (Fixture       *fixture,
              SkeinTransfer *last,
              const char    *uri)
{
  if (last == NULL || g_test_rand_bit ())
    return transfer_new (fixture, uri);

  return skein_transfer_new_after (last);
}

static guint64
find_version (const guint8 *contents)
{
  guint8 page[PAGE];

  for (guint64 version = 0; version < VERSIONS; version++)
    {
      skein_practice_pattern_fill (version, 0, page, PAGE);
      if (memcmp (page, contents, PAGE) == 0)
        return version;
    }

  g_assert_not_reached ();
}

static void
assert_one_version (const char *path,
                    gboolean    sizes_differ)
{
  g_autofree char *contents = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *expected = NULL;
  guint64 version;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_cmpuint (length, >=, SIZE);
  version = find_version ((const guint8 *) contents);
  g_assert_cmpuint (length, ==, SIZE + (sizes_differ && version % 2 == 1 ? LONGER : 0));
  digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) contents, length);
  expected = skein_practice_pattern_sha256 (version, length);
  g_assert_cmpstr (digest, ==, expected);
}

static void
assert_only_parts (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_nonnull (strstr (name, ".part"));
}

static void
empty_folder (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
}

/* Returns whether a file came of it. */
static gboolean
run_round (Fixture    *fixture,
           const char *admission,
           gboolean    sizes_differ)
{
  static guint n;
  g_autofree char *uri = g_strdup_printf ("%s/bytes/3M?rate=24M&swap=%d%s%s%s&n=%u",
                                          skein_practice_server_get_address (fixture->server),
                                          g_test_rand_int_range (5, 50), admission,
                                          sizes_differ ? "&swap-size=1" : "",
                                          g_test_rand_bit () ? "&cut=700000" : "", n++);
  g_autoptr (SkeinTransfer) transfer = NULL;
  gboolean good = FALSE;

  g_test_message ("%s", uri);
  for (guint i = 0; i < ATTEMPTS && !good; i++)
    {
      SkeinTransfer *next = next_attempt (fixture, transfer, uri);

      g_clear_pointer (&transfer, skein_transfer_unref);
      transfer = next;
      good = run_attempt (fixture, transfer);
    }

  if (good)
    assert_one_version (skein_transfer_get_path (transfer), sizes_differ);
  else
    assert_only_parts (fixture);
  empty_folder (fixture);

  return good;
}

static guint
get_rounds (void)
{
  const char *wanted = g_getenv ("SKEIN_SWAP_ROUNDS");

  return wanted != NULL ? (guint) g_ascii_strtoull (wanted, NULL, 10) : ROUNDS;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture_set_up (fixture, data);
  fixture->context.funcs = &helping_funcs;
}

static void
test_admitted_or_not (Fixture       *fixture,
                      gconstpointer  data)
{
  guint rounds = get_rounds ();
  guint good = 0;

  for (guint i = 0; i < rounds * G_N_ELEMENTS (admissions); i++)
    good += run_round (fixture, admissions[i % G_N_ELEMENTS (admissions)], g_test_rand_bit ());
  g_test_message ("%u files", good);
  g_assert_cmpuint (good, >, 0);
}

/* A strong ETag, or a date that was old when it was given, says that it is the same file. If that is a lie, only a
 * digest finds it out. */
static void
test_lies (Fixture       *fixture,
           gconstpointer  data)
{
  const char *lies[] = { "&change-silently=1", "&etag=none&change-silently=1" };
  g_autofree char *sha256 = skein_practice_pattern_sha256 (0, SIZE);
  guint rounds = get_rounds ();

  fixture->digest = skein_digest_parse (sha256);
  for (guint i = 0; i < rounds * G_N_ELEMENTS (lies); i++)
    run_round (fixture, lies[i % G_N_ELEMENTS (lies)], FALSE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/swap/admitted-or-not", Fixture, NULL, set_up, test_admitted_or_not, fixture_tear_down);
  g_test_add ("/swap/lies", Fixture, NULL, set_up, test_lies, fixture_tear_down);

  return g_test_run ();
}
