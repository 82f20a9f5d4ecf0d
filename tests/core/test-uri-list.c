/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-uri-list.h"

#include <string.h>

#include "skein-error.h"
#include "skein-text.h"
#include "skein-uri.h"

static SkeinUriList *
parse (const char       *text,
       SkeinUriListForm  form)
{
  return skein_uri_list_parse (text, strlen (text), form);
}

/* The addresses with a blank after each, in one string. */
static void
assert_addresses (const SkeinUriList *list,
                  const char         *expected)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < list->addresses->len; i++)
    g_string_append_printf (joined, "%s ", (const char *) g_ptr_array_index (list->addresses, i));

  g_assert_cmpstr (joined->str, ==, expected);
  g_assert_cmpuint (list->logins->len, ==, list->addresses->len);
  g_string_free (joined, TRUE);
}

static void
assert_reject (const SkeinUriList *list,
               guint               i,
               guint               line,
               const char         *text,
               SkeinError          code)
{
  const SkeinUriReject *reject;

  g_assert_cmpuint (list->rejects->len, >, i);
  reject = g_ptr_array_index (list->rejects, i);
  g_assert_cmpuint (reject->line, ==, line);
  g_assert_cmpstr (reject->text, ==, text);
  g_assert_error (reject->error, SKEIN_ERROR, (int) code);
}

static void
test_lines (void)
{
  g_autoptr (SkeinUriList) list =
    parse ("\xef\xbb\xbf# comment\n"
           "http://a/1\r\n"
           "\r\n"
           "  http://a/2\t\r"
           "http://a/1#again\n"
           "file:///etc/passwd\n"
           "example.org/x\n"
           "http://u:p@b/3\n"
           "\"http://a/quoted\"\n"
           "<http://a/angle>\n"
           "http://a/x y z\n"
           "http://a/4\thttp://a/5  HTTPS://a/6\n"
           "http://a/7",
           SKEIN_URI_LIST_LINES);

  assert_addresses (list,
                    "http://a/1 http://a/2 http://b/3 http://a/quoted http://a/angle http://a/x%20y%20z "
                    "http://a/4 http://a/5 https://a/6 http://a/7 ");
  g_assert_cmpstr (g_ptr_array_index (list->logins, 0), ==, NULL);
  g_assert_cmpstr (g_ptr_array_index (list->logins, 2), ==, "u:p");
  g_assert_cmpuint (list->repeated, ==, 1);
  g_assert_cmpuint (list->rejected, ==, 2);
  g_assert_cmpuint (list->rejects->len, ==, 2);
  g_assert_false (list->cut);
  assert_reject (list, 0, 6, "file:///etc/passwd", SKEIN_ERROR_UNSUPPORTED_SCHEME);
  assert_reject (list, 1, 7, "example.org/x", SKEIN_ERROR_INVALID_ADDRESS);
}

static void
test_nothing (void)
{
  static const char * const texts[] = {
    "", "\n", "\r\n\r\n", "# only\n#comments", " \t ", "\xef\xbb\xbf",
  };
  g_autoptr (SkeinUriList) none = skein_uri_list_parse (NULL, 0, SKEIN_URI_LIST_LINES);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (SkeinUriList) list = parse (texts[i], SKEIN_URI_LIST_LINES);
      g_autoptr (SkeinUriList) prose = parse (texts[i], SKEIN_URI_LIST_PROSE);

      assert_addresses (list, "");
      g_assert_cmpuint (list->rejects->len, ==, 0);
      g_assert_cmpuint (prose->rejects->len, ==, 1);
    }

  assert_addresses (none, "");
}

static void
test_reject_text (void)
{
  g_autofree char *wide = g_strnfill (500, 'x');
  g_autofree char *text = g_strdup_printf ("a\033[1mb\xe2\x80\xae\n%s\n", wide);
  g_autoptr (SkeinUriList) list = parse (text, SKEIN_URI_LIST_LINES);
  const SkeinUriReject *reject;

  assert_reject (list, 0, 1, "a\xef\xbf\xbd[1mb\xef\xbf\xbd", SKEIN_ERROR_INVALID_ADDRESS);
  reject = g_ptr_array_index (list->rejects, 1);
  g_assert_cmpint (g_utf8_strlen (reject->text, -1), ==, 200);
  g_assert_true (g_str_has_suffix (reject->text, "x…"));
}

