/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "get-fixture.h"
#include "skein-get-status.h"
#include "skein-practice-pattern.h"

static void
put_list (Fixture    *fixture,
          const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, "list.txt", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
test_options (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *hex = skein_practice_pattern_sha256 (0, 1000);
  g_autofree char *below = g_build_filename (fixture->folder, "below", NULL);
  g_autofree char *inside = g_build_filename (below, "2000", NULL);
  g_autofree char *text = g_strdup_printf ("%s/bytes/1000\n  out=moon\n  checksum=sha-256=%s\n"
                                           "%s/bytes/2000\n  dir=below\n"
                                           "%s/bytes/3000\n  checksum=sha-256=%s\n"
                                           "%s/bytes/4000\n  header=Range: bytes=1-\n"
                                           "%s/bytes/5000\n  checksum=sha-256=00\n"
                                           "%s/bytes/6[0-1]00\n",
                                           fixture->address, hex, fixture->address, fixture->address, hex,
                                           fixture->address, fixture->address, fixture->address);

  put_list (fixture, text);
  run (fixture, "-i", "list.txt");
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_OTHER);
  assert_equal (fixture, "moon", 1000);
  assert_equal (fixture, "below/2000", 2000);
  assert_equal (fixture, "6000", 6000);
  assert_equal (fixture, "6100", 6100);
  g_assert_true (exists (fixture, "3000.part"));
  g_assert_false (exists (fixture, "4000"));
  g_assert_false (exists (fixture, "5000"));
  assert_contains (fixture->err, "3000: failed: The file is damaged or another one: SHA-256 is ");
  assert_contains (fixture->err, "The header “Range” cannot be given");
  assert_contains (fixture->err, "line 10: ");
  assert_contains (fixture->err, "The checksum must be a kind and digits");

  g_assert_cmpint (g_unlink (inside), ==, 0);
  g_assert_cmpint (g_rmdir (below), ==, 0);
}

/* More than wait at once, and in more than one block; and each address only once. */
static void
test_long (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;

  for (guint i = 0; i < 1500; i++)
    g_string_append_printf (text, "%s/bytes/%u?status=404\n", fixture->address, i % 1000);
  put_list (fixture, text->str);
  run (fixture, "-j", "16", "-i", "list.txt");
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_SERVER);
  assert_contains (fixture->err, "\n999: failed: ");
  lines = g_strsplit (fixture->err, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 1001);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_TEST ("lists/options", NULL, test_options);
  ADD_TEST ("lists/long", NULL, test_long);

  return g_test_run ();
}
