/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which cookies of a file go where: RFC 6265, and fault I8. */
#include "skein-cookies.h"

#include <string.h>

#define NOW G_GINT64_CONSTANT (1700000000)

typedef struct
{
  const char *text;
  const char *uri;
  const char *header;
} Case;

static const Case cases[] = {
  { "", "http://a.org/", NULL },
  { "a.org\tFALSE\t/\tFALSE\t0\tn\tv", "http://a.org/", "n=v" },
  { "a.org\tFALSE\t/\tFALSE\t0\tn\tv\r\n", "http://a.org/x?y", "n=v" },
  { "# a.org\tFALSE\t/\tFALSE\t0\tn\tv", "http://a.org/", NULL },
  { "#HttpOnly_a.org\tFALSE\t/\tFALSE\t0\tn\tv", "http://a.org/", "n=v" },

  /* Domains. */
  { ".a.org\tTRUE\t/\tFALSE\t0\tn\tv", "http://a.org/", "n=v" },
  { ".a.org\tTRUE\t/\tFALSE\t0\tn\tv", "http://x.y.a.org/", "n=v" },
  { ".a.org\tTRUE\t/\tFALSE\t0\tn\tv", "http://xa.org/", NULL },
  { ".a.org\tTRUE\t/\tFALSE\t0\tn\tv", "http://a.org.evil.net/", NULL },
  { "a.org\tFALSE\t/\tFALSE\t0\tn\tv", "http://x.a.org/", NULL },
  { "x.a.org\tTRUE\t/\tFALSE\t0\tn\tv", "http://a.org/", NULL },
  { "A.ORG\tFALSE\t/\tFALSE\t0\tn\tv", "http://a.org/", "n=v" },
  { "org\tTRUE\t/\tFALSE\t0\tn\tv", "http://a.org/", NULL },
  { "0.0.1\tTRUE\t/\tFALSE\t0\tn\tv", "http://127.0.0.1/", "n=v" },
  { "127.0.0.1\tTRUE\t/\tFALSE\t0\tn\tv", "http://127.0.0.1:8080/", "n=v" },
  { "::1\tFALSE\t/\tFALSE\t0\tn\tv", "http://[::1]/", "n=v" },

  /* Paths. */
  { "a.org\tFALSE\t/x\tFALSE\t0\tn\tv", "http://a.org/x", "n=v" },
  { "a.org\tFALSE\t/x\tFALSE\t0\tn\tv", "http://a.org/x/y", "n=v" },
  { "a.org\tFALSE\t/x\tFALSE\t0\tn\tv", "http://a.org/x?y", "n=v" },
  { "a.org\tFALSE\t/x/\tFALSE\t0\tn\tv", "http://a.org/x/y", "n=v" },
  { "a.org\tFALSE\t/x\tFALSE\t0\tn\tv", "http://a.org/xy", NULL },
  { "a.org\tFALSE\t/x\tFALSE\t0\tn\tv", "http://a.org/?/x", NULL },
  { "a.org\tFALSE\tx\tFALSE\t0\tn\tv", "http://a.org/y", "n=v" },
  { "a.org\tFALSE\t/\tFALSE\t0\ta\t1\na.org\tFALSE\t/x/y\tFALSE\t0\tb\t2\na.org\tFALSE\t/x\tFALSE\t0\tc\t3",
    "http://a.org/x/y/z", "b=2; c=3; a=1" },

  /* Secure, and names that promise. */
  { "a.org\tFALSE\t/\tTRUE\t0\tn\tv", "http://a.org/", NULL },
  { "a.org\tFALSE\t/\tTRUE\t0\tn\tv", "https://a.org/", "n=v" },
  { "a.org\tFALSE\t/\tFALSE\t0\t__Secure-n\tv", "https://a.org/", NULL },
  { "a.org\tFALSE\t/\tTRUE\t0\t__Secure-n\tv", "https://a.org/", "__Secure-n=v" },
  { ".a.org\tTRUE\t/\tTRUE\t0\t__Host-n\tv", "https://a.org/", NULL },
  { "a.org\tFALSE\t/x\tTRUE\t0\t__Host-n\tv", "https://a.org/x", NULL },
  { "a.org\tFALSE\t/\tTRUE\t0\t__Host-n\tv", "https://a.org/x", "__Host-n=v" },

  /* Ends. */
  { "a.org\tFALSE\t/\tFALSE\t1700000000\tn\tv", "http://a.org/", NULL },
  { "a.org\tFALSE\t/\tFALSE\t1700000001\tn\tv", "http://a.org/", "n=v" },
  { "a.org\tFALSE\t/\tFALSE\tnever\tn\tv", "http://a.org/", NULL },
  { "a.org\tFALSE\t/\tFALSE\t-1\tn\tv", "http://a.org/", NULL },
  { "a.org\tFALSE\t/\tFALSE\t99999999999999999999\tn\tv", "http://a.org/", NULL },

  /* Later lines replace, but only the same. */
  { "a.org\tFALSE\t/\tFALSE\t0\tn\t1\na.org\tFALSE\t/\tFALSE\t0\tn\t2", "http://a.org/", "n=2" },
  { "a.org\tFALSE\t/\tFALSE\t0\tn\t1\n.a.org\tTRUE\t/x\tFALSE\t0\tn\t2", "http://a.org/x", "n=2; n=1" },

  /* Lines that are none. */
  { "a.org\tFALSE\t/\tFALSE\t0\tn", "http://a.org/", "n=" },
  { "a.org\tFALSE\t/\tFALSE\t0\tn\t", "http://a.org/", "n=" },
  { "a.org\tFALSE\t/\tFALSE\t0", "http://a.org/", NULL },
  { "a.org FALSE / FALSE 0 n v", "http://a.org/", NULL },
  { "a.org\tFALSE\t/\tFALSE\t0\tn\tv\tw", "http://a.org/", NULL },
  { "\tFALSE\t/\tFALSE\t0\tn\tv", "http://a.org/", NULL },
  { "a.org\tFALSE\t/\tFALSE\t0\t\tv", "http://a.org/", NULL },
  { "a.org\tFALSE\t/\tFALSE\t0\tn\tv; other=1", "http://a.org/", NULL },
  { "a.org\tFALSE\t/\tFALSE\t0\tn\tv\rX-Evil: 1", "http://a.org/", NULL },
  { "\n\n\na.org\tFALSE\t/\tFALSE\t0\tn\tv\n\n", "http://a.org/", "n=v" },
};

