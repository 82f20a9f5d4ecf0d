/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-report.h"

#include <string.h>

#define SECOND G_USEC_PER_SEC

static void
run_free (gpointer data)
{
  SkeinComparisonRun *run = data;

  skein_timeline_unref (run->timeline);
  g_free (run);
}

static SkeinComparisonRun *
add_run (GPtrArray *runs,
         SkeinWay   way,
         gint64     wall,
         double     computing)
{
  SkeinComparisonRun *run = g_new0 (SkeinComparisonRun, 1);

  run->way = way;
  run->timeline = skein_timeline_new ();
  run->figures.wall = wall;
  run->figures.computing = computing;
  run->figures.wanting = computing;
  run->figures.in_progress = way == SKEIN_WAY_BLOCKING ? 1 : 6;
  g_ptr_array_add (runs, run);

  return run;
}

static void
assert_says (GPtrArray  *runs,
             guint       cores,
             const char *part)
{
  g_autoptr (GArray) rows = skein_report_make (runs);
  g_autofree char *sentence = skein_report_dup_sentence (&g_array_index (rows, SkeinReportRow, 0),
                                                         &g_array_index (rows, SkeinReportRow, rows->len - 1), cores);

  g_test_message ("%s", sentence);
  g_assert_nonnull (strstr (sentence, part));
}

typedef struct
{
  SkeinWay    way;
  double      times_as_fast;
  double      computing;
  guint       cores;
  const char *says;
} Case;

/* Around the borders of each rule. */
static const Case cases[] = {
  { SKEIN_WAY_THREADS, 6.0, 0.02, 2, "waits of 6 tasks overlapped" },
  { SKEIN_WAY_THREADS, 1.16, 0.29, 2, "overlapped" },
  { SKEIN_WAY_THREADS, 1.16, 0.31, 2, "1.2 times as fast." },
  { SKEIN_WAY_THREADS, 1.9, 1.21, 2, "cores computed at once" },
  { SKEIN_WAY_THREADS, 1.9, 1.19, 2, "1.9 times as fast." },
  { SKEIN_WAY_THREADS, 1.14, 1.0, 2, "as long as the first way" },
  { SKEIN_WAY_THREADS, 1.0, 1.0, 1, "has one core" },
  { SKEIN_WAY_ONE_LOCK, 1.0, 1.0, 2, "one thread at a time" },
  { SKEIN_WAY_ONE_LOCK, 1.0, 1.0, 1, "one thread at a time" },
  { SKEIN_WAY_ONE_LOCK, 0.86, 1.0, 2, "one thread at a time" },
  { SKEIN_WAY_ONE_LOCK, 0.84, 1.0, 2, "1.2 times as long" },
  { SKEIN_WAY_THREADS, 1.0, 0.1, 2, "nothing to wait for together" },
};

static void
test_sentences (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func (run_free);

      add_run (runs, SKEIN_WAY_BLOCKING, 10 * SECOND, 1);
      add_run (runs, cases[i].way, (gint64) (10 * SECOND / cases[i].times_as_fast), cases[i].computing);
      assert_says (runs, cases[i].cores, cases[i].says);
    }
}

static void
test_says_nothing_of_what_it_cannot_tell (void)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func (run_free);

  add_run (runs, SKEIN_WAY_BLOCKING, SKEIN_REPORT_TOO_SHORT - 1, 1);
  add_run (runs, SKEIN_WAY_THREADS, 1000, 1);
  assert_says (runs, 2, "Too short");

  g_ptr_array_set_size (runs, 0);
  add_run (runs, SKEIN_WAY_BLOCKING, 10 * SECOND, 1);
  add_run (runs, SKEIN_WAY_THREADS, SECOND, 1)->failed = 2;
  assert_says (runs, 2, "2 tasks failed");
}

