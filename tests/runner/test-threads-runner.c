/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-threads-runner.h"

#include "skein-error.h"

typedef struct
{
  GThread  *home;
  gboolean  freed;
  guint     results;
  guint     cancelled;
  guint     failed;
} Fixture;

typedef struct
{
  Fixture *fixture;
  GThread *ran_on;
  int      what;
} Data;

static Data *
data_new (Fixture *fixture,
          int      what)
{
  Data *data = g_new0 (Data, 1);

  data->fixture = fixture;
  data->what = what;

  return data;
}

static void
data_free (gpointer pointer)
{
  Data *data = pointer;

  g_assert_true (g_thread_self () == data->fixture->home);
  g_assert_true (data->ran_on != data->fixture->home);
  data->fixture->freed = TRUE;
  g_free (data);
}

static void
result_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_thread_self () == fixture->home);
  fixture->results++;
  if (g_task_propagate_boolean (G_TASK (result), &error))
    return;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    fixture->cancelled++;
  else
    fixture->failed++;
}

static gboolean
simple_func (SkeinTaskContext  *context,
             gpointer           pointer,
             GCancellable      *cancellable,
             GError           **error)
{
  Data *data = pointer;

  data->ran_on = g_thread_self ();
  for (int operation = 0; operation < SKEIN_N_OPERATIONS; operation++)
    {
      skein_task_context_enter (context, operation);
      skein_task_context_leave (context, operation);
    }
  skein_task_context_stamp (context, SKEIN_OPERATION_CONNECT, 1, 2);

  if (data->what == 0)
    return TRUE;

  g_set_error_literal (error, SKEIN_ERROR, SKEIN_ERROR_STALLED, "As asked");

  return FALSE;
}

static gboolean
until_cancelled_func (SkeinTaskContext  *context,
                      gpointer           pointer,
                      GCancellable      *cancellable,
                      GError           **error)
{
  Data *data = pointer;
  GPollFD fd;

  data->ran_on = g_thread_self ();
  g_assert_true (g_cancellable_make_pollfd (cancellable, &fd));
  g_poll (&fd, 1, -1);
  g_cancellable_release_fd (cancellable);

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static void
iterate_until (guint *value,
               guint  wanted)
{
  while (*value < wanted)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_result_comes_home (void)
{
  g_autoptr (SkeinHostTable) hosts = skein_host_table_new (16, 64);
  g_autoptr (SkeinRunner) runner = skein_threads_runner_new (2, hosts);
  Fixture fixture = { .home = g_thread_self () };

  skein_runner_run_async (runner, "good", simple_func, data_new (&fixture, 0), data_free,
                          NULL, result_cb, &fixture);
  skein_runner_run_async (runner, "bad", simple_func, data_new (&fixture, 1), data_free,
                          NULL, result_cb, &fixture);
  g_assert_cmpuint (fixture.results, ==, 0);
  iterate_until (&fixture.results, 2);

  g_assert_cmpuint (fixture.failed, ==, 1);
  g_assert_true (fixture.freed);
}

static void
test_many_tasks (void)
{
  g_autoptr (SkeinHostTable) hosts = skein_host_table_new (16, 64);
  g_autoptr (SkeinRunner) runner = skein_threads_runner_new (8, hosts);
  Fixture fixture = { .home = g_thread_self () };

  for (guint i = 0; i < 1000; i++)
    {
      skein_runner_run_async (runner, "many", simple_func, data_new (&fixture, i % 2), data_free,
                              NULL, result_cb, &fixture);
      if (i % 100 == 0)
        skein_threads_runner_set_workers (SKEIN_THREADS_RUNNER (runner), 1 + i % 64);
    }
  iterate_until (&fixture.results, 1000);

  g_assert_cmpuint (fixture.failed, ==, 500);
}

static void
test_shutdown (void)
{
  g_autoptr (SkeinHostTable) hosts = skein_host_table_new (16, 64);
  g_autoptr (SkeinRunner) runner = skein_threads_runner_new (1, hosts);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Fixture fixture = { .home = g_thread_self () };

  for (guint i = 0; i < 5; i++)
    skein_runner_run_async (runner, "long", until_cancelled_func, data_new (&fixture, 0), data_free,
                            cancellable, result_cb, &fixture);
  g_cancellable_cancel (cancellable);
  skein_runner_shutdown (runner);
  iterate_until (&fixture.results, 5);

  g_assert_cmpuint (fixture.cancelled, ==, 5);
}

static gpointer
helper_thread (gpointer data)
{
  g_autoptr (GCancellable) cancellable = data;

  g_cancellable_cancel (cancellable);

  return NULL;
}

static gboolean
with_helper_func (SkeinTaskContext  *context,
                  gpointer           pointer,
                  GCancellable      *cancellable,
                  GError           **error)
{
  g_assert_true (skein_task_context_spawn_helper (context, helper_thread,
                                                   g_object_ref (cancellable)));

  return until_cancelled_func (context, pointer, cancellable, error);
}

static void
test_helper (void)
{
  g_autoptr (SkeinHostTable) hosts = skein_host_table_new (16, 64);
  g_autoptr (SkeinRunner) runner = skein_threads_runner_new (1, hosts);
  Fixture fixture = { .home = g_thread_self () };

  g_test_summary ("Helpers have threads of their own, even when all workers are busy");

  for (guint i = 0; i < 3; i++)
    skein_runner_run_async (runner, "helped", with_helper_func, data_new (&fixture, 0), data_free,
                            NULL, result_cb, &fixture);
  iterate_until (&fixture.results, 3);

  g_assert_cmpuint (fixture.cancelled, ==, 3);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/threads-runner/result-comes-home", test_result_comes_home);
  g_test_add_func ("/threads-runner/many-tasks", test_many_tasks);
  g_test_add_func ("/threads-runner/shutdown", test_shutdown);
  g_test_add_func ("/threads-runner/helper", test_helper);

  return g_test_run ();
}
