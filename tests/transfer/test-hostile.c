/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Servers that mean no good, heads that are none, and a process at its limits. The letters and numbers are those of
 * tests/faults.md. */
#include "transfer-fixture.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "skein-error.h"
#include "skein-retry-policy.h"

static gboolean
enough_cb (gpointer data)
{
  *(gboolean *) data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Time for the server to do what it does to idle connections. */
static void
let_idle (guint milliseconds)
{
  gboolean enough = FALSE;

  g_timeout_add (milliseconds, enough_cb, &enough);
  while (!enough)
    g_main_context_iteration (NULL, TRUE);
}

/* C9, S4: an answer that came before it was asked for is not the answer. */
static void
test_unsolicited (Fixture       *fixture,
                  gconstpointer  data)
{
  for (guint i = 0; i < 3; i++)
    {
      fixture_run (fixture, "/bytes/1000?late=1");
      fixture_assert_file (fixture, 1000);
      let_idle (200);
      fixture_run (fixture, "/bytes/2000");
      fixture_assert_file (fixture, 2000);
    }
}

/* What the server sends, byte by byte. */
static gboolean
run_raw (Fixture    *fixture,
         const char *answer,
         gsize       length)
{
  g_autofree char *text = g_base64_encode ((const guchar *) answer, length);
  g_autofree char *target = NULL;

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  target = g_strdup_printf ("/bytes/1000?raw=%s", text);

  return fixture_run (fixture, target);
}

typedef struct
{
  const char *name;
  const char *answer;
  gsize       length;
  int         code;    /* -1: the body is "good" */
} Head;

#define HEAD(name, answer, code) { name, answer, sizeof answer - 1, code }

static const Head heads[] = {
  HEAD ("N9 no reason phrase", "HTTP/1.1 200\r\nContent-Length: 4\r\n\r\ngood", -1),
  HEAD ("N9 bare line ends", "HTTP/1.1 200 OK\nContent-Length: 4\n\ngood", -1),
  HEAD ("N9 folded line", "HTTP/1.1 200 OK\r\nX-Long: a\r\n b\r\nContent-Length: 4\r\n\r\ngood", -1),
  HEAD ("N9 line without a colon", "HTTP/1.1 200 OK\r\nrubbish\r\nContent-Length: 4\r\n\r\ngood", -1),
  HEAD ("N9 NUL in a header", "HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 4\r\n\r\ngood", SKEIN_ERROR_PROTOCOL),
  HEAD ("N9 bytes that are no text", "HTTP/1.1 200 OK\r\nX: \377\376\r\nContent-Length: 4\r\n\r\ngood", -1),
  HEAD ("N9 empty", "\r\n\r\n", SKEIN_ERROR_PROTOCOL),
  HEAD ("N9 cut in the head", "HTTP/1.1 200 OK\r\nContent-Len", SKEIN_ERROR_PROTOCOL),
  HEAD ("H12 switching protocols", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\nrubbish", SKEIN_ERROR_PROTOCOL),
};

static void
test_head (Fixture       *fixture,
           gconstpointer  data)
{
  const Head *head = data;
  g_autofree char *contents = NULL;

  if (!run_raw (fixture, head->answer, head->length))
    {
      if (head->code < 0)
        g_assert_no_error (fixture->error);
      g_assert_error (fixture->error, SKEIN_ERROR, head->code);
      fixture_assert_no_file (fixture);
      return;
    }

  g_assert_cmpint (head->code, ==, -1);
  g_assert_true (g_file_get_contents (skein_transfer_get_path (fixture->transfer), &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "good");
}

/* S2: what stands behind a redirect, a refusal or an error is not read, however much it is. */
static void
test_endless_bodies (Fixture       *fixture,
                     gconstpointer  data)
{
  const int statuses[] = { 401, 407, 421, 500 };
  gint64 begin = g_get_monotonic_time ();
  struct rusage before, after;

  g_assert_cmpint (getrusage (RUSAGE_SELF, &before), ==, 0);
  fixture_run (fixture, "/bytes/1?redirect=/bytes/1000&redirect-body=1000000000000");
  fixture_assert_file (fixture, 1000);
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *target = g_strdup_printf ("/bytes/1000?endless=1&ranges=no&status-line=HTTP/1.1%%20%d%%20No", statuses[i]);

      g_assert_false (fixture_run (fixture, target));
      g_assert_error (fixture->error, SKEIN_HTTP_STATUS, statuses[i]);
    }
  g_assert_cmpint (getrusage (RUSAGE_SELF, &after), ==, 0);

  g_assert_cmpint (g_get_monotonic_time () - begin, <, 20 * G_USEC_PER_SEC);
  g_assert_cmpint (after.ru_maxrss - before.ru_maxrss, <, 64 * 1024);
}

/* S1: a body without end stops where the disk, or what is allowed of it, does; nothing of it is a file. */
static void
test_endless_file (Fixture       *fixture,
                   gconstpointer  data)
{
  struct rlimit limit, small;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  small = limit;
  small.rlim_cur = 8 * 1024 * 1024;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  g_assert_false (fixture_run (fixture, "/bytes/1000?endless=1&ranges=no"));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);

  g_assert_error (fixture->error, SKEIN_ERROR, SKEIN_ERROR_TOO_LARGE);
  fixture_assert_no_file (fixture);
}

/* X1: with so many descriptors left there is a clear end each time, and no crash and no loop; with enough of
 * them all is well again. */
static void
test_no_descriptors (Fixture       *fixture,
                     gconstpointer  data)
{
  struct rlimit limit, small;
  int next;

  fixture_run (fixture, "/bytes/1000");
  fixture_assert_file (fixture, 1000);
  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  next = open ("/dev/null", O_RDONLY | O_CLOEXEC);
  close (next);

  for (int left = 0; left < 8; left++)
    {
      small = limit;
      small.rlim_cur = (rlim_t) (next + left);
      g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &small), ==, 0);
      fixture_run (fixture, "/bytes/2000?close=1");
      g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);
      g_test_message ("%d left: %s", left, fixture->error != NULL ? fixture->error->message : "good");
      if (fixture->error != NULL)
        g_assert_cmpint (skein_retry_policy_judge (fixture->error, FALSE), !=, SKEIN_VERDICT_FINAL);
    }

  fixture_run (fixture, "/bytes/2000");
  fixture_assert_file (fixture, 2000);
}

#define ADD_TEST(path, func) \
  g_test_add ("/hostile/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autofree char *path = g_strconcat ("/hostile/", heads[i].name, NULL);

      g_test_add (path, Fixture, &heads[i], fixture_set_up, test_head, fixture_tear_down);
    }
  ADD_TEST ("C9 S4 unsolicited answer", test_unsolicited);
  ADD_TEST ("S2 endless bodies", test_endless_bodies);
  ADD_TEST ("S1 endless file", test_endless_file);
  ADD_TEST ("X1 no descriptors", test_no_descriptors);

  return g_test_run ();
}
