/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One file at several addresses. */
#include "transfer-fixture.h"

#include <stdio.h>

#include "skein-error.h"
#include "talk-server.h"

#define M (1024 * 1024)
#define SIZE (16 * M)
#define PIECE (256 * 1024)

/* Slow enough for helpers to join, fast enough for a test. */
#define FILE_AT "/bytes/16M?rate=8M"

typedef struct
{
  Fixture              base;
  SkeinPracticeServer *other;
  SkeinPracticeServer *third;
} Mirrors;

static void
set_up (Mirrors       *mirrors,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture_set_up (&mirrors->base, NULL);
  mirrors->base.context.funcs = &helping_funcs;
  mirrors->other = skein_practice_server_new (0, NULL, &error);
  g_assert_no_error (error);
  mirrors->third = skein_practice_server_new (0, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Mirrors       *mirrors,
           gconstpointer  data)
{
  skein_practice_server_free (mirrors->other);
  skein_practice_server_free (mirrors->third);
  fixture_tear_down (&mirrors->base, NULL);
}

static void
add (Mirrors             *mirrors,
     SkeinPracticeServer *server,
     const char          *target)
{
  g_autofree char *uri = g_strconcat (skein_practice_server_get_address (server), target, NULL);

  if (mirrors->base.sources == NULL)
    mirrors->base.sources = skein_source_set_new ();
  skein_source_set_add (mirrors->base.sources, uri, NULL);
}

static void
know_digest (Mirrors *mirrors,
             guint64  size)
{
  g_autofree char *hex = skein_practice_pattern_sha256 (0, size);

  mirrors->base.digest = skein_digest_new ("sha-256", hex);
}

static void
know_pieces (Mirrors *mirrors,
             guint64  size)
{
  SkeinSourceSet *set = mirrors->base.sources;
  g_autofree guint8 *bytes = g_malloc (PIECE);

  if (set == NULL)
    set = mirrors->base.sources = skein_source_set_new ();
  set->piece_length = PIECE;
  set->piece_kind = G_CHECKSUM_SHA1;
  for (guint64 at = 0; at < size; at += PIECE)
    {
      gsize length = (gsize) MIN (PIECE, size - at);

      skein_practice_pattern_fill (0, at, bytes, length);
      g_ptr_array_add (set->piece_hashes, g_compute_checksum_for_data (G_CHECKSUM_SHA1, bytes, length));
    }
}

static guint
count (SkeinPracticeServer *server)
{
  g_autoptr (GPtrArray) requests = skein_practice_server_dup_requests (server);

  return requests->len;
}

/* With a digest, all of them give: whatever ETags they have. */
static void
test_spread (Mirrors       *mirrors,
             gconstpointer  data)
{
  add (mirrors, mirrors->other, FILE_AT "&etag=weak");
  add (mirrors, mirrors->third, FILE_AT "&etag=%22another%22");
  if (g_str_equal (data, "digest"))
    know_digest (mirrors, SIZE);
  else
    know_pieces (mirrors, SIZE);

  fixture_run (&mirrors->base, FILE_AT);
  fixture_assert_file (&mirrors->base, SIZE);
  g_assert_cmpuint (count (mirrors->base.server), >, 1);
  g_assert_cmpuint (count (mirrors->other), >, 1);
  g_assert_cmpuint (count (mirrors->third), >, 1);
}

/* V4, V5: same size, same ETag, other bytes. Without a digest nobody else is asked as long as the first one
 * gives, and when it does not, nothing of it is kept. */
static void
test_never_mixed (Mirrors       *mirrors,
                  gconstpointer  data)
{
  g_autofree char *other = skein_practice_pattern_sha256 (1, SIZE);
  g_autofree char *contents = NULL;
  g_autofree char *digest = NULL;
  gsize length;

  add (mirrors, mirrors->other, FILE_AT "&seed=1&etag=%22same%22");
  fixture_run (&mirrors->base, FILE_AT "&etag=%22same%22");
  fixture_assert_file (&mirrors->base, SIZE);
  g_assert_cmpuint (count (mirrors->other), ==, 0);

  /* It breaks again and again, and gives too little to be waited for; then it is gone for good. */
  for (guint i = 0; i < 4; i++)
    {
      if (i == 0)
        fixture_run (&mirrors->base, "/bytes/16M?etag=%22same%22&cut=20000");
      else
        fixture_run_again (&mirrors->base);
      if (mirrors->base.error == NULL)
        break;
      g_assert_cmpuint (i, <, 3);
      g_assert_cmpuint (count (mirrors->other), ==, 0);
    }

  g_assert_no_error (mirrors->base.error);
  g_assert_true (g_file_get_contents (skein_transfer_get_path (mirrors->base.transfer),
                                      &contents, &length, NULL));
  digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guint8 *) contents, length);
  g_assert_cmpstr (digest, ==, other);
}

