/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-timeline-recorder.h"

#include <unistd.h>

#include "skein-thread-time.h"

/* What is shorter than this was no wait, but the call. */
#define LEAST_LOCK 20

/* Long computing is noted in slices, so that its share of a core is known at each time. */
#define SLICE (5 * 1000)

/* What this thread is doing. A thread runs one task at a time, and operations do not nest. */
typedef struct
{
  gint64 begin;
  gint64 on_core;
  guint  lane;
} Current;

static _Thread_local Current current;

static void
note (SkeinTimelineRecorder *self,
      SkeinOperation         operation,
      gint64                 begin,
      gint64                 end,
      gint64                 on_core)
{
  const SkeinTimelineEvent event = {
    .task = self->number, .lane = current.lane, .operation = operation,
    .begin = begin, .end = end,
    /* The two clocks are not read at the same instant. */
    .on_core = on_core < 0 ? -1 : MIN (on_core, end - begin),
  };

  skein_timeline_add (self->timeline, &event);
}

static void
begin_operation (void)
{
  current.begin = g_get_monotonic_time ();
  current.on_core = skein_thread_time ();
}

static void
end_operation (SkeinTimelineRecorder *self,
               SkeinOperation         operation)
{
  note (self, operation, current.begin, g_get_monotonic_time (), skein_thread_time () - current.on_core);
}

static void
note_lock (SkeinTimelineRecorder *self,
           gint64                 since)
{
  gint64 now = g_get_monotonic_time ();

  if (now - since >= LEAST_LOCK)
    note (self, SKEIN_OPERATION_LOCK, since, now, 0);
}

static void
recorder_enter (SkeinTaskContext *context,
                SkeinOperation    operation)
{
  SkeinTimelineRecorder *self = (SkeinTimelineRecorder *) context;
  gint64 since = g_get_monotonic_time ();

  /* A helper's first. */
  current.lane = skein_timeline_find_lane (self->timeline, (int) getpid (), (int) gettid ());
  skein_task_context_enter (self->inner, operation);
  note_lock (self, since);
  begin_operation ();
}

static void
recorder_leave (SkeinTaskContext *context,
                SkeinOperation    operation)
{
  SkeinTimelineRecorder *self = (SkeinTimelineRecorder *) context;

  end_operation (self, operation);
  skein_task_context_leave (self->inner, operation);
}

static void
recorder_stamp (SkeinTaskContext *context,
                SkeinOperation    operation,
                gint64            begin,
                gint64            end)
{
  SkeinTimelineRecorder *self = (SkeinTimelineRecorder *) context;

  note (self, operation, begin, end, -1);
  skein_task_context_stamp (self->inner, operation, begin, end);
}

static gboolean
recorder_spawn_helper (SkeinTaskContext *context,
                       GThreadFunc       func,
                       gpointer          data)
{
  return skein_task_context_spawn_helper (((SkeinTimelineRecorder *) context)->inner, func, data);
}

static void
recorder_checkpoint (SkeinTaskContext *context)
{
  SkeinTimelineRecorder *self = (SkeinTimelineRecorder *) context;
  /* A runner without checkpoints has no lock to wait for: a core that was lost here is no lock. */
  gboolean may_wait = self->inner->funcs->checkpoint != NULL;
  gint64 before = g_get_monotonic_time ();
  gint64 after = before;

  if (may_wait)
    {
      skein_task_context_checkpoint (self->inner);
      after = g_get_monotonic_time ();
    }
  if (after - before < LEAST_LOCK && after - current.begin < SLICE)
    return;

  note (self, SKEIN_OPERATION_COMPUTE, current.begin, before, skein_thread_time () - current.on_core);
  if (may_wait)
    note_lock (self, before);
  begin_operation ();
}

static const SkeinTaskContextFuncs recorder_funcs = {
  .enter = recorder_enter,
  .leave = recorder_leave,
  .stamp = recorder_stamp,
  .spawn_helper = recorder_spawn_helper,
  .checkpoint = recorder_checkpoint,
};

void
skein_timeline_recorder_begin (SkeinTimelineRecorder *self,
                               SkeinTaskContext      *inner,
                               SkeinTimeline         *timeline,
                               guint                  number)
{
  guint lane = skein_timeline_find_lane (timeline, (int) getpid (), (int) gettid ());

  *self = (SkeinTimelineRecorder) {
    .base = { .funcs = &recorder_funcs, .hosts = inner->hosts },
    .inner = inner,
    .timeline = timeline,
    .number = number,
    .index = skein_timeline_begin_task (timeline, number, lane, g_get_monotonic_time ()),
  };
}

void
skein_timeline_recorder_end (SkeinTimelineRecorder *self,
                             gboolean               succeeded)
{
  skein_timeline_end_task (self->timeline, self->index, g_get_monotonic_time (), succeeded);
}
