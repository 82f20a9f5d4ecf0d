/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Logins of a netrc file, also of a bad one: fault I8. */
#include "skein-netrc.h"

#include <string.h>

typedef struct
{
  const char *text;
  const char *host;
  const char *user;
  gboolean    by_name;
  const char *login;
} Case;

static const Case cases[] = {
  { "", "a.org", NULL, FALSE, NULL },
  { "machine a.org login anna password secret", "a.org", NULL, FALSE, "anna:secret" },
  { "machine a.org login anna password secret\n", "b.org", NULL, FALSE, NULL },
  { "machine a.org login anna password secret\n", "x.a.org", NULL, FALSE, NULL },
  { "machine\n\ta.org\r\nlogin\n  anna\npassword\n secret\n", "a.org", NULL, FALSE, "anna:secret" },
  { "machine A.ORG user anna passwd secret account none", "a.org", NULL, FALSE, "anna:secret" },
  { "machine b\xc3\xbc" "cher.de login a password b", "xn--bcher-kva.de", NULL, FALSE, "a:b" },
  { "machine [::1] login a password b", "::1", NULL, FALSE, "a:b" },
  { "machine a.org login a password \"with space \\\" \\\\ \\t.\"", "a.org", NULL, FALSE, "a:with space \" \\ \t." },
  { "machine a.org login a password \"\"", "a.org", NULL, FALSE, "a:" },
  { "machine a.org login a password x\"y", "a.org", NULL, FALSE, "a:x\"y" },
  { "machine a.org login a password \"never ends\nmachine b.org login c password d", "b.org", NULL, FALSE, "c:d" },

  /* Comments, but not inside of a value. */
  { "# machine a.org login x password y\nmachine a.org login a password b", "a.org", NULL, FALSE, "a:b" },
  { "machine a.org login a password #b # and so on", "a.org", NULL, FALSE, "a:#b" },

  /* The first that fits; a name chooses. */
  { "machine a.org login a password 1 machine a.org login b password 2", "a.org", NULL, FALSE, "a:1" },
  { "machine a.org login a password 1 machine a.org login b password 2", "a.org", "b", FALSE, "b:2" },
  { "machine a.org login a password 1", "a.org", "c", FALSE, NULL },

  /* The default is for those that no entry names, and never for strangers. */
  { "default login d password e\nmachine a.org login a password b", "a.org", NULL, FALSE, "a:b" },
  { "default login d password e\nmachine a.org login a password b", "z.org", NULL, FALSE, "d:e" },
  { "default login d password e\nmachine a.org login a password b", "z.org", NULL, TRUE, NULL },
  { "default login d password e\nmachine a.org login a password b", "a.org", NULL, TRUE, "a:b" },

  /* What is missing: the entry does not count, the next one does. */
  { "machine a.org login a\nmachine b.org login c password d", "a.org", NULL, FALSE, NULL },
  { "machine a.org login a\nmachine b.org login c password d", "b.org", NULL, FALSE, "c:d" },
  { "machine a.org login\nmachine b.org login c password d", "b.org", NULL, FALSE, "c:d" },
  { "machine\nmachine b.org login c password d", "b.org", NULL, FALSE, "c:d" },
  { "machine a.org password\nlogin a\nmachine b.org login c password d", "a.org", NULL, FALSE, NULL },
  { "machine a.org password d", "a.org", NULL, FALSE, NULL },
  { "login a password b", "a.org", NULL, FALSE, NULL },
  { "machine a.org nonsense login a foo password b", "a.org", NULL, FALSE, "a:b" },
  { "machine", "", NULL, FALSE, NULL },
  { "machine a.org login a password", "a.org", NULL, FALSE, NULL },

  /* A colon in the name would make another password of it. */
  { "machine a.org login a:b password c", "a.org", NULL, FALSE, NULL },

  /* Macros end with an empty line. */
  { "machine a.org login a password b\nmacdef init\nmachine c.org login x password y\n\nmachine d.org login e password f",
    "c.org", NULL, FALSE, NULL },
  { "machine a.org login a password b\nmacdef init\nmachine c.org login x password y\n\nmachine d.org login e password f",
    "d.org", NULL, FALSE, "e:f" },
  { "macdef\n\nmachine a.org login a password b", "a.org", NULL, FALSE, "a:b" },
};

static SkeinNetrc *
parse (const char *text,
       gsize       length,
       gsize       block)
{
  SkeinNetrc *netrc = skein_netrc_new ();

  for (gsize at = 0; at < length; at += block)
    skein_netrc_feed (netrc, text + at, MIN (block, length - at));
  skein_netrc_end (netrc);

  return netrc;
}

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];

      g_test_message ("%s", c->text);
      for (gsize block = 1; block < 10; block += 4)
        {
          g_autoptr (SkeinNetrc) netrc = parse (c->text, strlen (c->text), block);
          g_autofree char *login = skein_netrc_find (netrc, c->host, c->user, c->by_name);

          g_assert_cmpstr (login, ==, c->login);
        }
    }
}

static void
test_macro_without_a_name (void)
{
  const char *text = "macdef x\r\nmachine a.org login a password b\r\n\r\nmachine b.org login c password d\r\n";
  g_autoptr (SkeinNetrc) netrc = parse (text, strlen (text), 3);
  g_autofree char *a = skein_netrc_find (netrc, "a.org", NULL, FALSE);
  g_autofree char *b = skein_netrc_find (netrc, "b.org", NULL, FALSE);

  g_assert_null (a);
  g_assert_cmpstr (b, ==, "c:d");
}

/* Long words spoil their own entry alone, and do not fill the memory. */
static void
test_long (void)
{
  g_autofree char *much = g_strnfill (10 * 1000 * 1000, 'x');
  g_autofree char *most = g_strnfill (SKEIN_NETRC_MAX_WORD, 'x');
  g_autofree char *text = g_strconcat ("# ", much, "\nmachine a.org login a password ", much,
                                       "\n", much, " machine ", much, " login a password b"
                                       "\nmachine b.org login c password ", most, NULL);
  g_autofree char *expected = g_strconcat ("c:", most, NULL);
  g_autoptr (SkeinNetrc) netrc = parse (text, strlen (text), 65536);
  g_autofree char *a = skein_netrc_find (netrc, "a.org", NULL, FALSE);
  g_autofree char *b = skein_netrc_find (netrc, "b.org", NULL, FALSE);

  g_assert_null (a);
  g_assert_cmpstr (b, ==, expected);
}

static void
test_nul (void)
{
  const char text[] = "machine a.org login a password b\0c machine b.org login d password e";
  g_autoptr (SkeinNetrc) netrc = parse (text, sizeof text - 1, 7);
  g_autofree char *a = skein_netrc_find (netrc, "a.org", NULL, FALSE);
  g_autofree char *b = skein_netrc_find (netrc, "b.org", NULL, FALSE);

  g_assert_null (a);
  g_assert_cmpstr (b, ==, "d:e");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/netrc/I8 cases", test_cases);
  g_test_add_func ("/netrc/macro", test_macro_without_a_name);
  g_test_add_func ("/netrc/I8 long words", test_long);
  g_test_add_func ("/netrc/NUL", test_nul);

  return g_test_run ();
}
