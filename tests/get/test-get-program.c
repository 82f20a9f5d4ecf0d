/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <pty.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "get-fixture.h"
#include "skein-get-status.h"

#define SIZE 3000000

static void
test_one (Fixture       *fixture,
          gconstpointer  data)
{
  g_autofree char *address = make_address (fixture, "/bytes/3000000");

  run (fixture, address);
  g_assert_cmpstr (fixture->err, ==, "");
  g_assert_cmpint (fixture->status, ==, 0);
  assert_equal (fixture, "3000000", SIZE);
  g_assert_true (g_str_has_prefix (fixture->out, "3000000: finished, 3\302\240MB in "));
  g_assert_null (strchr (fixture->out, '\033'));
}

static void
test_many (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *a = make_address (fixture, "/bytes/1000");
  g_autofree char *b = make_address (fixture, "/bytes/2000");
  g_autofree char *c = make_address (fixture, "/bytes/3000?status=404");
  g_autofree char *folder = g_strdup (fixture->folder);

  run (fixture, "-j", "2", "-d", folder, a, c, b);
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_SERVER);
  assert_equal (fixture, "1000", 1000);
  assert_equal (fixture, "2000", 2000);
  g_assert_cmpstr (fixture->err, ==,
                   "3000: failed: The server says there is no such file (404). Check the address.\n");
}

static void
test_list (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *text = g_strdup_printf ("# a comment\r\n%s/bytes/1000\r\n\r\nmagnet:?x=1\n%s/bytes/2000",
                                           fixture->address, fixture->address);
  g_autofree char *path = g_build_filename (fixture->folder, "list.txt", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  run (fixture, "-i", "list.txt");
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_INPUT);
  assert_equal (fixture, "1000", 1000);
  assert_equal (fixture, "2000", 2000);
  assert_contains (fixture->err, "line 4: magnet:?x=1: Addresses of this kind cannot be downloaded");
}

static void
test_list_from_stdin (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree char *text = g_strdup_printf ("%s/bytes/1000\n", fixture->address);

  finish (fixture, start (fixture, "-i", "-", NULL), text);
  g_assert_cmpint (fixture->status, ==, 0);
  assert_equal (fixture, "1000", 1000);
}

static void
test_no_list (Fixture       *fixture,
              gconstpointer  data)
{
  run (fixture, "-i", "missing.txt");
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_INPUT);
  assert_contains (fixture->err, "The list cannot be read");

  finish (fixture, start (fixture, "-i", "-", NULL), "\n");
  g_assert_cmpint (fixture->status, ==, 0);
}

static void
test_blocking (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *a = make_address (fixture, "/bytes/1000");
  g_autofree char *b = make_address (fixture, "/bytes/2000");
  g_autofree char *c = make_address (fixture, "/bytes/3000?cut=100");

  run (fixture, "--blocking", "--max-tries", "1", a, c, b);
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_NETWORK);
  assert_equal (fixture, "1000", 1000);
  assert_equal (fixture, "2000", 2000);
  g_assert_false (exists (fixture, "3000"));
  assert_contains (fixture->err, "ended the file too early");
  g_assert_cmpuint (skein_practice_server_get_peak (fixture->server, NULL), ==, 1);
}

static void
test_usage (Fixture       *fixture,
            gconstpointer  data)
{
  run (fixture, "-j", "3");
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_USAGE);
  run (fixture, "-j", "0", "http://127.0.0.1/");
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_USAGE);
  run (fixture, "-j", "65", "http://127.0.0.1/");
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_USAGE);
  run (fixture, "--no-such-option");
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_USAGE);
  assert_contains (fixture->err, "--help");

  run (fixture, "--help");
  g_assert_cmpint (fixture->status, ==, 0);
  assert_contains (fixture->out, "--blocking");
  run (fixture, "--version");
  g_assert_cmpint (fixture->status, ==, 0);
  assert_contains (fixture->out, "skein-get ");
}

static void
test_bad_address (Fixture       *fixture,
                  gconstpointer  data)
{
  run (fixture, "javascript:alert(1)", "\033[31mred");
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_INPUT);
  assert_contains (fixture->err, "javascript:alert(1): Addresses of this kind cannot be downloaded");
  assert_contains (fixture->err, "\\x1b[31mred: ");
  g_assert_null (strchr (fixture->err, '\033'));
}

static void
test_practice (Fixture       *fixture,
               gconstpointer  data)
{
  run (fixture, "practice:1.png");
  g_assert_cmpstr (fixture->err, ==, "");
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_true (exists (fixture, "1.png"));
}

static void
test_no_practice (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *bindir = g_strdup (g_getenv ("SKEIN_BINDIR"));
  g_autofree char *path = g_build_filename (fixture->folder, "skein-practice", NULL);

  g_assert_true (g_file_set_contents (path, "#!/bin/sh\nexit 3\n", -1, NULL));
  g_assert_cmpint (g_chmod (path, 0700), ==, 0);
  g_setenv ("SKEIN_BINDIR", fixture->folder, TRUE);
  run (fixture, "practice:1.png");
  g_setenv ("SKEIN_BINDIR", bindir, TRUE);
  g_assert_cmpint (fixture->status, ==, 1);
  assert_contains (fixture->err, "the practice server ended again and again");
}

static gboolean
turn_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Looked for by a loop that turns every few milliseconds: the kernel's watch would miss what was there before. */
static void
wait_for_bytes (Fixture    *fixture,
                const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  guint source = g_timeout_add (5, turn_cb, NULL);
  struct stat info;

  while (g_stat (path, &info) < 0 || info.st_size == 0)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
}

