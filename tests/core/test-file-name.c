/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-file-name.h"

#include <string.h>

#include "skein-text.h"

typedef struct
{
  const char *from;
  const char *name;
} Case;

static const Case sanitize_cases[] = {
  { "file.iso", "file.iso" },
  { "", "download" },
  { ".", "download" },
  { "..", "download" },
  { "...", "download" },
  { " . . ", "download" },
  { "/", "download" },
  { "\\", "download" },
  { "../..", "download" },
  { "../../etc/passwd", "passwd" },
  { "..\\..\\x", "x" },
  { "/etc/passwd", "passwd" },
  { "a/b/", "b" },
  { "a\\", "a" },
  { "a/..", "download" },
  { "C:\\Users\\x.exe", "x.exe" },
  { "C:x.exe", "C_x.exe" },
  { ".bashrc", "bashrc" },
  { "..a", "a" },
  { "-rf", "rf" },
  { "- .-x", "x" },
  { "~/.profile", "profile" },
  { " a b ", "a b" },
  { "a. . .", "a" },
  { "\xe3\x80\x80" "a\xc2\xa0", "a" },
  { "a<b>c:d\"e|f?g*h", "a_b_c_d_e_f_g_h" },
  { "a\r\nb\tc\033[31m\x7f", "a__b_c_[31m_" },
  { "a\xc2\x85z", "a_z" },
  { "a\xe2\x80\xae" "fdp.exe", "a_fdp.exe" },
  { "a\xe2\x81\xa6z", "a_z" },
  { "a\xe2\x80\x8bz\xef\xbb\xbf", "a_z_" },
  { "a\xe2\x80\xa8z", "a_z" },
  { "a\xef\xbf\xbdz", "a_z" },
  { "caf\xe9.txt", "caf\xc3\xa9.txt" },
  { "10\x80.txt", "10\xe2\x82\xac.txt" },
  { "\xc0\xaf\xc0\xae.txt", "\xc3\x80\xc2\xaf\xc3\x80\xc2\xae.txt" },
  { "\xe6\x97\xa5\xe6\x9c\xac.zip", "\xe6\x97\xa5\xe6\x9c\xac.zip" },
  { "con", "con_" },
  { "NUL", "NUL_" },
  { "nul.txt", "nul_.txt" },
  { "aux.tar.gz", "aux_.tar.gz" },
  { "com1", "com1_" },
  { "LPT9.txt", "LPT9_.txt" },
  { "com\xc2\xb2.x", "com\xc2\xb2_.x" },
  { "con .txt", "con_ .txt" },
  { "CONIN$", "CONIN$_" },
  { "console.txt", "console.txt" },
  { "com10", "com10" },
  { "a.desktop", "a.desktop" },
  { "a.pdf\xe2\x80\xae.exe", "a.pdf_.exe" },
};

static void
test_sanitize (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sanitize_cases); i++)
    {
      g_autofree char *name = skein_file_name_sanitize (sanitize_cases[i].from, -1);

      g_assert_cmpstr (name, ==, sanitize_cases[i].name);
    }
}

static void
test_sanitize_nul (void)
{
  g_autofree char *inside = skein_file_name_sanitize ("a.txt\0.exe", 10);
  g_autofree char *none = skein_file_name_sanitize (NULL, 0);
  g_autofree char *only = skein_file_name_sanitize ("\0", 1);

  g_assert_cmpstr (inside, ==, "a.txt_.exe");
  g_assert_cmpstr (none, ==, "download");
  g_assert_cmpstr (only, ==, "_");
}

static void
check_long (const char *start,
            const char *fill,
            guint       n,
            const char *end)
{
  GString *string = g_string_new (start);
  g_autofree char *name = NULL;
  g_autofree char *again = NULL;

  for (guint i = 0; i < n; i++)
    g_string_append (string, fill);
  g_string_append (string, end);

  name = skein_file_name_sanitize (string->str, -1);
  again = skein_file_name_sanitize (name, -1);
  g_assert_cmpstr (name, ==, again);
  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_assert_true (g_str_has_suffix (name, end));
  g_assert_cmpuint (strlen (name), <=, SKEIN_FILE_NAME_MAX_LENGTH);
  if (string->len <= SKEIN_FILE_NAME_MAX_LENGTH)
    g_assert_cmpstr (name, ==, string->str);
  else
    g_assert_cmpuint (strlen (name), >, SKEIN_FILE_NAME_MAX_LENGTH - 4);
  g_string_free (string, TRUE);
}

