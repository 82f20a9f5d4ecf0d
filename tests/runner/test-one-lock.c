/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-one-lock.h"

#include <gio/gio.h>

#include "skein-threads-runner.h"

typedef struct
{
  SkeinOneLock *lock;
  gint          inside;   /* atomic */
  gint          passed;   /* atomic */
  gint          started;  /* atomic */
  gint          stop;     /* atomic */
} Fixture;

static gpointer
pass_thread (gpointer data)
{
  Fixture *fixture = data;

  for (guint i = 0; i < 2000; i++)
    {
      skein_one_lock_acquire (fixture->lock);
      for (guint j = 0; j < 3; j++)
        {
          g_assert_cmpint (g_atomic_int_add (&fixture->inside, 1), ==, 0);
          g_thread_yield ();
          g_atomic_int_add (&fixture->inside, -1);
          skein_one_lock_checkpoint (fixture->lock);
        }
      skein_one_lock_release (fixture->lock);
      g_atomic_int_inc (&fixture->passed);
    }

  return NULL;
}

static void
test_one_at_a_time (void)
{
  g_autoptr (SkeinOneLock) lock = skein_one_lock_new (100);
  Fixture fixture = { .lock = lock };
  GThread *threads[6];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("pass", pass_thread, &fixture);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);

  g_assert_cmpint (fixture.passed, ==, 12000);
}

/* Never gives it up but at checkpoints. */
static gpointer
greedy_thread (gpointer data)
{
  Fixture *fixture = data;

  skein_one_lock_acquire (fixture->lock);
  g_atomic_int_inc (&fixture->started);
  while (!g_atomic_int_get (&fixture->stop))
    {
      g_atomic_int_inc (&fixture->passed);
      skein_one_lock_checkpoint (fixture->lock);
    }
  skein_one_lock_release (fixture->lock);

  return NULL;
}

static void
test_checkpoints_switch (void)
{
  g_autoptr (SkeinOneLock) lock = skein_one_lock_new (1000);
  Fixture fixture = { .lock = lock };
  GThread *greedy;

  g_test_summary ("Who computes without end lets others have the lock, time after time");

  greedy = g_thread_new ("greedy", greedy_thread, &fixture);
  while (!g_atomic_int_get (&fixture.started))
    g_thread_yield ();
  for (guint i = 0; i < 50; i++)
    {
      int passed = g_atomic_int_get (&fixture.passed);
      gint64 begin;

      /* It has the lock again. */
      while (g_atomic_int_get (&fixture.passed) == passed)
        g_thread_yield ();
      begin = g_get_monotonic_time ();
      skein_one_lock_acquire (lock);
      /* Only the interval can have brought it: the other one never releases it by itself. */
      g_assert_cmpint (g_get_monotonic_time () - begin, >=, 1000);
      skein_one_lock_release (lock);
    }
  g_atomic_int_set (&fixture.stop, TRUE);
  g_thread_join (greedy);
}

typedef struct
{
  gint  computing;  /* atomic */
  gint  waiting;    /* atomic */
  gint  most;       /* atomic: tasks that were seen in a wait at once */
  guint results;    /* main context */
} Shared;

#define TASKS 4

static gboolean
shared_func (SkeinTaskContext  *context,
             gpointer           data,
             GCancellable      *cancellable,
             GError           **error)
{
  Shared *shared = data;

  skein_task_context_enter (context, SKEIN_OPERATION_WAIT);
  g_atomic_int_inc (&shared->waiting);
  /* Ends only because none of them needs the lock for it. */
  while (g_atomic_int_get (&shared->waiting) < TASKS)
    g_thread_yield ();
  skein_task_context_leave (context, SKEIN_OPERATION_WAIT);

  skein_task_context_enter (context, SKEIN_OPERATION_COMPUTE);
  for (guint i = 0; i < 500; i++)
    {
      g_assert_cmpint (g_atomic_int_add (&shared->computing, 1), ==, 0);
      g_thread_yield ();
      g_atomic_int_add (&shared->computing, -1);
      skein_task_context_checkpoint (context);
    }
  skein_task_context_leave (context, SKEIN_OPERATION_COMPUTE);

  return TRUE;
}

static void
result_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  ((Shared *) user_data)->results++;
}

static void
test_runner_shares_waits_not_computing (void)
{
  g_autoptr (SkeinHostTable) hosts = skein_host_table_new (16, 64);
  g_autoptr (SkeinRunner) runner = skein_threads_runner_new_with_one_lock (TASKS, hosts);
  Shared shared = { 0 };

  for (guint i = 0; i < TASKS; i++)
    skein_runner_run_async (runner, "shared", shared_func, &shared, NULL, NULL, result_cb, &shared);
  while (shared.results < TASKS)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/one-lock/one-at-a-time", test_one_at_a_time);
  g_test_add_func ("/one-lock/checkpoints-switch", test_checkpoints_switch);
  g_test_add_func ("/one-lock/runner-shares-waits-not-computing", test_runner_shares_waits_not_computing);

  return g_test_run ();
}
