/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-journal-line.h"

#include <string.h>

#define KEY "000102030405060708090a0b0c0d0e0f"

static void
test_round_trip (void)
{
  SkeinJournalEntry entry = { .size = 20000, .inode = G_MAXUINT64, .modified = -5, .path = (char *) "a b/%41\n\xff.png" };
  SkeinJournalEntry again = { 0 };
  g_autofree char *line = NULL;

  for (guint i = 0; i < sizeof entry.key.bytes; i++)
    entry.key.bytes[i] = (guint8) i;
  line = skein_journal_line_format (&entry);
  g_assert_cmpstr (line, ==, KEY " 20000 18446744073709551615 -5 a%20b/%2541%0A\xff.png\n");

  g_assert_true (skein_journal_line_parse (line, strlen (line) - 1, &again));
  g_assert_cmpmem (&again.key, sizeof again.key, &entry.key, sizeof entry.key);
  g_assert_cmpuint (again.size, ==, entry.size);
  g_assert_cmpuint (again.inode, ==, entry.inode);
  g_assert_cmpint (again.modified, ==, entry.modified);
  g_assert_cmpstr (again.path, ==, entry.path);
  g_free (again.path);
}

static void
test_bad (gconstpointer data)
{
  const char *line = data;
  SkeinJournalEntry entry = { 0 };

  g_assert_false (skein_journal_line_parse (line, strlen (line), &entry));
  g_assert_null (entry.path);
}

static void
test_long (void)
{
  g_autofree char *path = g_strnfill (20000, 'x');
  g_autofree char *line = g_strconcat (KEY " 1 1 1 ", path, NULL);
  SkeinJournalEntry entry = { 0 };

  g_assert_false (skein_journal_line_parse (line, strlen (line), &entry));
  g_assert_false (skein_journal_line_parse (KEY " 1 1 1 x\0y", strlen (KEY) + 10, &entry));
}

static void
test_keys (void)
{
  g_autoptr (SkeinKeySet) set = skein_key_set_new ();
  SkeinKey one = skein_key_of ("a", "b", NULL);
  SkeinKey other = skein_key_of ("ab", NULL);

  g_assert_true (skein_key_set_add (set, &one));
  g_assert_false (skein_key_set_add (set, &one));
  g_assert_false (skein_key_set_has (set, &other));
  g_assert_true (skein_key_set_add (set, &other));
  g_assert_true (skein_key_set_has (set, &one));
}

int
main (int   argc,
      char *argv[])
{
  static const char *const bad[] = {
    "", " ", "rubbish", KEY, KEY " 1 1 1", KEY " 1 1 1 ", KEY " 1 1 1 a b", KEY " -1 1 1 a", KEY " 1 -1 1 a",
    KEY " 1 1 x a", KEY " 1 1 99999999999999999999 a", KEY " 99999999999999999999 1 1 a", KEY "0 1 1 1 a",
    "00010203040506070809 1 1 1 a", "g00102030405060708090a0b0c0d0e0f 1 1 1 a", KEY " 1 1 1 %00", KEY " 1 1 1 %4",
  };

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/journal-line/round-trip", test_round_trip);
  g_test_add_func ("/journal-line/long", test_long);
  g_test_add_func ("/journal-line/keys", test_keys);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = g_strdup_printf ("/journal-line/bad/%u", i);

      g_test_add_data_func (path, bad[i], test_bad);
    }

  return g_test_run ();
}
