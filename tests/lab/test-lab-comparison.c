/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-comparison.h"

#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "skein-practice-server.h"
#include "skein-transfer.h"

/* Only ratios are looked at. Where another program takes a core away meanwhile, they say nothing: there is another
 * try, and in the end no verdict. */
#define TRIES       3
#define MOST_OTHERS 0.1

static SkeinComparisonOptions all_ways = {
  .ways = { SKEIN_WAY_BLOCKING, SKEIN_WAY_THREADS, SKEIN_WAY_ONE_LOCK, SKEIN_WAY_PROCESSES },
  .n_ways = SKEIN_N_WAYS, .workers = 6, .repeats = 1,
};

typedef struct
{
  GPtrArray *runs;
  GError    *error;
  gboolean   done;
} Outcome;

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Outcome *outcome = user_data;

  outcome->runs = skein_comparison_run_finish (result, &outcome->error);
  outcome->done = TRUE;
}

static Outcome
compare (SkeinWorkload                *workload,
         const SkeinComparisonOptions *options,
         GCancellable                 *cancellable)
{
  Outcome outcome = { 0 };

  skein_comparison_run_async (workload, options, cancellable, done_cb, &outcome);
  while (!outcome.done)
    g_main_context_iteration (NULL, TRUE);

  return outcome;
}

static GPtrArray *
compare_all (SkeinWorkload *workload)
{
  Outcome outcome = compare (workload, &all_ways, NULL);

  g_assert_no_error (outcome.error);
  g_assert_cmpuint (outcome.runs->len, ==, SKEIN_N_WAYS);

  return outcome.runs;
}

static const SkeinComparisonRun *
get_run (GPtrArray *runs,
         SkeinWay   way)
{
  const SkeinComparisonRun *run = g_ptr_array_index (runs, way);

  g_assert_cmpint (run->way, ==, way);

  return run;
}

static double
times_as_fast (GPtrArray *runs,
               SkeinWay   way)
{
  return (double) get_run (runs, SKEIN_WAY_BLOCKING)->figures.wall / (double) get_run (runs, way)->figures.wall;
}

/* Seconds of processor time that everything on the machine has used, but for this process. */
static double
others_time (void)
{
  unsigned long long user = 0, low = 0, system = 0, idle = 0, wait = 0, hard = 0, soft = 0;
  struct rusage own;
  FILE *file = fopen ("/proc/stat", "re");

  if (file == NULL)
    return 0;

  g_assert_cmpint (fscanf (file, "cpu %llu %llu %llu %llu %llu %llu %llu", &user, &low, &system, &idle, &wait, &hard,
                           &soft), ==, 7);
  fclose (file);
  getrusage (RUSAGE_SELF, &own);

  return (double) (user + low + system + hard + soft) / (double) sysconf (_SC_CLK_TCK) -
         (double) (own.ru_utime.tv_sec + own.ru_stime.tv_sec) -
         (double) (own.ru_utime.tv_usec + own.ru_stime.tv_usec) / G_USEC_PER_SEC;
}

