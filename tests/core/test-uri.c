/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-uri.h"

#include <string.h>

#include "skein-data-uri.h"
#include "skein-error.h"
#include "skein-file-name.h"

typedef struct
{
  const char *text;
  const char *clean; /* NULL: refused with code */
  const char *login;
  SkeinError  code;
} CleanCase;

static const CleanCase clean_cases[] = {
  { "http://example.org", "http://example.org/" },
  { "  \t\r\nhttps://example.org/a \n", "https://example.org/a" },
  { "HTTPS://EXAMPLE.org/Ab?Cd", "https://example.org/Ab?Cd" },
  { "http://example.org:80/a", "http://example.org/a" },
  { "https://example.org:443", "https://example.org/" },
  { "https://example.org:80/", "https://example.org:80/" },
  { "http://example.org:/a", "http://example.org/a" },
  { "http://example.org:65535/", "http://example.org:65535/" },
  { "http://example.org:008080/", "http://example.org:8080/" },
  { "http://example.org./a", "http://example.org/a" },
  { "http://example.org/a#frag?no", "http://example.org/a" },
  { "http://example.org#frag", "http://example.org/" },
  { "http://example.org?q=a/../b", "http://example.org/?q=a/../b" },
  { "http://example.org/a b/c.iso", "http://example.org/a%20b/c.iso" },
  { "http://example.org/\xc3\xa4?\xc3\xb6", "http://example.org/%C3%A4?%C3%B6" },
  { "http://example.org/\xe4", "http://example.org/%E4" },
  { "http://example.org/%zz%4", "http://example.org/%25zz%254" },
  { "http://example.org/%2f%2E%00", "http://example.org/%2f%2E%00" },
  { "http://example.org/a\\b", "http://example.org/a%5Cb" },
  { "http://example.org/<\"^`{|}>[]", "http://example.org/%3C%22%5E%60%7B%7C%7D%3E%5B%5D" },
  { "http://example.org/a/./b/../c/", "http://example.org/a/c/" },
  { "http://example.org/../../etc", "http://example.org/etc" },
  { "http://example.org/a/..", "http://example.org/" },
  { "http://example.org//a//b", "http://example.org//a//b" },
  { "http://example.org/a?b?c=http://d/", "http://example.org/a?b?c=http://d/" },
  { "http://b\xc3\xbc" "cher.example/", "http://xn--bcher-kva.example/" },
  { "http://b%C3%BCcher.example/", "http://xn--bcher-kva.example/" },
  { "http://%65xample.org/", "http://example.org/" },
  { "http://ex_am-ple.org/", "http://ex_am-ple.org/" },
  { "http://[::1]:8080/a", "http://[::1]:8080/a" },
  { "http://[2001:DB8:0:0::1]/", "http://[2001:db8::1]/" },
  { "http://2130706433/", "http://127.0.0.1/" },
  { "http://0x7f.1/", "http://127.0.0.1/" },
  { "http://0X7F000001/", "http://127.0.0.1/" },
  { "http://0177.0.0.1/", "http://127.0.0.1/" },
  { "http://10.1.2.3/", "http://10.1.2.3/" },
  { "http://user:pass@example.org/a", "http://example.org/a", "user:pass" },
  { "http://user@example.org/", "http://example.org/", "user:" },
  { "http://u%40x:p%3Aq@example.org/", "http://example.org/", "u@x:p:q" },
  { "http://me:a@b@example.org/", "http://example.org/", "me:a@b" },
  { "http://good.example@evil.example/", "http://evil.example/", "good.example:" },
  { "http://@example.org/", "http://example.org/" },
  { "http://:@example.org/", "http://example.org/" },
  { "http://u:\xe9@example.org/", "http://example.org/", "u:\xc3\xa9" },

  { "", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { " ", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "example.org/file.iso", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "example.org:8080/file.iso", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "localhost:8080", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "/etc/passwd", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "://example.org", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http:", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http:/example.org", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http:\\\\example.org\\", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http:///a", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://:80/", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://user@/", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://./", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://a..b/", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://example.org:0/", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://example.org:65536/", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://example.org:4294967376/", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://example.org:-1/", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://example.org:80a/", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://a:1:2/", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://exam ple.org/", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://exam%20ple.org/", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://a%0d%0aHost:b/", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://a%0D%0AX-Y%3A%201/", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://a%00b/", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://a%2fb/", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://a%40b/", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://a%zz/", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://\xff\xfe/", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://example.org/a\r\nb", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://example.org/a\tb", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://example.org/\x7f", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://u%0d%0a:p@example.org/", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://u%3a:p@example.org/", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://good\\@evil/", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://good\\.evil/", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://[::1/", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://[]/", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://[::1]x/", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://[127.0.0.1]/", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://[fe80::1%25eth0]/", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://::1/", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://1.2.3.256/", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://1.2.3.4.5/", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://4294967296/", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://99999999999999999999999/", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "http://example.09/", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },

  { "ftp://example.org/a", NULL, NULL, SKEIN_ERROR_UNSUPPORTED_SCHEME },
  { "file:///etc/passwd", NULL, NULL, SKEIN_ERROR_UNSUPPORTED_SCHEME },
  { "magnet:?xt=urn:btih:0", NULL, NULL, SKEIN_ERROR_UNSUPPORTED_SCHEME },
  { "javascript:alert(1)", NULL, NULL, SKEIN_ERROR_UNSUPPORTED_SCHEME },
  { "data:,x", NULL, NULL, SKEIN_ERROR_UNSUPPORTED_SCHEME },
  { "httpx://example.org/", NULL, NULL, SKEIN_ERROR_UNSUPPORTED_SCHEME },
};

static void
test_clean (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (clean_cases); i++)
    {
      const CleanCase *c = &clean_cases[i];
      g_autoptr (GError) error = NULL;
      g_autofree char *login = NULL;
      g_autofree char *clean = skein_uri_clean (c->text, &login, &error);

      g_test_message ("%s", g_utf8_validate (c->text, -1, NULL) ? c->text : "(not UTF-8)");
      g_assert_cmpstr (clean, ==, c->clean);
      g_assert_cmpstr (login, ==, c->login);
      if (c->clean == NULL)
        g_assert_error (error, SKEIN_ERROR, (int) c->code);
      else
        g_assert_no_error (error);
    }
}

static void
test_clean_names_scheme (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (skein_uri_clean ("gopher://example.org/", NULL, &error));
  g_assert_nonnull (strstr (error->message, "gopher"));
}

static void
check_length (const char *prefix,
              char        fill,
              gsize       length,
              gboolean    taken)
{
  GString *text = g_string_new (prefix);
  g_autoptr (GError) error = NULL;
  g_autofree char *clean = NULL;

  while (text->len < length)
    g_string_append_c (text, fill);

  clean = skein_uri_clean (text->str, NULL, &error);
  if (taken)
    g_assert_cmpstr (clean, ==, text->str);
  else
    g_assert_error (error, SKEIN_ERROR, SKEIN_ERROR_INVALID_ADDRESS);
  g_string_free (text, TRUE);
}

static void
test_clean_length (void)
{
  check_length ("http://example.org/", 'a', SKEIN_URI_MAX_LENGTH, TRUE);
  check_length ("http://example.org/", 'a', SKEIN_URI_MAX_LENGTH + 1, FALSE);
  check_length ("http://example.org/", 'a', 1024 * 1024, FALSE);
  check_length ("http://example.org/", '|', SKEIN_URI_MAX_LENGTH / 2, FALSE);
  check_length ("http://", 'a', 7 + 64, FALSE);
  check_length ("http://", '\xc3', 60000, FALSE);
}

static const char pieces[][8] = {
  "http:", "//", "/", "\\", "@", ":", "80", "[", "]", "::1", "a", "B", ".", "..", "%", "%2", "%0a",
  "%C3%A4", "\xc3\xa4", "\xff", " ", "?", "#", "0x7f", "127", "xn--", "\xe3\x80\x82", "\n", "\xc2\xad",
};

/* A clean address stays as it is, holds nothing that could end a line, and its host is what it shows. */
static void
test_clean_property (void)
{
  guint taken = 0;

  for (guint round = 0; round < 40000; round++)
    {
      GString *text = g_string_new ("http://");
      int n = g_test_rand_int_range (0, 10);
      g_autofree char *once = NULL;
      g_autofree char *twice = NULL;
      g_autofree char *login = NULL;
      g_autofree char *key = NULL;
      g_autofree char *display = NULL;

      for (int i = 0; i < n; i++)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      once = skein_uri_clean (text->str, NULL, NULL);
      display = skein_uri_dup_display (text->str);
      g_assert_true (g_utf8_validate (display, -1, NULL));
      g_string_free (text, TRUE);
      if (once == NULL)
        continue;

      taken++;
      twice = skein_uri_clean (once, &login, NULL);
      g_assert_cmpstr (once, ==, twice);
      g_assert_null (login);
      for (const char *p = once; *p != '\0'; p++)
        g_assert_true (g_ascii_isgraph (*p));
      key = skein_uri_dup_host_key (once);
      g_assert_cmpuint (strlen (key), >, 3);
      g_assert_true (skein_uri_same_origin (once, twice));
    }

  g_assert_cmpuint (taken, >, 500);
}

typedef struct
{
  const char *base;
  const char *location;
  const char *target;
  SkeinError  code;
} ResolveCase;

#define BASE "http://a.example/b/c/d;p?q"

static const ResolveCase resolve_cases[] = {
  /* RFC 3986 section 5.4 */
  { BASE, "g", "http://a.example/b/c/g" },
  { BASE, "./g", "http://a.example/b/c/g" },
  { BASE, "g/", "http://a.example/b/c/g/" },
  { BASE, "/g", "http://a.example/g" },
  { BASE, "//g.example", "http://g.example/" },
  { BASE, "?y", "http://a.example/b/c/d;p?y" },
  { BASE, "g?y", "http://a.example/b/c/g?y" },
  { BASE, "#s", "http://a.example/b/c/d;p?q" },
  { BASE, "g#s", "http://a.example/b/c/g" },
  { BASE, ";x", "http://a.example/b/c/;x" },
  { BASE, ".", "http://a.example/b/c/" },
  { BASE, "..", "http://a.example/b/" },
  { BASE, "../g", "http://a.example/b/g" },
  { BASE, "../../g", "http://a.example/g" },
  { BASE, "../../../g", "http://a.example/g" },
  { BASE, "g.", "http://a.example/b/c/g." },
  { BASE, "..g", "http://a.example/b/c/..g" },
  { BASE, "g/../h", "http://a.example/b/c/h" },
  { BASE, "g?y/../x", "http://a.example/b/c/g?y/../x" },

  { "http://a.example/?x=/y/", "g", "http://a.example/g" },
  { BASE, " http://b.example/x y ", "http://b.example/x%20y" },
  { BASE, "/\xc3\xa4", "http://a.example/%C3%A4" },
  { BASE, "/\xe4", "http://a.example/%E4" },
  { BASE, "http://user:pw@b.example/#f", "http://b.example/" },
  { BASE, "HTTPS://B.example", "https://b.example/" },
  { BASE, "\\\\evil.example\\x", "http://a.example/b/c/%5C%5Cevil.example%5Cx" },
  { "https://a.example:8443/x", "//a.example:8443/y", "https://a.example:8443/y" },
  { "https://a.example:8443/x", "/y", "https://a.example:8443/y" },

  { BASE, NULL, NULL, SKEIN_ERROR_BAD_REDIRECT },
  { BASE, "", NULL, SKEIN_ERROR_BAD_REDIRECT },
  { BASE, "  ", NULL, SKEIN_ERROR_BAD_REDIRECT },
  { BASE, "http://", NULL, SKEIN_ERROR_BAD_REDIRECT },
  { BASE, "http:g", NULL, SKEIN_ERROR_BAD_REDIRECT },
  { BASE, "//", NULL, SKEIN_ERROR_BAD_REDIRECT },
  { BASE, "//a%0d%0ab/", NULL, SKEIN_ERROR_BAD_REDIRECT },
  { BASE, "http://good\\@evil/", NULL, SKEIN_ERROR_BAD_REDIRECT },
  { BASE, "/a\nb", NULL, SKEIN_ERROR_BAD_REDIRECT },
  { BASE, "http://b.example:99999/", NULL, SKEIN_ERROR_BAD_REDIRECT },
  { BASE, "ftp://b.example/", NULL, SKEIN_ERROR_BAD_REDIRECT },
  { BASE, "file:///etc/passwd", NULL, SKEIN_ERROR_BAD_REDIRECT },
  { BASE, "data:,x", NULL, SKEIN_ERROR_BAD_REDIRECT },
  { BASE, "javascript:x", NULL, SKEIN_ERROR_BAD_REDIRECT },
  { "https://a.example/", "http://a.example/", NULL, SKEIN_ERROR_REDIRECT_REFUSED },
  { "https://a.example/", "http://b.example/x", NULL, SKEIN_ERROR_REDIRECT_REFUSED },
};

static void
test_resolve (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (resolve_cases); i++)
    {
      const ResolveCase *c = &resolve_cases[i];
      g_autoptr (GError) error = NULL;
      g_autofree char *target = skein_uri_resolve (c->base, c->location, &error);

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (target, ==, c->target);
      if (c->target == NULL)
        g_assert_error (error, SKEIN_ERROR, (int) c->code);
      else
        g_assert_no_error (error);
    }
}

