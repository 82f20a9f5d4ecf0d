/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-timeline-figures.h"

#include <string.h>

typedef struct
{
  gint64 time;
  int    change;
} Step;

/* One that ends makes room for one that begins at the same time. */
static int
compare_steps (gconstpointer a,
               gconstpointer b)
{
  const Step *one = a;
  const Step *other = b;

  if (one->time != other->time)
    return one->time < other->time ? -1 : 1;

  return one->change - other->change;
}

guint
skein_timeline_count_in_progress (GArray *tasks)
{
  g_autoptr (GArray) steps = g_array_sized_new (FALSE, FALSE, sizeof (Step), tasks->len * 2);
  int now = 0;
  int most = 0;

  for (guint i = 0; i < tasks->len; i++)
    {
      const SkeinTimelineTask *task = &g_array_index (tasks, SkeinTimelineTask, i);
      const Step both[] = { { task->begin, 1 }, { task->end, -1 } };

      g_array_append_vals (steps, both, 2);
    }

  g_array_sort (steps, compare_steps);
  for (guint i = 0; i < steps->len; i++)
    {
      now += g_array_index (steps, Step, i).change;
      most = MAX (most, now);
    }

  return (guint) most;
}

gint64
skein_timeline_sum_on_core (GArray *events)
{
  gint64 sum = 0;

  for (guint i = 0; i < events->len; i++)
    sum += MAX (g_array_index (events, SkeinTimelineEvent, i).on_core, 0);

  return sum;
}

void
skein_timeline_sum_operations (GArray *events,
                               gint64  sums[SKEIN_N_OPERATIONS])
{
  memset (sums, 0, SKEIN_N_OPERATIONS * sizeof *sums);
  for (guint i = 0; i < events->len; i++)
    {
      const SkeinTimelineEvent *event = &g_array_index (events, SkeinTimelineEvent, i);

      sums[event->operation] += event->end - event->begin;
    }
}