/* Parts of all cores that other programs had since @begin, when their time was @others. */
static double
others_since (gint64 begin,
              double others)
{
  double wall = (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;

  return (others_time () - others) / wall / g_get_num_processors ();
}

/* In every lane no two tasks overlap, and each operation lies within its task. */
static void
check_lane (GArray *tasks,
            GArray *events,
            guint   lane)
{
  gint64 end = 0;

  for (guint i = 0; i < tasks->len; i++)
    {
      const SkeinTimelineTask *task = &g_array_index (tasks, SkeinTimelineTask, i);

      if (task->lane != lane)
        continue;
      g_assert_cmpint (task->begin, >=, end);
      g_assert_cmpint (task->end, >=, task->begin);
      end = task->end;

      for (guint j = 0; j < events->len; j++)
        {
          const SkeinTimelineEvent *event = &g_array_index (events, SkeinTimelineEvent, j);

          if (event->task == task->number)
            {
              g_assert_cmpuint (event->lane, ==, lane);
              g_assert_cmpint (event->begin, >=, task->begin);
              g_assert_cmpint (event->end, <=, task->end);
            }
        }
    }
}

/* What was measured by somebody else lies within a wait; everything else comes one after the other. */
static void
check_operations (GArray *events,
                  guint   lane)
{
  gint64 end = 0;

  for (guint i = 0; i < events->len; i++)
    {
      const SkeinTimelineEvent *event = &g_array_index (events, SkeinTimelineEvent, i);

      if (event->lane != lane || event->on_core < 0)
        continue;
      g_assert_cmpint (event->begin, >=, end);
      g_assert_cmpint (event->on_core, <=, event->end - event->begin);
      end = event->end;
    }
}

static void
check_run (const SkeinComparisonRun *run,
           guint                     n_tasks)
{
  g_autoptr (GArray) lanes = skein_timeline_dup_lanes (run->timeline);
  g_autoptr (GArray) tasks = skein_timeline_dup_tasks (run->timeline);
  g_autoptr (GArray) events = skein_timeline_dup_events (run->timeline);

  g_assert_cmpuint (run->failed, ==, 0);
  g_assert_cmpuint (tasks->len, ==, n_tasks);
  for (guint lane = 0; lane < lanes->len; lane++)
    {
      g_assert_true (g_array_index (lanes, SkeinTimelineLane, lane).window == (run->way == SKEIN_WAY_BLOCKING));
      check_lane (tasks, events, lane);
      check_operations (events, lane);
    }

  g_assert_cmpint (run->figures.first, >, 0);
  g_assert_cmpint (run->figures.first, <=, run->figures.wall);
  g_assert_cmpfloat (run->figures.computing, <=, g_get_num_processors () * 1.02);
  g_assert_cmpuint (run->figures.in_progress, <=, run->way == SKEIN_WAY_BLOCKING ? 1 : all_ways.workers);
  g_assert_cmpuint (run->figures.memory, >, 0);
}

static SkeinWorkload *
make_pictures (SkeinPracticeServer *server,
               guint                n_tasks,
               guint                delay)
{
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 1; i <= n_tasks; i++)
    g_ptr_array_add (addresses, g_strdup_printf ("%s/bytes/%u?delay=%u", skein_practice_server_get_address (server),
                                                 10000 + i, delay));

  return skein_workload_new_pictures (addresses);
}

static void
test_pictures (void)
{
  g_autoptr (SkeinPracticeServer) server = skein_practice_server_new (0, NULL, NULL);
  g_autoptr (SkeinWorkload) pictures = make_pictures (server, 12, 300);
  gint64 begin = g_get_monotonic_time ();
  double others = others_time ();
  g_autoptr (GPtrArray) runs = compare_all (pictures);
  gboolean quiet = others_since (begin, others) < MOST_OTHERS;

  g_test_summary ("Waits overlap on threads, also behind one lock");

  for (guint i = 0; i < runs->len; i++)
    {
      const SkeinComparisonRun *run = g_ptr_array_index (runs, i);

      check_run (run, 12);
      g_assert_cmpuint (run->outcome, ==, 12 * 10000 + 78);
    }
  g_assert_cmpfloat (times_as_fast (runs, SKEIN_WAY_THREADS), >=, 3);
  g_assert_cmpfloat (times_as_fast (runs, SKEIN_WAY_ONE_LOCK), >=, 3);
  /* Starting processes takes its time where others want the cores, too, and all the more under a sanitizer. */
  g_assert_true (!quiet || times_as_fast (runs, SKEIN_WAY_PROCESSES) >= 2);
  g_assert_cmpuint (get_run (runs, SKEIN_WAY_PROCESSES)->figures.processes, ==, 7);

  /* The first way freezes a window for each file, the others do not. */
  g_assert_cmpint (get_run (runs, SKEIN_WAY_BLOCKING)->figures.longest_gap, >, 250 * 1000);
  g_assert_cmpint (get_run (runs, SKEIN_WAY_BLOCKING)->figures.total_gap, >, 12 * 250 * 1000);
  g_assert_cmpint (get_run (runs, SKEIN_WAY_THREADS)->figures.longest_gap, <, 250 * 1000);
}

/* Whether computing came out as it does on two cores with nothing else to do. */
static gboolean
is_as_expected (GPtrArray *runs)
{
  double lock = times_as_fast (runs, SKEIN_WAY_ONE_LOCK);

  g_test_message ("threads %.2f, lock %.2f times as fast", times_as_fast (runs, SKEIN_WAY_THREADS), lock);

  return times_as_fast (runs, SKEIN_WAY_THREADS) >= 1.5 && lock > 0.8 && lock < 1.2;
}