static void
test_busy_machine (void)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func (run_free);
  SkeinComparisonRun *threads;

  add_run (runs, SKEIN_WAY_BLOCKING, 10 * SECOND, 1);
  threads = add_run (runs, SKEIN_WAY_THREADS, 8 * SECOND, 1.1);

  /* More threads than cores are no sign of it. */
  threads->figures.wanting = 4;
  assert_says (runs, 1, "times as fast");
  assert_says (runs, 2, "Other programs");
  threads->figures.wanting = 1.1 / 0.61;
  assert_says (runs, 2, "times as fast");
  threads->figures.wanting = 1.1 / 0.59;
  assert_says (runs, 2, "Other programs");

  /* Work that hardly computes does not care. */
  threads->figures.wanting = 0.29;
  threads->figures.computing = 0.01;
  assert_says (runs, 2, "overlapped");
}

static void
test_freeze (void)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func (run_free);
  SkeinComparisonRun *run = add_run (runs, SKEIN_WAY_BLOCKING, 10 * SECOND, 1);
  g_autoptr (GArray) rows = NULL;
  g_autofree char *sentence = NULL;

  run->figures.longest_gap = 2 * SECOND;
  assert_says (runs, 2, "not have answered for 2.0 s");

  run->figures.longest_gap = 99 * 1000;
  rows = skein_report_make (runs);
  sentence = skein_report_dup_sentence (&g_array_index (rows, SkeinReportRow, 0),
                                        &g_array_index (rows, SkeinReportRow, 0), 2);
  g_assert_null (strstr (sentence, "answered"));
}

static void
test_repeats (void)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func (run_free);
  g_autoptr (GArray) rows = NULL;
  const SkeinReportRow *threads;

  add_run (runs, SKEIN_WAY_BLOCKING, 9 * SECOND, 1);
  add_run (runs, SKEIN_WAY_THREADS, 5 * SECOND, 1);
  add_run (runs, SKEIN_WAY_BLOCKING, 7 * SECOND, 1);
  add_run (runs, SKEIN_WAY_THREADS, 1 * SECOND, 1);
  add_run (runs, SKEIN_WAY_BLOCKING, 8 * SECOND, 1);
  add_run (runs, SKEIN_WAY_THREADS, 2 * SECOND, 1);

  rows = skein_report_make (runs);
  g_assert_cmpuint (rows->len, ==, 2);
  threads = &g_array_index (rows, SkeinReportRow, 1);
  g_assert_cmpint (threads->way, ==, SKEIN_WAY_THREADS);
  g_assert_cmpuint (threads->n_runs, ==, 3);
  g_assert_cmpint (threads->run->figures.wall, ==, 2 * SECOND);
  g_assert_cmpint (threads->least, ==, 1 * SECOND);
  g_assert_cmpint (threads->most, ==, 5 * SECOND);
  g_assert_cmpfloat (threads->times_as_fast, ==, 4);
}

static void
test_outcome (void)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func (run_free);
  g_autoptr (SkeinWorkload) counter = skein_workload_new_counter (2, 500, SKEIN_CARE_NONE);
  g_autoptr (SkeinWorkload) weather = skein_workload_new_weather (2, 10, 1);
  g_autoptr (GArray) rows = NULL;
  g_autofree char *lost = NULL;
  g_autofree char *same = NULL;

  add_run (runs, SKEIN_WAY_BLOCKING, SECOND, 1)->outcome = 1000;
  add_run (runs, SKEIN_WAY_THREADS, SECOND, 1)->outcome = 700;
  rows = skein_report_make (runs);
  lost = skein_report_dup_outcome (rows, counter);
  g_assert_nonnull (strstr (lost, "Threads: 700 of 1000"));

  ((SkeinComparisonRun *) g_ptr_array_index (runs, 1))->outcome = 1000;
  same = skein_report_dup_outcome (rows, weather);
  g_assert_nonnull (strstr (same, "same result"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/report/sentences", test_sentences);
  g_test_add_func ("/report/says-nothing-of-what-it-cannot-tell", test_says_nothing_of_what_it_cannot_tell);
  g_test_add_func ("/report/busy-machine", test_busy_machine);
  g_test_add_func ("/report/freeze", test_freeze);
  g_test_add_func ("/report/repeats", test_repeats);
  g_test_add_func ("/report/outcome", test_outcome);

  return g_test_run ();
}