static void
test_signal (Fixture       *fixture,
             gconstpointer  data)
{
  const int number = GPOINTER_TO_INT (data);
  g_autofree char *address = make_address (fixture, "/bytes/3000000?rate=300000");
  g_autofree char *next = make_address (fixture, "/bytes/1000000?rate=300000");
  GSubprocess *process;

  if (number == SIGINT)
    process = start (fixture, "-j", "1", address, next, NULL);
  else
    process = start (fixture, "--blocking", address, next, NULL);
  wait_for_bytes (fixture, "3000000.part");
  g_subprocess_send_signal (process, number);
  finish (fixture, process, NULL);

  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_STOPPED);
  assert_contains (fixture->err, "Stopped. 2 downloads are not finished; their part files stay.");
  g_assert_true (exists (fixture, "3000000.part"));
  g_assert_false (exists (fixture, "3000000"));
  g_assert_false (exists (fixture, "1000000"));
}

static char *
read_terminal (int fd)
{
  GString *text = g_string_new (NULL);
  char buffer[4096];
  gssize n;

  /* When the last one on the other side has gone, a terminal gives EIO. */
  while ((n = read (fd, buffer, sizeof buffer)) > 0 || (n < 0 && errno == EINTR))
    g_string_append_len (text, buffer, MAX (n, 0));

  return g_string_free (text, FALSE);
}

static void
test_terminal (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *a = make_address (fixture, "/bytes/300000?rate=600000");
  g_autofree char *b = make_address (fixture, "/bytes/200000?rate=600000");
  const struct winsize size = { .ws_row = 24, .ws_col = 40 };
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  int ours;
  int theirs;

  g_assert_cmpint (openpty (&ours, &theirs, NULL, NULL, &size), ==, 0);
  g_assert_cmpint (fcntl (ours, F_SETFD, FD_CLOEXEC), ==, 0);
  g_subprocess_launcher_take_stdout_fd (launcher, theirs);
  g_subprocess_launcher_set_cwd (launcher, fixture->folder);
  g_subprocess_launcher_setenv (launcher, "TERM", "xterm", TRUE);
  process = g_subprocess_launcher_spawn (launcher, NULL, g_getenv ("SKEIN_GET"), a, b, NULL);
  g_assert_nonnull (process);
  g_subprocess_launcher_close (launcher);
  text = read_terminal (ours);
  close (ours);

  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
  assert_contains (text, "\033[J");
  assert_contains (text, "0 finished · 2 running");
  assert_contains (text, "2 finished, 0 failed in ");
  lines = g_strsplit_set (text, "\r\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '\033' && strstr (lines[i], ": finished") == NULL)
      g_assert_cmpint (g_utf8_strlen (lines[i], -1), <, 40);
}

static void
test_no_toolkit (Fixture       *fixture,
                 gconstpointer  data)
{
  const char *const argv[] = { "ldd", g_getenv ("SKEIN_GET"), NULL };
  g_autoptr (GSubprocess) process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);

  g_assert_nonnull (process);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &fixture->out, NULL, NULL));
  assert_contains (fixture->out, "libsoup-3");
  g_assert_null (strstr (fixture->out, "libgtk"));
  g_assert_null (strstr (fixture->out, "libadwaita"));
  g_assert_null (strstr (fixture->out, "libcairo"));
}

static gboolean
passed_cb (gpointer passed)
{
  *(gboolean *) passed = TRUE;

  return G_SOURCE_REMOVE;
}

static void
test_stopped_for_a_while (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autofree char *address = make_address (fixture, "/bytes/1M?rate=500k");
  GSubprocess *process;
  gboolean passed = FALSE;

  g_test_summary ("Time in which the program was stopped is not the server's silence");

  process = start (fixture, "--timeout=1", "--max-tries=1", "--connections=1", address, NULL);
  while (skein_practice_server_get_peak (fixture->server, NULL) == 0)
    g_thread_yield ();
  g_subprocess_send_signal (process, SIGSTOP);
  g_timeout_add (2500, passed_cb, &passed);
  while (!passed)
    g_main_context_iteration (NULL, TRUE);
  g_subprocess_send_signal (process, SIGCONT);
  finish (fixture, process, NULL);

  g_assert_cmpint (fixture->status, ==, 0);
  assert_equal (fixture, "1M", 1024 * 1024);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_TEST ("one", NULL, test_one);
  ADD_TEST ("many", NULL, test_many);
  ADD_TEST ("list", NULL, test_list);
  ADD_TEST ("list-from-stdin", NULL, test_list_from_stdin);
  ADD_TEST ("no-list", NULL, test_no_list);
  ADD_TEST ("blocking", NULL, test_blocking);
  ADD_TEST ("usage", NULL, test_usage);
  ADD_TEST ("bad-address", NULL, test_bad_address);
  ADD_TEST ("practice", NULL, test_practice);
  ADD_TEST ("no-practice", NULL, test_no_practice);
  ADD_TEST ("interrupt", GINT_TO_POINTER (SIGINT), test_signal);
  ADD_TEST ("terminate-blocking", GINT_TO_POINTER (SIGTERM), test_signal);
  ADD_TEST ("terminal", NULL, test_terminal);
  ADD_TEST ("no-toolkit", NULL, test_no_toolkit);
  ADD_TEST ("stopped-for-a-while", NULL, test_stopped_for_a_while);

  return g_test_run ();
}