static void
test_nul (void)
{
  static const char text[] = "http://a/1\0evil\nhttp://a/2\n\0";
  g_autoptr (SkeinUriList) list = skein_uri_list_parse (text, sizeof text, SKEIN_URI_LIST_LINES);

  assert_addresses (list, "http://a/2 ");
  g_assert_cmpuint (list->rejects->len, ==, 1);
  assert_reject (list, 0, 1, "http://a/1\xef\xbf\xbd" "evil", SKEIN_ERROR_INVALID_ADDRESS);
}

static void
test_utf16 (void)
{
  static const char little[] = "\xff\xfeh\0t\0t\0p\0:\0/\0/\0a\0/\0\xe4\0\n\0\x3d\xd8\0\xde";
  static const char big[] = "\xfe\xff\0h\0t\0t\0p\0:\0/\0/\0a\0/\0\xe4\0\r\0\n";
  g_autoptr (SkeinUriList) a = skein_uri_list_parse (little, sizeof little - 1, SKEIN_URI_LIST_LINES);
  g_autoptr (SkeinUriList) b = skein_uri_list_parse (big, sizeof big - 1, SKEIN_URI_LIST_PROSE);

  assert_addresses (a, "http://a/%C3%A4 ");
  assert_reject (a, 0, 2, "\xf0\x9f\x98\x80", SKEIN_ERROR_INVALID_ADDRESS);
  assert_addresses (b, "http://a/%C3%A4 ");
}

typedef struct
{
  const char *text;
  const char *addresses;
} ProseCase;

static void
test_prose (void)
{
  static const ProseCase cases[] = {
    { "See http://a/1.", "http://a/1 " },
    { "See http://a/1, http://a/2; and http://a/3!?", "http://a/1 http://a/2 http://a/3 " },
    { "(http://a/1)", "http://a/1 " },
    { "(see http://a/x_(y).)", "http://a/x_(y) " },
    { "[text](http://a/1).", "http://a/1 " },
    { "[http://[::1]:80/x]", "http://[::1]/x " },
    { "<http://a/1>", "http://a/1 " },
    { "<a href=\"http://a/1\">http://a/2</a>", "http://a/1 http://a/2 " },
    { "'http://a/1' \"http://a/2\" `http://a/3`", "http://a/1 http://a/2 http://a/3 " },
    { "“http://a/1” «http://a/2» ‘http://a/3’", "http://a/1 http://a/2 http://a/3 " },
    { "見る「http://a/1」、http://a/2。", "http://a/1 http://a/2 " },
    { "**http://a/1**", "http://a/1 " },
    { "http://a/1,http://a/2|HTTP://A/3", "http://a/1 http://a/2 http://a/3 " },
    { "end.http://a/1 x:http://a/2 =http://a/3", "http://a/1 http://a/2 http://a/3 " },
    { "http://web/2020/http://b/x?u=http://c/", "http://web/2020/http://b/x?u=http://c/ " },
    { "http://a/\xc3\xa4 http://a/\xe4", "http://a/%C3%A4 http://a/%E4 " },
    { "http://a/x\xc2\xa0y http://a/z\xe2\x80\x8b", "http://a/x http://a/z " },
    { "http://a/?q=1&r=(2)", "http://a/?q=1&r=(2) " },
    { "http://a/1...", "http://a/1 " },
    { "http://a/1)))]}", "http://a/1 " },
    { "http://a/1(", "http://a/1 " },
    { "one\nhttp://a/1\r\ntwo\rhttp://a/2", "http://a/1 http://a/2 " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SkeinUriList) list = parse (cases[i].text, SKEIN_URI_LIST_PROSE);

      assert_addresses (list, cases[i].addresses);
      g_assert_cmpuint (list->rejects->len, ==, 0);
    }
}

