/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-host-table.h"

static void
test_limits (void)
{
  g_autoptr (SkeinHostTable) table = skein_host_table_new (2, 3);

  g_assert_true (skein_host_table_acquire (table, "a:80"));
  g_assert_true (skein_host_table_acquire (table, "a:80"));
  g_assert_false (skein_host_table_acquire (table, "a:80"));
  g_assert_false (skein_host_table_has_room (table, "a:80"));
  g_assert_true (skein_host_table_has_room (table, "b:80"));
  g_assert_true (skein_host_table_acquire (table, "b:80"));
  g_assert_false (skein_host_table_acquire (table, "c:80"));
  g_assert_false (skein_host_table_has_room (table, "c:80"));

  skein_host_table_release (table, "a:80");
  g_assert_true (skein_host_table_acquire (table, "c:80"));

  skein_host_table_release (table, "a:80");
  skein_host_table_release (table, "b:80");
  skein_host_table_release (table, "c:80");
}

typedef struct
{
  SkeinHostTable *table;
  GCancellable   *cancellable;
  gboolean        acquired;
  GError         *error;
} Waiter;

static gpointer
wait_thread (gpointer data)
{
  Waiter *waiter = data;

  waiter->acquired = skein_host_table_wait (waiter->table, "a:80",
                                            waiter->cancellable, &waiter->error);
  return NULL;
}

static void
test_wait_until_released (void)
{
  g_autoptr (SkeinHostTable) table = skein_host_table_new (1, 1);
  Waiter waiter = { .table = table };
  GThread *thread;

  g_assert_true (skein_host_table_acquire (table, "a:80"));
  thread = g_thread_new ("waiter", wait_thread, &waiter);
  skein_host_table_release (table, "a:80");
  g_thread_join (thread);

  g_assert_true (waiter.acquired);
  g_assert_no_error (waiter.error);
  skein_host_table_release (table, "a:80");
}

static void
test_wait_cancelled (void)
{
  g_autoptr (SkeinHostTable) table = skein_host_table_new (1, 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Waiter waiter = { .table = table, .cancellable = cancellable };
  GThread *thread;

  g_assert_true (skein_host_table_acquire (table, "a:80"));
  thread = g_thread_new ("waiter", wait_thread, &waiter);
  g_cancellable_cancel (cancellable);
  g_thread_join (thread);

  g_assert_false (waiter.acquired);
  g_assert_error (waiter.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&waiter.error);
  skein_host_table_release (table, "a:80");
}

typedef struct
{
  SkeinHostTable *table;
  int             inside;
} Stress;

static gpointer
stress_thread (gpointer data)
{
  Stress *stress = data;

  for (guint i = 0; i < 500; i++)
    {
      int now;

      g_assert_true (skein_host_table_wait (stress->table, "a:80", NULL, NULL));
      now = g_atomic_int_add (&stress->inside, 1) + 1;
      g_assert_cmpint (now, <=, 3);
      g_atomic_int_dec_and_test (&stress->inside);
      skein_host_table_release (stress->table, "a:80");
    }

  return NULL;
}

static void
test_stress (void)
{
  g_autoptr (SkeinHostTable) table = skein_host_table_new (3, 64);
  Stress stress = { .table = table };
  GThread *threads[8];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("stress", stress_thread, &stress);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);

  g_assert_cmpint (stress.inside, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/host-table/limits", test_limits);
  g_test_add_func ("/host-table/wait-until-released", test_wait_until_released);
  g_test_add_func ("/host-table/wait-cancelled", test_wait_cancelled);
  g_test_add_func ("/host-table/stress", test_stress);

  return g_test_run ();
}
