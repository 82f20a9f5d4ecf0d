/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-timeline-figures.h"
#include "skein-timeline-recorder.h"

static SkeinTimelineTask
task (gint64 begin,
      gint64 end)
{
  return (SkeinTimelineTask) { .begin = begin, .end = end };
}

static guint
count (const SkeinTimelineTask *tasks,
       guint                    n_tasks)
{
  g_autoptr (GArray) array = g_array_new (FALSE, FALSE, sizeof *tasks);

  g_array_append_vals (array, tasks, n_tasks);

  return skein_timeline_count_in_progress (array);
}

static void
test_in_progress (void)
{
  const SkeinTimelineTask after_each_other[] = { task (0, 10), task (10, 20), task (20, 30) };
  const SkeinTimelineTask two_at_once[] = { task (0, 10), task (9, 20), task (19, 30) };
  const SkeinTimelineTask nested[] = { task (0, 100), task (10, 20), task (15, 30), task (40, 50) };

  g_assert_cmpuint (count (after_each_other, 3), ==, 1);
  g_assert_cmpuint (count (two_at_once, 3), ==, 2);
  g_assert_cmpuint (count (nested, 4), ==, 3);
  g_assert_cmpuint (count (NULL, 0), ==, 0);
}

static void
test_sums (void)
{
  g_autoptr (SkeinTimeline) timeline = skein_timeline_new ();
  const SkeinTimelineEvent given[] = {
    { .operation = SKEIN_OPERATION_COMPUTE, .begin = 50, .end = 90, .on_core = 30 },
    { .operation = SKEIN_OPERATION_WAIT, .begin = 0, .end = 50, .on_core = 2 },
    { .operation = SKEIN_OPERATION_COMPUTE, .begin = 20, .end = 25, .on_core = 5 },
    { .operation = SKEIN_OPERATION_CONNECT, .begin = 10, .end = 15, .on_core = -1 },
  };
  g_autoptr (GArray) events = NULL;
  gint64 sums[SKEIN_N_OPERATIONS];

  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    skein_timeline_add (timeline, given + i);
  events = skein_timeline_dup_events (timeline);

  g_assert_cmpint (g_array_index (events, SkeinTimelineEvent, 0).begin, ==, 0);
  g_assert_cmpint (g_array_index (events, SkeinTimelineEvent, 3).begin, ==, 50);
  g_assert_cmpint (skein_timeline_sum_on_core (events), ==, 37);
  skein_timeline_sum_operations (events, sums);
  g_assert_cmpint (sums[SKEIN_OPERATION_COMPUTE], ==, 45);
  g_assert_cmpint (sums[SKEIN_OPERATION_WAIT], ==, 50);
  g_assert_cmpint (sums[SKEIN_OPERATION_CONNECT], ==, 5);
  g_assert_cmpint (sums[SKEIN_OPERATION_HASH], ==, 0);
}

/* A runner that keeps whoever enters COMPUTE waiting. */
static void
slow_enter (SkeinTaskContext *context,
            SkeinOperation    operation)
{
  gint64 until = g_get_monotonic_time () + 3000;

  while (operation == SKEIN_OPERATION_COMPUTE && g_get_monotonic_time () < until)
    ;
}

static void
ignore (SkeinTaskContext *context,
        SkeinOperation    operation)
{
}

static void
test_wait_for_permission_is_a_lock (void)
{
  const SkeinTaskContextFuncs funcs = { .enter = slow_enter, .leave = ignore };
  SkeinTaskContext inner = { .funcs = &funcs };
  g_autoptr (SkeinTimeline) timeline = skein_timeline_new ();
  SkeinTimelineRecorder recorder;
  g_autoptr (GArray) events = NULL;
  const SkeinTimelineEvent *lock;
  const SkeinTimelineEvent *compute;

  skein_timeline_recorder_begin (&recorder, &inner, timeline, 7);
  skein_task_context_enter (&recorder.base, SKEIN_OPERATION_COMPUTE);
  skein_task_context_leave (&recorder.base, SKEIN_OPERATION_COMPUTE);
  skein_timeline_recorder_end (&recorder, TRUE);

  events = skein_timeline_dup_events (timeline);
  g_assert_cmpuint (events->len, ==, 2);
  lock = &g_array_index (events, SkeinTimelineEvent, 0);
  compute = &g_array_index (events, SkeinTimelineEvent, 1);
  g_assert_cmpint (lock->operation, ==, SKEIN_OPERATION_LOCK);
  g_assert_cmpint (lock->end - lock->begin, >=, 3000);
  g_assert_cmpint (compute->operation, ==, SKEIN_OPERATION_COMPUTE);
  g_assert_cmpint (compute->begin, >=, lock->end);
  g_assert_cmpuint (compute->task, ==, 7);
}

static void
test_long_computing_in_slices (void)
{
  const SkeinTaskContextFuncs funcs = { .enter = ignore, .leave = ignore };
  SkeinTaskContext inner = { .funcs = &funcs };
  g_autoptr (SkeinTimeline) timeline = skein_timeline_new ();
  SkeinTimelineRecorder recorder;
  g_autoptr (GArray) events = NULL;
  gint64 until;

  skein_timeline_recorder_begin (&recorder, &inner, timeline, 0);
  skein_task_context_enter (&recorder.base, SKEIN_OPERATION_COMPUTE);
  until = g_get_monotonic_time () + 30 * 1000;
  while (g_get_monotonic_time () < until)
    skein_task_context_checkpoint (&recorder.base);
  skein_task_context_leave (&recorder.base, SKEIN_OPERATION_COMPUTE);
  skein_timeline_recorder_end (&recorder, TRUE);

  events = skein_timeline_dup_events (timeline);
  g_assert_cmpuint (events->len, >=, 2);
  for (guint i = 0; i < events->len; i++)
    {
      const SkeinTimelineEvent *event = &g_array_index (events, SkeinTimelineEvent, i);

      g_assert_cmpint (event->operation, ==, SKEIN_OPERATION_COMPUTE);
      g_assert_cmpint (event->on_core, >=, 0);
      g_assert_cmpint (event->on_core, <=, event->end - event->begin);
      if (i > 0)
        g_assert_cmpint (event->begin, >=, g_array_index (events, SkeinTimelineEvent, i - 1).end);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/timeline/in-progress", test_in_progress);
  g_test_add_func ("/timeline/sums", test_sums);
  g_test_add_func ("/timeline/wait-for-permission-is-a-lock", test_wait_for_permission_is_a_lock);
  g_test_add_func ("/timeline/long-computing-in-slices", test_long_computing_in_slices);

  return g_test_run ();
}
