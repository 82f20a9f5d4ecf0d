/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>

#include <signal.h>
#include <string.h>

static GSubprocess *
start (char **line)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *program = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                           g_getenv ("SKEIN_PRACTICE"), "--exit-with-stdin", NULL);
  g_autoptr (GDataInputStream) output = NULL;

  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (program));
  *line = g_data_input_stream_read_line_utf8 (output, NULL, NULL, &error);
  g_assert_no_error (error);

  return program;
}

static void
assert_line (const char *line)
{
  g_autoptr (GRegex) regex = g_regex_new ("^http://127\\.0\\.0\\.1:[0-9]+/$", 0, 0, NULL);

  g_assert_true (g_regex_match (regex, line, 0, NULL));
}

static void
test_ends_with_stdin (void)
{
  g_autofree char *line = NULL;
  g_autoptr (GSubprocess) program = start (&line);
  g_autoptr (GError) error = NULL;

  assert_line (line);
  g_output_stream_close (g_subprocess_get_stdin_pipe (program), NULL, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check (program, NULL, &error);
  g_assert_no_error (error);
}

static void
test_ends_with_signal (void)
{
  g_autofree char *line = NULL;
  g_autoptr (GSubprocess) program = start (&line);
  g_autoptr (GError) error = NULL;

  assert_line (line);
  g_subprocess_send_signal (program, SIGTERM);
  g_subprocess_wait_check (program, NULL, &error);
  g_assert_no_error (error);
}

static void
test_bad_port (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) program = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
                                                      g_getenv ("SKEIN_PRACTICE"), "--port", "70000", NULL);

  g_assert_no_error (error);
  g_subprocess_wait (program, NULL, NULL);
  g_assert_true (g_subprocess_get_if_exited (program));
  g_assert_cmpint (g_subprocess_get_exit_status (program), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/program/ends-with-stdin", test_ends_with_stdin);
  g_test_add_func ("/practice/program/ends-with-signal", test_ends_with_signal);
  g_test_add_func ("/practice/program/bad-port", test_bad_port);

  return g_test_run ();
}
