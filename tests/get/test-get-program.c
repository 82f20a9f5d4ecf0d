/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <pty.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "skein-practice-pattern.h"
#include "skein-practice-server.h"

#define SIZE 3000000

/* Far beyond what a run takes: a test that hangs ends here. */
#define DEADLINE_SECONDS 60

typedef struct
{
  SkeinPracticeServer *server;
  const char *address;
  char *folder;
  int status;
  char *out;
  char *err;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  alarm (DEADLINE_SECONDS);
  fixture->server = skein_practice_server_new (0, NULL, NULL);
  g_assert_nonnull (fixture->server);
  fixture->address = skein_practice_server_get_address (fixture->server);
  fixture->folder = g_dir_make_tmp ("skein-XXXXXX", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  skein_practice_server_free (fixture->server);
  g_free (fixture->folder);
  g_free (fixture->out);
  g_free (fixture->err);
  alarm (0);
}

static GPtrArray *
make_command (const char *first,
              va_list     args)
{
  GPtrArray *argv = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (argv, g_strdup (g_getenv ("SKEIN_GET")));
  for (const char *word = first; word != NULL; word = va_arg (args, const char *))
    g_ptr_array_add (argv, g_strdup (word));
  g_ptr_array_add (argv, NULL);

  return argv;
}

static GSubprocess *
start (Fixture    *fixture,
       const char *first,
       ...)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GPtrArray) argv = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *process;
  va_list args;

  va_start (args, first);
  argv = make_command (first, args);
  va_end (args);

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE
                                        | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                        | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_set_cwd (launcher, fixture->folder);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);

  return process;
}

static void
finish (Fixture     *fixture,
        GSubprocess *process,
        const char  *input)
{
  g_autoptr (GSubprocess) owned = process;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->out, g_free);
  g_clear_pointer (&fixture->err, g_free);
  g_subprocess_communicate_utf8 (process, input, NULL, &fixture->out, &fixture->err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  fixture->status = g_subprocess_get_exit_status (process);
}

#define run(fixture, ...) finish (fixture, start (fixture, __VA_ARGS__, NULL), NULL)

static char *
make_address (Fixture    *fixture,
              const char *rest)
{
  return g_strconcat (fixture->address, rest, NULL);
}

static gboolean
exists (Fixture    *fixture,
        const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
assert_equal (Fixture    *fixture,
              const char *name,
              guint64     size)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *content = NULL;
  g_autofree char *sum = NULL;
  g_autofree char *expected = skein_practice_pattern_sha256 (0, size);
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (path, &content, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (length, ==, size);
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) content, length);
  g_assert_cmpstr (sum, ==, expected);
}

#define assert_contains(text, part) g_assert_nonnull (strstr (text, part))

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
  g_assert_cmpint (fixture->status, ==, 1);
  assert_equal (fixture, "1000", 1000);
  assert_equal (fixture, "2000", 2000);
  g_assert_cmpstr (fixture->err, ==,
                   "3000: failed: The server says there is no such file (404). Check the address.\n");
}

static void
test_list (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *text = g_strdup_printf ("# a comment\r\n%s/bytes/1000\r\n\r\nftp://example.org/x\n%s/bytes/2000",
                                           fixture->address, fixture->address);
  g_autofree char *path = g_build_filename (fixture->folder, "list.txt", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  run (fixture, "-i", "list.txt");
  g_assert_cmpint (fixture->status, ==, 1);
  assert_equal (fixture, "1000", 1000);
  assert_equal (fixture, "2000", 2000);
  assert_contains (fixture->err, "line 4: ftp://example.org/x: Only http and https");
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
  g_assert_cmpint (fixture->status, ==, 1);
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

  run (fixture, "--blocking", a, c, b);
  g_assert_cmpint (fixture->status, ==, 1);
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
  g_assert_cmpint (fixture->status, ==, 2);
  run (fixture, "-j", "0", "http://127.0.0.1/");
  g_assert_cmpint (fixture->status, ==, 2);
  run (fixture, "-j", "65", "http://127.0.0.1/");
  g_assert_cmpint (fixture->status, ==, 2);
  run (fixture, "--no-such-option");
  g_assert_cmpint (fixture->status, ==, 2);
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
  run (fixture, "file:///etc/passwd", "\033[31mred");
  g_assert_cmpint (fixture->status, ==, 1);
  assert_contains (fixture->err, "file:///etc/passwd: Only http and https");
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

  g_assert_cmpint (fixture->status, ==, 1);
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

#define ADD_TEST(path, data, func) g_test_add ("/get/" path, Fixture, data, set_up, func, tear_down)

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

  return g_test_run ();
}