/* The first does not answer with a file: the next one gives it, at once. */
static void
test_fail_over (Mirrors       *mirrors,
                gconstpointer  data)
{
  const char *failures[] = { "status=404", "status=503", "hangup=1", "redirect=ftp://x/", "length=7" };

  add (mirrors, mirrors->other, FILE_AT "&status=500");
  add (mirrors, mirrors->third, FILE_AT);
  mirrors->base.sources->size = SIZE;
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autofree char *target = g_strconcat (FILE_AT "&", failures[i], NULL);

      g_test_message ("%s", failures[i]);
      fixture_run (&mirrors->base, target);
      fixture_assert_file (&mirrors->base, SIZE);
    }

  /* The first error is told, not the last. */
  add (mirrors, mirrors->base.server, "/bytes/16M?status=404");
  fixture_run (&mirrors->base, "/bytes/1M");
  fixture_assert_file (&mirrors->base, SIZE);
  g_clear_pointer (&mirrors->base.sources, skein_source_set_unref);
  add (mirrors, mirrors->other, "/bytes/16M?status=500");
  fixture_run (&mirrors->base, "/bytes/16M?status=404");
  g_assert_error (mirrors->base.error, SKEIN_HTTP_STATUS, 404);
}

/* Another size is another file, whoever has it. */
static void
test_other_size (Mirrors       *mirrors,
                 gconstpointer  data)
{
  add (mirrors, mirrors->other, "/bytes/15M?rate=8M");
  add (mirrors, mirrors->third, FILE_AT);
  know_digest (mirrors, SIZE);
  fixture_run (&mirrors->base, FILE_AT);
  fixture_assert_file (&mirrors->base, SIZE);
  g_assert_cmpuint (count (mirrors->other), >, 0);
  g_assert_cmpuint (count (mirrors->other), <, 8);

  mirrors->base.sources->size = 14 * M;
  fixture_run (&mirrors->base, FILE_AT);
  g_assert_error (mirrors->base.error, SKEIN_ERROR, SKEIN_ERROR_SIZE);
  g_assert_null (skein_transfer_get_path (mirrors->base.transfer));

  /* Nor is one of unknown length taken for it. */
  fixture_run (&mirrors->base, "/bytes/1M?chunked=1");
  g_assert_error (mirrors->base.error, SKEIN_ERROR, SKEIN_ERROR_SIZE);
  g_assert_null (skein_transfer_get_path (mirrors->base.transfer));
}

static guint64
bytes_asked (SkeinPracticeServer *server,
             guint64             *first)
{
  g_autoptr (GPtrArray) requests = skein_practice_server_dup_requests (server);
  SkeinPracticeRequest *last = g_ptr_array_index (requests, requests->len - 1);
  const char *range = skein_practice_request_get_header (last, "range");
  g_auto (GStrv) ends = g_strsplit_set (range, "=-", 3);

  *first = g_ascii_strtoull (ends[1], NULL, 10);

  return g_ascii_strtoull (ends[2], NULL, 10) + 1 - *first;
}

