/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-pattern.h"

#include <string.h>

#include "skein-error.h"

static char *
expand (const char *text)
{
  g_autoptr (GPtrArray) addresses = NULL;
  g_autoptr (GError) error = NULL;
  GString *joined = g_string_new (NULL);
  guint64 count = skein_pattern_count (text, &error);

  g_assert_no_error (error);
  g_assert_true (skein_pattern_expand (text, SKEIN_PATTERN_DEFAULT_MOST, &addresses, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (addresses->len, ==, count);

  for (guint i = 0; i < addresses->len; i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? " " : "", (char *) g_ptr_array_index (addresses, i));

  return g_string_free (joined, FALSE);
}

static void
assert_expands (const char *text,
                const char *expected)
{
  g_autofree char *got = expand (text);

  g_assert_cmpstr (got, ==, expected);
}

static void
assert_refused (const char *text,
                SkeinError  code)
{
  g_autoptr (GPtrArray) addresses = NULL;
  g_autoptr (GError) count_error = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (skein_pattern_count (text, &count_error), ==, 0);
  g_assert_error (count_error, SKEIN_ERROR, (int) code);
  g_assert_false (skein_pattern_expand (text, SKEIN_PATTERN_DEFAULT_MOST, &addresses, &error));
  g_assert_error (error, SKEIN_ERROR, (int) code);
  g_assert_null (addresses);
}

static void
test_ranges (void)
{
  assert_expands ("h/[1-3]", "h/1 h/2 h/3");
  assert_expands ("h/[7-7].x", "h/7.x");
  assert_expands ("h/[008-011]", "h/008 h/009 h/010 h/011");
  assert_expands ("h/[0-2]", "h/0 h/1 h/2");
  assert_expands ("h/[8-010]", "h/008 h/009 h/010");
  assert_expands ("h/[00-00]", "h/00");
  assert_expands ("h/[1-10:4]", "h/1 h/5 h/9");
  assert_expands ("h/[1-2:9999]", "h/1");
  assert_expands ("h/[a-d]", "h/a h/b h/c h/d");
  assert_expands ("h/[W-Z:2]", "h/W h/Y");
  assert_expands ("h/[18446744073709551614-18446744073709551615]",
                  "h/18446744073709551614 h/18446744073709551615");
}

static void
test_sets (void)
{
  assert_expands ("h/{one,two}.x", "h/one.x h/two.x");
  assert_expands ("h/a{,.sig}", "h/a h/a.sig");
  assert_expands ("{a,b}{c,d}", "ac ad bc bd");
  assert_expands ("h/[1-2]{a,b}[x-y]", "h/1ax h/1ay h/1bx h/1by h/2ax h/2ay h/2bx h/2by");
  assert_expands ("{a\\,b,c}", "a,b c");
}

static void
test_plain (void)
{
  static const char * const plain[] = {
    "", "http://a/", "http://[::1]:80/x", "http://[fe80::1-2]/", "http://a/?f[name]=1&g[]=2", "h/[1]",
    "h/[1-]", "h/[-1]", "h/[1-2", "h/[1-2:]", "h/[1-2:3", "h/[1-2 ]", "h/[a-bc]", "h/[1-a]", "h/{a}", "h/{}",
    "h/{a,b", "h/a,b}", "h/}{", "a\\b", "\\", "[", "{", "]", "h/{a{b}}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (plain); i++)
    assert_expands (plain[i], plain[i]);

  assert_expands ("http://[::1]/[1-2]", "http://[::1]/1 http://[::1]/2");
  assert_expands ("h/{[1-2]}", "h/{1} h/{2}");
  assert_expands ("h/}{a,b}", "h/}a h/}b");
}

static void
test_escapes (void)
{
  assert_expands ("h/\\[1-3\\]", "h/[1-3]");
  assert_expands ("h/\\{a,b\\}", "h/{a,b}");
  assert_expands ("h/{\\{,\\}}", "h/{ h/}");
  assert_expands ("h/{a\\[1-2],b}", "h/a[1-2] h/b");
  assert_expands ("\\x\\", "\\x\\");
  assert_expands ("\\\\[1-2]", "\\[1-2]");
}

static void
test_refused (void)
{
  assert_refused ("h/[3-1]", SKEIN_ERROR_INVALID_ADDRESS);
  assert_refused ("h/[z-a]", SKEIN_ERROR_INVALID_ADDRESS);
  assert_refused ("h/[a-Z]", SKEIN_ERROR_INVALID_ADDRESS);
  assert_refused ("h/[A-z]", SKEIN_ERROR_INVALID_ADDRESS);
  assert_refused ("h/[1-9:0]", SKEIN_ERROR_INVALID_ADDRESS);
  assert_refused ("h/[a-z:0]", SKEIN_ERROR_INVALID_ADDRESS);
  assert_refused ("h/{a,{b,c}}", SKEIN_ERROR_INVALID_ADDRESS);
  assert_refused ("h/{a{b,c},d}", SKEIN_ERROR_INVALID_ADDRESS);
  assert_refused ("h/{a,[1-2]}", SKEIN_ERROR_INVALID_ADDRESS);
  assert_refused ("h/[0-18446744073709551616]", SKEIN_ERROR_TOO_LARGE);
  assert_refused ("h/[0-99999999999999999999999999999999]", SKEIN_ERROR_TOO_LARGE);
  assert_refused ("h/[1-2:18446744073709551616]", SKEIN_ERROR_TOO_LARGE);
  assert_refused ("h/[0-18446744073709551615]", SKEIN_ERROR_TOO_LARGE);
  assert_refused ("h/[1-99999999999][1-99999999999]", SKEIN_ERROR_TOO_LARGE);
}

/* All of it is refused before anything is built: what it would take does not fit any memory. */
static void
test_cap (void)
{
  static const char wide[] = "h/[0-999999999]";
  g_autoptr (GPtrArray) addresses = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *fill = g_strnfill (SKEIN_PATTERN_MAX_LENGTH / 10, 'x');
  g_autofree char *text = g_strconcat (fill, "[1-10]", NULL);

  g_assert_cmpuint (skein_pattern_count (wide, NULL), ==, 1000000000);
  g_assert_false (skein_pattern_expand (wide, 10000, &addresses, &error));
  g_assert_error (error, SKEIN_ERROR, SKEIN_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, "1000000000"));
  g_assert_nonnull (strstr (error->message, "10000 "));
  g_clear_error (&error);

  g_assert_true (skein_pattern_expand ("[1-10000]", 10000, &addresses, NULL));
  g_assert_cmpuint (addresses->len, ==, 10000);
  g_clear_pointer (&addresses, g_ptr_array_unref);
  g_assert_false (skein_pattern_expand ("[0-10000]", 10000, &addresses, NULL));
  g_assert_false (skein_pattern_expand ("[1-10][1-1000][0-1]", 10000, &addresses, NULL));

  g_assert_false (skein_pattern_expand (text, 10000, &addresses, &error));
  g_assert_error (error, SKEIN_ERROR, SKEIN_ERROR_TOO_LARGE);
  g_assert_null (addresses);
}

/* What makes a careless reader go through the rest again and again. */
static void
test_long (void)
{
  static const char * const fills[] = { "{", "{a", "[", "[1", "[1-", "\\", "\\{", "{}", "{[", "[1-1]" };

  for (gsize i = 0; i < G_N_ELEMENTS (fills); i++)
    {
      GString *text = g_string_new (NULL);

      while (text->len < 1000000)
        g_string_append (text, fills[i]);
      g_assert_cmpuint (skein_pattern_count (text->str, NULL), ==, 1);
      g_string_append_c (text, '}');
      g_assert_cmpuint (skein_pattern_count (text->str, NULL), ==, 1);
      g_string_free (text, TRUE);
    }
}

static const char pieces[][8] = {
  "[", "]", "{", "}", ",", "\\", "1", "09", "-", ":", "a", "z", "Z", "[1-2]", "[a-c]", "{x,y}", "[0-3:2]",
};

static void
test_property (void)
{
  guint many = 0;

  for (guint round = 0; round < 20000; round++)
    {
      GString *text = g_string_new (NULL);
      g_autoptr (GPtrArray) addresses = NULL;
      int n = g_test_rand_int_range (0, 12);
      guint64 count;
      gboolean expanded;

      for (int i = 0; i < n; i++)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);

      count = skein_pattern_count (text->str, NULL);
      expanded = skein_pattern_expand (text->str, 100, &addresses, NULL);
      g_assert_true (expanded == (count > 0 && count <= 100));
      if (expanded)
        {
          g_assert_cmpuint (addresses->len, ==, count);
          many += count > 1;
          for (guint i = 0; i < addresses->len; i++)
            g_assert_cmpuint (strlen (g_ptr_array_index (addresses, i)), <=, text->len);
        }
      g_string_free (text, TRUE);
    }

  g_assert_cmpuint (many, >, 1000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pattern/ranges", test_ranges);
  g_test_add_func ("/pattern/sets", test_sets);
  g_test_add_func ("/pattern/plain", test_plain);
  g_test_add_func ("/pattern/escapes", test_escapes);
  g_test_add_func ("/pattern/refused", test_refused);
  g_test_add_func ("/pattern/cap", test_cap);
  g_test_add_func ("/pattern/long", test_long);
  g_test_add_func ("/pattern/property", test_property);

  return g_test_run ();
}