static void
test_long (void)
{
  check_long ("", "a", SKEIN_FILE_NAME_MAX_LENGTH, "");
  check_long ("", "a", SKEIN_FILE_NAME_MAX_LENGTH + 1, "");
  check_long ("", "a", SKEIN_FILE_NAME_MAX_LENGTH - 4, ".iso");
  check_long ("", "a", SKEIN_FILE_NAME_MAX_LENGTH - 3, ".iso");
  check_long ("", "a", 70000, ".tar.gz");
  check_long ("", "\xc3\xa4", 200, ".tar.xz");
  check_long ("x", "\xc3\xa4", 200, ".tar.xz");
  check_long ("", "\xf0\x9f\x98\x80", 100, "");
  check_long ("xx", "\xf0\x9f\x98\x80", 100, ".txt");
  check_long ("con_", " ", 300, ".txt");
}

static void
test_long_reserved (void)
{
  static const char * const ends[] = { "x", "x.txt", ".v 1", "x." };

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      for (guint n = SKEIN_FILE_NAME_MAX_LENGTH - 12; n < SKEIN_FILE_NAME_MAX_LENGTH + 4; n++)
        {
          g_autofree char *blank = g_strnfill (n, ' ');
          g_autofree char *text = g_strconcat ("con", blank, ends[i], NULL);
          g_autofree char *name = skein_file_name_sanitize (text, -1);
          g_autofree char *again = skein_file_name_sanitize (name, -1);

          g_assert_cmpstr (name, ==, again);
          g_assert_cmpuint (strlen (name), <=, SKEIN_FILE_NAME_MAX_LENGTH);
          g_assert_cmpuint (strcspn (name, "_ x"), ==, 3);
        }
    }
}

static void
assert_confined (const char *name)
{
  gsize length = strlen (name);

  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_assert_cmpuint (length, >, 0);
  g_assert_cmpuint (length, <=, SKEIN_FILE_NAME_MAX_LENGTH);
  g_assert_null (strpbrk (name, "/\\<>:\"|?*"));
  g_assert_null (strchr (".- ", name[0]));
  g_assert_null (strchr (". ", name[length - 1]));
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_false (skein_text_is_unsafe (g_utf8_get_char (p)));
}

static const char pieces[][8] = {
  "/", "\\", ".", "..", " ", "-", "con", "nul", "com1", "_", "a", ".tar", ".gz", "\xe2\x80\xae", "\xff",
  "\xe2\x80", "\n", "\x1b", "%2f", "\xc2\xa0", "\xe3\x80\x80", "\xcc\x81", ":", "aaaaaaa", "\xc2\xb2",
};

static void
test_sanitize_property (void)
{
  for (guint round = 0; round < 20000; round++)
    {
      GString *bytes = g_string_new (NULL);
      int n = g_test_rand_int_range (0, round % 10 == 0 ? 400 : 12);
      gboolean noise = g_test_rand_bit ();
      g_autofree char *once = NULL;
      g_autofree char *twice = NULL;
      g_autofree char *numbered = NULL;
      g_autofree char *numbered_again = NULL;

      for (int i = 0; i < n; i++)
        {
          if (noise)
            g_string_append_c (bytes, (char) g_test_rand_int_range (0, 256));
          else
            g_string_append (bytes, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
        }

      once = skein_file_name_sanitize (bytes->str, (gssize) bytes->len);
      g_string_free (bytes, TRUE);
      assert_confined (once);
      twice = skein_file_name_sanitize (once, -1);
      g_assert_cmpstr (once, ==, twice);

      numbered = skein_file_name_numbered (once, 999);
      assert_confined (numbered);
      g_assert_nonnull (strstr (numbered, " (999)"));
      numbered_again = skein_file_name_sanitize (numbered, -1);
      g_assert_cmpstr (numbered, ==, numbered_again);
    }
}

static const Case uri_cases[] = {
  { "http://example.org/dir/file.iso", "file.iso" },
  { "http://example.org/dir/file.iso?x=/y/z#f", "file.iso" },
  { "http://example.org/dir/", "dir" },
  { "http://example.org/", "example.org" },
  { "http://example.org", "example.org" },
  { "http://example.org:8080/?a/b", "example.org_8080" },
  { "http://example.org/%20", "example.org" },
  { "http://example.org/%2e%2e", "example.org" },
  { "http://example.org/a%20b%C3%A4.txt", "a b\xc3\xa4.txt" },
  { "http://example.org/..%2f..%2fetc%2fpasswd", "passwd" },
  { "http://example.org/%5c..%5cx", "x" },
  { "http://example.org/a%00b.txt", "a_b.txt" },
  { "http://example.org/caf%E9", "caf\xc3\xa9" },
  { "http://example.org/100%25.txt", "100%.txt" },
  { "http://example.org/a+b", "a+b" },
  { "http://[::1]/", "[__1]" },
  { "nonsense", "download" },
  { "", "download" },
};

static void
test_from_uri (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (uri_cases); i++)
    {
      g_autofree char *name = skein_file_name_from_uri (uri_cases[i].from);

      g_assert_cmpstr (name, ==, uri_cases[i].name);
    }
}

