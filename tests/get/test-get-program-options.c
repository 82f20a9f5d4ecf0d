/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "get-fixture.h"
#include "skein-get-status.h"
#include "skein-practice-pattern.h"

static void
test_name (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *address = make_address (fixture, "/bytes/1000");

  run (fixture, "-o", "moon.bin", address);
  g_assert_cmpint (fixture->status, ==, 0);
  assert_equal (fixture, "moon.bin", 1000);
  g_assert_false (exists (fixture, "1000"));

  /* A name, not a way to another folder. */
  run (fixture, "-o", "../sun.bin", address);
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_false (exists (fixture, "../sun.bin"));
}

/* Each connection is slow, so that all that are allowed join. */
static void
test_connections (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *one = make_address (fixture, "/bytes/4M?rate=2M");
  g_autofree char *three = make_address (fixture, "/bytes/8M?rate=2M");

  run (fixture, "-x", "1", one);
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_cmpuint (skein_practice_server_get_peak (fixture->server, NULL), ==, 1);
  run (fixture, "-x", "3", three);
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_cmpuint (skein_practice_server_get_peak (fixture->server, NULL), ==, 3);
}

/* Both together: 1.2 MB at 1 MB/s, of which 100 ms worth are free. */
static void
test_limit_rate (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *a = make_address (fixture, "/bytes/600000");
  g_autofree char *b = make_address (fixture, "/bytes/600000?b");
  gint64 begin = g_get_monotonic_time ();

  run (fixture, "--limit-rate", "1M", a, b);
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_cmpint (g_get_monotonic_time () - begin, >, G_USEC_PER_SEC);
}

static void
test_timeout (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *address = make_address (fixture, "/bytes/1000?stall-headers");
  gint64 begin = g_get_monotonic_time ();

  run (fixture, "--timeout", "1", "--max-tries", "1", address);
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_NETWORK);
  assert_contains (fixture->err, "did not answer in time");
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 20 * G_USEC_PER_SEC);
}

static void
test_checksum (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *address = make_address (fixture, "/bytes/3000000");
  g_autofree char *hex = skein_practice_pattern_sha256 (0, 3000000);
  g_autofree char *other = skein_practice_pattern_sha256 (1, 3000000);
  g_autofree char *good = g_strconcat ("sha256:", hex, NULL);
  g_autofree char *bad = g_strconcat ("sha256:", other, NULL);

  run (fixture, "--checksum", bad, address);
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_CHECKSUM);
  assert_contains (fixture->err, hex);
  assert_contains (fixture->err, other);
  g_assert_false (exists (fixture, "3000000"));
  g_assert_true (exists (fixture, "3000000.part"));
  g_assert_false (exists (fixture, "3000000.part.skein"));

  run (fixture, "-o", "right", "--checksum", good, address);
  g_assert_cmpint (fixture->status, ==, 0);
  assert_equal (fixture, "right", 3000000);
  assert_contains (fixture->out, "the checksum is right");
}

/* That there is none is no failure, but told. */
static void
test_find_checksum (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *address = make_address (fixture, "/bytes/1000");
  g_autofree char *hex = skein_practice_pattern_sha256 (0, 1000);

  run (fixture, "--find-checksum", address);
  g_assert_cmpint (fixture->status, ==, 0);
  assert_contains (fixture->out, "no checksum was found");
  run (fixture, "--find-checksum", "--checksum", hex, address);
  g_assert_cmpint (fixture->status, ==, 0);
  assert_contains (fixture->out, "the checksum is right");
}

static void
test_preallocate (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *address = make_address (fixture, "/bytes/3000000");

  run (fixture, "--preallocate", address);
  g_assert_cmpint (fixture->status, ==, 0);
  assert_equal (fixture, "3000000", 3000000);
}

/* What a server says of its own file is told to programs, not made much of to people. */
static void
test_verified (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *plain = make_address (fixture, "/bytes/1000");
  g_autofree char *good = make_address (fixture, "/bytes/0?header=Content-MD5%3A1B2M2Y8AsgTpgAmY7PhCfg%3D%3D");
  g_autofree char *bad = make_address (fixture, "/bytes/1?header=Content-MD5%3A1B2M2Y8AsgTpgAmY7PhCfg%3D%3D");
  g_autofree char *hex = skein_practice_pattern_sha256 (0, 1000);

  run (fixture, "--progress=json", "--checksum", hex, plain);
  g_assert_cmpint (fixture->status, ==, 0);
  assert_contains (fixture->out, "\"verified\":{\"kind\":\"sha256\",\"source\":\"given\"},\"notes\":[],\"error\":null}");
  run (fixture, "--progress=json", good, bad);
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_CHECKSUM);
  assert_contains (fixture->out, "\"verified\":{\"kind\":\"md5\",\"source\":\"server\"},\"notes\":[],\"error\":null}");
  assert_contains (fixture->out, "\"verified\":null,\"notes\":[],\"error\":{\"domain\":\"skein\",\"code\":\"digest\","
                                 "\"text\":\"The file is damaged or another one: MD5 is 93b885adfe0da089cdf634904fd59f71, "
                                 "not d41d8cd98f00b204e9800998ecf8427e.");
  run (fixture, good);
  g_assert_null (strstr (fixture->out, "checksum"));
}