static void
test_weather (void)
{
  gboolean good = FALSE;
  guint quiet = 0;

  g_test_summary ("Computing is shared by cores, and behind one lock by nobody");

  if (g_get_num_processors () < 2)
    {
      g_test_skip ("One core");
      return;
    }

  for (guint i = 0; i < TRIES && !good && quiet < 2; i++)
    {
      g_autoptr (SkeinWorkload) weather = skein_workload_new_weather (4, 200, 1000);
      gint64 begin = g_get_monotonic_time ();
      double others = others_time ();
      g_autoptr (GPtrArray) runs = compare_all (weather);
      guint64 outcome = get_run (runs, SKEIN_WAY_BLOCKING)->outcome;

      for (guint j = 0; j < runs->len; j++)
        {
          check_run (g_ptr_array_index (runs, j), 4);
          g_assert_cmpuint (((SkeinComparisonRun *) g_ptr_array_index (runs, j))->outcome, ==, outcome);
        }
      good = is_as_expected (runs);
      if (others_since (begin, others) < MOST_OTHERS)
        quiet++;
    }

  if (!good && quiet == 0)
    g_test_skip ("The machine was busy all the time");
  else
    g_assert_true (good);
}

static void
test_counter (void)
{
  const SkeinCare cares[] = { SKEIN_CARE_NONE, SKEIN_CARE_LOCK, SKEIN_CARE_ATOMIC };

  for (guint i = 0; i < G_N_ELEMENTS (cares); i++)
    {
      g_autoptr (SkeinWorkload) counter = skein_workload_new_counter (3, 20000, cares[i]);
      g_autoptr (GPtrArray) runs = compare_all (counter);

      /* One after the other nothing can be lost, and behind the one lock only between its checkpoints. */
      g_assert_cmpuint (get_run (runs, SKEIN_WAY_BLOCKING)->outcome, ==, 60000);
      g_assert_cmpuint (get_run (runs, SKEIN_WAY_ONE_LOCK)->outcome, ==, 60000);
      if (cares[i] == SKEIN_CARE_NONE)
        g_assert_cmpuint (get_run (runs, SKEIN_WAY_THREADS)->outcome, <=, 60000);
      else
        g_assert_cmpuint (get_run (runs, SKEIN_WAY_THREADS)->outcome, ==, 60000);
    }
}

static void
test_lost_without_care (void)
{
  gint64 begin = g_get_monotonic_time ();
  double others = others_time ();
  guint64 lost = 0;

  g_test_summary ("Two threads that add without care lose additions, as soon as they really run at once");

  if (g_get_num_processors () < 2)
    {
      g_test_skip ("One core");
      return;
    }

  for (guint i = 0; i < TRIES * 10 && lost == 0; i++)
    {
      const SkeinComparisonOptions threads = { .ways = { SKEIN_WAY_THREADS }, .n_ways = 1, .workers = 2, .repeats = 1 };
      g_autoptr (SkeinWorkload) counter = skein_workload_new_counter (2, 5000000, SKEIN_CARE_NONE);
      Outcome outcome = compare (counter, &threads, NULL);

      lost = 10000000 - ((SkeinComparisonRun *) g_ptr_array_index (outcome.runs, 0))->outcome;
      g_ptr_array_unref (outcome.runs);
    }

  if (lost == 0 && others_since (begin, others) >= MOST_OTHERS)
    g_test_skip ("The machine was busy all the time");
  else
    g_assert_cmpuint (lost, >, 0);
}

static void
test_tiny (void)
{
  g_autoptr (SkeinWorkload) tiny = skein_workload_new_tiny (60);
  g_autoptr (GPtrArray) runs = compare_all (tiny);

  for (guint i = 0; i < runs->len; i++)
    g_assert_cmpuint (((SkeinComparisonRun *) g_ptr_array_index (runs, i))->outcome, ==, 60);
}

static void
test_failures_are_told (void)
{
  g_autoptr (SkeinPracticeServer) server = skein_practice_server_new (0, NULL, NULL);
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (SkeinWorkload) pictures = NULL;
  g_autoptr (GPtrArray) runs = NULL;

  g_ptr_array_add (addresses, g_strdup_printf ("%s/bytes/10", skein_practice_server_get_address (server)));
  g_ptr_array_add (addresses, g_strdup_printf ("%s/bytes/10?status=404", skein_practice_server_get_address (server)));
  pictures = skein_workload_new_pictures (addresses);
  runs = compare_all (pictures);

  for (guint i = 0; i < runs->len; i++)
    {
      const SkeinComparisonRun *run = g_ptr_array_index (runs, i);

      g_assert_cmpuint (run->failed, ==, 1);
      g_assert_cmpint (run->error->code, ==, 404);
      g_assert_cmpuint (run->outcome, ==, 10);
    }
}