static const Case disposition_cases[] = {
  { "", NULL },
  { "attachment", NULL },
  { "inline", NULL },
  { "attachment; filename", NULL },
  { "attachment; filename=", NULL },
  { "attachment; filename=\"\"", NULL },
  { "attachment; filename=\"..\"", NULL },
  { "attachment; filename=\"../\"", NULL },
  { "attachment; xfilename=foo", NULL },
  { "attachment; filename=foo.html", "foo.html" },
  { "attachment; filename=\"foo.html\"", "foo.html" },
  { "ATTACHMENT ; FILENAME = \"foo.html\" ; size=3", "foo.html" },
  { "filename=foo.html", "foo.html" },
  { "attachment filename=foo.html", "foo.html" },
  { "attachment;filename=foo bar.txt", "foo bar.txt" },
  { "attachment; filename=foo;bar.txt", "foo" },
  { "attachment; filename=\"foo;bar.txt\"", "foo;bar.txt" },
  { "attachment; filename=\"foo.txt", "foo.txt" },
  { "attachment; filename=\"foo.txt\"junk; x=y", "foo.txt" },
  { "attachment; filename=foo\"bar.txt", "foo_bar.txt" },
  { "attachment; filename=\"a\\\"b.txt\"", "a_b.txt" },
  { "attachment; filename=\"a\\\\b.txt\"", "b.txt" },
  { "attachment; filename=\"..\\..\\x\"", "x" },
  { "attachment; filename=\"C:\\dir\\x.txt\"", "x.txt" },
  { "attachment; filename=\"/etc/passwd\"", "passwd" },
  { "attachment; filename=\"../../.bashrc\"", "bashrc" },
  { "attachment; filename=\"a/\"", "a" },
  { "attachment; filename=a; filename=b", "a" },
  { "attachment; dummy=\"filename=x\"; filename=y", "y" },
  { "attachment; filename=\"caf\xe9.txt\"", "caf\xc3\xa9.txt" },
  { "attachment; filename=\"\xe4\xbd\xa0.txt\"", "\xe4\xbd\xa0.txt" },
  { "attachment; filename=\"%E4%BD%A0%20x.txt\"", "\xe4\xbd\xa0 x.txt" },
  { "attachment; filename=\"100%.txt\"", "100%.txt" },
  { "attachment; filename=\"%FF.txt\"", "%FF.txt" },
  { "attachment; filename=\"%2e%2e%2fx\"", "x" },
  { "attachment; filename=\"=?UTF-8?B?5L2gLnR4dA==?=\"", "\xe4\xbd\xa0.txt" },
  { "attachment; filename=\"=?utf-8?q?a_b=2Etxt?=\"", "a b.txt" },
  { "attachment; filename=\"=?utf-8?q?a?= =?utf-8?q?b?=.txt\"", "ab.txt" },
  { "attachment; filename=\"=?iso-8859-1?Q?caf=E9?=.txt\"", "caf\xc3\xa9.txt" },
  { "attachment; filename=\"=?koi8-r?B?xA==?=.txt\"", "\xd0\xb4.txt" },
  { "attachment; filename=\"=?utf-8?q?../../x?=\"", "x" },
  { "attachment; filename=\"=?utf-8?z?x?=\"", "=_utf-8_z_x_=" },
  { "attachment; filename=\"=?utf-8?q?x\"", "=_utf-8_q_x" },
  { "attachment; filename*=UTF-8''%e4%bd%a0.txt", "\xe4\xbd\xa0.txt" },
  { "attachment; filename*=utf-8'en'a%20b.txt", "a b.txt" },
  { "attachment; filename*=\"UTF-8''a.txt\"", "a.txt" },
  { "attachment; filename*=ISO-8859-1''caf%E9.txt", "caf\xc3\xa9.txt" },
  { "attachment; filename*=UTF-8''caf%E9.txt", "caf\xc3\xa9.txt" },
  { "attachment; filename*=ISO-2022-CN-EXT''a%1b.txt", "a_.txt" },
  { "attachment; filename*=a.txt", "a.txt" },
  { "attachment; filename=b.txt; filename*=UTF-8''a.txt", "a.txt" },
  { "attachment; filename*=UTF-8''a.txt; filename=b.txt", "a.txt" },
  { "attachment; filename*=UTF-8''a%zz; filename=b.txt", "b.txt" },
  { "attachment; filename*=UTF-8''; filename=b.txt", "b.txt" },
  { "attachment; filename*=UTF-8''..; filename=b.txt", "b.txt" },
  { "attachment; filename*=UTF-8''a%00b%2Fc%0D%0A%1B.txt", "c___.txt" },
  { "attachment; filename*=UTF-8''..%2f..%2fetc%2fpasswd", "passwd" },
  { "attachment; filename*=UTF-8''a%E2%80%AEtxt.exe", "a_txt.exe" },
};

