/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-input-list.h"

#include <string.h>

#include "skein-error.h"

static void
append_strings (GString    *log,
                const char *key,
                GPtrArray  *strings)
{
  for (guint i = 0; i < strings->len; i++)
    g_string_append_printf (log, " %s<%s>", key, (char *) g_ptr_array_index (strings, i));
}

static void
append_string (GString    *log,
               const char *key,
               const char *string)
{
  if (string != NULL)
    g_string_append_printf (log, " %s<%s>", key, string);
}

static void
log_cb (const SkeinInputEntry *entry,
        const SkeinUriReject  *reject,
        gpointer               data)
{
  GString *log = data;

  g_assert_true ((entry == NULL) != (reject == NULL));
  if (entry != NULL)
    {
      g_assert_cmpuint (entry->addresses->len, >, 0);
      g_string_append_printf (log, "%u:", entry->line);
      append_strings (log, "", entry->addresses);
      append_string (log, "out", entry->out);
      append_string (log, "dir", entry->dir);
      append_string (log, "checksum", entry->checksum);
      append_strings (log, "header", entry->headers);
    }
  else
    {
      g_assert_true (reject->error->domain == SKEIN_ERROR || reject->error->domain == G_OPTION_ERROR);
      g_string_append_printf (log, "%u! %s %s", reject->line, reject->text,
                              reject->error->domain == SKEIN_ERROR ? "line" : "option");
    }
  g_string_append_c (log, '\n');
}

/* Cut into blocks of @block bytes, each in memory of its own. */
static char *
read_list (const char *text,
           gsize       length,
           gsize       block)
{
  GString *log = g_string_new (NULL);
  g_autoptr (SkeinInputList) list = skein_input_list_new (log_cb, log);

  for (gsize i = 0; i < length; i += block)
    {
      gsize n = MIN (block, length - i);
      g_autofree char *copy = g_memdup2 (text + i, n);

      skein_input_list_feed (list, copy, n);
    }
  skein_input_list_end (list);

  return g_string_free (log, FALSE);
}

static void
assert_read (const char *text,
             gsize       length,
             const char *expected)
{
  for (gsize block = 1; block <= length + 1; block++)
    {
      g_autofree char *log = read_list (text, length, block);

      g_assert_cmpstr (log, ==, expected);
    }
}

static void
assert_list (const char *text,
             const char *expected)
{
  assert_read (text, strlen (text), expected);
}

static void
test_plain (void)
{
  assert_list ("", "");
  assert_list ("\n\r\n \n\t\n", "");
  assert_list ("http://a/1", "1: <http://a/1>\n");
  assert_list ("http://a/1\nhttp://a/2\n", "1: <http://a/1>\n2: <http://a/2>\n");
  assert_list ("# http://a/c\n\nhttp://a/1  \r\n#x\rhttp://a/2", "3: <http://a/1>\n5: <http://a/2>\n");
  assert_list ("\xef\xbb\xbfhttp://a/1", "1: <http://a/1>\n");
  assert_list ("\xef\xbb\xbf# http://a/1", "");
  assert_list ("http://a/[1-3]{x,y} z", "1: <http://a/[1-3]{x,y} z>\n");
}

static void
test_mirrors (void)
{
  assert_list ("http://a/1\thttp://b/1\t\t http://c/1 \t\n\thttp://no/\n",
               "2! \xef\xbf\xbdhttp://no/ option\n1: <http://a/1> <http://b/1> <http://c/1>\n");
}

static void
test_options (void)
{
  assert_list ("http://a/1\n"
               "  out=a b.iso\n"
               "\tdir=/tmp/x=y\n"
               " checksum=sha-256=00ff\n"
               " header=X-One: 1\r\n"
               "\n"
               "# between\n"
               "  # inside\n"
               " header=X-Two:2=3\n"
               "http://a/2\n"
               " out=first\n"
               " out=last\n",
               "1: <http://a/1> out<a b.iso> dir</tmp/x=y> checksum<sha-256=00ff> header<X-One: 1>"
               " header<X-Two: 2=3>\n"
               "10: <http://a/2> out<last>\n");
}

static void
test_rejects (void)
{
  assert_list (" out=x\nhttp://a/1\n split=5\n out\n out=\n header=X\n header=: 1\n header=A B: 1\n dir=d\n",
               "1!  out=x option\n3!  split=5 option\n4!  out option\n5!  out= option\n6!  header= option\n"
               "7!  header= option\n8!  header=A B option\n2: <http://a/1> dir<d>\n");
}

/* The options of a line that is not taken must not become those of the entry above. */
static void
test_dropped (void)
{
  static const char text[] = "http://a/1\nhttp://a/2\0evil\n out=x\n split=1\nhttp://a/3\n out=b\033c\n out=y";

  assert_read (text, sizeof text - 1,
               "1: <http://a/1>\n2! http://a/2\xef\xbf\xbd" "evil line\n"
               "6!  out=b\xef\xbf\xbd" "c option\n5: <http://a/3> out<y>\n");
}

