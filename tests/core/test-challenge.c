/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What servers ask for and what we answer: RFC 9110 section 11, RFC 7616, and fault A2. */
#include "skein-digest-login.h"

#include <string.h>

typedef struct
{
  const char *value;
  guint       n;
  const char *scheme;     /* of the last one */
  const char *name;
  const char *parameter;
} Case;

static const Case cases[] = {
  { NULL, 0 },
  { "", 0 },
  { " ,, \t,", 0 },
  { "Basic", 1, "Basic", "realm", NULL },
  { "basic realm=\"a\"", 1, "Basic", "realm", "a" },
  { "Basic realm=a", 1, "Basic", "realm", "a" },
  { "Basic REALM = \"a, b\\\" \\\\\"", 1, "Basic", "realm", "a, b\" \\" },
  { "Basic realm=\"never ends, Digest", 1, "Basic", "realm", "never ends, Digest" },
  { "Basic realm=\"x\\", 1, "Basic", "realm", "x\\" },
  { "Basic realm=a, realm=b", 1, "Basic", "realm", "a" },
  { "Basic realm=", 1, "Basic", "realm", NULL },
  { "Basic realm=, charset=UTF-8", 1, "Basic", "charset", "UTF-8" },
  { "Negotiate, Basic realm=a", 2, "Basic", "realm", "a" },
  { "Negotiate oYG2MIGzoAMKAQCh+/==, Basic realm=a", 2, "Basic", "realm", "a" },
  { "NTLM TlRMTVNTUAACAAAA, NTLM", 2, "NTLM", "realm", NULL },
  { "Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\", Basic realm=\"simple\"", 2, "Basic", "realm", "simple" },
  { "Digest realm=\"a\",nonce=\"b\",,,qop=\"auth,auth-int\"", 1, "Digest", "qop", "auth,auth-int" },
  { "realm=a", 0 },
  { "realm=a, Basic", 1, "Basic", "realm", NULL },
  { "\x01\x02 \"x\", Basic realm=a", 1, "Basic", "realm", "a" },
  { "Basic realm=a \x80garbage=1, x=y", 1, "Basic", "x", "y" },
};

static void
test_parse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) all = skein_challenge_parse_all (cases[i].value);
      g_autofree char *shown = cases[i].value != NULL ? g_strescape (cases[i].value, NULL) : NULL;
      SkeinChallenge *last;

      g_test_message ("%s", shown);
      g_assert_cmpuint (all->len, ==, cases[i].n);
      if (all->len == 0)
        continue;
      last = g_ptr_array_index (all, all->len - 1);
      g_assert_true (skein_challenge_is (last, cases[i].scheme));
      g_assert_cmpstr (skein_challenge_get (last, cases[i].name), ==, cases[i].parameter);
    }
}

/* However much a server says, little of it is kept. */
static void
test_much (void)
{
  g_autoptr (GString) value = g_string_new (NULL);
  g_autoptr (GPtrArray) all = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (value, "Basic realm=a, ");
  all = skein_challenge_parse_all (value->str);
  g_assert_cmpuint (all->len, ==, 16);
}

static SkeinDigestLogin *
choose (const char *value)
{
  g_autoptr (GPtrArray) all = skein_challenge_parse_all (value);

  return skein_digest_login_choose (all);
}

static void
assert_response (const char *challenge,
                 const char *login,
                 const char *target,
                 guint       count,
                 const char *cnonce,
                 const char *part)
{
  g_autoptr (SkeinDigestLogin) digest = choose (challenge);
  g_autofree char *value = NULL;

  g_assert_nonnull (digest);
  value = skein_digest_login_respond (digest, login, "GET", target, count, cnonce);
  g_test_message ("%s", value);
  g_assert_nonnull (strstr (value, part));
}

#define RFC7616 "realm=\"http-auth@example.org\", qop=\"auth, auth-int\", " \
  "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""
#define RFC2617 "realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", " \
  "opaque=\"5ccc069c403ebaf9f0171e9517f40e41\""
#define CNONCE "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"

/* The examples of the standards (RFC 7616 section 3.9.1, RFC 2617 section 3.5, RFC 2069 as corrected). */
static void
test_examples (void)
{
  assert_response ("Digest " RFC7616 ", algorithm=MD5", "Mufasa:Circle of Life", "/dir/index.html", 1, CNONCE,
                   "response=\"8ca523f5e9506fed4657c9700eebdbec\"");
  assert_response ("Digest " RFC7616 ", algorithm=SHA-256", "Mufasa:Circle of Life", "/dir/index.html", 1, CNONCE,
                   "response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\"");
  assert_response ("Digest " RFC2617 ", qop=\"auth,auth-int\"", "Mufasa:Circle Of Life", "/dir/index.html", 1, "0a4f113b",
                   "response=\"6629fae49393a05397450978507c4ef1\"");
  assert_response ("Digest " RFC2617, "Mufasa:CircleOfLife", "/dir/index.html", 1, "x",
                   "response=\"1949323746fe6a43ef61f9606e7febea\"");
}

