/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Digests that a server tells with the file. */
#include "transfer-fixture.h"

#include <string.h>

#include "skein-error.h"

#define SIZE (4 * 1024 * 1024)

/* Of the server's pattern, in base64. */
static char *
make_digest (GChecksumType kind,
             guint64       seed)
{
  g_autofree guint8 *bytes = g_malloc (SIZE);
  guint8 digest[64];
  gsize length = sizeof digest;
  g_autoptr (GChecksum) checksum = g_checksum_new (kind);

  skein_practice_pattern_fill (seed, 0, bytes, SIZE);
  g_checksum_update (checksum, bytes, SIZE);
  g_checksum_get_digest (checksum, digest, &length);

  return g_base64_encode (digest, length);
}

/* One header, in which "{sha256}" stands for the right digest and "{!sha256}" for a wrong one. */
static char *
make_knob (const char *header)
{
  static const struct { const char *name; GChecksumType kind; } kinds[] = {
    { "md5", G_CHECKSUM_MD5 }, { "sha1", G_CHECKSUM_SHA1 },
    { "sha256", G_CHECKSUM_SHA256 }, { "sha512", G_CHECKSUM_SHA512 },
  };
  g_autoptr (GString) text = g_string_new (header);
  g_autofree char *escaped = NULL;

  for (guint i = 0; i < 2 * G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *mark = g_strdup_printf ("{%s%s}", i % 2 != 0 ? "!" : "", kinds[i / 2].name);

      if (strstr (text->str, mark) != NULL)
        {
          g_autofree char *digest = make_digest (kinds[i / 2].kind, i % 2);

          g_string_replace (text, mark, digest, 0);
        }
    }
  escaped = g_uri_escape_string (text->str, NULL, FALSE);

  return g_strconcat ("&header=", escaped, NULL);
}

static char *
make_target (const char *path,
             const char *first,
             const char *second)
{
  g_autofree char *one = make_knob (first);
  g_autofree char *two = second != NULL ? make_knob (second) : g_strdup ("");

  return g_strconcat (path, one, two, NULL);
}

static void
assert_verified (Fixture           *fixture,
                 SkeinDigestSource  source,
                 GChecksumType      kind)
{
  SkeinVerification verification = skein_transfer_get_verification (fixture->transfer);

  fixture_assert_file (fixture, SIZE);
  g_assert_cmpint (verification.source, ==, source);
  if (source != SKEIN_DIGEST_SOURCE_NONE)
    g_assert_cmpint (verification.kind, ==, kind);
}

static void
test_right (Fixture       *fixture,
            gconstpointer  data)
{
  static const struct { const char *first; const char *second; GChecksumType kind; } cases[] = {
    { "Repr-Digest:sha-256=:{sha256}:", NULL, G_CHECKSUM_SHA256 },
    { "Content-Digest:sha-512=:{sha512}:", NULL, G_CHECKSUM_SHA512 },
    { "Digest:SHA-256={sha256}", NULL, G_CHECKSUM_SHA256 },
    { "Digest:SHA={sha1}", NULL, G_CHECKSUM_SHA1 },
    { "Content-MD5:{md5}", NULL, G_CHECKSUM_MD5 },
    /* Several: the strongest, whether in one header, in one of the same name, or in another. */
    { "Repr-Digest:md5=:{!md5}:, sha-512=:{sha512}:, sha-256=:{!sha256}:", NULL, G_CHECKSUM_SHA512 },
    { "Digest:MD5={!md5}", "Digest:SHA-256={sha256}", G_CHECKSUM_SHA256 },
    { "Content-MD5:{!md5}", "Digest:SHA-256={sha256}", G_CHECKSUM_SHA256 },
    { "Repr-Digest:sha-256=:{!sha256}:", "Digest:SHA-512={sha512}", G_CHECKSUM_SHA512 },
    /* Bytes are stored as they come, and the digest is of those. */
    { "Repr-Digest:sha-256=:{sha256}:", "Content-Encoding:x-unknown", G_CHECKSUM_SHA256 },
  };
  const char *const paths[] = { "/bytes/4M?a", "/bytes/4M?ranges=no", "/bytes/4M?chunked" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *target = make_target (paths[i % G_N_ELEMENTS (paths)], cases[i].first, cases[i].second);

      g_test_message ("%s %s", paths[i % G_N_ELEMENTS (paths)], cases[i].first);
      fixture_run (fixture, target);
      assert_verified (fixture, SKEIN_DIGEST_SOURCE_SERVER, cases[i].kind);
    }
}

static void
test_wrong (Fixture       *fixture,
            gconstpointer  data)
{
  static const struct { const char *first; const char *second; } cases[] = {
    { "Repr-Digest:sha-256=:{!sha256}:", NULL },
    { "Content-Digest:sha-256=:{!sha256}:", NULL },
    { "Digest:SHA-256={!sha256}", NULL },
    { "Content-MD5:{!md5}", NULL },
    { "Repr-Digest:sha-256=:{sha256}:, sha-512=:{!sha512}:", NULL },
    { "Digest:SHA-256={!sha256}", "Content-MD5:{md5}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *target = make_target ("/bytes/4M?a", cases[i].first, cases[i].second);

      g_test_message ("%s", cases[i].first);
      g_assert_false (fixture_run (fixture, target));
      g_assert_error (fixture->error, SKEIN_ERROR, SKEIN_ERROR_DIGEST);
      fixture_assert_no_file (fixture);
      g_assert_cmpint (skein_transfer_get_verification (fixture->transfer).source, ==, SKEIN_DIGEST_SOURCE_NONE);
    }
}

static void
test_not_understood (Fixture       *fixture,
                     gconstpointer  data)
{
  const char *const headers[] = {
    "Digest:UNIXsum=30637", "Repr-Digest:crc32c=:AAAAAA==:, unixsum=:AAAA:", "Repr-Digest:sha-256={!sha256}",
    "Digest:SHA-256=:{!sha256}:", "Content-MD5:{!sha256}", "Content-MD5:", "Want-Repr-Digest:sha-256=10",
  };

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autofree char *target = make_target ("/bytes/4M?a", headers[i], NULL);

      g_test_message ("%s", headers[i]);
      fixture_run (fixture, target);
      assert_verified (fixture, SKEIN_DIGEST_SOURCE_NONE, 0);
    }
}

