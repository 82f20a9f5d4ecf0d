/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-get-options.h"

static void
test_rate (void)
{
  const struct { const char *text; guint64 rate; } table[] = {
    { "0", 0 }, { "1", 1 }, { "500000", 500000 }, { "500k", 500000 }, { "500K", 500000 }, { "2M", 2000000 },
    { "2m", 2000000 }, { "1G", 1000000000 }, { "18446744073709551614", 18446744073709551614u },
  };
  const char *const bad[] = { "", "k", "-1", "+1", " 1", "1 ", "1kk", "1T", "1.5M", "0x10", "2Mb",
                              "18446744073709551616", "18446744073709551614k" };
  guint64 rate;

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_assert_true (skein_get_options_parse_rate (table[i].text, &rate));
      g_assert_cmpuint (rate, ==, table[i].rate);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (skein_get_options_parse_rate (bad[i], &rate));
}

#define parse(error, ...) \
  skein_get_options_parse ((char **) (const char *[]) { "skein-get", __VA_ARGS__, NULL }, error)

static void
test_parse (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SkeinGetOptions) plain = parse (&error, "http://a/");
  g_autoptr (SkeinGetOptions) full = parse (&error, "-x", "3", "--limit-rate", "2M", "--timeout=5", "-o", "name",
                                            "--checksum", "md5:d41d8cd98f00b204e9800998ecf8427e", "http://a/");

  g_assert_no_error (error);
  g_assert_cmpuint (plain->connections, ==, 8);
  g_assert_cmpuint (plain->limit_rate, ==, 0);
  g_assert_cmpint (plain->timeout, ==, 30 * G_USEC_PER_SEC);
  g_assert_cmpuint (full->connections, ==, 3);
  g_assert_cmpuint (full->limit_rate, ==, 2000000);
  g_assert_cmpint (full->timeout, ==, 5 * G_USEC_PER_SEC);
  g_assert_cmpstr (full->name, ==, "name");
  g_assert_cmpstr (full->digest->hex, ==, "d41d8cd98f00b204e9800998ecf8427e");
}

#define assert_refused(...) \
  G_STMT_START { \
    g_autoptr (GError) why = NULL; \
    g_assert_null (parse (&why, __VA_ARGS__)); \
    g_assert_cmpuint (why->domain, ==, G_OPTION_ERROR); \
  } G_STMT_END

static void
test_refuse (void)
{
  assert_refused ("-x", "0", "http://a/");
  assert_refused ("-x", "17", "http://a/");
  assert_refused ("--limit-rate", "fast", "http://a/");
  assert_refused ("--progress", "none", "-q", "http://a/");
  assert_refused ("--progress", "", "http://a/");
  assert_refused ("--progress", "dots", "http://a/");
  assert_refused ("--timeout", "0", "http://a/");
  assert_refused ("-o", "name", "http://a/", "http://b/");
  assert_refused ("-o", "name", "-i", "list");
  assert_refused ("--checksum", "md5:d41d8cd98f00b204e9800998ecf8427e", "http://a/", "http://b/");
  assert_refused ("--checksum", "md5:d41d", "http://a/");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/get-options/rate", test_rate);
  g_test_add_func ("/get-options/parse", test_parse);
  g_test_add_func ("/get-options/refuse", test_refuse);

  return g_test_run ();
}