static void
test_form (void)
{
  assert_response ("Digest " RFC2617 ", qop=auth", "a:b", "/", 11, "c", ", qop=auth, nc=0000000b, cnonce=\"c\", opaque=");
  assert_response ("Digest realm=\"a \\\"b\\\"\", nonce=n", "x\"y:b", "/", 1, "c",
                   "username=\"x\\\"y\", realm=\"a \\\"b\\\"\", nonce=\"n\", uri=\"/\"");
  assert_response ("Digest realm=r, nonce=n, algorithm=MD5-sess", "a:b", "/", 1, "c", ", algorithm=MD5-sess, cnonce=\"c\"");
  assert_response ("Digest realm=r, nonce=n, userhash=true", "a:b", "/", 1, "c",
                   "username=\"d0b13ff0282712b5cac1ffd72e47cecd\"");
}

/* MD5-sess and SHA-256-sess, computed by hand from the formulas of RFC 7616 section 3.4.2. */
static void
test_sessions (void)
{
  const struct { const char *name; GChecksumType kind; } kinds[] = {
    { "MD5-sess", G_CHECKSUM_MD5 }, { "SHA-256-sess", G_CHECKSUM_SHA256 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *challenge = g_strconcat ("Digest realm=r, nonce=n, qop=auth, algorithm=", kinds[i].name, NULL);
      g_autofree char *first = g_compute_checksum_for_string (kinds[i].kind, "a:r:b", -1);
      g_autofree char *first_text = g_strconcat (first, ":n:c", NULL);
      g_autofree char *secret = g_compute_checksum_for_string (kinds[i].kind, first_text, -1);
      g_autofree char *what = g_compute_checksum_for_string (kinds[i].kind, "GET:/x?y", -1);
      g_autofree char *text = g_strconcat (secret, ":n:00000002:c:auth:", what, NULL);
      g_autofree char *response = g_compute_checksum_for_string (kinds[i].kind, text, -1);
      g_autofree char *part = g_strconcat ("response=\"", response, "\"", NULL);

      assert_response (challenge, "a:b", "/x?y", 2, "c", part);
    }
}

/* A2: what is missing, hostile or beyond us is no challenge, and nothing crashes. */
static void
test_unusable (void)
{
  const char *const values[] = {
    "Digest", "Digest realm=a", "Digest nonce=a", "Digest realm=a, nonce=\"\"", "Basic realm=a, nonce=b",
    "Digest realm=a, nonce=b, qop=auth-int", "Digest realm=a, nonce=b, qop=\"author,xauth\"",
    "Digest realm=a, nonce=b, algorithm=SHA-512-256", "Digest realm=a, nonce=b, algorithm=",
    "Digest realm=\"a\rb\", nonce=b", "Digest realm=a, nonce=\"b\nc\"", "Digest realm=a, nonce=b, opaque=\"\x01\"",
    "Digest domain=\"http:/x\"",
  };
  g_autoptr (SkeinDigestLogin) hostile = choose ("Digest realm=a, nonce=b, domain=\"http:/x\", qop=\"\"");

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_test_message ("%s", values[i]);
      g_assert_null (choose (values[i]));
    }
  g_assert_nonnull (hostile);
}

static void
test_choice (void)
{
  g_autoptr (SkeinDigestLogin) stale = choose ("Digest realm=a, nonce=b, stale=TRUE");

  assert_response ("Digest realm=a, nonce=1, Digest realm=a, nonce=2, algorithm=SHA-256, Digest realm=a, nonce=3, "
                   "algorithm=MD5", "a:b", "/", 1, "c", "nonce=\"2\"");
  assert_response ("Digest realm=a, nonce=1, algorithm=FUTURE, Basic realm=x, Digest realm=a, nonce=3", "a:b", "/", 1,
                   "c", "nonce=\"3\"");
  g_assert_true (skein_digest_login_is_stale (stale));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/challenge/parse", test_parse);
  g_test_add_func ("/challenge/much", test_much);
  g_test_add_func ("/digest-login/examples", test_examples);
  g_test_add_func ("/digest-login/form", test_form);
  g_test_add_func ("/digest-login/sessions", test_sessions);
  g_test_add_func ("/digest-login/A2 unusable", test_unusable);
  g_test_add_func ("/digest-login/choice", test_choice);

  return g_test_run ();
}