static SkeinCookies *
parse (const char *text,
       gsize       length,
       gsize       block)
{
  SkeinCookies *cookies = skein_cookies_new ();

  for (gsize at = 0; at < length; at += block)
    skein_cookies_feed (cookies, text + at, MIN (block, length - at));
  skein_cookies_end (cookies);

  return cookies;
}

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s for %s", cases[i].text, cases[i].uri);
      for (gsize block = 1; block < 10; block += 4)
        {
          g_autoptr (SkeinCookies) cookies = parse (cases[i].text, strlen (cases[i].text), block);
          g_autofree char *header = skein_cookies_dup_header (cookies, cases[i].uri, NOW);

          g_assert_cmpstr (header, ==, cases[i].header);
        }
    }
}

static void
test_long_line (void)
{
  g_autofree char *much = g_strnfill (1000 * 1000, 'x');
  g_autofree char *text = g_strconcat ("a.org\tFALSE\t/\tFALSE\t0\tn\t", much,
                                       "\na.org\tFALSE\t/\tFALSE\t0\tm\t1", NULL);
  g_autoptr (SkeinCookies) cookies = parse (text, strlen (text), 4096);
  g_autofree char *header = skein_cookies_dup_header (cookies, "http://a.org/", NOW);

  g_assert_cmpstr (header, ==, "m=1");
  g_assert_cmpuint (skein_cookies_get_n (cookies), ==, 1);
}

/* A header that servers take, whatever is in the file. */
static void
test_many (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (SkeinCookies) cookies = NULL;
  g_autofree char *header = NULL;

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (text, "a.org\tFALSE\t/\tFALSE\t0\tname%u\tvalue\n", i);
  cookies = parse (text->str, text->len, text->len);
  header = skein_cookies_dup_header (cookies, "http://a.org/", NOW);
  g_assert_cmpuint (skein_cookies_get_n (cookies), ==, 1000);
  g_assert_cmpuint (strlen (header), <=, SKEIN_COOKIES_MAX_HEADER);
  g_assert_true (g_str_has_prefix (header, "name0=value; name1=value; "));
}

static void
test_nul (void)
{
  const char text[] = "a.org\tFALSE\t/\tFALSE\t0\tn\tv\0w\na.org\tFALSE\t/\tFALSE\t0\tm\t1";
  g_autoptr (SkeinCookies) cookies = parse (text, sizeof text - 1, 5);
  g_autofree char *header = skein_cookies_dup_header (cookies, "http://a.org/", NOW);

  g_assert_cmpstr (header, ==, "m=1");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cookies/cases", test_cases);
  g_test_add_func ("/cookies/I8 long line", test_long_line);
  g_test_add_func ("/cookies/many", test_many);
  g_test_add_func ("/cookies/NUL", test_nul);

  return g_test_run ();
}