static void
test_prose_rejects (void)
{
  g_autoptr (SkeinUriList) list =
    parse ("Plain words: nothing here, C:\\x or C://x, 12:30, mailto:a@b.\n"
           "ftp://a/x, magnet:?xt=urn:btih:1 and file:///etc.\n"
           "http://a/1 and (http://user@/) http://\n",
           SKEIN_URI_LIST_PROSE);
  g_autoptr (SkeinUriList) none = parse ("just\nwords", SKEIN_URI_LIST_PROSE);

  assert_addresses (list, "http://a/1 ");
  g_assert_cmpuint (list->rejects->len, ==, 5);
  assert_reject (list, 0, 2, "ftp://a/x", SKEIN_ERROR_UNSUPPORTED_SCHEME);
  assert_reject (list, 1, 2, "magnet:?xt=urn:btih:1", SKEIN_ERROR_UNSUPPORTED_SCHEME);
  assert_reject (list, 2, 2, "file:///etc", SKEIN_ERROR_UNSUPPORTED_SCHEME);
  assert_reject (list, 3, 3, "http://user@/", SKEIN_ERROR_INVALID_ADDRESS);
  assert_reject (list, 4, 3, "http://", SKEIN_ERROR_INVALID_ADDRESS);

  assert_addresses (none, "");
  g_assert_cmpuint (none->rejects->len, ==, 1);
  assert_reject (none, 0, 1, "just\xef\xbf\xbdwords", SKEIN_ERROR_INVALID_ADDRESS);
}

static void
test_uri_list (void)
{
  g_autoptr (SkeinUriList) list =
    parse ("# http://a/comment\r\nhttp://a/1\r\nfile:///x\r\nhttp://a/2\r\n", SKEIN_URI_LIST_URI_LIST);

  assert_addresses (list, "http://a/1 http://a/2 ");
  g_assert_cmpuint (list->rejects->len, ==, 1);
  assert_reject (list, 0, 3, "file:///x", SKEIN_ERROR_UNSUPPORTED_SCHEME);
}

static void
test_moz_url (void)
{
  static const char plain[] = "http://a/1\nhttp://title/\nhttp://a/2\nTitle";
  char wide[2 * sizeof plain] = { 0 };
  g_autoptr (SkeinUriList) utf16 = NULL;
  g_autoptr (SkeinUriList) utf8 = parse (plain, SKEIN_URI_LIST_MOZ_URL);

  for (gsize i = 0; i < sizeof plain; i++)
    wide[2 * i] = plain[i];
  utf16 = skein_uri_list_parse (wide, sizeof wide, SKEIN_URI_LIST_MOZ_URL);

  assert_addresses (utf16, "http://a/1 http://a/2 ");
  assert_addresses (utf8, "http://a/1 http://a/2 ");
  g_assert_cmpuint (utf16->rejects->len + utf8->rejects->len, ==, 0);
}

static void
test_many (void)
{
  GString *text = g_string_new (NULL);
  g_autoptr (SkeinUriList) list = NULL;

  for (guint i = 0; i <= SKEIN_URI_LIST_MAX_ADDRESSES + 10; i++)
    g_string_append_printf (text, "http://a/%u\n", i);
  list = parse (text->str, SKEIN_URI_LIST_LINES);
  g_string_free (text, TRUE);

  g_assert_cmpuint (list->addresses->len, ==, SKEIN_URI_LIST_MAX_ADDRESSES);
  g_assert_true (list->cut);
  g_assert_cmpuint (list->rejects->len, ==, 1);
  assert_reject (list, 0, SKEIN_URI_LIST_MAX_ADDRESSES + 1, "http://a/200000", SKEIN_ERROR_TOO_LARGE);
}

static void
test_many_rejects (void)
{
  GString *text = g_string_new (NULL);
  g_autoptr (SkeinUriList) list = NULL;

  for (guint i = 0; i < 5 * SKEIN_URI_LIST_MAX_REJECTS; i++)
    g_string_append (text, "x\n");
  g_string_append (text, "http://a/1");
  list = parse (text->str, SKEIN_URI_LIST_LINES);
  g_string_free (text, TRUE);

  assert_addresses (list, "http://a/1 ");
  g_assert_cmpuint (list->rejects->len, ==, SKEIN_URI_LIST_MAX_REJECTS);
  g_assert_cmpuint (list->rejected, ==, 5 * SKEIN_URI_LIST_MAX_REJECTS);
  g_assert_false (list->cut);
}