/* A wrong byte: the piece that holds it comes again, alone, from the other. */
static void
test_bad_piece (Mirrors       *mirrors,
                gconstpointer  data)
{
  guint64 first;

  add (mirrors, mirrors->other, FILE_AT);
  know_pieces (mirrors, SIZE);
  mirrors->base.context.funcs = &checking_funcs;
  fixture_run (&mirrors->base, "/bytes/16M?flip=5000000");
  fixture_assert_file (&mirrors->base, SIZE);

  g_assert_cmpuint (count (mirrors->base.server), ==, 1);
  g_assert_cmpuint (count (mirrors->other), ==, 1);
  g_assert_cmpuint (bytes_asked (mirrors->other, &first), ==, PIECE);
  g_assert_cmpuint (first, ==, 5000000 / PIECE * PIECE);
}

/* With nobody else to ask, it is asked again itself; a piece that stays wrong is the end. */
static void
test_bad_piece_alone (Mirrors       *mirrors,
                      gconstpointer  data)
{
  guint64 first;

  know_pieces (mirrors, SIZE);
  mirrors->base.context.funcs = &checking_funcs;
  fixture_run (&mirrors->base, "/bytes/16M?flip=5000000");
  g_assert_error (mirrors->base.error, SKEIN_ERROR, SKEIN_ERROR_DIGEST);
  fixture_assert_no_file (&mirrors->base);
  g_assert_cmpuint (bytes_asked (mirrors->base.server, &first), ==, PIECE);
  g_assert_cmpuint (count (mirrors->base.server), <, 16);
}

/* Whoever lies twice is asked no more: in the end all is true, though most of what it gave was not. */
static void
test_liar (Mirrors       *mirrors,
           gconstpointer  data)
{
  add (mirrors, mirrors->other, FILE_AT "&seed=5");
  add (mirrors, mirrors->third, FILE_AT);
  know_pieces (mirrors, SIZE);
  fixture_run (&mirrors->base, FILE_AT);
  fixture_assert_file (&mirrors->base, SIZE);
  g_assert_cmpuint (count (mirrors->other), >, 0);
  g_assert_cmpuint (count (mirrors->other), <, 10);
}

/* With a digest of the whole alone, nobody knows who lied: one of them gives all of it. */
static void
test_whole_digest (Mirrors       *mirrors,
                   gconstpointer  data)
{
  const char *const targets[][2] = {
    { FILE_AT, FILE_AT "&flip=16000000" }, { FILE_AT "&flip=100", FILE_AT },
  };

  know_digest (mirrors, SIZE);
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_clear_pointer (&mirrors->base.sources, skein_source_set_unref);
      add (mirrors, mirrors->other, targets[i][1]);
      fixture_run (&mirrors->base, targets[i][0]);
      fixture_assert_file (&mirrors->base, SIZE);
    }

  /* All of them lie. */
  g_clear_pointer (&mirrors->base.sources, skein_source_set_unref);
  add (mirrors, mirrors->other, FILE_AT "&flip=7");
  fixture_run (&mirrors->base, FILE_AT "&flip=7");
  g_assert_error (mirrors->base.error, SKEIN_ERROR, SKEIN_ERROR_DIGEST);
  g_assert_null (skein_transfer_get_path (mirrors->base.transfer));
}

/* One dies in the middle, one is slow, one refuses more than one connection: the others do the work. */
static void
test_failing_mirrors (Mirrors       *mirrors,
                      gconstpointer  data)
{
  const char *failures[] = { "cut=300000", "reset=300000", "rate=100k", "max-connections=1&status=503",
                             "ranges=no", "ranges=lie-start" };

  know_pieces (mirrors, SIZE);
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autofree char *target = g_strconcat ("/bytes/16M?", failures[i], NULL);

      g_test_message ("%s", failures[i]);
      g_ptr_array_set_size (mirrors->base.sources->addresses, 0);
      add (mirrors, mirrors->other, target);
      fixture_run (&mirrors->base, FILE_AT);
      fixture_assert_file (&mirrors->base, SIZE);

      /* And the other way round. */
      g_ptr_array_set_size (mirrors->base.sources->addresses, 0);
      add (mirrors, mirrors->third, FILE_AT);
      if (!g_str_has_prefix (failures[i], "ranges"))
        {
          fixture_run (&mirrors->base, target);
          fixture_assert_file (&mirrors->base, SIZE);
        }
    }
}

