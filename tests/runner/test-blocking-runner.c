/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-blocking-runner.h"

#include "skein-error.h"

typedef struct
{
  SkeinRunner *runner;
  GString     *log;
  guint        results;
  gboolean     stay;     /* the task blocks until it is cancelled */
  gboolean     turned;   /* a source of the main context was dispatched */
} Fixture;

static void
frozen_cb (SkeinBlockingRunner *runner,
           const char          *name,
           Fixture             *fixture)
{
  g_string_append_printf (fixture->log, "frozen %s, ", name);
}

static void
thawed_cb (SkeinBlockingRunner *runner,
           gint64               duration,
           gboolean             preempted,
           Fixture             *fixture)
{
  g_assert_cmpint (duration, >=, 0);
  g_string_append (fixture->log, preempted ? "preempted, " : "thawed, ");
}

static gboolean
turned_cb (gpointer user_data)
{
  ((Fixture *) user_data)->turned = TRUE;

  return G_SOURCE_REMOVE;
}

static gboolean
task_func (SkeinTaskContext  *context,
           gpointer           data,
           GCancellable      *cancellable,
           GError           **error)
{
  Fixture *fixture = data;

  g_assert_false (skein_task_context_spawn_helper (context, NULL, NULL));
  fixture->turned = FALSE;
  g_idle_add (turned_cb, fixture);

  if (fixture->stay)
    {
      GPollFD fd;

      g_assert_true (g_cancellable_make_pollfd (cancellable, &fd));
      g_poll (&fd, 1, -1);
      g_cancellable_release_fd (cancellable);
    }
  g_assert_false (fixture->turned);

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static void
result_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GError) error = NULL;

  fixture->results++;
  if (skein_runner_run_finish (fixture->runner, result, &error))
    g_string_append (fixture->log, "done, ");
  else if (g_error_matches (error, SKEIN_ERROR, SKEIN_ERROR_PREEMPTED))
    g_string_append (fixture->log, "again, ");
  else
    g_string_append (fixture->log, "cancelled, ");
}

static void
setup (Fixture       *fixture,
       gconstpointer  data)
{
  g_autoptr (SkeinHostTable) hosts = skein_host_table_new (16, 64);

  fixture->log = g_string_new (NULL);
  fixture->runner = skein_blocking_runner_new (hosts);
  g_signal_connect (fixture->runner, "frozen", G_CALLBACK (frozen_cb), fixture);
  g_signal_connect (fixture->runner, "thawed", G_CALLBACK (thawed_cb), fixture);
}

static void
teardown (Fixture       *fixture,
          gconstpointer  data)
{
  g_object_unref (fixture->runner);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_string_free (fixture->log, TRUE);
}

static void
run (Fixture      *fixture,
     const char   *name,
     GCancellable *cancellable)
{
  skein_runner_run_async (fixture->runner, name, task_func, fixture, NULL,
                          cancellable, result_cb, fixture);
}

static void
iterate_until (Fixture *fixture,
               guint    results)
{
  while (fixture->results < results)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_one_after_the_other (Fixture       *fixture,
                          gconstpointer  data)
{
  run (fixture, "a", NULL);
  run (fixture, "b", NULL);
  g_assert_cmpstr (fixture->log->str, ==, "");
  iterate_until (fixture, 2);

  g_assert_cmpuint (skein_runner_get_capacity (fixture->runner), ==, 1);
  g_assert_nonnull (strstr (fixture->log->str, "frozen a, thawed, "));
  g_assert_nonnull (strstr (fixture->log->str, "frozen b, thawed, "));
}

static void
prepare_cb (SkeinBlockingRunner *runner,
            const char          *name,
            gpointer             user_data)
{
  g_string_append_printf (((Fixture *) user_data)->log, "prepare %s, ", name);
}

static void
test_prepare (Fixture       *fixture,
              gconstpointer  data)
{
  SkeinBlockingRunner *runner = SKEIN_BLOCKING_RUNNER (fixture->runner);

  skein_blocking_runner_set_prepare (runner, prepare_cb, fixture);
  skein_blocking_runner_proceed (runner);
  run (fixture, "a", NULL);
  while (fixture->log->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (fixture->log->str, ==, "prepare a, ");

  skein_blocking_runner_proceed (runner);
  g_assert_cmpstr (fixture->log->str, ==, "prepare a, frozen a, thawed, ");
  iterate_until (fixture, 1);
  g_assert_cmpstr (fixture->log->str, ==, "prepare a, frozen a, thawed, done, ");
}

static void
test_switched_off_before_it_blocks (Fixture       *fixture,
                                    gconstpointer  data)
{
  SkeinBlockingRunner *runner = SKEIN_BLOCKING_RUNNER (fixture->runner);

  skein_blocking_runner_set_prepare (runner, prepare_cb, fixture);
  run (fixture, "a", NULL);
  while (fixture->log->len == 0)
    g_main_context_iteration (NULL, TRUE);
  skein_blocking_runner_preempt (runner);
  skein_blocking_runner_proceed (runner);
  iterate_until (fixture, 1);

  g_assert_cmpstr (fixture->log->str, ==, "prepare a, again, ");
}

static void
test_longest_freeze (Fixture       *fixture,
                     gconstpointer  data)
{
  fixture->stay = TRUE;
  skein_blocking_runner_set_longest (SKEIN_BLOCKING_RUNNER (fixture->runner), 20000);
  run (fixture, "a", NULL);
  iterate_until (fixture, 1);

  g_assert_cmpstr (fixture->log->str, ==, "frozen a, preempted, again, ");
}

static void
test_cancelled_before (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  fixture->stay = TRUE;
  run (fixture, "a", cancellable);
  g_cancellable_cancel (cancellable);
  iterate_until (fixture, 1);

  g_assert_cmpstr (fixture->log->str, ==, "frozen a, thawed, cancelled, ");
}

static void
test_shutdown (Fixture       *fixture,
               gconstpointer  data)
{
  run (fixture, "a", NULL);
  run (fixture, "b", NULL);
  skein_runner_shutdown (fixture->runner);
  iterate_until (fixture, 2);

  g_assert_cmpstr (fixture->log->str, ==, "cancelled, cancelled, ");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) \
  g_test_add ("/blocking-runner/" name, Fixture, NULL, setup, func, teardown)
  ADD ("one-after-the-other", test_one_after_the_other);
  ADD ("prepare", test_prepare);
  ADD ("switched-off-before-it-blocks", test_switched_off_before_it_blocks);
  ADD ("longest-freeze", test_longest_freeze);
  ADD ("cancelled-before", test_cancelled_before);
  ADD ("shutdown", test_shutdown);

  return g_test_run ();
}