static void
test_origin (void)
{
  g_assert_true (skein_uri_same_origin ("http://a/x", "http://a/y?z"));
  g_assert_true (skein_uri_same_origin ("http://a:80/x", "http://a/"));
  g_assert_true (skein_uri_same_origin ("http://[::1]:81/x", "http://[::1]:81/"));
  g_assert_false (skein_uri_same_origin ("http://a/", "https://a/"));
  g_assert_false (skein_uri_same_origin ("http://a/", "http://a:81/"));
  g_assert_false (skein_uri_same_origin ("http://a/", "http://ab/"));
  g_assert_false (skein_uri_same_origin ("http://a.b/", "http://b/"));
  g_assert_false (skein_uri_same_origin ("", ""));
}

static void
check_text (char       *actual,
            const char *expected)
{
  g_assert_cmpstr (actual, ==, expected);
  g_free (actual);
}

static void
test_hosts (void)
{
  check_text (skein_uri_dup_host_key ("https://example.org/a"), "example.org:443");
  check_text (skein_uri_dup_host_key ("http://example.org/"), "example.org:80");
  check_text (skein_uri_dup_host_key ("http://example.org:8080/a:9"), "example.org:8080");
  check_text (skein_uri_dup_host_key ("http://[::1]/"), "[::1]:80");
  check_text (skein_uri_dup_host_key ("http://[::1]:81/"), "[::1]:81");
  check_text (skein_uri_dup_host_key ("nonsense"), "");
  check_text (skein_uri_dup_host_label ("https://example.org/a"), "example.org");
  check_text (skein_uri_dup_host_label ("https://example.org:80/a"), "example.org:80");
  check_text (skein_uri_dup_host_label ("http://[::1]:81/"), "[::1]:81");
  check_text (skein_uri_dup_host_label ("http://xn--bcher-kva.example/"), "xn--bcher-kva.example");
  check_text (skein_uri_dup_host_label ("http://a@b/"), "");
}