static void
test_pattern (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *address = make_address (fixture, "/bytes/{1,2}0[00-02]");
  g_autofree char *many = make_address (fixture, "/bytes/[1-10001]");
  const char *const names[] = { "1000", "1001", "1002", "2000", "2001", "2002" };

  run (fixture, address);
  g_assert_cmpint (fixture->status, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    assert_equal (fixture, names[i], g_ascii_strtoull (names[i], NULL, 10));

  run (fixture, many);
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_INPUT);
  assert_contains (fixture->err, "The pattern stands for more than 10000 addresses.");
  run (fixture, "-o", "name", address);
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_INPUT);
  assert_contains (fixture->err, "single address only");
}

static void
test_quiet (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *good = make_address (fixture, "/bytes/1000");
  g_autofree char *bad = make_address (fixture, "/bytes/2000?status=404");

  run (fixture, "-q", good, bad);
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_SERVER);
  assert_equal (fixture, "1000", 1000);
  g_assert_cmpstr (fixture->out, ==, "");
  assert_contains (fixture->err, "2000: failed: ");
}

static void
test_bar (Fixture       *fixture,
          gconstpointer  data)
{
  g_autofree char *address = make_address (fixture, "/bytes/300000?rate=600000");

  /* Not a terminal, but asked for. */
  run (fixture, "--progress=bar", "-x", "1", address);
  g_assert_cmpint (fixture->status, ==, 0);
  assert_contains (fixture->out, "0 finished · 1 running");
}

static void
test_json (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *good = make_address (fixture, "/bytes/1600000?rate=1M");
  g_autofree char *bad = make_address (fixture, "/bytes/2000?status=404");
  g_autofree char *path = g_build_filename (fixture->folder, "1600000", NULL);
  g_autofree char *ended = g_strdup_printf ("{\"type\":\"ended\",\"address\":\"%s\",\"name\":\"1600000\","
                                            "\"path\":\"%s\",\"state\":\"finished\",\"received\":1600000,"
                                            "\"total\":1600000,\"rate\":0,\"checked\":null,\"verified\":null,\"notes\":[],"
                                            "\"error\":null}\n", good, path);
  g_auto (GStrv) lines = NULL;

  run (fixture, "--progress=json", "-x", "1", good, bad, "irc://\"\\/Gr\303\274\303\237e\360\237\214\231");
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_OTHER);
  g_assert_cmpstr (fixture->err, ==, "");
  assert_contains (fixture->out, "{\"type\":\"rejected\",\"line\":null,"
                                 "\"address\":\"irc://\\\"\\\\/Gr\\u00fc\\u00dfe\\ud83c\\udf19\","
                                 "\"error\":{\"domain\":\"skein\",\"code\":\"unsupported-scheme\",\"text\":\"");
  assert_contains (fixture->out, "\"state\":\"failed\",\"received\":0,\"total\":null,\"rate\":0,"
                                 "\"checked\":null,\"verified\":null,\"notes\":[],\"error\":{\"domain\":\"http\",\"code\":\"404\",\"text\":\"");
  assert_contains (fixture->out, "{\"type\":\"progress\",\"address\":\"");
  assert_contains (fixture->out, ended);
  assert_contains (fixture->out, "{\"type\":\"summary\",\"finished\":1,\"already\":0,\"failed\":2,\"unfinished\":0,\"status\":1}\n");

  lines = g_strsplit (fixture->out, "\n", -1);
  for (guint i = 0; lines[i + 1] != NULL; i++)
    g_assert_true (lines[i][0] == '{' && g_str_has_suffix (lines[i], "}"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_TEST ("options/name", NULL, test_name);
  ADD_TEST ("options/connections", NULL, test_connections);
  ADD_TEST ("options/limit-rate", NULL, test_limit_rate);
  ADD_TEST ("options/timeout", NULL, test_timeout);
  ADD_TEST ("options/checksum", NULL, test_checksum);
  ADD_TEST ("options/find-checksum", NULL, test_find_checksum);
  ADD_TEST ("options/preallocate", NULL, test_preallocate);
  ADD_TEST ("options/verified", NULL, test_verified);
  ADD_TEST ("options/pattern", NULL, test_pattern);
  ADD_TEST ("options/quiet", NULL, test_quiet);
  ADD_TEST ("options/bar", NULL, test_bar);
  ADD_TEST ("options/json", NULL, test_json);

  return g_test_run ();
}
