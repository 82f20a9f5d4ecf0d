/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SkeinSpeedMeter:
 *
 * Speed of a download, smoothed over about three seconds. Plain data without a clock or a lock: whoever
 * owns it calls it, from one thread at a time. The fields are private.
 */
typedef struct
{
  gint64  time;      /* monotonic microseconds of the last sample; of the first call at the start */
  guint64 bytes;     /* total at the last sample */
  double  rate;      /* bytes per second, smoothed, at the last sample */
  double  weight;    /* 0 … 1: how much of the smoothing window was seen */
  gint64  estimate;  /* seconds, last given; -1 for none */
  gint64  estimated; /* monotonic microseconds when it was given */
  gboolean started;
} SkeinSpeedMeter;

/**
 * skein_speed_meter_init:
 * @self: a meter, any content
 *
 * Forgets everything.
 */
void   skein_speed_meter_init     (SkeinSpeedMeter *self);

/**
 * skein_speed_meter_add:
 * @self: a meter
 * @time: monotonic microseconds
 * @total: bytes received so far, in all
 *
 * Takes a sample. The first one only sets the start. A time that is not after the last one and a total
 * that went down (a restart) count as no bytes.
 */
void   skein_speed_meter_add      (SkeinSpeedMeter *self,
                                   gint64           time,
                                   guint64          total);

/**
 * skein_speed_meter_get_rate:
 * @self: a meter
 * @now: monotonic microseconds
 *
 * The speed fades to 0 within about ten seconds when no sample brings bytes.
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
 * hour, else 5 min. The last figure stays, counted down, while the new one is close to it.
 *
 * Returns: seconds; -1 if unknown or more than 100 days
 */
gint64 skein_speed_meter_estimate (SkeinSpeedMeter *self,
                                   gint64           now,
                                   gint64           remaining);

G_END_DECLS
