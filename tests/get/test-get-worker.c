/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <unistd.h>

#include "get-fixture.h"
#include "skein-error.h"
#include "skein-get-status.h"
#include "skein-practice-pattern.h"
#include "skein-practice-request.h"
#include "skein-transfer-task.h"
#include "skein-worker-process.h"

/* skein-get --worker, once with our own parent's side and once with bare pipes. */

#define SIZE   3000000
#define SECRET "canary-of-the-coal-mine"

/* What our own parent's side heard. */
typedef struct
{
  GHashTable *ends;        /* thread → when its last operation ended */
  guint       starts;
  guint       operations;
  guint       stamps;      /* operations inside another one */
  guint       samples;
  guint64     received;
  gint64      began;
  pid_t       kill;        /* -1: the child, as soon as there are bytes */
} Heard;

static pid_t
find_child (void)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/task/%d/children", getpid ());
  g_autofree char *children = NULL;

  g_assert_true (g_file_get_contents (path, &children, NULL, NULL));

  return (pid_t) g_ascii_strtoll (children, NULL, 10);
}

static void
operation_cb (guint           thread,
              SkeinOperation  operation,
              gint64          begin,
              gint64          end,
              gint64          on_core,
              gpointer        user_data)
{
  Heard *heard = user_data;
  gint64 *last;

  g_assert_cmpint (heard->began, <=, begin);
  g_assert_cmpint (begin, <=, end);
  g_assert_cmpint (end, <=, g_get_monotonic_time ());
  if (thread == 0)
    {
      g_assert_cmpuint (heard->operations, ==, 0);
      heard->starts++;
      return;
    }

  /* What ends inside a wait is told before the wait; apart from that, one follows the other. */
  heard->operations++;
  last = g_hash_table_lookup (heard->ends, GUINT_TO_POINTER (thread));
  if (operation == SKEIN_OPERATION_RESOLVE || operation == SKEIN_OPERATION_CONNECT || operation == SKEIN_OPERATION_TLS)
    {
      heard->stamps++;
      return;
    }
  if (last != NULL)
    g_assert_cmpint (*last, <=, begin);
  g_hash_table_insert (heard->ends, GUINT_TO_POINTER (thread), g_memdup2 (&end, sizeof end));
}

static void
progress_cb (guint64     received,
             gint64      total,
             const char *name,
             gpointer    user_data)
{
  Heard *heard = user_data;

  g_assert_cmpuint (heard->received, <=, received);
  heard->samples++;
  heard->received = received;
  if (received > 0 && heard->kill == -1)
    {
      heard->kill = find_child ();
      g_assert_cmpint (kill (heard->kill, SIGKILL), ==, 0);
    }
}

static gboolean
run_transfer (Fixture     *fixture,
              Heard       *heard,
              const char  *rest,
              GVariant   **result,
              GError     **error)
{
  const char *const argv[] = { g_getenv ("SKEIN_GET"), "--worker", NULL };
  const SkeinWorkerWatch watch = { .operation = operation_cb, .progress = progress_cb };
  g_autofree char *address = make_address (fixture, rest);
  g_autoptr (SkeinTransfer) transfer = skein_transfer_new (address, NULL, fixture->folder, NULL);

  heard->ends = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  heard->began = g_get_monotonic_time ();

  return skein_worker_process_run (argv, skein_transfer_to_task (transfer, 0), &watch, heard, NULL, result, error);
}

static void
test_file (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "3000000", NULL);
  g_autoptr (GVariant) result = NULL;
  g_autoptr (GError) error = NULL;
  Heard heard = { 0 };
  const char *told;
  guint64 received;
  gboolean known;

  g_assert_true (run_transfer (fixture, &heard, "/bytes/3000000?rate=6M", &result, &error));
  g_assert_no_error (error);
  assert_equal (fixture, "3000000", SIZE);
  g_assert_true (g_variant_lookup (result, "path", "^&ay", &told));
  g_assert_cmpstr (told, ==, path);
  g_assert_true (g_variant_lookup (result, "received", "t", &received));
  g_assert_cmpuint (received, ==, SIZE);
  g_assert_true (g_variant_lookup (result, "length-known", "b", &known) && known);

  g_assert_cmpuint (heard.starts, ==, 1);
  g_assert_cmpuint (heard.operations, >, 5);
  g_assert_cmpuint (heard.stamps, >, 0);
  g_assert_cmpuint (heard.received, ==, SIZE);
  /* Ten a second, and the last. */
  g_assert_cmpuint (heard.samples, <=, (g_get_monotonic_time () - heard.began) / (100 * 1000) + 2);
  g_hash_table_unref (heard.ends);
}

