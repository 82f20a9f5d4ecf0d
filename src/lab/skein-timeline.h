/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "skein-task-context.h"

G_BEGIN_DECLS

/**
 * SkeinTimelineLane:
 * @process: the process's id
 * @thread: the thread's id within the system
 * @window: whether it is the thread that a window would have: the one that made the timeline
 *
 * A thread that ran tasks.
 */
typedef struct
{
  int      process;
  int      thread;
  gboolean window;
} SkeinTimelineLane;

/**
 * SkeinTimelineTask:
 * @number: which task of the workload it is, from 0
 * @lane: index of the lane that it ran on
 * @begin: microseconds of the monotonic clock
 * @end: the same; 0 while it runs
 * @succeeded: how it ended
 *
 * A task that was run.
 */
typedef struct
{
  guint    number;
  guint    lane;
  gint64   begin;
  gint64   end;
  gboolean succeeded;
} SkeinTimelineTask;

/**
 * SkeinTimelineEvent:
 * @task: number of the task
 * @lane: index of the lane
 * @operation: what was done
 * @begin: microseconds of the monotonic clock
 * @end: the same
 * @on_core: microseconds of processor time that the thread got meanwhile; -1 where nobody measured it
 *
 * An operation, or a slice of a long one.
 */
typedef struct
{
  guint          task;
  guint          lane;
  SkeinOperation operation;
  gint64         begin;
  gint64         end;
  gint64         on_core;
} SkeinTimelineEvent;

/**
 * SkeinTimeline:
 *
 * What happened when, on which thread, while tasks were run: written by the tasks, read by anybody. All
 * functions may be called from any thread.
 */
typedef struct _SkeinTimeline SkeinTimeline;

/**
 * skein_timeline_new:
 *
 * The thread that would be the window's.
 *
 * Returns: (transfer full): an empty timeline
 */
SkeinTimeline *skein_timeline_new        (void);

/**
 * skein_timeline_ref:
 * @self: a timeline
 *
 * Returns: (transfer full): @self
 */
SkeinTimeline *skein_timeline_ref        (SkeinTimeline            *self);

/**
 * skein_timeline_unref:
 * @self: (transfer full): a timeline
 */
void           skein_timeline_unref      (SkeinTimeline            *self);

/**
 * skein_timeline_find_lane:
 * @self: a timeline
 * @process: the process's id
 * @thread: the thread's id
 *
 * Returns: index of that thread's lane, which is made if there is none
 */
guint          skein_timeline_find_lane  (SkeinTimeline            *self,
                                          int                       process,
                                          int                       thread);

/**
 * skein_timeline_begin_task:
 * @self: a timeline
 * @number: which task it is
 * @lane: where it runs
 * @begin: microseconds of the monotonic clock
 *
 * Returns: its index, for skein_timeline_end_task()
 */
guint          skein_timeline_begin_task (SkeinTimeline            *self,
                                          guint                     number,
                                          guint                     lane,
                                          gint64                    begin);

/**
 * skein_timeline_end_task:
 * @self: a timeline
 * @index: from skein_timeline_begin_task()
 * @end: microseconds of the monotonic clock
 * @succeeded: how it ended
 */
void           skein_timeline_end_task   (SkeinTimeline            *self,
                                          guint                     index,
                                          gint64                    end,
                                          gboolean                  succeeded);

/**
 * skein_timeline_add:
 * @self: a timeline
 * @event: what happened; copied
 */
void           skein_timeline_add        (SkeinTimeline            *self,
                                          const SkeinTimelineEvent *event);

/**
 * skein_timeline_dup_lanes:
 * @self: a timeline
 *
 * Returns: (transfer full) (element-type SkeinTimelineLane): a copy
 */
GArray        *skein_timeline_dup_lanes  (SkeinTimeline            *self);

/**
 * skein_timeline_dup_tasks:
 * @self: a timeline
 *
 * Returns: (transfer full) (element-type SkeinTimelineTask): a copy, in the order of their beginnings
 */
GArray        *skein_timeline_dup_tasks  (SkeinTimeline            *self);

/**
 * skein_timeline_dup_events:
 * @self: a timeline
 *
 * Returns: (transfer full) (element-type SkeinTimelineEvent): a copy, in the order of their beginnings
 */
GArray        *skein_timeline_dup_events (SkeinTimeline            *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinTimeline, skein_timeline_unref)

G_END_DECLS
