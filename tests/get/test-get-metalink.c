/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are listed by a Metalink, and mirrors that are given. */
#include "get-fixture.h"

#include "skein-get-status.h"
#include "skein-practice-pattern.h"

#define SIZE (4 * 1024 * 1024)
#define PIECE (1024 * 1024)

static char *
make_pieces (void)
{
  GString *text = g_string_new ("<pieces length=\"1048576\" type=\"sha-1\">");
  g_autofree guint8 *bytes = g_malloc (PIECE);

  for (guint i = 0; i < SIZE / PIECE; i++)
    {
      g_autofree char *hex = NULL;

      skein_practice_pattern_fill (0, i * PIECE, bytes, PIECE);
      hex = g_compute_checksum_for_data (G_CHECKSUM_SHA1, bytes, PIECE);
      g_string_append_printf (text, "<hash>%s</hash>", hex);
    }

  return g_string_free (g_string_append (text, "</pieces>"), FALSE);
}

/* One file of so many bytes, called so, with what is known of it, at these addresses behind the server's. */
static char *
make_file (Fixture           *fixture,
           const char        *name,
           const char        *known,
           const char *const *targets)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text, "<file name=\"%s\">%s", name, known);
  for (guint i = 0; targets[i] != NULL; i++)
    {
      g_autofree char *address = make_address (fixture, targets[i]);
      g_autofree char *escaped = g_markup_escape_text (address, -1);

      g_string_append_printf (text, "<url priority=\"%u\">%s</url>", i + 1, escaped);
    }

  return g_string_free (g_string_append (text, "</file>"), FALSE);
}

static char *
wrap (const char *files)
{
  return g_strconcat ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                      "<metalink xmlns=\"urn:ietf:params:xml:ns:metalink\">", files, "</metalink>\n", NULL);
}

static void
put (Fixture    *fixture,
     const char *name,
     const char *files)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *text = wrap (files);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* A dead mirror, one that lies, one that is true: the file is whole. */
static void
test_file (Fixture       *fixture,
           gconstpointer  data)
{
  const char *const targets[] = {
    "/bytes/4M?status=404", "/bytes/4M?flip=3000000", "/bytes/4M?seed=0", NULL,
  };
  g_autofree char *hex = skein_practice_pattern_sha256 (0, SIZE);
  g_autofree char *pieces = make_pieces ();
  g_autofree char *known = g_strdup_printf ("<size>%d</size><hash type=\"sha-256\">%s</hash>%s", SIZE, hex, pieces);
  g_autofree char *file = make_file (fixture, "moon.bin", known, targets);

  put (fixture, "moon.meta4", file);
  if (g_str_equal (data, "argument"))
    run (fixture, "moon.meta4");
  else
    run (fixture, "--no-journal", "-i", "moon.meta4");
  g_assert_cmpstr (fixture->err, ==, "");
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_GOOD);
  assert_equal (fixture, "moon.bin", SIZE);
}

/* I5: names that lead elsewhere, another size, another digest, nobody who has it. */
static void
test_hostile (Fixture       *fixture,
              gconstpointer  data)
{
  const char *const small[] = { "/bytes/1000", NULL };
  const char *const dead[] = { "/bytes/1?status=404", "/bytes/1?status=410", NULL };
  const char *const same_size[] = { "/bytes/1000?n=2", NULL };
  const char *const other[] = { "/bytes/1000?n=3", NULL };
  g_autofree char *wrong = skein_practice_pattern_sha256 (7, 1000);
  g_autofree char *wrong_hash = g_strdup_printf ("<hash type=\"sha-256\">%s</hash>", wrong);
  g_autofree char *outside = make_file (fixture, "/../../a/../up", "", small);
  g_autofree char *size = make_file (fixture, "size", "<size>999</size>", other);
  g_autofree char *digest = make_file (fixture, "digest", wrong_hash, same_size);
  g_autofree char *nobody = make_file (fixture, "nobody", "<metaurl mediatype=\"torrent\">http://127.0.0.1:1/x</metaurl>",
                                       dead);
  g_autofree char *all = g_strconcat (outside, size, digest, nobody,
                                      "<file name=\"ftp\"><url>ftp://127.0.0.1:1/x</url></file>", NULL);

  put (fixture, "evil.metalink", all);
  run (fixture, "evil.metalink");
  assert_equal (fixture, "up", 1000);
  g_assert_false (exists (fixture, "size"));
  g_assert_false (exists (fixture, "digest"));
  assert_contains (fixture->err, "size: failed: The file is another one than it ought to be: 1000 bytes, not 999.");
  assert_contains (fixture->err, "digest: failed: The file is damaged or another one: SHA-256 is ");
  assert_contains (fixture->err, "nobody: failed: The server says there is no such file (404).");
  assert_contains (fixture->err, "ftp: ");
  g_assert_cmpint (fixture->status, !=, SKEIN_GET_STATUS_GOOD);
}