static void
test_header_injection (void)
{
  static const char text[] = "http://a/1\n header=X: 1\r\n Host: evil\n header=Y: a\0b\n header=Z: \x7f\n";

  assert_read (text, sizeof text - 1,
               "3!  Host: evil option\n4!  header=Y option\n"
               "5!  header=Z option\n1: <http://a/1> header<X: 1>\n");
}

static void
test_limits (void)
{
  GString *text = g_string_new (NULL);
  g_autofree char *log = NULL;
  g_auto (GStrv) lines = NULL;

  for (guint i = 0; i <= SKEIN_INPUT_LIST_MAX_LINE; i++)
    g_string_append_c (text, 'x');
  g_string_append (text, "\n out=x\nhttp://a/1\n header=a: ");
  for (guint i = 0; i <= SKEIN_INPUT_LIST_MAX_LINE; i++)
    g_string_append_c (text, 'x');
  for (guint i = 0; i <= SKEIN_INPUT_LIST_MAX_ADDRESSES; i++)
    g_string_append_printf (text, "%shttp://b/%u", i > 0 ? "\t\t" : "\n", i);
  g_string_append (text, "\nhttp://a/2\n");
  for (guint i = 0; i <= SKEIN_INPUT_LIST_MAX_HEADERS; i++)
    g_string_append_printf (text, " header=X: %u\n", i);

  log = read_list (text->str, text->len, 4096);
  lines = g_strsplit (log, "\n", -1);
  g_string_free (text, TRUE);

  g_assert_cmpuint (g_strv_length (lines), ==, 7);
  g_assert_true (g_str_has_prefix (lines[0], "1! xxx"));
  g_assert_true (g_str_has_prefix (lines[1], "4!  header=a option"));
  g_assert_cmpstr (lines[2], ==, "3: <http://a/1>");
  g_assert_true (g_str_has_prefix (lines[3], "5! http://b/0\xef\xbf\xbd"));
  g_assert_cmpstr (lines[4], ==, "107!  header=X option");
  g_assert_true (g_str_has_prefix (lines[5], "6: <http://a/2> header<X: 0>"));
  g_assert_true (g_str_has_suffix (lines[5], "header<X: 99>"));
}

typedef struct
{
  guint entries;
  guint rejects;
} Count;

static void
count_cb (const SkeinInputEntry *entry,
          const SkeinUriReject  *reject,
          gpointer               data)
{
  Count *count = data;

  if (entry != NULL)
    count->entries++;
  else
    count->rejects++;
}

/* One block again and again: what is held does not grow with the list, so that this needs no memory. */
static void
test_many (void)
{
  Count count = { 0 };
  g_autoptr (SkeinInputList) list = skein_input_list_new (count_cb, &count);
  GString *block = g_string_new (NULL);

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (block, "http://example.org/%0960u\n out=%u\n", i, i);
  for (guint i = 0; i < 1000; i++)
    skein_input_list_feed (list, block->str, block->len);
  skein_input_list_end (list);
  g_string_free (block, TRUE);

  g_assert_cmpuint (count.entries, ==, 100000);
  g_assert_cmpuint (count.rejects, ==, 0);
}

static void
test_not_ended (void)
{
  Count count = { 0 };
  SkeinInputList *list = skein_input_list_new (count_cb, &count);

  skein_input_list_feed (list, "http://a/1\n out=x\nhttp", 22);
  skein_input_list_free (list);

  g_assert_cmpuint (count.entries, ==, 0);
}

static const char pieces[][8] = {
  "http://", "a", "\t", " ", "\n", "\r", "#", "=", ":", " out=", " dir=", "\xef\xbb\xbf", "\xff", " X", "header=",
};

static void
test_property (void)
{
  for (guint round = 0; round < 5000; round++)
    {
      GString *text = g_string_new (NULL);
      int n = g_test_rand_int_range (0, 40);
      g_autofree char *whole = NULL;
      g_autofree char *cut = NULL;

      for (int i = 0; i < n; i++)
        {
          int piece = g_test_rand_int_range (0, G_N_ELEMENTS (pieces) + 1);

          if (piece == G_N_ELEMENTS (pieces))
            g_string_append_c (text, (char) g_test_rand_int_range (0, 256));
          else
            g_string_append (text, pieces[piece]);
        }

      whole = read_list (text->str, text->len, text->len + 1);
      cut = read_list (text->str, text->len, (gsize) g_test_rand_int_range (1, 7));
      g_assert_cmpstr (whole, ==, cut);
      g_string_free (text, TRUE);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/input-list/plain", test_plain);
  g_test_add_func ("/input-list/mirrors", test_mirrors);
  g_test_add_func ("/input-list/options", test_options);
  g_test_add_func ("/input-list/rejects", test_rejects);
  g_test_add_func ("/input-list/dropped", test_dropped);
  g_test_add_func ("/input-list/header-injection", test_header_injection);
  g_test_add_func ("/input-list/limits", test_limits);
  g_test_add_func ("/input-list/many", test_many);
  g_test_add_func ("/input-list/not-ended", test_not_ended);
  g_test_add_func ("/input-list/property", test_property);

  return g_test_run ();
}
