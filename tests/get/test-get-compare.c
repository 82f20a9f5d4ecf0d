/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "get-fixture.h"

#include "skein-get-status.h"

static guint
count (const char *text,
       const char *part)
{
  guint n = 0;

  for (const char *p = strstr (text, part); p != NULL; p = strstr (p + 1, part))
    n++;

  return n;
}

static void
test_pictures (Fixture       *fixture,
               gconstpointer  data)
{
  run (fixture, "compare", "--tasks=4", "--workers=4", "--delay=100");

  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_GOOD);
  assert_contains (fixture->out, "Without Threads: ");
  assert_contains (fixture->out, "window's thread  |");
  assert_contains (fixture->out, "worker 4         |");
  assert_contains (fixture->out, "waits of 4 tasks overlapped");
  assert_contains (fixture->out, "All ways came to the same result.");
}

static void
test_addresses (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *one = make_address (fixture, "/bytes/1000");
  g_autofree char *missing = make_address (fixture, "/bytes/1000?status=404");

  run (fixture, "compare", "--ways=threads", "--json", one);
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_GOOD);
  assert_contains (fixture->out, "\"outcome\":1000,");
  assert_contains (fixture->out, "\"name\":\"1000\"");

  run (fixture, "compare", "--ways=threads", one, missing);
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_SERVER);
  assert_contains (fixture->out, "1 task failed");
}

static void
test_json (Fixture       *fixture,
           gconstpointer  data)
{
  g_auto (GStrv) lines = NULL;

  run (fixture, "compare", "--work=tiny", "--tasks=5", "--repeat=2", "--ways=lock,blocking", "--json");

  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_GOOD);
  g_assert_cmpuint (count (fixture->out, "{\"type\":\"run\","), ==, 4);
  g_assert_cmpuint (count (fixture->out, "{\"type\":\"task\","), ==, 20);
  g_assert_cmpuint (count (fixture->out, "\"operation\":\"compute\""), ==, 20);
  g_assert_cmpuint (count (fixture->out, "\"window\":true"), ==, 2);

  lines = g_strsplit (fixture->out, "\n", -1);
  for (guint i = 0; lines[i + 1] != NULL; i++)
    {
      g_assert_true (g_str_is_ascii (lines[i]));
      g_assert_true (g_str_has_prefix (lines[i], "{\"type\":\""));
      g_assert_true (g_str_has_suffix (lines[i], "}"));
    }
}

static void
test_memory (Fixture       *fixture,
             gconstpointer  data)
{
  run (fixture, "compare", "--work=memory", "--additions=1000", "--care=atomic", "--tasks=3", "--json");

  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_GOOD);
  g_assert_cmpuint (count (fixture->out, "\"outcome\":3000,"), ==, 4);
}

static void
test_usage (Fixture       *fixture,
            gconstpointer  data)
{
  const char *const wrong[][2] = {
    { "--work=nothing", "pictures, weather" }, { "--ways=threads,none", "blocking, threads" }, { "--ways=", "--ways" },
    { "--tasks=49", "1 to 48" }, { "--tasks=-1", "--tasks" }, { "--workers=65", "1 to 64" }, { "--repeat=0", "1 to 10" },
    { "--side=2", "--side" }, { "--care=some", "none, lock, atomic" }, { "--no-such-option", "no-such-option" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      run (fixture, "compare", wrong[i][0]);
      g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_USAGE);
      g_assert_cmpstr (fixture->out, ==, "");
      assert_contains (fixture->err, wrong[i][1]);
    }

  run (fixture, "compare", "--work=weather", "http://127.0.0.1/");
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_USAGE);
  run (fixture, "compare", "no address at all");
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_INPUT);
}

static void
test_stopped (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *slow = make_address (fixture, "/bytes/1000?delay=3000000");
  GSubprocess *process = start (fixture, "compare", "--ways=threads,lock", slow, NULL);

  /* It is in the middle of its first run: the server has been asked. */
  while (skein_practice_server_get_peak (fixture->server, NULL) == 0)
    g_thread_yield ();
  g_subprocess_send_signal (process, SIGINT);
  finish (fixture, process, NULL);

  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_STOPPED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_TEST ("compare/pictures", NULL, test_pictures);
  ADD_TEST ("compare/addresses", NULL, test_addresses);
  ADD_TEST ("compare/json", NULL, test_json);
  ADD_TEST ("compare/memory", NULL, test_memory);
  ADD_TEST ("compare/usage", NULL, test_usage);
  ADD_TEST ("compare/stopped", NULL, test_stopped);

  return g_test_run ();
}