static void
cancel_half (Mirrors    *mirrors,
             const char *target)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *uri = g_strconcat (skein_practice_server_get_address (mirrors->base.server), target, NULL);
  SkeinTransfer *transfer = skein_transfer_new (uri, NULL, mirrors->base.folder, NULL);
  GThread *thread = fixture_cancel_at (transfer, cancellable, SIZE / 2);

  skein_transfer_set_digest (transfer, mirrors->base.digest);
  skein_transfer_set_sources (transfer, mirrors->base.sources);
  g_assert_false (skein_transfer_run (transfer, &mirrors->base.context, cancellable, NULL));
  g_thread_join (thread);
  skein_transfer_unref (transfer);
}

static void
clear_requests (Mirrors *mirrors)
{
  skein_practice_server_clear_requests (mirrors->base.server);
  skein_practice_server_clear_requests (mirrors->other);
  skein_practice_server_clear_requests (mirrors->third);
}

/* Stopped half-way: with the digest it goes on, from whoever is there; without it the bytes of several are worth
 * nothing. */
static void
test_resume (Mirrors       *mirrors,
             gconstpointer  data)
{
  g_autofree char *uri = NULL;

  add (mirrors, mirrors->other, FILE_AT);
  know_pieces (mirrors, SIZE);
  cancel_half (mirrors, FILE_AT);
  clear_requests (mirrors);

  /* The first one is gone; the file is known by its other address. */
  uri = g_strconcat (skein_practice_server_get_address (mirrors->other), FILE_AT, NULL);
  fixture_run (&mirrors->base, uri);
  fixture_assert_file (&mirrors->base, SIZE);
  g_assert_cmpuint (count (mirrors->base.server), ==, 0);
  g_assert_cmpuint (count (mirrors->other), >, 0);

  cancel_half (mirrors, FILE_AT "&again");
  g_clear_pointer (&mirrors->base.sources, skein_source_set_unref);
  clear_requests (mirrors);
  fixture_run (&mirrors->base, FILE_AT "&again");
  fixture_assert_file (&mirrors->base, SIZE);
  {
    g_autoptr (GPtrArray) requests = skein_practice_server_dup_requests (mirrors->base.server);

    g_assert_cmpstr (skein_practice_request_get_header (g_ptr_array_index (requests, 0), "range"), ==, "bytes=0-");
  }
}

/* What the record says is there is hashed before it is believed. */
static void
test_resume_damaged (Mirrors       *mirrors,
                     gconstpointer  data)
{
  g_autofree char *path = g_build_filename (mirrors->base.folder, "16M.part", NULL);
  FILE *file;

  know_pieces (mirrors, SIZE);
  cancel_half (mirrors, FILE_AT);
  file = fopen (path, "r+");
  g_assert_nonnull (file);
  g_assert_cmpint (fputs ("damage", file), >=, 0);
  fclose (file);

  fixture_run (&mirrors->base, FILE_AT);
  fixture_assert_file (&mirrors->base, SIZE);
}

static char *
make_raw (const char *type,
          const char *body)
{
  g_autofree char *answer = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %" G_GSIZE_FORMAT
                                             "\r\n\r\n%s", type, strlen (body), body);
  char *raw = g_base64_encode ((guchar *) answer, strlen (answer));
  char *padding = strchr (raw, '=');

  if (padding != NULL)
    *padding = '\0';
  g_strdelimit (raw, "+", '-');

  return g_strdelimit (raw, "/", '_');
}