static void
test_loopback (void)
{
  static const char * const here[] = {
    "http://localhost/", "http://localhost:8080/", "http://a.localhost/", "http://127.0.0.1/",
    "http://127.255.0.3:1/", "https://[::1]/", "http://[::ffff:127.0.0.1]/",
  };
  static const char * const elsewhere[] = {
    "http://example.org/", "http://localhost.example.org/", "http://notlocalhost/",
    "http://128.0.0.1/", "http://127.example.org/", "http://[::2]/", "http://10.0.0.1/", "",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (here); i++)
    g_assert_true (skein_uri_is_loopback (here[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (elsewhere); i++)
    g_assert_false (skein_uri_is_loopback (elsewhere[i]));
}

static void
test_local (void)
{
  static const char * const near[] = {
    "http://localhost/", "http://127.0.0.1/", "http://[::1]/", "http://10.0.0.1/", "http://172.16.0.1/",
    "http://192.168.1.2:8080/", "http://169.254.0.1/", "http://[fe80::1]/", "http://[fd00::1]/",
    "http://[::ffff:10.0.0.1]/", "http://nas.local/", "ftp://192.168.1.2/a",
  };
  static const char * const far[] = {
    "http://example.org/", "http://nas.local.example.org/", "http://172.32.0.1/", "http://[2001:db8::1]/",
    "http://11.0.0.1/", "data:,a", "",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (near); i++)
    g_assert_true (skein_uri_is_local (near[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (far); i++)
    g_assert_false (skein_uri_is_local (far[i]));
}

static void
test_display (void)
{
  check_text (skein_uri_dup_display (" data:,x"), "data:,x");
  check_text (skein_uri_dup_display ("http://u:p@example.org/%C3%A4%20b%41"),
              "http://example.org/\xc3\xa4%20bA");
  check_text (skein_uri_dup_display ("http://example.org/%E2%80%AEexe.pdf"),
              "http://example.org/%E2%80%AEexe.pdf");
  check_text (skein_uri_dup_display ("http://example.org/%0a%00%2f%3f%25%FF%C3"),
              "http://example.org/%0a%00%2f%3f%25%FF%C3");
  check_text (skein_uri_dup_display ("http://example.org/%C2%A0%E2%80%8B%F0%9F%98%80"),
              "http://example.org/%C2%A0%E2%80%8B\xf0\x9f\x98\x80");
  check_text (skein_uri_dup_display ("ftp://u:p@host/x\ny"), "ftp://host/x\xef\xbf\xbdy");
  check_text (skein_uri_dup_display ("\xe9"), "\xc3\xa9");
  check_text (skein_uri_dup_display (""), "");
}

static const CleanCase any_cases[] = {
  { " HTTP://Example.org:80/a#b ", "http://example.org/a", NULL, 0 },
  { "file:///tmp/a/../b%20c?d#e", "file:///tmp/b%20c%3Fd", NULL, 0 },
  { "FILE:///tmp/a", "file:///tmp/a", NULL, 0 },
  { "file://localhost/tmp/%ff", "file:///tmp/%FF", NULL, 0 },
  { "file://elsewhere/tmp/a", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "file:tmp/a", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "file:///tmp/a%00b", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "file:///tmp/a%2Fb", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "Data:,a b\xc3\xa4#c", "data:,a%20b%C3%A4", NULL, 0 },
  { "data:no comma", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "FTP://u:p@Example.ORG:2121/a b?c/../d#e", "ftp://example.org:2121/d", "u:p", 0 },
  { "sftp://example.org", "sftp://example.org/", NULL, 0 },
  { "smb://host?x", "smb://host/%3Fx", NULL, 0 },
  { "davs://[::1]/a", "davs://[::1]/a", NULL, 0 },
  { "ftp:/x", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "ftp://u:p@/x", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "ftp://good\\@evil/", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "ftp://a/\nb", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
  { "magnet:?xt=urn:btih:0", NULL, NULL, SKEIN_ERROR_UNSUPPORTED_SCHEME },
  { "javascript:alert(1)", NULL, NULL, SKEIN_ERROR_UNSUPPORTED_SCHEME },
  { "about:blank", NULL, NULL, SKEIN_ERROR_UNSUPPORTED_SCHEME },
  { "mailto:a@b", NULL, NULL, SKEIN_ERROR_UNSUPPORTED_SCHEME },
  { "/etc/passwd", NULL, NULL, SKEIN_ERROR_INVALID_ADDRESS },
};

static void
test_clean_any (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (any_cases); i++)
    {
      const CleanCase *c = &any_cases[i];
      g_autoptr (GError) error = NULL;
      g_autofree char *login = NULL;
      g_autofree char *clean = skein_uri_clean_any (c->text, &login, &error);
      g_autofree char *again = clean != NULL ? skein_uri_clean_any (clean, NULL, NULL) : NULL;

      g_test_message ("%s", c->text);
      g_assert_cmpstr (clean, ==, c->clean);
      g_assert_cmpstr (again, ==, c->clean);
      g_assert_cmpstr (login, ==, c->login);
      if (c->clean == NULL)
        g_assert_error (error, SKEIN_ERROR, (int) c->code);
    }
}

static void
test_any_hosts (void)
{
  check_text (skein_uri_dup_host_key ("file:///tmp/a"), "file:");
  check_text (skein_uri_dup_host_key ("data:,a"), "data:");
  check_text (skein_uri_dup_host_key ("sftp://example.org:22/a"), "sftp:example.org:22");
  check_text (skein_uri_dup_host_label ("sftp://example.org:22/a"), "example.org:22");
  check_text (skein_uri_dup_host_label ("file:///tmp/a"), "");
  check_text (skein_uri_dup_display ("file:///tmp/%C3%A4"), "file:///tmp/\xc3\xa4");
  check_text (skein_uri_dup_display ("data:,a@b"), "data:,a@b");
  g_assert_true (skein_uri_is_loopback ("file:///tmp/a"));
  g_assert_true (skein_uri_is_loopback ("data:,a"));
  g_assert_true (skein_uri_is_loopback ("ftp://127.0.0.1/a"));
  g_assert_true (skein_uri_is_loopback ("ftp://[::1]:21/a"));
  g_assert_false (skein_uri_is_loopback ("ftp://example.org/a"));
}

static const struct { const char *uri; const char *bytes; const char *type; const char *name; } data_cases[] = {
  { "data:,", "", "text/plain", "download.txt" },
  { "data:,a%20b%2C,c", "a b,,c", "text/plain", "download.txt" },
  { "data:;charset=utf-8,a", "a", "text/plain", "download.txt" },
  { "data:TEXT/HTML;charset=x,a", "a", "text/html", "download.html" },
  { "data:image/png;base64,aGVsbG8=", "hello", "image/png", "download.png" },
  { "data:image/PNG;BASE64,aGVs%20bG8", "hello", "image/png", "download.png" },
  { "data:a/b;base64,aGVsbG8%3D", "hello", "a/b", "download" },
  { "data:base64,aGVsbG8=", "aGVsbG8=", "base64", "download" },
  { "data:../../x,a", "a", "../../x", "download" },
  { "data:", NULL, NULL, "download.txt" },
  { "data:;base64", NULL, NULL, "download.txt" },
  { "data:;base64,a", NULL, NULL, "download.txt" },
  { "data:;base64,aGVsbG8==", NULL, NULL, "download.txt" },
  { "data:;base64,aG*sbG8=", NULL, NULL, "download.txt" },
  { "data:;base64,aGVs=bG8", NULL, NULL, "download.txt" },
  { "data:;base64,%00", NULL, NULL, "download.txt" },
};

static void
test_data (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (data_cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *type = NULL;
      g_autoptr (GBytes) bytes = skein_data_uri_parse (data_cases[i].uri, &type, &error);

      g_test_message ("%s", data_cases[i].uri);
      check_text (skein_file_name_from_uri (data_cases[i].uri), data_cases[i].name);
      g_assert_cmpstr (type, ==, data_cases[i].type);
      if (data_cases[i].bytes == NULL)
        g_assert_error (error, SKEIN_ERROR, SKEIN_ERROR_INVALID_ADDRESS);
      else
        g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                         data_cases[i].bytes, strlen (data_cases[i].bytes));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/uri/clean", test_clean);
  g_test_add_func ("/uri/clean/names-scheme", test_clean_names_scheme);
  g_test_add_func ("/uri/clean/length", test_clean_length);
  g_test_add_func ("/uri/clean/property", test_clean_property);
  g_test_add_func ("/uri/clean-any", test_clean_any);
  g_test_add_func ("/uri/any-hosts", test_any_hosts);
  g_test_add_func ("/uri/data", test_data);
  g_test_add_func ("/uri/resolve", test_resolve);
  g_test_add_func ("/uri/origin", test_origin);
  g_test_add_func ("/uri/hosts", test_hosts);
  g_test_add_func ("/uri/loopback", test_loopback);
  g_test_add_func ("/uri/local", test_local);
  g_test_add_func ("/uri/display", test_display);

  return g_test_run ();
}
