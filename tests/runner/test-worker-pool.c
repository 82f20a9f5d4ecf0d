/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-worker-pool.h"

#include <sys/resource.h>
#include <unistd.h>

typedef struct
{
  GMutex  mutex;
  GCond   changed;
  guint   inside;
  guint   most_inside;
  guint   done;
  gboolean hold;       /* workers wait inside while this is set */
  GString *order;
  char     thread_name[32];
  int      nice;
} Fixture;

static Fixture fixture;

static void
work_func (gpointer data,
           gpointer user_data)
{
  g_mutex_lock (&fixture.mutex);
  g_string_append_c (fixture.order, (char) GPOINTER_TO_INT (data));
  fixture.inside++;
  fixture.most_inside = MAX (fixture.most_inside, fixture.inside);
  pthread_getname_np (pthread_self (), fixture.thread_name, sizeof fixture.thread_name);
  fixture.nice = getpriority (PRIO_PROCESS, (id_t) gettid ());
  g_cond_broadcast (&fixture.changed);
  while (fixture.hold)
    g_cond_wait (&fixture.changed, &fixture.mutex);
  fixture.inside--;
  fixture.done++;
  g_cond_broadcast (&fixture.changed);
  g_mutex_unlock (&fixture.mutex);
}

static void
setup (void)
{
  fixture.inside = fixture.most_inside = fixture.done = 0;
  fixture.hold = FALSE;
  fixture.order = g_string_new (NULL);
}

static void
teardown (void)
{
  g_string_free (fixture.order, TRUE);
}

static void
wait_inside (guint inside)
{
  g_mutex_lock (&fixture.mutex);
  while (fixture.inside != inside)
    g_cond_wait (&fixture.changed, &fixture.mutex);
  g_mutex_unlock (&fixture.mutex);
}

static void
wait_done (guint done)
{
  g_mutex_lock (&fixture.mutex);
  while (fixture.done != done)
    g_cond_wait (&fixture.changed, &fixture.mutex);
  g_mutex_unlock (&fixture.mutex);
}

static void
set_hold (gboolean hold)
{
  g_mutex_lock (&fixture.mutex);
  fixture.hold = hold;
  g_cond_broadcast (&fixture.changed);
  g_mutex_unlock (&fixture.mutex);
}

static gpointer
open_thread (gpointer data)
{
  set_hold (FALSE);

  return NULL;
}

static void
push (SkeinWorkerPool *pool,
      char             c)
{
  skein_worker_pool_push (pool, GINT_TO_POINTER (c));
}

static void
test_first_come_first_served (void)
{
  SkeinWorkerPool *pool = skein_worker_pool_new ("test", 1, work_func, G_USEC_PER_SEC);

  setup ();
  set_hold (TRUE);
  for (const char *c = "abcdef"; *c != '\0'; c++)
    push (pool, *c);
  set_hold (FALSE);
  wait_done (6);

  g_assert_cmpstr (fixture.order->str, ==, "abcdef");
  g_assert_cmpuint (fixture.most_inside, ==, 1);
  g_assert_cmpstr (fixture.thread_name, ==, "test 1");
  g_assert_cmpint (fixture.nice, ==, 19);
  g_assert_null (skein_worker_pool_shut_down (pool));
  skein_worker_pool_free (pool);
  teardown ();
}

static void
test_limit_changes_live (void)
{
  SkeinWorkerPool *pool = skein_worker_pool_new ("test", 2, work_func, G_USEC_PER_SEC);

  setup ();
  set_hold (TRUE);
  for (guint i = 0; i < 12; i++)
    push (pool, 'x');
  wait_inside (2);

  skein_worker_pool_set_most (pool, 6);
  wait_inside (6);
  g_assert_cmpuint (fixture.most_inside, ==, 6);

  skein_worker_pool_set_most (pool, 1);
  set_hold (FALSE);
  wait_done (12);
  g_assert_cmpuint (fixture.most_inside, ==, 6);

  fixture.most_inside = 0;
  for (guint i = 0; i < 50; i++)
    push (pool, 'y');
  wait_done (62);
  g_assert_cmpuint (fixture.most_inside, ==, 1);

  g_assert_null (skein_worker_pool_shut_down (pool));
  skein_worker_pool_free (pool);
  teardown ();
}

/* Work that waits leaves the cores idle: each piece gets a thread, however many more than cores that are. */
static void
test_waiting_work_gets_all_threads (void)
{
  SkeinWorkerPool *pool = skein_worker_pool_new ("test", 64, work_func, G_USEC_PER_SEC);

  setup ();
  for (guint round = 1; round <= 2; round++)
    {
      set_hold (TRUE);
      for (guint i = 0; i < 80; i++)
        push (pool, 'x');
      wait_inside (64);
      set_hold (FALSE);
      wait_done (round * 80);
    }
  g_assert_cmpuint (fixture.most_inside, ==, 64);

  g_assert_null (skein_worker_pool_shut_down (pool));
  skein_worker_pool_free (pool);
  teardown ();
}

static void
test_shut_down_gives_the_rest_back (void)
{
  SkeinWorkerPool *pool = skein_worker_pool_new ("test", 1, work_func, G_USEC_PER_SEC);
  g_autoptr (GList) left = NULL;
  GThread *opener;

  setup ();
  set_hold (TRUE);
  push (pool, 'a');
  wait_inside (1);
  push (pool, 'b');
  push (pool, 'c');

  opener = g_thread_new ("opener", open_thread, NULL);
  left = skein_worker_pool_shut_down (pool);
  g_thread_join (opener);

  g_assert_cmpuint (fixture.done, <=, 3);
  g_assert_cmpuint (g_list_length (left) + fixture.done, ==, 3);
  skein_worker_pool_free (pool);
  teardown ();
}

static void
test_threads_end_and_start_again (void)
{
  /* No idle time at all: every piece of work may meet a thread that is just leaving. */
  SkeinWorkerPool *pool = skein_worker_pool_new ("test", 4, work_func, 0);

  setup ();
  for (guint i = 0; i < 500; i++)
    {
      push (pool, 'x');
      if (i % 7 == 0)
        wait_done (i + 1);
    }
  wait_done (500);

  g_assert_null (skein_worker_pool_shut_down (pool));
  skein_worker_pool_free (pool);
  teardown ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/worker-pool/first-come-first-served", test_first_come_first_served);
  g_test_add_func ("/worker-pool/limit-changes-live", test_limit_changes_live);
  g_test_add_func ("/worker-pool/waiting-work-gets-all-threads", test_waiting_work_gets_all_threads);
  g_test_add_func ("/worker-pool/shut-down-gives-the-rest-back", test_shut_down_gives_the_rest_back);
  g_test_add_func ("/worker-pool/threads-end-and-start-again", test_threads_end_and_start_again);

  return g_test_run ();
}
