/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-segment-lease.h"

/* A range is raced when its owner needs so much longer for it than we would. */
#define RACE_FACTOR 2
#define RACE_LEAST  0.05 /* s */

/* From so few bytes no speed can be told, but from so long a silence. */
#define TELLING (64 * 1024)
#define LONG    0.5 /* s */

static guint64
left_of (SkeinSegment *self)
{
  SkeinRangeMap *map = self->transfer->map;

  return skein_range_map_get_end (map, self->lease.id) -
         skein_range_map_get_position (map, self->lease.id);
}

/* Bytes a second. Who began just now is as fast as the last time; of somebody new nothing worse than of the others is
 * thought. */
static double
speed_of (SkeinSegment *self,
          double        usual,
          gint64        now)
{
  double took = (double) MAX (now - self->begun, 1) / G_USEC_PER_SEC;

  if (self->fetched >= TELLING || took >= LONG)
    return (double) self->fetched / took;

  return self->speed > 0 ? self->speed : usual;
}

/* Seconds until it has all of its lease. */
static double
time_of (SkeinSegment *self,
         double        usual,
         gint64        now)
{
  double speed = speed_of (self, usual, now);

  return speed > 0 ? (double) left_of (self) / speed : G_MAXDOUBLE;
}

static SkeinSegment *
find_slowest (SkeinSegment *self,
              gint64        now)
{
  SkeinTransfer *transfer = self->transfer;
  SkeinSegment *slowest = NULL;

  for (guint i = 0; i < transfer->segments->len; i++)
    {
      SkeinSegment *other = g_ptr_array_index (transfer->segments, i);

      if (other != self && other->lease.id != 0 && left_of (other) > 0 &&
          !skein_range_map_is_raced (transfer->map, other->lease.id) &&
          (slowest == NULL || time_of (other, self->speed, now) > time_of (slowest, self->speed, now)))
        slowest = other;
    }

  return slowest;
}

/* How much the other one should keep so that both are ready at the same time, while we need so long to begin. */
static double
fair_share (double left,
            double theirs,
            double ours,
            double setup)
{
  return MIN (left, theirs * (left + setup * ours) / (theirs + ours));
}

/* Our share of all that is left. When many become free at once, none takes so much of one range that others have to take
 * it from them again, over new connections. */
static double
share_of_all (SkeinSegment *self,
              gint64        now)
{
  SkeinTransfer *transfer = self->transfer;
  double left = 0;
  double speeds = self->speed;

  for (guint i = 0; i < transfer->segments->len; i++)
    {
      SkeinSegment *other = g_ptr_array_index (transfer->segments, i);

      if (other == self || other->lease.id == 0)
        continue;
      left += (double) left_of (other);
      speeds += speed_of (other, self->speed, now);
    }

  return left * self->speed / speeds;
}

/* Fetching a range twice costs the server and everybody on the way, so it must be worth it. */
static gboolean
take_from_slowest (SkeinSegment *self,
                   gint64        now)
{
  SkeinTransfer *transfer = self->transfer;
  SkeinSegment *slowest = find_slowest (self, now);
  guint owner = GPOINTER_TO_UINT (self);
  double setup = (double) self->setup / G_USEC_PER_SEC;
  double left;
  double keep;

  if (slowest == NULL)
    return FALSE;

  left = (double) left_of (slowest);
  keep = fair_share (left, speed_of (slowest, self->speed, now), self->speed, setup);
  keep = MAX (keep, left - MAX (share_of_all (self, now), (double) transfer->least));
  if (skein_range_map_lease_tail (transfer->map, owner, slowest->lease.id, (guint64) keep, transfer->least,
                                  &self->lease))
    return TRUE;

  return time_of (slowest, self->speed, now) > RACE_FACTOR * (setup + left / self->speed) + RACE_LEAST &&
         skein_range_map_lease_race (transfer->map, owner, slowest->lease.id, &self->lease);
}

static gboolean
take_any (SkeinSegment *self,
          gint64        now)
{
  SkeinTransfer *transfer = self->transfer;

  if (self->speed > 0 && !skein_range_map_has_hole (transfer->map))
    return take_from_slowest (self, now);

  return skein_range_map_lease (transfer->map, GPOINTER_TO_UINT (self), transfer->least, &self->lease);
}

gboolean
skein_segment_next_lease (SkeinSegment *self)
{
  SkeinTransfer *transfer = self->transfer;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&transfer->mutex);
  gint64 now = g_get_monotonic_time ();

  if (self->fetched >= TELLING)
    self->speed = speed_of (self, 0, now);
  self->begun = now;
  self->fetched = 0;
  self->fetched_before = 0;

  if (!self->let_go && transfer->fatal == NULL && !skein_range_map_is_complete (transfer->map) &&
      take_any (self, now))
    return TRUE;

  self->lease.id = 0;

  return FALSE;
}
