/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes to whom: faults D5 and L11. */
#include "skein-request-options.h"

#include <string.h>

#define HOME "https://a.org/dir/file?key=1"

static void
assert_dress (SkeinRequestOptions *options,
              const char          *uri,
              const char          *expected)
{
  g_auto (GStrv) dress = skein_request_options_dress (options, uri, HOME, 1000);
  g_autofree char *joined = dress != NULL ? g_strjoinv ("|", dress) : NULL;

  g_assert_cmpstr (joined, ==, expected);
}

static void
add (SkeinRequestOptions *options,
     const char          *line)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (skein_request_options_add_header (options, line, &error));
  g_assert_no_error (error);
}

static void
test_nothing (void)
{
  g_autoptr (SkeinRequestOptions) options = skein_request_options_new ();

  assert_dress (NULL, HOME, NULL);
  assert_dress (options, HOME, NULL);
  g_assert_null (skein_request_options_find_login (NULL, HOME, HOME));
  g_assert_null (skein_request_options_find_login (options, HOME, HOME));
  g_assert_false (skein_request_options_has_authorization (NULL));
  g_assert_null (skein_request_options_get_user_agent (NULL));
}

static void
test_own_headers (void)
{
  g_autoptr (SkeinRequestOptions) options = skein_request_options_new ();

  add (options, "X-Key:secret");
  add (options, "x-key: \t again ");
  add (options, "Empty:");
  add (options, "User-Agent: me");
  assert_dress (options, "https://a.org/other", "X-Key|secret|x-key|again|Empty||User-Agent|me");

  /* Another scheme, host or port is another origin. */
  assert_dress (options, "http://a.org/dir/file", "User-Agent|me");
  assert_dress (options, "https://b.a.org/dir/file", "User-Agent|me");
  assert_dress (options, "https://a.org:8443/dir/file", "User-Agent|me");
}

static void
test_refused (void)
{
  const struct { const char *line; int code; } cases[] = {
    { "", G_OPTION_ERROR_BAD_VALUE }, { "X", G_OPTION_ERROR_BAD_VALUE }, { ": x", G_OPTION_ERROR_BAD_VALUE },
    { "X Y: z", G_OPTION_ERROR_BAD_VALUE }, { "X : z", G_OPTION_ERROR_BAD_VALUE }, { " X: z", G_OPTION_ERROR_BAD_VALUE },
    { "X: a\r\nY: b", G_OPTION_ERROR_BAD_VALUE }, { "X: a\n", G_OPTION_ERROR_BAD_VALUE }, { "X\n: a", G_OPTION_ERROR_BAD_VALUE },
    { "X: a\x01", G_OPTION_ERROR_BAD_VALUE }, { "X\xc3\xbc: a", G_OPTION_ERROR_BAD_VALUE },
    { "User-Agent:", G_OPTION_ERROR_BAD_VALUE }, { "Referer: nowhere", G_OPTION_ERROR_BAD_VALUE },
    { "Host: b.org", G_OPTION_ERROR_FAILED }, { "RANGE: bytes=1-", G_OPTION_ERROR_FAILED },
    { "If-Range: x", G_OPTION_ERROR_FAILED }, { "Content-Length: 3", G_OPTION_ERROR_FAILED },
    { "Transfer-Encoding: chunked", G_OPTION_ERROR_FAILED }, { "Connection: close", G_OPTION_ERROR_FAILED },
    { "Accept-Encoding: gzip", G_OPTION_ERROR_FAILED }, { "Proxy-Authorization: x", G_OPTION_ERROR_FAILED },
  };
  g_autoptr (SkeinRequestOptions) options = skein_request_options_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].line);
      g_assert_false (skein_request_options_add_header (options, cases[i].line, &error));
      g_assert_error (error, G_OPTION_ERROR, cases[i].code);
    }
  assert_dress (options, HOME, NULL);
}

static void
test_referer (void)
{
  g_autoptr (SkeinRequestOptions) options = skein_request_options_new ();

  g_assert_true (skein_request_options_set_referer (options, "https://me:pw@c.org/page?session=1#x", NULL));
  assert_dress (options, HOME, "Referer|https://c.org/page?session=1");
  assert_dress (options, "https://b.org/", "Referer|https://c.org/");
  assert_dress (options, "http://b.org/", NULL);

  g_assert_true (skein_request_options_set_referer (options, "http://c.org", NULL));
  assert_dress (options, "http://b.org/", "Referer|http://c.org/");
}

static SkeinCookies *
parse_cookies (const char *text)
{
  SkeinCookies *cookies = skein_cookies_new ();

  skein_cookies_feed (cookies, text, strlen (text));
  skein_cookies_end (cookies);

  return cookies;
}

