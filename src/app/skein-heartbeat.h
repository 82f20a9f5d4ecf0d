/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * SkeinHeartbeat:
 *
 * Measures how late the main loop answers: wakes up every 50 ms of the monotonic clock while something
 * goes on and keeps how late each wake-up came. Main context only.
 *
 * Property "beating" (boolean, read-only): whether it measures now; an idle program makes no wake-ups.
 *
 * Signal "beat": a sample was added.
 */
#define SKEIN_TYPE_HEARTBEAT (skein_heartbeat_get_type ())
G_DECLARE_FINAL_TYPE (SkeinHeartbeat, skein_heartbeat, SKEIN, HEARTBEAT, GObject)

#define SKEIN_HEARTBEAT_INTERVAL (50 * G_TIME_SPAN_MILLISECOND)
#define SKEIN_HEARTBEAT_SPAN     (30 * G_TIME_SPAN_SECOND)
#define SKEIN_HEARTBEAT_LINGER   (5 * G_TIME_SPAN_SECOND)

/**
 * SkeinHeartbeatSample:
 * @time: when the wake-up was due, or a freeze began; microseconds of the monotonic clock
 * @lateness: how much later the loop answered, or how long the freeze was; microseconds
 * @freeze: whether it is a freeze that was announced by skein_heartbeat_note_freeze()
 *
 * One measurement.
 */
typedef struct
{
  gint64   time;
  gint64   lateness;
  gboolean freeze;
} SkeinHeartbeatSample;

/**
 * skein_heartbeat_new:
 *
 * Returns: (transfer full): one that does not beat yet
 */
SkeinHeartbeat             *skein_heartbeat_new                 (void);

/**
 * skein_heartbeat_set_active:
 * @self: a heartbeat
 * @active: whether anything goes on
 *
 * It beats while active and for %SKEIN_HEARTBEAT_LINGER after.
 */
void                        skein_heartbeat_set_active          (SkeinHeartbeat *self,
                                                                 gboolean        active);

/**
 * skein_heartbeat_get_beating:
 * @self: a heartbeat
 *
 * Returns: whether it measures now
 */
gboolean                    skein_heartbeat_get_beating         (SkeinHeartbeat *self);

/**
 * skein_heartbeat_note_freeze:
 * @self: a heartbeat
 * @begin: when the loop stopped; microseconds of the monotonic clock
 * @end: when it went on; not before @begin
 *
 * Makes a freeze one exact block: the wake-up that it delayed counts only what came after @end.
 */
void                        skein_heartbeat_note_freeze         (SkeinHeartbeat *self,
                                                                 gint64          begin,
                                                                 gint64          end);

/**
 * skein_heartbeat_get_samples:
 * @self: a heartbeat
 * @n_samples: (out): how many
 *
 * Returns: (transfer none) (array length=n_samples): the samples of the last %SKEIN_HEARTBEAT_SPAN, oldest
 *   first; valid until the main loop turns
 */
const SkeinHeartbeatSample *skein_heartbeat_get_samples         (SkeinHeartbeat *self,
                                                                 guint          *n_samples);

/**
 * skein_heartbeat_get_latest_lateness:
 * @self: a heartbeat
 *
 * Returns: microseconds by which the last wake-up was late; 0 before the first
 */
gint64                      skein_heartbeat_get_latest_lateness (SkeinHeartbeat *self);

/**
 * skein_heartbeat_get_longest:
 * @self: a heartbeat
 *
 * Returns: microseconds of the longest lateness or freeze of the last %SKEIN_HEARTBEAT_SPAN
 */
gint64                      skein_heartbeat_get_longest         (SkeinHeartbeat *self);

G_END_DECLS