static void
test_error (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  Heard heard = { 0 };

  g_assert_false (run_transfer (fixture, &heard, "/bytes/3000000?status=404", NULL, &error));
  g_assert_error (error, SKEIN_HTTP_STATUS, 404);
  g_hash_table_unref (heard.ends);
}

/* The server's file comes slowly in both, so that there is something left to fetch. */
#define SLOW "/bytes/3000000?rate=600k&etag=a"

static void
assert_continues (Fixture *fixture)
{
  g_autofree char *address = make_address (fixture, SLOW);

  g_assert_true (exists (fixture, "3000000.part"));
  run (fixture, address);
  g_assert_cmpint (fixture->status, ==, 0);
  assert_equal (fixture, "3000000", SIZE);
  g_assert_false (exists (fixture, "3000000.part"));
}

static void
test_killed (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  Heard heard = { .kill = -1 };

  g_assert_false (run_transfer (fixture, &heard, SLOW, NULL, &error));
  g_assert_error (error, SKEIN_ERROR, SKEIN_ERROR_WORKER);
  assert_contains (error->message, "signal 9");
  g_assert_cmpint (kill (heard.kill, 0), ==, -1);
  g_hash_table_unref (heard.ends);
  assert_continues (fixture);
}

/* Bare pipes. */

static void
tell (GSubprocess *process,
      const char  *line)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (g_subprocess_get_stdin_pipe (process), line, strlen (line), NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
tell_task (Fixture     *fixture,
           GSubprocess *process,
           const char  *rest)
{
  g_autofree char *line =
    g_strdup_printf ("{'version': <1>, 'kind': <'transfer'>, 'address': <'%s%s'>, 'login': <'u:" SECRET "'>, "
                     "'folder': <b'%s'>, 'of-later': <[1, 2]>}\n", fixture->address, rest, fixture->folder);

  tell (process, line);
}

/* Up to the line with a part in it. */
static char *
read_until (GDataInputStream *lines,
            const char       *part)
{
  for (;;)
    {
      char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);

      g_assert_nonnull (line);
      g_assert_null (strstr (line, SECRET));
      if (strstr (line, part) != NULL)
        return line;
      g_free (line);
    }
}

static void
read_until_received (GDataInputStream *lines,
                     guint64           least)
{
  const char key[] = "'received': <uint64 ";
  guint64 received = 0;

  while (received < least)
    {
      g_autofree char *line = read_until (lines, key);

      received = g_ascii_strtoull (strstr (line, key) + strlen (key), NULL, 10);
    }
}

static void
assert_no_secret_in (pid_t       pid,
                     const char *file)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/%s", pid, file);
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  g_assert_cmpuint (length, >, 0);
  g_assert_null (memmem (text, length, SECRET, strlen (SECRET)));
}

static void
end_with (GSubprocess      *process,
          GDataInputStream *lines,
          const char       *part,
          int               status)
{
  g_autofree char *result = read_until (lines, "'event': <'result'>");

  g_autoptr (GError) error = NULL;

  g_test_message ("%s", result);
  assert_contains (result, part);
  g_assert_null (g_data_input_stream_read_line (lines, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, status);
}

typedef void (*StopFunc) (GSubprocess *process);

static void
close_input (GSubprocess *process)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (process), NULL, NULL);
}

static void
say_cancel (GSubprocess *process)
{
  tell (process, "of later\ncancel\n");
}

