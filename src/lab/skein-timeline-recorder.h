/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-timeline.h"

G_BEGIN_DECLS

/**
 * SkeinTimelineRecorder:
 * @base: hand this to the task
 *
 * Stands between a task and its runner and notes every operation. It does not know which runner it is: what
 * it waits for between an operation's announcement and its permission is noted as waiting for a lock.
 */
typedef struct
{
  SkeinTaskContext  base;

  /*< private >*/
  SkeinTaskContext *inner;
  SkeinTimeline    *timeline;
  guint             number;
  guint             index;
} SkeinTimelineRecorder;

/**
 * skein_timeline_recorder_begin:
 * @self: (out caller-allocates): a recorder
 * @inner: the runner's own context
 * @timeline: where to note; not owned
 * @number: which task it is
 *
 * A task begins, on the calling thread.
 */
void skein_timeline_recorder_begin (SkeinTimelineRecorder *self,
                                    SkeinTaskContext      *inner,
                                    SkeinTimeline         *timeline,
                                    guint                  number);

/**
 * skein_timeline_recorder_end:
 * @self: a recorder
 * @succeeded: how the task ended
 *
 * Same thread as skein_timeline_recorder_begin().
 */
void skein_timeline_recorder_end   (SkeinTimelineRecorder *self,
                                    gboolean               succeeded);

G_END_DECLS
