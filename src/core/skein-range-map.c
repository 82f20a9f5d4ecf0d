/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-range-map.h"

#include "skein-range-set.h"

/* Gathers are written fastest from page to page. */
#define BORDER 4096

/* It holds what lies between start and end. The bytes before its position are received. What is
 * done at either side is cut off, so that start and end are exact even when a racer wrote there. */
typedef struct
{
  guint   id;
  guint   owner;
  guint   race;     /* the same for those who race; 0 for none */
  guint64 start;
  guint64 position;
  guint64 end;
} Holding;

struct _SkeinRangeMap
{
  guint64  total;
  guint64  n_done;
  GArray  *done;      /* a range set */
  GArray  *holdings;  /* of Holding, in the order of their ids */
  guint    last_id;
};

SkeinRangeMap *
skein_range_map_new (guint64 total)
{
  SkeinRangeMap *self;

  g_return_val_if_fail (total <= G_MAXINT64, NULL);

  self = g_new0 (SkeinRangeMap, 1);
  self->total = total;
  self->done = skein_range_set_new ();
  self->holdings = g_array_new (FALSE, FALSE, sizeof (Holding));

  return self;
}

void
skein_range_map_free (SkeinRangeMap *self)
{
  g_array_unref (self->done);
  g_array_unref (self->holdings);
  g_free (self);
}

static Holding *
holding_at (const SkeinRangeMap *self,
            guint                i)
{
  return &g_array_index (self->holdings, Holding, i);
}

static Holding *
find_holding (const SkeinRangeMap *self,
              guint                id)
{
  for (guint i = 0; i < self->holdings->len; i++)
    {
      if (holding_at (self, i)->id == id)
        return holding_at (self, i);
    }

  return NULL;
}

/* Whoever races alone does not race any more. */
static gboolean
is_racing (const SkeinRangeMap *self,
           const Holding       *holding)
{
  for (guint i = 0; holding->race != 0 && i < self->holdings->len; i++)
    {
      if (holding_at (self, i) != holding && holding_at (self, i)->race == holding->race)
        return TRUE;
    }

  return FALSE;
}

static guint64
get_left (const Holding *holding)
{
  return holding->end - holding->position;
}

/* The holding over @byte, if any; else @hole_end is lowered to the next one. */
static const Holding *
find_cover (const SkeinRangeMap *self,
            guint64              byte,
            guint64             *hole_end)
{
  for (guint i = 0; i < self->holdings->len; i++)
    {
      const Holding *holding = holding_at (self, i);

      if (holding->start <= byte && byte < holding->end)
        return holding;
      if (holding->start > byte && holding->start < holding->end)
        *hole_end = MIN (*hole_end, holding->start);
    }

  return NULL;
}

static gboolean
find_hole (const SkeinRangeMap *self,
           SkeinRange          *hole)
{
  guint64 byte = 0;

  while (byte < self->total)
    {
      guint i = skein_range_set_search (self->done, byte);
      SkeinRange next = { self->total, self->total };
      const Holding *cover;

      if (i < self->done->len)
        next = g_array_index (self->done, SkeinRange, i);
      if (next.start <= byte)
        {
          byte = next.end;
          continue;
        }

      *hole = (SkeinRange) { byte, next.start };
      cover = find_cover (self, byte, &hole->end);
      if (cover == NULL)
        return TRUE;
      byte = cover->end;
    }

  return FALSE;
}

static Holding *
find_victim (const SkeinRangeMap *self,
             guint64              least)
{
  Holding *victim = NULL;

  for (guint i = 0; i < self->holdings->len; i++)
    {
      Holding *holding = holding_at (self, i);

      if (get_left (holding) / 2 >= least && !is_racing (self, holding) &&
          (victim == NULL || get_left (holding) > get_left (victim)))
        victim = holding;
    }

  return victim;
}

/* To a border, where the tail behind it is long enough. */
static guint64
round_up (const Holding *holding,
          guint64        at,
          guint64        least)
{
  guint64 border = (at + BORDER - 1) / BORDER * BORDER;

  return border < holding->end && holding->end - border >= least ? border : at;
}

static guint64
divide (const Holding *holding,
        guint64        least)
{
  return round_up (holding, holding->position + get_left (holding) / 2, least);
}

static void
hold (SkeinRangeMap *self,
      guint          owner,
      guint          race,
      SkeinRange     range,
      SkeinLease    *lease)
{
  Holding holding = { ++self->last_id, owner, race, range.start, range.start, range.end };

  g_array_append_val (self->holdings, holding);
  *lease = (SkeinLease) { holding.id, range.start, range.end };
}

gboolean
skein_range_map_lease (SkeinRangeMap *self,
                       guint          owner,
                       guint64        least,
                       SkeinLease    *lease)
{
  SkeinRange range;

  g_return_val_if_fail (least > 0, FALSE);

  if (!find_hole (self, &range))
    {
      Holding *victim = find_victim (self, least);

      if (victim == NULL)
        return FALSE;

      range = (SkeinRange) { divide (victim, least), victim->end };
      victim->end = range.start;
    }

  hold (self, owner, 0, range, lease);

  return TRUE;
}

gboolean
skein_range_map_can_lease (const SkeinRangeMap *self,
                           guint64              least)
{
  SkeinRange hole;

  g_return_val_if_fail (least > 0, FALSE);

  return find_hole (self, &hole) || find_victim (self, least) != NULL;
}

gboolean
skein_range_map_has_hole (const SkeinRangeMap *self)
{
  SkeinRange hole;

  return find_hole (self, &hole);
}