/* I6: nothing of it is taken. */
static void
test_damaged (Fixture       *fixture,
              gconstpointer  data)
{
  put (fixture, "bad.meta4", "<file name='x'><url>http://127.0.0.1:1/x</url>");
  run (fixture, "bad.meta4");
  assert_contains (fixture->err, "bad.meta4");
  g_assert_cmpint (fixture->status, !=, SKEIN_GET_STATUS_GOOD);

  run (fixture, "nowhere.meta4");
  assert_contains (fixture->err, "nowhere.meta4");
  g_assert_cmpint (fixture->status, !=, SKEIN_GET_STATUS_GOOD);
}

static char *
make_raw_address (Fixture    *fixture,
                  const char *type,
                  const char *body)
{
  g_autofree char *answer = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: %s\r\n"
                                             "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                                             type, strlen (body), body);
  g_autofree char *raw = g_base64_encode ((guchar *) answer, strlen (answer));
  g_autofree char *rest = NULL;

  g_strdelimit (raw, "+", '-');
  g_strdelimit (raw, "/", '_');
  for (char *at = raw; *at != '\0'; at++)
    if (*at == '=')
      *at = '\0';
  rest = g_strconcat ("/list.meta4?raw=", raw, NULL);

  return make_address (fixture, rest);
}

/* By its media type, however it is called; and no Metalink leads to a next one. */
static void
test_from_server (Fixture       *fixture,
                  gconstpointer  data)
{
  const char *const small[] = { "/bytes/1000", NULL };
  const char *const again[] = { "/bytes/2000?type=application/metalink4%2Bxml", NULL };
  g_autofree char *first = make_file (fixture, "first", "", small);
  g_autofree char *second = make_file (fixture, "second", "", again);
  g_autofree char *both = g_strconcat (first, second, NULL);
  g_autofree char *text = wrap (both);
  g_autofree char *address = make_raw_address (fixture, "Application/Metalink4+XML; charset=utf-8", text);

  run (fixture, address);
  g_assert_cmpstr (fixture->err, ==, "");
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_GOOD);
  assert_equal (fixture, "first", 1000);
  assert_equal (fixture, "second", 2000);
  g_assert_true (exists (fixture, "list.meta4"));
}

static void
test_mirror (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *dead = make_address (fixture, "/bytes/4M?status=503");
  g_autofree char *good = make_address (fixture, "/bytes/4M");
  g_autofree char *path = g_build_filename (fixture->folder, "list.txt", NULL);
  g_autofree char *line = g_strdup_printf ("%s\t%s\n  out=tabs\n", dead, good);

  run (fixture, "--mirror", good, "--mirror", "http://127.0.0.1:1/", "-o", "given", dead);
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_GOOD);
  assert_equal (fixture, "given", SIZE);

  g_assert_true (g_file_set_contents (path, line, -1, NULL));
  run (fixture, "--no-journal", "-i", "list.txt");
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_GOOD);
  assert_equal (fixture, "tabs", SIZE);

  run (fixture, "--mirror", good, dead, good);
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_USAGE);
  run (fixture, "-o", "x", "x.meta4");
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_USAGE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_TEST ("metalink/argument", "argument", test_file);
  ADD_TEST ("metalink/list", "list", test_file);
  ADD_TEST ("metalink/hostile", NULL, test_hostile);
  ADD_TEST ("metalink/damaged", NULL, test_damaged);
  ADD_TEST ("metalink/from-server", NULL, test_from_server);
  ADD_TEST ("metalink/mirror", NULL, test_mirror);

  return g_test_run ();
}