static void
test_cookies (void)
{
  g_autoptr (SkeinRequestOptions) options = skein_request_options_new ();
  g_autoptr (SkeinCookies) cookies = parse_cookies ("a.org\tFALSE\t/\tTRUE\t0\tn\tv\nb.org\tFALSE\t/\tFALSE\t0\tm\tw\n"
                                                    "a.org\tFALSE\t/\tTRUE\t1000\told\tv\n");

  skein_request_options_set_cookies (options, cookies);
  assert_dress (options, HOME, "Cookie|n=v");
  assert_dress (options, "http://a.org/", NULL);
  assert_dress (options, "https://b.org/", "Cookie|m=w");
  assert_dress (options, "https://c.org/", NULL);

  add (options, "Cookie: own=1");
  assert_dress (options, HOME, "Cookie|n=v; own=1");
  assert_dress (options, "https://b.org/", "Cookie|m=w");
  assert_dress (options, "https://c.org/", NULL);
}

static void
assert_login (SkeinRequestOptions *options,
              const char          *uri,
              const char          *expected)
{
  g_autofree char *login = skein_request_options_find_login (options, uri, HOME);

  g_assert_cmpstr (login, ==, expected);
}

static void
test_logins (void)
{
  const char *text = "machine a.org login n password r\nmachine b.org login n password b\n"
                     "machine localhost login l password h\ndefault login d password d";
  g_autoptr (SkeinRequestOptions) options = skein_request_options_new ();
  g_autoptr (SkeinNetrc) netrc = skein_netrc_new ();

  skein_netrc_feed (netrc, text, strlen (text));
  skein_netrc_end (netrc);
  skein_request_options_set_netrc (options, netrc);
  assert_login (options, HOME, "n:r");
  skein_request_options_set_login (options, "anna:secret");
  assert_login (options, HOME, "anna:secret");

  /* Where a redirect led: only who is named, and where nobody can listen. */
  assert_login (options, "https://b.org/", "n:b");
  assert_login (options, "http://b.org/", NULL);
  assert_login (options, "http://localhost:8080/", "l:h");
  assert_login (options, "https://c.org/", NULL);
}

static void
test_default_at_home (void)
{
  g_autoptr (SkeinRequestOptions) options = skein_request_options_new ();
  g_autoptr (SkeinNetrc) netrc = skein_netrc_new ();

  skein_netrc_feed (netrc, "default login d password e", 26);
  skein_netrc_end (netrc);
  skein_request_options_set_netrc (options, netrc);
  assert_login (options, HOME, "d:e");
  assert_login (options, "https://b.org/", NULL);
}

static void
assert_complete (SkeinRequestOptions *options,
                 const char          *login,
                 const char          *expected)
{
  g_autofree char *complete = skein_request_options_complete_login (options, HOME, login);

  g_assert_cmpstr (complete, ==, expected);
}

static void
test_password (void)
{
  const char *text = "machine a.org login x password y\nmachine a.org login n password secret";
  g_autoptr (SkeinRequestOptions) options = skein_request_options_new ();
  g_autoptr (SkeinNetrc) netrc = skein_netrc_new ();

  assert_complete (NULL, "n", "n:");
  assert_complete (NULL, "n:p:q", "n:p:q");
  skein_netrc_feed (netrc, text, strlen (text));
  skein_netrc_end (netrc);
  skein_request_options_set_netrc (options, netrc);
  assert_complete (options, "n", "n:secret");
  assert_complete (options, "n:", "n:secret");
  assert_complete (options, "n:p", "n:p");
  assert_complete (options, "z", "z:");
  skein_request_options_set_login (options, "n");
  assert_login (options, HOME, "n:secret");
}

static void
test_copy (void)
{
  g_autoptr (SkeinRequestOptions) options = skein_request_options_new ();
  g_autoptr (SkeinRequestOptions) copy = NULL;
  g_autoptr (SkeinRequestOptions) empty = skein_request_options_copy (NULL);

  add (options, "X: 1");
  add (options, "Authorization: Bearer x");
  skein_request_options_set_login (options, "a:b");
  copy = skein_request_options_copy (options);
  add (copy, "Y: 2");
  assert_dress (options, HOME, "X|1|Authorization|Bearer x");
  assert_dress (copy, HOME, "X|1|Authorization|Bearer x|Y|2");
  assert_login (copy, HOME, "a:b");
  g_assert_true (skein_request_options_has_authorization (copy));
  assert_dress (empty, HOME, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/request-options/nothing", test_nothing);
  g_test_add_func ("/request-options/D5 L11 own headers", test_own_headers);
  g_test_add_func ("/request-options/refused", test_refused);
  g_test_add_func ("/request-options/D5 referer", test_referer);
  g_test_add_func ("/request-options/D5 cookies", test_cookies);
  g_test_add_func ("/request-options/D5 logins", test_logins);
  g_test_add_func ("/request-options/default at home", test_default_at_home);
  g_test_add_func ("/request-options/password", test_password);
  g_test_add_func ("/request-options/copy", test_copy);

  return g_test_run ();
}
