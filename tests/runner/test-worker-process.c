/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-worker-process.h"

#include <glib/gstdio.h>
#include <string.h>

#include "skein-error.h"
#include "skein-worker-message.h"

/* The parent's side, against programs that are no better than they ought to be. */

#define HELLO "echo \"{'event': <'hello'>, 'version': <1>}\"; "
#define TASK  "read task; "

typedef struct
{
  GCancellable *stop;         /* cancelled by the first progress */
  guint         starts;
  guint         operations;
  gint64        begin;
  guint64       received;
  gint64        total;
  char         *name;
  GVariant     *result;
  GError       *error;
} Fixture;

static void
operation_cb (guint           thread,
              SkeinOperation  operation,
              gint64          begin,
              gint64          end,
              gint64          on_core,
              gpointer        user_data)
{
  Fixture *fixture = user_data;

  g_assert_cmpint (begin, <=, end);
  if (thread == 0)
    {
      g_assert_cmpint (operation, ==, SKEIN_OPERATION_START);
      g_assert_cmpuint (fixture->operations, ==, 0);
      fixture->starts++;
      return;
    }

  fixture->operations++;
  fixture->begin = begin;
  g_assert_cmpint (operation, ==, SKEIN_OPERATION_RECEIVE);
}

static void
progress_cb (guint64     received,
             gint64      total,
             const char *name,
             gpointer    user_data)
{
  Fixture *fixture = user_data;

  fixture->received = received;
  fixture->total = total;
  g_free (fixture->name);
  fixture->name = g_strdup (name);
  if (fixture->stop != NULL)
    g_cancellable_cancel (fixture->stop);
}

static gboolean
run_shell (Fixture    *fixture,
           const char *script)
{
  const char *const argv[] = { "sh", "-c", script, NULL };
  const SkeinWorkerWatch watch = { .operation = operation_cb, .progress = progress_cb };
  g_auto (GVariantDict) task = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&task, "version", "u", SKEIN_WORKER_VERSION);
  g_variant_dict_insert (&task, "login", "s", "u:secret");

  return skein_worker_process_run (argv, g_variant_dict_end (&task), &watch, fixture, fixture->stop,
                                   &fixture->result, &fixture->error);
}