/* RFC 6249: the answer itself names a duplicate, and a description with a digest that makes it usable. */
static void
test_links (Mirrors       *mirrors,
            gconstpointer  data)
{
  const char *other = skein_practice_server_get_address (mirrors->other);
  g_autofree char *hex = skein_practice_pattern_sha256 (g_str_equal (data, "wrong") ? 1 : 0, SIZE);
  g_autofree char *text = g_strdup_printf ("<metalink xmlns='urn:ietf:params:xml:ns:metalink'><file name='16M'><size>%d</size>"
                                           "<hash type='sha-256'>%s</hash><url>http://127.0.0.1:1/</url></file></metalink>",
                                           g_str_equal (data, "other") ? 7 : SIZE, hex);
  g_autofree char *raw = make_raw ("application/metalink4+xml", g_str_equal (data, "damaged") ? "<metalink" : text);
  g_autofree char *duplicate = g_strdup_printf ("Link: <%s" FILE_AT ">; rel=duplicate; pri=1", other);
  g_autofree char *described = g_strdup_printf ("Link: </d?raw=%s>; rel=describedby; type=\"application/metalink4+xml\"", raw);
  g_autofree char *first = g_uri_escape_string (duplicate, NULL, FALSE);
  g_autofree char *second = g_uri_escape_string (described, NULL, FALSE);
  gboolean redirected = g_str_equal (data, "redirect");
  g_autofree char *target = g_strdup_printf (redirected ? "/r?redirect=/bytes/16M%%3Frate%%3D8M&header=%s&header=%s"
                                                        : FILE_AT "&header=%s&header=%s", first, second);

  fixture_run (&mirrors->base, target);
  if (g_str_equal (data, "wrong"))
    {
      g_assert_error (mirrors->base.error, SKEIN_ERROR, SKEIN_ERROR_DIGEST);
      return;
    }

  fixture_assert_file (&mirrors->base, SIZE);
  if (g_str_equal (data, "good") || redirected)
    g_assert_cmpuint (count (mirrors->other), >, 1);
  else
    g_assert_cmpuint (count (mirrors->other), ==, 0);
}

/* Each answer breaks off, and names two addresses that nobody has heard of. */
static void
talk_duplicates (TalkServer *server,
                 GIOStream  *stream,
                 gpointer    data)
{
  g_autofree char *head = talk_server_read_head (server, stream);
  guint n = talk_server_get_n (server);
  g_autofree char *text = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n"
                                           "Link: </a%u>; rel=duplicate, </b%u>; rel=duplicate\r\n\r\nabc", n, n);

  if (head != NULL)
    talk_say (stream, text);
}

static void
test_endless_duplicates (Mirrors       *mirrors,
                         gconstpointer  data)
{
  TalkServer *server = talk_server_new (talk_duplicates, NULL);
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u/", talk_server_get_port (server));

  fixture_run (&mirrors->base, uri);
  g_assert_error (mirrors->base.error, SKEIN_ERROR, SKEIN_ERROR_TRUNCATED);
  g_assert_cmpuint (talk_server_get_n (server), >, 2);
  g_assert_cmpuint (talk_server_get_n (server), <=, 100);
  talk_server_free (server);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func, data) \
  g_test_add ("/mirrors/" name, Mirrors, data, set_up, func, tear_down)
  ADD ("spread/digest", test_spread, "digest");
  ADD ("spread/pieces", test_spread, "pieces");
  ADD ("never-mixed", test_never_mixed, NULL);
  ADD ("fail-over", test_fail_over, NULL);
  ADD ("other-size", test_other_size, NULL);
  ADD ("bad-piece", test_bad_piece, NULL);
  ADD ("bad-piece-alone", test_bad_piece_alone, NULL);
  ADD ("liar", test_liar, NULL);
  ADD ("whole-digest", test_whole_digest, NULL);
  ADD ("failing-mirrors", test_failing_mirrors, NULL);
  ADD ("links/good", test_links, "good");
  ADD ("links/redirect", test_links, "redirect");
  ADD ("links/damaged", test_links, "damaged");
  ADD ("links/other", test_links, "other");
  ADD ("links/wrong", test_links, "wrong");
  ADD ("endless-duplicates", test_endless_duplicates, NULL);
  ADD ("resume", test_resume, NULL);
  ADD ("resume-damaged", test_resume_damaged, NULL);

  return g_test_run ();
}
