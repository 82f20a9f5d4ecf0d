/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-speed-meter.h"

#include <math.h>
#include <string.h>

#define SMOOTHING    3.0  /* s */
#define LEAST_SPAN   0.25 /* s: the first packets come in a burst that says little */
#define GRACE        1.0  /* s without a sample before the speed fades */
#define SILENCE      (10 * G_USEC_PER_SEC)
#define LEAST_RATE   0.5  /* bytes per second */
#define MAX_ESTIMATE (100 * 24 * 60 * 60)

void
skein_speed_meter_init (SkeinSpeedMeter *self)
{
  memset (self, 0, sizeof *self);
}

void
skein_speed_meter_add (SkeinSpeedMeter *self,
                       gint64           time,
                       guint64          total)
{
  double span;
  double keep;
  double bytes;

  if (!self->started)
    {
      self->started = TRUE;
      self->time = self->arrival = time;
      self->total = total;
      self->end = -1;
      return;
    }

  if (time <= self->time)
    return;

  bytes = total > self->total ? (double) (total - self->total) : 0;
  span = (double) (time - self->time) / G_USEC_PER_SEC;
  keep = exp (-span / SMOOTHING);

  self->rate = self->rate * keep + bytes / span * (1 - keep);
  self->seen = self->seen * keep + (1 - keep);
  self->time = time;
  self->total = total;
  if (bytes > 0)
    self->arrival = time;
}

double
skein_speed_meter_get_rate (const SkeinSpeedMeter *self,
                            gint64                 now)
{
  double least = 1 - exp (-LEAST_SPAN / SMOOTHING);
  double silent = (double) (now - self->time) / G_USEC_PER_SEC;
  double rate;

  if (!self->started || now - self->arrival >= SILENCE)
    return 0;

  rate = self->rate / MAX (self->seen, least);
  if (silent > GRACE)
    rate *= exp (-(silent - GRACE) / SMOOTHING);

  return rate >= LEAST_RATE ? rate : 0;
}

static gint64
round_up (gint64 seconds,
          gint64 step)
{
  return (seconds + step - 1) / step * step;
}

static gint64
round_for_reading (gint64 seconds)
{
  if (seconds < 60)
    return seconds;
  if (seconds < 10 * 60)
    return round_up (seconds, 5);
  if (seconds < 60 * 60)
    return round_up (seconds, 30);

  return round_up (seconds, 5 * 60);
}

gint64
skein_speed_meter_estimate (SkeinSpeedMeter *self,
                            gint64           now,
                            gint64           remaining)
{
  double rate = skein_speed_meter_get_rate (self, now);
  double seconds;
  double expected;

  if (remaining == 0)
    return 0;

  seconds = rate > 0 && remaining > 0 ? (double) remaining / rate : MAX_ESTIMATE + 1.0;
  if (seconds > MAX_ESTIMATE)
    {
      self->end = -1;
      return -1;
    }

  expected = (double) (self->end - now) / G_USEC_PER_SEC;
  if (self->end == -1 || fabs (seconds - expected) > MAX (1.0, expected / 10))
    {
      self->end = now + (gint64) (seconds * G_USEC_PER_SEC);
      expected = seconds;
    }

  return round_for_reading (MAX (1, (gint64) ceil (expected)));
}