/* What a person knows counts, whatever the server says. */
static void
test_given_wins (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *wrong = make_target ("/bytes/4M?a", "Repr-Digest:sha-512=:{!sha512}:", NULL);
  g_autofree char *right = make_target ("/bytes/4M?a", "Repr-Digest:sha-512=:{sha512}:", NULL);
  g_autofree char *good = skein_practice_pattern_sha256 (0, SIZE);
  g_autofree char *bad = skein_practice_pattern_sha256 (1, SIZE);

  fixture->digest = skein_digest_new ("sha-256", good);
  fixture_run (fixture, wrong);
  assert_verified (fixture, SKEIN_DIGEST_SOURCE_GIVEN, G_CHECKSUM_SHA256);

  g_clear_pointer (&fixture->digest, skein_digest_free);
  fixture->digest = skein_digest_new ("sha-256", bad);
  g_assert_false (fixture_run (fixture, right));
  g_assert_error (fixture->error, SKEIN_ERROR, SKEIN_ERROR_DIGEST);
}

/* Half of it comes, then the rest with a 206 for a part; to another run of the program, or to the same. */
static void
run_in_two (Fixture    *fixture,
            const char *target,
            gboolean    another)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *uri = g_strconcat (skein_practice_server_get_address (fixture->server), target, NULL);
  GThread *thread;

  g_clear_pointer (&fixture->transfer, skein_transfer_unref);
  g_clear_error (&fixture->error);
  fixture->transfer = skein_transfer_new (uri, NULL, fixture->folder, NULL);
  skein_transfer_set_connections (fixture->transfer, 1);
  thread = fixture_cancel_at (fixture->transfer, cancellable, SIZE / 2);
  g_assert_false (skein_transfer_run (fixture->transfer, &fixture->context, cancellable, &fixture->error));
  g_thread_join (thread);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  if (another)
    fixture_run (fixture, target);
  else
    {
      g_clear_error (&fixture->error);
      fixture_run_again (fixture);
    }
}

/* Headers about the bytes of one answer say nothing of a file of which that brings a part. */
static void
test_part (Fixture       *fixture,
           gconstpointer  data)
{
  const char *const headers[] = {
    "Content-MD5:{!md5}", "Digest:SHA-256={!sha256}", "Content-Digest:sha-256=:{!sha256}:",
  };
  g_autofree char *right = make_target ("/bytes/4M?rate=8M", "Repr-Digest:sha-256=:{sha256}:", NULL);
  g_autofree char *wrong = make_target ("/bytes/4M?rate=8M", "Repr-Digest:sha-256=:{!sha256}:", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autofree char *target = make_target ("/bytes/4M?rate=8M", headers[i], NULL);

      g_test_message ("%s", headers[i]);
      run_in_two (fixture, target, TRUE);
      assert_verified (fixture, SKEIN_DIGEST_SOURCE_NONE, 0);
    }

  run_in_two (fixture, right, TRUE);
  assert_verified (fixture, SKEIN_DIGEST_SOURCE_SERVER, G_CHECKSUM_SHA256);
  run_in_two (fixture, wrong, TRUE);
  g_assert_error (fixture->error, SKEIN_ERROR, SKEIN_ERROR_DIGEST);
}

/* What the first answer said of the whole still holds when the rest comes later. */
static void
test_remembered (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *right = make_target ("/bytes/4M?rate=8M", "Content-MD5:{md5}", NULL);
  g_autofree char *wrong = make_target ("/bytes/4M?rate=8M", "Content-MD5:{!md5}", NULL);

  run_in_two (fixture, right, FALSE);
  assert_verified (fixture, SKEIN_DIGEST_SOURCE_SERVER, G_CHECKSUM_MD5);
  run_in_two (fixture, wrong, FALSE);
  g_assert_error (fixture->error, SKEIN_ERROR, SKEIN_ERROR_DIGEST);
}

static void
test_segments (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *right = make_target ("/bytes/4M?rate=2M", "Repr-Digest:sha-256=:{sha256}:", NULL);
  g_autofree char *wrong = make_target ("/bytes/4M?rate=2M", "Repr-Digest:sha-256=:{!sha256}:", NULL);

  fixture->context.funcs = &helping_funcs;
  fixture_run (fixture, right);
  assert_verified (fixture, SKEIN_DIGEST_SOURCE_SERVER, G_CHECKSUM_SHA256);
  g_assert_cmpuint (skein_practice_server_get_peak (fixture->server, NULL), >, 1);

  g_assert_false (fixture_run (fixture, wrong));
  g_assert_error (fixture->error, SKEIN_ERROR, SKEIN_ERROR_DIGEST);
}

#define ADD_TEST(path, func) \
  g_test_add ("/digest-headers/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  skein_transfer_init ();

  ADD_TEST ("right", test_right);
  ADD_TEST ("wrong", test_wrong);
  ADD_TEST ("not-understood", test_not_understood);
  ADD_TEST ("given-wins", test_given_wins);
  ADD_TEST ("part", test_part);
  ADD_TEST ("remembered", test_remembered);
  ADD_TEST ("segments", test_segments);

  return g_test_run ();
}