static void
test_from_disposition (void)
{
  g_assert_null (skein_file_name_from_disposition (NULL));

  for (gsize i = 0; i < G_N_ELEMENTS (disposition_cases); i++)
    {
      const Case *c = &disposition_cases[i];
      g_autofree char *name = skein_file_name_from_disposition (c->from);

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (name, ==, c->name);
    }
}

static const char words[][16] = {
  "attachment", ";", " ", "filename", "*", "=", "\"", "\\", "UTF-8''", "%", "%41", "%2f", "%00", "..", "/",
  "=?", "utf-8", "?q?", "?B?", "?=", "gbk", "\x81", "\xe9", "a", "\n", "'",
};

static void
test_from_disposition_property (void)
{
  guint named = 0;

  for (guint round = 0; round < 20000; round++)
    {
      GString *value = g_string_new (g_test_rand_bit () ? "attachment; filename=" : "filename*=gbk''");
      int n = g_test_rand_int_range (0, 20);
      g_autofree char *name = NULL;

      for (int i = 0; i < n; i++)
        g_string_append (value, words[g_test_rand_int_range (0, G_N_ELEMENTS (words))]);
      name = skein_file_name_from_disposition (value->str);
      g_string_free (value, TRUE);

      if (name != NULL)
        {
          named++;
          assert_confined (name);
        }
    }

  g_assert_cmpuint (named, >, 1000);
}

typedef struct
{
  const char *name;
  guint       n;
  const char *numbered;
} NumberedCase;

static void
test_numbered (void)
{
  static const NumberedCase cases[] = {
    { "a.tar.gz", 2, "a (2).tar.gz" },
    { "a.txt", 1, "a (1).txt" },
    { "a", 999, "a (999)" },
    { "tar.gz", 2, "tar (2).gz" },
    { "linux-6.1", 2, "linux-6.1 (2)" },
    { "Report v1.5 final", 2, "Report v1.5 final (2)" },
    { "a.b.c.7z", 0, "a.b.c (0).7z" },
    { "a.TAR.XZ", 3, "a (3).TAR.XZ" },
    { "con", 2, "con_ (2)" },
    { "../x", 2, "x (2)" },
    { "a.txt", G_MAXUINT, "a (4294967295).txt" },
  };
  g_autofree char *fill = g_strnfill (SKEIN_FILE_NAME_MAX_LENGTH - 4, 'a');
  g_autofree char *full = g_strconcat (fill, ".iso", NULL);
  g_autofree char *numbered = skein_file_name_numbered (full, 12);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = skein_file_name_numbered (cases[i].name, cases[i].n);

      g_assert_cmpstr (name, ==, cases[i].numbered);
    }

  g_assert_cmpuint (strlen (numbered), ==, SKEIN_FILE_NAME_MAX_LENGTH);
  g_assert_true (g_str_has_suffix (numbered, "a (12).iso"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/file-name/sanitize", test_sanitize);
  g_test_add_func ("/file-name/sanitize/nul", test_sanitize_nul);
  g_test_add_func ("/file-name/sanitize/long", test_long);
  g_test_add_func ("/file-name/sanitize/long-reserved", test_long_reserved);
  g_test_add_func ("/file-name/sanitize/property", test_sanitize_property);
  g_test_add_func ("/file-name/from-uri", test_from_uri);
  g_test_add_func ("/file-name/from-disposition", test_from_disposition);
  g_test_add_func ("/file-name/from-disposition/property", test_from_disposition_property);
  g_test_add_func ("/file-name/numbered", test_numbered);

  return g_test_run ();
}
