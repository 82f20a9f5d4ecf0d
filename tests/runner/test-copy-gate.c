/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-copy-gate.h"

typedef struct
{
  SkeinCopyGate *gate;
  int            inside;
  int            passed;
} Fixture;

static gpointer
pass_thread (gpointer data)
{
  Fixture *fixture = data;

  for (guint i = 0; i < 2000; i++)
    {
      skein_copy_gate_enter (fixture->gate);
      g_assert_cmpint (g_atomic_int_add (&fixture->inside, 1), <, 2);
      g_thread_yield ();
      g_atomic_int_add (&fixture->inside, -1);
      skein_copy_gate_leave (fixture->gate);
      g_atomic_int_inc (&fixture->passed);
    }

  return NULL;
}

static void
test_never_more_than_slots (void)
{
  g_autoptr (SkeinCopyGate) gate = skein_copy_gate_new (2);
  Fixture fixture = { .gate = gate };
  GThread *threads[8];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("pass", pass_thread, &fixture);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);

  g_assert_cmpint (fixture.passed, ==, 16000);
  g_assert_cmpint (fixture.inside, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/copy-gate/never-more-than-slots", test_never_more_than_slots);

  return g_test_run ();
}