static void
send_term (GSubprocess *process)
{
  g_subprocess_send_signal (process, SIGTERM);
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  StopFunc stop = *(const StopFunc *) data;
  g_autoptr (GSubprocess) process = start (fixture, "--worker", NULL);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autofree char *hello = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
  pid_t pid = (pid_t) g_ascii_strtoll (g_subprocess_get_identifier (process), NULL, 10);
  g_autofree char *id = g_strdup_printf ("'pid': <uint32 %d>", pid);

  assert_contains (hello, "'event': <'hello'>");
  assert_contains (hello, "'version': <uint32 1>");
  assert_contains (hello, id);

  tell_task (fixture, process, SLOW);
  read_until_received (lines, SIZE / 3);
  assert_no_secret_in (pid, "cmdline");
  assert_no_secret_in (pid, "environ");

  stop (process);
  end_with (process, lines, "'code': <'cancelled'>", SKEIN_GET_STATUS_STOPPED);
  g_assert_true (exists (fixture, "3000000.part.skein"));
  assert_continues (fixture);
}

static const StopFunc by_end = close_input, by_word = say_cancel, by_signal = send_term;

/* Nobody listens any more: it ends by itself. */
static void
test_unheard (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GSubprocess) process = start (fixture, "--worker", NULL);
  GInputStream *out = g_subprocess_get_stdout_pipe (process);
  char hello[16];

  g_assert_cmpint (g_input_stream_read (out, hello, sizeof hello, NULL, NULL), >, 0);
  g_assert_true (g_input_stream_close (out, NULL, NULL));
  tell_task (fixture, process, SLOW);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, SKEIN_GET_STATUS_STOPPED);
  g_assert_false (exists (fixture, "3000000"));
}

static void
test_login (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GSubprocess) process = start (fixture, "--worker", NULL);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));

  tell_task (fixture, process, "/bytes/1000?auth=u:" SECRET "X");
  end_with (process, lines, "'domain': <'http'>", SKEIN_GET_STATUS_SERVER);
}

static void
test_digest (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *sum = skein_practice_pattern_sha256 (0, 1000);
  g_autofree char *good = g_strdup_printf ("/bytes/1000'>, 'digest': <'sha256:%s'>, 'x': <'", sum);
  g_autofree char *bad = g_strdup_printf ("/bytes/1001'>, 'digest': <'sha256:%s'>, 'x': <'", sum);
  g_autoptr (GSubprocess) first = start (fixture, "--worker", NULL);
  g_autoptr (GSubprocess) second = start (fixture, "--worker", NULL);
  g_autoptr (GDataInputStream) first_lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (first));
  g_autoptr (GDataInputStream) second_lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (second));

  tell_task (fixture, first, good);
  end_with (first, first_lines, "'verified-kind': <'sha256'>", SKEIN_GET_STATUS_GOOD);
  tell_task (fixture, second, bad);
  end_with (second, second_lines, "'code': <'digest'>", SKEIN_GET_STATUS_CHECKSUM);
}

/* Headers and mirrors reach the server; the first address fails. */
static void
test_request (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *rest = g_strdup_printf ("/bytes/1000?status=404'>, 'headers': <['X-Own: %s']>, 'referer': <'http://127.0.0.1/'>,"
                                           " 'mirrors': <['%s/bytes/1000']>, 'user-agent': <'Loom", SECRET, fixture->address);
  g_autoptr (GSubprocess) process = start (fixture, "--worker", NULL);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autoptr (GPtrArray) requests = NULL;

  tell_task (fixture, process, rest);
  end_with (process, lines, "'good': <true>", SKEIN_GET_STATUS_GOOD);
  requests = skein_practice_server_dup_requests (fixture->server);
  g_assert_cmpstr (skein_practice_request_get_header (g_ptr_array_index (requests, 0), "x-own"), ==, SECRET);
  g_assert_cmpstr (skein_practice_request_get_header (g_ptr_array_index (requests, 0), "user-agent"), ==, "Loom");
}

static void
test_retry_after (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (GVariant) result = NULL;
  g_autoptr (GError) error = NULL;
  Heard heard = { 0 };
  gint64 seconds = 0;

  g_assert_false (run_transfer (fixture, &heard, "/bytes/1000?status=503&retry-after=7", &result, &error));
  g_assert_error (error, SKEIN_HTTP_STATUS, 503);
  g_assert_true (g_variant_lookup (result, "retry-after", "x", &seconds));
  g_assert_cmpint (seconds, ==, 7);
  g_hash_table_unref (heard.ends);
}

static void
check_task (Fixture    *fixture,
            const char *task,
            const char *code,
            int         status)
{
  g_autoptr (GSubprocess) process = start (fixture, "--worker", NULL);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));

  g_test_message ("%.100s", task);
  tell (process, task);
  end_with (process, lines, code, status);
}

