/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SkeinSpeedMeter:
 *
 * Speed of a download, smoothed over about three seconds. Plain data without a clock or a lock: whoever
 * owns it calls it, from one thread at a time. The fields are private; times are microseconds of the
 * monotonic clock.
 */
typedef struct
{
  gboolean started;
  gint64   time;    /* of the last sample */
  gint64   arrival; /* of the last sample that brought bytes */
  guint64  total;   /* bytes at the last sample */
  double   rate;    /* bytes per second at the last sample, not yet divided by seen */
  double   seen;    /* 0 … 1: how much of the smoothing is filled with samples */
  gint64   end;     /* when the download ends by the last estimate, -1 for none */
} SkeinSpeedMeter;

/**
 * skein_speed_meter_init:
 * @self: a meter, any content
 *
 * Forgets everything. A meter that is all zeros need not be initialised.
 */
void   skein_speed_meter_init     (SkeinSpeedMeter       *self);

/**
 * skein_speed_meter_add:
 * @self: a meter
 * @time: monotonic microseconds
 * @total: bytes received so far, in all
 *
 * Takes a sample. The first one only sets the start. A sample that is not later than the last one
 * counts with the next. When the total went down (a restart) nothing is counted for this sample.
 */
void   skein_speed_meter_add      (SkeinSpeedMeter       *self,
                                   gint64                 time,
                                   guint64                total);

/**
 * skein_speed_meter_get_rate:
 * @self: a meter
 * @now: monotonic microseconds
 *
 * The speed fades, and is 0 after ten seconds without bytes.
 *
 * Returns: bytes per second, never negative
 */
double skein_speed_meter_get_rate (const SkeinSpeedMeter *self,
                                   gint64                 now);

/**
 * skein_speed_meter_estimate:
 * @self: a meter
 * @now: monotonic microseconds
 * @remaining: bytes that are still to come, or -1 if unknown
 *
 * Time left, in steps that a reader can follow: 1 s below a minute, 5 s below ten minutes, 30 s below an
 * hour, else 5 min. The last estimate is counted down as long as the new one is within a tenth of it.
 *
 * Returns: seconds; -1 if unknown or more than 100 days; 0 only if nothing remains
 */
gint64 skein_speed_meter_estimate (SkeinSpeedMeter       *self,
                                   gint64                 now,
                                   gint64                 remaining);

G_END_DECLS
