/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is tried again, and how that is told. */
#include <signal.h>

#include "get-fixture.h"
#include "skein-get-status.h"

/* C5, P16: as the server asks, and not before. */
static void
test_busy (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *address = make_address (fixture, "/bytes/3000?fail-first=2&retry-after=2");
  gint64 begin = g_get_monotonic_time ();

  run (fixture, "--progress=lines", address);
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_cmpstr (fixture->err, ==, "");
  assert_equal (fixture, "3000", 3000);
  assert_contains (fixture->out, "3000: waiting: Trying again in 2\302\240s (2 of 8) · ");
  assert_contains (fixture->out, "3000: waiting: Trying again in ");
  assert_contains (fixture->out, " (3 of 8) · ");
  assert_contains (fixture->out, "(503)");
  g_assert_cmpint (g_get_monotonic_time () - begin, >=, 4 * G_USEC_PER_SEC);
}

static void
test_bar (Fixture       *fixture,
          gconstpointer  data)
{
  g_autofree char *address = make_address (fixture, "/bytes/3000?fail-first=1&retry-after=2");

  run (fixture, "--progress=bar", address);
  g_assert_cmpint (fixture->status, ==, 0);
  assert_contains (fixture->out, "] Trying again in 2\302\240s (2 of 8)\n");
  assert_contains (fixture->out, "] Trying again in 1\302\240s (2 of 8)\n");
  assert_contains (fixture->out, "0 finished · 0 running · 1 waiting");
}

static void
test_blocking (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *busy = make_address (fixture, "/bytes/3000?fail-first=1");
  g_autofree char *other = make_address (fixture, "/bytes/2000");

  run (fixture, "--blocking", busy, other);
  g_assert_cmpint (fixture->status, ==, 0);
  assert_equal (fixture, "2000", 2000);
  assert_equal (fixture, "3000", 3000);
  g_assert_true (strstr (fixture->out, "2000: finished") < strstr (fixture->out, "3000: finished"));
}

static void
test_max_tries (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *address = make_address (fixture, "/bytes/3000?status=500");
  g_autoptr (GPtrArray) requests = NULL;

  run (fixture, "--max-tries", "2", address);
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_SERVER);
  assert_contains (fixture->out, "(2 of 2)");
  assert_contains (fixture->err, "3000: failed: ");
  requests = skein_practice_server_dup_requests (fixture->server);
  g_assert_cmpuint (requests->len, ==, 2);
}

static char *
read_line (GSubprocess *process)
{
  GInputStream *output = g_subprocess_get_stdout_pipe (process);
  GString *line = g_string_new (NULL);
  char byte;

  while (g_input_stream_read (output, &byte, 1, NULL, NULL) == 1 && byte != '\n')
    g_string_append_c (line, byte);

  return g_string_free (line, FALSE);
}

/* C3: refused first, then there. */
static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *address = make_address (fixture, "/bytes/3000");
  guint16 port = (guint16) g_ascii_strtoull (strrchr (fixture->address, ':') + 1, NULL, 10);
  GSubprocess *process;
  g_autofree char *line = NULL;

  g_clear_pointer (&fixture->server, skein_practice_server_free);
  process = start (fixture, "--progress=json", "--max-tries=0", address, NULL);
  line = read_line (process);
  assert_contains (line, "{\"type\":\"waiting\",\"address\":\"http://127.0.0.1:");
  assert_contains (line, "\"state\":\"waiting\",");
  assert_contains (line, "\"waits-for\":\"time\",\"until\":");
  assert_contains (line, "\"attempt\":2,\"most\":null,\"error\":{\"domain\":\"skein\",\"code\":\"connect\",\"text\":\"");

  fixture->server = skein_practice_server_new (port, NULL, NULL);
  g_assert_nonnull (fixture->server);
  fixture->address = skein_practice_server_get_address (fixture->server);
  finish (fixture, process, NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  assert_equal (fixture, "3000", 3000);
}

/* Nobody waits for an hour who does not want to. */
static void
test_stopped (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *address = make_address (fixture, "/bytes/3000?status=503&retry-after=3000");
  GSubprocess *process = start (fixture, "--progress=json", address, NULL);
  g_autofree char *line = read_line (process);

  assert_contains (line, "\"waits-for\":\"time\"");
  g_subprocess_send_signal (process, SIGINT);
  finish (fixture, process, NULL);
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_STOPPED);
  assert_contains (fixture->out, "\"unfinished\":1,");
}

/* 300 kB at 300 kB/s each, of which a tenth of a second's worth is free. */
static void
test_limit_each (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *a = make_address (fixture, "/bytes/300000");
  g_autofree char *b = make_address (fixture, "/bytes/300000?b");
  gint64 begin = g_get_monotonic_time ();
  gint64 took;

  run (fixture, "--limit-each", "300k", a, b);
  took = g_get_monotonic_time () - begin;
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_cmpint (took, >, G_USEC_PER_SEC * 8 / 10);
}

static void
test_limit_in_list (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *list = g_strdup_printf ("%s/bytes/300000\n max-download-limit=300k\n"
                                           "%s/bytes/30000000\n"
                                           "%s/bytes/3\n max-download-limit=fast\n",
                                           fixture->address, fixture->address, fixture->address);

  finish (fixture, start (fixture, "--progress=lines", "-i", "-", NULL), list);
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_INPUT);
  assert_contains (fixture->err, "line 4: ");
  assert_contains (fixture->err, "The speed limit must be a number");
  assert_equal (fixture, "300000", 300000);
  g_assert_true (strstr (fixture->out, "30000000: finished") < strstr (fixture->out, "\n300000: finished"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_TEST ("retries/busy", NULL, test_busy);
  ADD_TEST ("retries/bar", NULL, test_bar);
  ADD_TEST ("retries/blocking", NULL, test_blocking);
  ADD_TEST ("retries/max-tries", NULL, test_max_tries);
  ADD_TEST ("retries/refused", NULL, test_refused);
  ADD_TEST ("retries/stopped", NULL, test_stopped);
  ADD_TEST ("retries/limit-each", NULL, test_limit_each);
  ADD_TEST ("retries/limit-in-list", NULL, test_limit_in_list);

  return g_test_run ();
}