/* One long line of what makes a careless scanner go back and forth; then the limit of length. */
static void
test_long (void)
{
  static const char * const fills[] = {
    "://", "a:", "http:", ")", "(", "=?", "h", ",http", " http:/", "://)",
  };
  gsize length = (gsize) SKEIN_URI_LIST_MAX_LENGTH + 100;
  g_autofree char *big = g_malloc (length);
  g_autoptr (SkeinUriList) list = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (fills); i++)
    {
      GString *text = g_string_new ("http://a/");

      while (text->len < 500000)
        g_string_append (text, fills[i]);
      for (int form = SKEIN_URI_LIST_LINES; form <= SKEIN_URI_LIST_MOZ_URL; form++)
        skein_uri_list_free (parse (text->str, (SkeinUriListForm) form));
      g_string_free (text, TRUE);
    }

  memset (big, '\n', length);
  memcpy (big, "http://a/1", 10);
  memcpy (big + SKEIN_URI_LIST_MAX_LENGTH - 12, "\nhttp://a/longer", 16);
  list = skein_uri_list_parse (big, length, SKEIN_URI_LIST_LINES);
  assert_addresses (list, "http://a/1 ");
  g_assert_true (list->cut);
  g_assert_cmpuint (list->rejects->len, ==, 1);
  g_assert_error (((SkeinUriReject *) g_ptr_array_index (list->rejects, 0))->error,
                  SKEIN_ERROR, SKEIN_ERROR_TOO_LARGE);
}

static void
check_list (const SkeinUriList *list)
{
  g_assert_cmpuint (list->logins->len, ==, list->addresses->len);
  for (guint i = 0; i < list->addresses->len; i++)
    {
      const char *address = g_ptr_array_index (list->addresses, i);
      g_autofree char *again = skein_uri_clean (address, NULL, NULL);

      g_assert_cmpstr (address, ==, again);
    }
  for (guint i = 0; i < list->rejects->len; i++)
    {
      const SkeinUriReject *reject = g_ptr_array_index (list->rejects, i);

      g_assert_cmpuint (reject->line, >, 0);
      g_assert_nonnull (reject->error);
      g_assert_true (g_utf8_validate (reject->text, -1, NULL));
      g_assert_cmpint (g_utf8_strlen (reject->text, -1), <=, 200);
    }
}

static const char pieces[][8] = {
  "http://", "https:", "//", "a", "b.c", "/", ":", "@", " ", "\n", "\r", "#", "<", ">", "\"", "(", ")", "%",
  "\xff\xfe", "\xfe\xff", "\xef\xbb\xbf", "\xe2\x80\x9c", "\xc3", "magnet:", "?", ",", ".", "ftp",
};

static void
test_property (void)
{
  guint taken = 0;

  for (guint round = 0; round < 20000; round++)
    {
      GString *bytes = g_string_new (NULL);
      gboolean noise = g_test_rand_int_range (0, 4) == 0;
      int n = g_test_rand_int_range (0, 40);

      for (int i = 0; i < n; i++)
        {
          int piece = g_test_rand_int_range (0, G_N_ELEMENTS (pieces) + 1);

          if (noise || piece == G_N_ELEMENTS (pieces))
            g_string_append_c (bytes, (char) g_test_rand_int_range (0, 256));
          else
            g_string_append (bytes, pieces[piece]);
        }

      for (int form = SKEIN_URI_LIST_LINES; form <= SKEIN_URI_LIST_MOZ_URL; form++)
        {
          g_autofree char *exact = g_memdup2 (bytes->str, bytes->len);
          g_autoptr (SkeinUriList) list =
            skein_uri_list_parse (exact, bytes->len, (SkeinUriListForm) form);

          check_list (list);
          taken += list->addresses->len;
        }
      g_string_free (bytes, TRUE);
    }

  g_assert_cmpuint (taken, >, 1000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/uri-list/lines", test_lines);
  g_test_add_func ("/uri-list/nothing", test_nothing);
  g_test_add_func ("/uri-list/reject-text", test_reject_text);
  g_test_add_func ("/uri-list/nul", test_nul);
  g_test_add_func ("/uri-list/utf16", test_utf16);
  g_test_add_func ("/uri-list/prose", test_prose);
  g_test_add_func ("/uri-list/prose/rejects", test_prose_rejects);
  g_test_add_func ("/uri-list/uri-list", test_uri_list);
  g_test_add_func ("/uri-list/moz-url", test_moz_url);
  g_test_add_func ("/uri-list/many", test_many);
  g_test_add_func ("/uri-list/many-rejects", test_many_rejects);
  g_test_add_func ("/uri-list/long", test_long);
  g_test_add_func ("/uri-list/property", test_property);

  return g_test_run ();
}