static void
test_bad_tasks (Fixture       *fixture,
                gconstpointer  data)
{
  static const struct { const char *task; const char *code; } cases[] = {
    { "\n", "'bad-task'" },
    { "{}\n", "'bad-task'" },
    { "transfer http://127.0.0.1/\n", "'bad-task'" },
    { "\377\n", "'bad-task'" },
    { "{'version': <2>, 'kind': <'transfer'>, 'address': <'http://a/'>, 'folder': <'/tmp'>}\n", "Version 2" },
    { "{'kind': <'transfer'>, 'address': <'http://a/'>, 'folder': <'/tmp'>}\n", "Version 0" },
    { "{'version': <1>, 'kind': <'dream'>}\n", "no known kind" },
    { "{'version': <1>, 'kind': <1>}\n", "kind is no text" },
    { "{'version': <1>, 'kind': <'transfer'>, 'address': <'http://a/'>}\n", "'bad-task'" },
    { "{'version': <1>, 'kind': <'transfer'>, 'address': <'http://a/'>, 'folder': <'tmp'>}\n", "'bad-task'" },
    { "{'version': <1>, 'kind': <'transfer'>, 'address': <'gopher://a/'>, 'folder': <'/tmp'>}\n",
      "'unsupported-scheme'" },
    { "{'version': <1>, 'kind': <'transfer'>, 'address': <'http://a/'>, 'folder': <'/tmp'>, 'connections': <0>}\n",
      "connections is no number" },
    { "{'version': <1>, 'kind': <'transfer'>, 'address': <'http://a/'>, 'folder': <'/tmp'>, 'limit': <-1>}\n",
      "limit is no number" },
    { "{'version': <1>, 'kind': <'transfer'>, 'address': <'http://a/'>, 'folder': <'/tmp'>, 'digest': <'x'>}\n",
      "'bad-task'" },
    { "{'version': <1>, 'kind': <'transfer'>, 'address': <'http://a/'>, 'folder': <'/tmp'>, 'headers': <['Host: b']>}\n",
      "'bad-task'" },
    { "{'version': <1>, 'kind': <'transfer'>, 'address': <'http://a/'>, 'folder': <'/tmp'>, 'mirrors': <['x']>}\n",
      "'invalid-address'" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_task (fixture, cases[i].task, cases[i].code, SKEIN_GET_STATUS_INPUT);
}

static void
test_endless_task (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *task = g_strnfill (1024 * 1024, '[');

  check_task (fixture, task, "A message of more than", SKEIN_GET_STATUS_INPUT);
  task[1024 * 1024 - 2] = '\n';
  check_task (fixture, task, "'bad-task'", SKEIN_GET_STATUS_INPUT);
}

static void
test_no_task (Fixture       *fixture,
              gconstpointer  data)
{
  run (fixture, "--worker");
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_STOPPED);
  assert_contains (fixture->out, "'code': <'cancelled'>");
  g_assert_cmpstr (fixture->err, ==, "");

  run (fixture, "--worker", "http://127.0.0.1/");
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_USAGE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  signal (SIGPIPE, SIG_IGN);

  ADD_TEST ("worker/file", NULL, test_file);
  ADD_TEST ("worker/error", NULL, test_error);
  ADD_TEST ("worker/killed", NULL, test_killed);
  ADD_TEST ("worker/cancelled-by-end", &by_end, test_cancelled);
  ADD_TEST ("worker/cancelled-by-word", &by_word, test_cancelled);
  ADD_TEST ("worker/cancelled-by-signal", &by_signal, test_cancelled);
  ADD_TEST ("worker/unheard", NULL, test_unheard);
  ADD_TEST ("worker/login", NULL, test_login);
  ADD_TEST ("worker/digest", NULL, test_digest);
  ADD_TEST ("worker/request", NULL, test_request);
  ADD_TEST ("worker/retry-after", NULL, test_retry_after);
  ADD_TEST ("worker/bad-tasks", NULL, test_bad_tasks);
  ADD_TEST ("worker/endless-task", NULL, test_endless_task);
  ADD_TEST ("worker/no-task", NULL, test_no_task);

  return g_test_run ();
}