static void
fixture_clear (Fixture *fixture)
{
  g_clear_object (&fixture->stop);
  g_clear_pointer (&fixture->name, g_free);
  g_clear_pointer (&fixture->result, g_variant_unref);
  g_clear_error (&fixture->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static void
test_good (void)
{
  g_auto (Fixture) fixture = { 0 };
  const char *path = NULL;

  g_assert_true (run_shell (&fixture, HELLO TASK
    "case \"$task\" in *u:secret*) ;; *) exit 1;; esac; "
    "echo \"{'event': <'operation'>, 'name': <'receive'>, 'thread': <uint32 3>, 'begin': <int64 7>, 'end': <9>}\"; "
    "echo \"{'event': <'operation'>, 'name': <'dreaming'>, 'thread': <1>, 'begin': <7>, 'end': <9>, 'new': <'x'>}\"; "
    "echo \"{'event': <'weather'>}\"; "
    "echo \"{'event': <'progress'>, 'received': <5>, 'total': <uint64 6>, 'name': <b'a\\\\\\\\377'>}\"; "
    "echo \"{'event': <'result'>, 'good': <true>, 'path': <b'/x'>}\"; echo rubbish"));
  g_assert_no_error (fixture.error);
  g_assert_cmpuint (fixture.starts, ==, 1);
  g_assert_cmpuint (fixture.operations, ==, 1);
  g_assert_cmpint (fixture.begin, ==, 7);
  g_assert_cmpuint (fixture.received, ==, 5);
  g_assert_cmpint (fixture.total, ==, 6);
  g_assert_cmpstr (fixture.name, ==, "a\377");
  g_assert_true (g_variant_lookup (fixture.result, "path", "^&ay", &path));
  g_assert_cmpstr (path, ==, "/x");
}

static void
assert_worker_error (const char *script,
                     const char *message)
{
  g_auto (Fixture) fixture = { 0 };

  g_test_message ("%s", script);
  g_assert_false (run_shell (&fixture, script));
  g_assert_error (fixture.error, SKEIN_ERROR, SKEIN_ERROR_WORKER);
  g_assert_null (fixture.result);
  if (strstr (fixture.error->message, message) == NULL)
    g_error ("“%s” is not in “%s”", message, fixture.error->message);
  g_assert_null (strstr (fixture.error->message, "secret"));
}

static void
test_crash (void)
{
  assert_worker_error (HELLO TASK "kill -SEGV $$", "signal 11");
  assert_worker_error (HELLO TASK "kill -KILL $$", "signal 9");
  assert_worker_error (HELLO TASK "exit 3", "ended with 3");
  assert_worker_error (HELLO "exit 0", "ended with 0");
  assert_worker_error ("exit 0", "ended with 0");
  assert_worker_error (HELLO TASK "echo \"{'event': <'result'>, 'good': <tr\"; kill -KILL $$", "no event");
}

static void
test_not_started (void)
{
  const char *const argv[] = { "/nowhere/skein-get", "--worker", NULL };
  const SkeinWorkerWatch watch = { .operation = operation_cb, .progress = progress_cb };
  g_autoptr (GError) error = NULL;

  g_assert_false (skein_worker_process_run (argv, g_variant_new ("a{sv}", NULL), &watch, NULL, NULL, NULL, &error));
  g_assert_error (error, SKEIN_ERROR, SKEIN_ERROR_WORKER);
}

/* It would go on for ever, were it not ended. */
static void
test_output_closed (void)
{
  assert_worker_error (HELLO TASK "exec >&-; exec sleep 1000", "signal 9");
}

static void
test_rubbish (void)
{
  assert_worker_error ("echo rubbish; exec sleep 1000", "no event");
  assert_worker_error ("echo \"{'event': <'result'>, 'good': <true>}\"; exec sleep 1000", "no event");
  assert_worker_error ("head -c 100000 /dev/zero", "ended with 0");
  assert_worker_error (HELLO "exec cat /dev/zero", "no event");
  assert_worker_error (HELLO "echo \"{'event': <7>}\"; exec sleep 1000", "no event");
  assert_worker_error (HELLO "echo \"{'event': <'operation'>, 'name': <'wait'>, 'thread': <-1>}\"; exec sleep 1000",
                       "no event");
  assert_worker_error (HELLO "echo \"{'event': <'operation'>, 'name': <'wait'>, 'begin': <5>, 'end': <4>}\"; "
                       "exec sleep 1000", "no event");
  assert_worker_error (HELLO "echo \"{'event': <'progress'>, 'received': <'1'>}\"; exec sleep 1000", "no event");
}

/* Another version never gets to see the task, and its login. */
static void
test_other_version (void)
{
  g_autofree char *folder = g_dir_make_tmp ("skein-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "task", NULL);
  g_autofree char *script =
    g_strdup_printf ("echo \"{'event': <'hello'>, 'version': <2>}\"; read task && echo x > %s; exec sleep 1000", path);

  assert_worker_error (script, "Version 2");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
check_error (const char *fields,
             GQuark      domain,
             int         code)
{
  g_auto (Fixture) fixture = { 0 };
  g_autofree char *script = g_strdup_printf (HELLO TASK "echo \"{'event': <'result'>, %s}\"", fields);

  g_assert_false (run_shell (&fixture, script));
  g_assert_error (fixture.error, domain, code);
}

static void
test_errors_come_home (void)
{
  check_error ("'domain': <'skein'>, 'code': <'no-space'>, 'message': <'m'>", SKEIN_ERROR, SKEIN_ERROR_NO_SPACE);
  check_error ("'domain': <'http'>, 'code': <'404'>, 'message': <'m'>", SKEIN_HTTP_STATUS, 404);
  check_error ("'domain': <'skein'>, 'code': <'cancelled'>", G_IO_ERROR, G_IO_ERROR_CANCELLED);
  check_error ("'domain': <'g-tls-error-quark'>, 'code': <'1'>", G_IO_ERROR, G_IO_ERROR_FAILED);
  check_error ("'good': <false>", G_IO_ERROR, G_IO_ERROR_FAILED);
}

static void
test_cancel (void)
{
  g_auto (Fixture) fixture = { .stop = g_cancellable_new () };

  g_assert_false (run_shell (&fixture, HELLO TASK "echo \"{'event': <'progress'>, 'received': <5>}\"; "
    "cat > /dev/null; echo \"{'event': <'result'>, 'domain': <'skein'>, 'code': <'cancelled'>, 'message': <'x'>}\""));
  g_assert_error (fixture.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpstr (fixture.error->message, ==, "x");
}

static void
test_deaf (void)
{
  g_auto (Fixture) fixture = { .stop = g_cancellable_new () };

  g_assert_false (run_shell (&fixture, HELLO "echo \"{'event': <'progress'>, 'received': <5>}\"; exec sleep 1000"));
  g_assert_error (fixture.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/worker-process/good", test_good);
  g_test_add_func ("/worker-process/crash", test_crash);
  g_test_add_func ("/worker-process/not-started", test_not_started);
  g_test_add_func ("/worker-process/output-closed", test_output_closed);
  g_test_add_func ("/worker-process/rubbish", test_rubbish);
  g_test_add_func ("/worker-process/other-version", test_other_version);
  g_test_add_func ("/worker-process/errors-come-home", test_errors_come_home);
  g_test_add_func ("/worker-process/cancel", test_cancel);
  g_test_add_func ("/worker-process/deaf", test_deaf);

  return g_test_run ();
}