gboolean
skein_range_map_lease_tail (SkeinRangeMap *self,
                            guint          owner,
                            guint          from,
                            guint64        keep,
                            guint64        least,
                            SkeinLease    *lease)
{
  Holding *loser = find_holding (self, from);
  SkeinRange range;

  g_return_val_if_fail (loser != NULL && least > 0, FALSE);

  if (is_racing (self, loser) || keep > get_left (loser) || get_left (loser) - keep < least)
    return FALSE;

  range = (SkeinRange) { round_up (loser, loser->position + keep, least), loser->end };
  loser->end = range.start;
  hold (self, owner, 0, range, lease);

  return TRUE;
}

gboolean
skein_range_map_lease_race (SkeinRangeMap *self,
                            guint          owner,
                            guint          from,
                            SkeinLease    *lease)
{
  Holding *rival = find_holding (self, from);

  g_return_val_if_fail (rival != NULL, FALSE);

  if (rival->owner == owner || get_left (rival) == 0 || is_racing (self, rival))
    return FALSE;

  rival->race = self->last_id + 1;
  hold (self, owner, rival->race, (SkeinRange) { rival->position, rival->end }, lease);

  return TRUE;
}

gboolean
skein_range_map_is_raced (const SkeinRangeMap *self,
                          guint                lease)
{
  const Holding *holding = find_holding (self, lease);

  g_return_val_if_fail (holding != NULL, FALSE);

  return is_racing (self, holding);
}

guint64
skein_range_map_receive (SkeinRangeMap *self,
                         guint          lease,
                         guint64        length)
{
  Holding *holding = find_holding (self, lease);
  guint64 usable;

  g_return_val_if_fail (holding != NULL, 0);

  usable = MIN (length, get_left (holding));
  holding->position += usable;

  return usable;
}

static void
trim (SkeinRangeMap *self,
      Holding       *holding)
{
  guint i = skein_range_set_search (self->done, holding->start);

  if (i < self->done->len)
    {
      SkeinRange *range = &g_array_index (self->done, SkeinRange, i);

      if (range->start <= holding->start)
        holding->start = MIN (range->end, holding->position);
    }

  if (holding->end > holding->position)
    {
      i = skein_range_set_search (self->done, holding->end - 1);
      if (i < self->done->len && g_array_index (self->done, SkeinRange, i).start < holding->end)
        holding->end = MAX (g_array_index (self->done, SkeinRange, i).start, holding->position);
    }
}

guint64
skein_range_map_wrote (SkeinRangeMap *self,
                       guint64        start,
                       guint64        end)
{
  guint64 added;

  g_return_val_if_fail (start <= end && end <= self->total, 0);

  added = skein_range_set_add (self->done, start, end);
  self->n_done += added;
  for (guint i = 0; i < self->holdings->len; i++)
    trim (self, holding_at (self, i));

  return added;
}

guint64
skein_range_map_lose (SkeinRangeMap *self,
                      guint64        start,
                      guint64        end)
{
  guint64 lost;

  g_return_val_if_fail (start <= end && end <= self->total, 0);

  lost = skein_range_set_remove (self->done, start, end);
  self->n_done -= lost;

  return lost;
}

void
skein_range_map_end_lease (SkeinRangeMap *self,
                           guint          lease)
{
  Holding *holding = find_holding (self, lease);

  g_return_if_fail (holding != NULL);

  g_array_remove_index (self->holdings, (guint) (holding - holding_at (self, 0)));
}

guint64
skein_range_map_get_position (const SkeinRangeMap *self,
                              guint                lease)
{
  const Holding *holding = find_holding (self, lease);

  g_return_val_if_fail (holding != NULL, 0);

  return holding->position;
}

guint64
skein_range_map_get_end (const SkeinRangeMap *self,
                         guint                lease)
{
  const Holding *holding = find_holding (self, lease);

  g_return_val_if_fail (holding != NULL, 0);

  return holding->end;
}

guint64
skein_range_map_get_largest_left (const SkeinRangeMap *self)
{
  guint64 largest = 0;

  for (guint i = 0; i < self->holdings->len; i++)
    largest = MAX (largest, get_left (holding_at (self, i)));

  return largest;
}

guint
skein_range_map_get_n_leases (const SkeinRangeMap *self)
{
  return self->holdings->len;
}

guint64
skein_range_map_get_total (const SkeinRangeMap *self)
{
  return self->total;
}

guint64
skein_range_map_get_n_done_bytes (const SkeinRangeMap *self)
{
  return self->n_done;
}

gboolean
skein_range_map_is_done (const SkeinRangeMap *self,
                         guint64              start,
                         guint64              end)
{
  return skein_range_set_contains (self->done, start, end);
}

gboolean
skein_range_map_is_complete (const SkeinRangeMap *self)
{
  return self->n_done == self->total;
}

GArray *
skein_range_map_dup_done (const SkeinRangeMap *self)
{
  return g_array_copy (self->done);
}

gboolean
skein_range_map_set_done (SkeinRangeMap *self,
                          const GArray  *done)
{
  g_return_val_if_fail (self->holdings->len == 0, FALSE);

  if (!skein_range_set_is_valid (done, self->total))
    return FALSE;

  g_array_set_size (self->done, 0);
  self->n_done = 0;
  for (guint i = 0; i < done->len; i++)
    {
      SkeinRange *range = &g_array_index (done, SkeinRange, i);

      g_array_append_val (self->done, *range);
      self->n_done += range->end - range->start;
    }

  return TRUE;
}
