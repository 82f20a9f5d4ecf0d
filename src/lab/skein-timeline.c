/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-timeline.h"

#include <unistd.h>

struct _SkeinTimeline
{
  gatomicrefcount ref_count;
  int             window;  /* constant: the thread that made it */

  GMutex          mutex;   /* for all below */
  GArray         *lanes;   /* of SkeinTimelineLane */
  GArray         *tasks;   /* of SkeinTimelineTask */
  GArray         *events;  /* of SkeinTimelineEvent */
};

SkeinTimeline *
skein_timeline_new (void)
{
  SkeinTimeline *self = g_new0 (SkeinTimeline, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->window = (int) gettid ();
  g_mutex_init (&self->mutex);
  self->lanes = g_array_new (FALSE, FALSE, sizeof (SkeinTimelineLane));
  self->tasks = g_array_new (FALSE, FALSE, sizeof (SkeinTimelineTask));
  self->events = g_array_new (FALSE, FALSE, sizeof (SkeinTimelineEvent));

  return self;
}

SkeinTimeline *
skein_timeline_ref (SkeinTimeline *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
skein_timeline_unref (SkeinTimeline *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_array_unref (self->lanes);
  g_array_unref (self->tasks);
  g_array_unref (self->events);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

guint
skein_timeline_find_lane (SkeinTimeline *self,
                          int            process,
                          int            thread)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  SkeinTimelineLane lane = { process, thread, thread == self->window };
  guint i;

  for (i = 0; i < self->lanes->len; i++)
    {
      const SkeinTimelineLane *other = &g_array_index (self->lanes, SkeinTimelineLane, i);

      if (other->process == process && other->thread == thread)
        return i;
    }
  g_array_append_val (self->lanes, lane);

  return i;
}

guint
skein_timeline_begin_task (SkeinTimeline *self,
                           guint          number,
                           guint          lane,
                           gint64         begin)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  SkeinTimelineTask task = { .number = number, .lane = lane, .begin = begin };

  g_array_append_val (self->tasks, task);

  return self->tasks->len - 1;
}

void
skein_timeline_end_task (SkeinTimeline *self,
                         guint          index,
                         gint64         end,
                         gboolean       succeeded)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  SkeinTimelineTask *task = &g_array_index (self->tasks, SkeinTimelineTask, index);

  g_assert (index < self->tasks->len && end >= task->begin);

  task->end = end;
  task->succeeded = succeeded;
}

void
skein_timeline_add (SkeinTimeline            *self,
                    const SkeinTimelineEvent *event)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_assert (event->begin <= event->end);

  g_array_append_vals (self->events, event, 1);
}

GArray *
skein_timeline_dup_lanes (SkeinTimeline *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_array_copy (self->lanes);
}

static int
compare_tasks (gconstpointer a,
               gconstpointer b)
{
  const SkeinTimelineTask *one = a;
  const SkeinTimelineTask *other = b;

  return one->begin < other->begin ? -1 : one->begin > other->begin;
}

GArray *
skein_timeline_dup_tasks (SkeinTimeline *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GArray *copy = g_array_copy (self->tasks);

  g_array_sort (copy, compare_tasks);

  return copy;
}

static int
compare_events (gconstpointer a,
                gconstpointer b)
{
  const SkeinTimelineEvent *one = a;
  const SkeinTimelineEvent *other = b;

  return one->begin < other->begin ? -1 : one->begin > other->begin;
}

GArray *
skein_timeline_dup_events (SkeinTimeline *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GArray *copy = g_array_copy (self->events);

  g_array_sort (copy, compare_events);

  return copy;
}