/* Kills the first child that it finds, once; what it does to the others is nothing. */
static gboolean
kill_cb (gpointer data)
{
  gboolean *killed = data;
  g_autoptr (GDir) threads = g_dir_open ("/proc/self/task", 0, NULL);
  const char *thread;

  while (!*killed && (thread = g_dir_read_name (threads)) != NULL)
    {
      g_autofree char *file = g_build_filename ("/proc/self/task", thread, "children", NULL);
      g_autofree char *children = NULL;

      if (g_file_get_contents (file, &children, NULL, NULL) && *children != '\0')
        *killed = kill ((pid_t) g_ascii_strtoll (children, NULL, 10), SIGKILL) == 0;
    }

  return !*killed;
}

static void
test_killed_child (void)
{
  const SkeinComparisonOptions processes = {
    .ways = { SKEIN_WAY_PROCESSES }, .n_ways = 1, .workers = 2, .repeats = 1, .worker = all_ways.worker,
  };
  g_autoptr (SkeinPracticeServer) server = skein_practice_server_new (0, NULL, NULL);
  g_autoptr (SkeinWorkload) pictures = make_pictures (server, 4, 500);
  const SkeinComparisonRun *run;
  gboolean killed = FALSE;
  Outcome outcome;

  g_test_summary ("A child that is killed from outside is told, and its task is run again");

  g_timeout_add (5, kill_cb, &killed);
  outcome = compare (pictures, &processes, NULL);
  run = g_ptr_array_index (outcome.runs, 0);

  g_assert_true (killed);
  g_assert_cmpuint (run->crashed, ==, 1);
  g_assert_cmpuint (run->failed, ==, 0);
  g_assert_cmpuint (run->outcome, ==, 4 * 10000 + 10);
  g_ptr_array_unref (outcome.runs);
}

static gboolean
cancel_cb (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);

  return G_SOURCE_REMOVE;
}

static void
test_cancelled (void)
{
  const SkeinComparisonOptions threads = { .ways = { SKEIN_WAY_THREADS }, .n_ways = 1, .workers = 2, .repeats = 10 };
  g_autoptr (SkeinPracticeServer) server = skein_practice_server_new (0, NULL, NULL);
  g_autoptr (SkeinWorkload) pictures = make_pictures (server, 4, 3600 * 1000);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome outcome;

  g_timeout_add (50, cancel_cb, cancellable);
  outcome = compare (pictures, &threads, cancellable);

  g_assert_null (outcome.runs);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&outcome.error);
}

static void
test_repeats_in_turn (void)
{
  const SkeinComparisonOptions two = {
    .ways = { SKEIN_WAY_THREADS, SKEIN_WAY_BLOCKING }, .n_ways = 2, .workers = 2, .repeats = 3,
  };
  g_autoptr (SkeinWorkload) tiny = skein_workload_new_tiny (5);
  Outcome outcome = compare (tiny, &two, NULL);

  g_assert_cmpuint (outcome.runs->len, ==, 6);
  for (guint i = 0; i < 6; i++)
    {
      const SkeinComparisonRun *run = g_ptr_array_index (outcome.runs, i);

      g_assert_cmpint (run->way, ==, i % 2 == 0 ? SKEIN_WAY_THREADS : SKEIN_WAY_BLOCKING);
      g_assert_cmpuint (run->repeat, ==, i / 2);
      g_assert_cmpuint (run->outcome, ==, 5);
    }
  g_ptr_array_unref (outcome.runs);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  skein_transfer_init ();
  all_ways.worker = g_getenv ("SKEIN_GET");

  g_test_add_func ("/comparison/pictures", test_pictures);
  g_test_add_func ("/comparison/weather", test_weather);
  g_test_add_func ("/comparison/counter", test_counter);
  g_test_add_func ("/comparison/lost-without-care", test_lost_without_care);
  g_test_add_func ("/comparison/tiny", test_tiny);
  g_test_add_func ("/comparison/failures-are-told", test_failures_are_told);
  g_test_add_func ("/comparison/killed-child", test_killed_child);
  g_test_add_func ("/comparison/cancelled", test_cancelled);
  g_test_add_func ("/comparison/repeats-in-turn", test_repeats_in_turn);

  return g_test_run ();
}
