/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-range-set.h"

static SkeinRange *
range_at (const GArray *set,
          guint         i)
{
  return &g_array_index (set, SkeinRange, i);
}

GArray *
skein_range_set_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (SkeinRange));
}

gboolean
skein_range_set_is_valid (const GArray *set,
                          guint64       total)
{
  for (guint i = 0; i < set->len; i++)
    {
      SkeinRange *range = range_at (set, i);

      if (range->start >= range->end || range->end > total ||
          (i > 0 && range->start <= range_at (set, i - 1)->end))
        return FALSE;
    }

  return TRUE;
}

/* The first range that ends at @end or behind it. */
static guint
search_end (const GArray *set,
            guint64       end)
{
  guint low = 0;
  guint high = set->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (range_at (set, middle)->end < end)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

guint
skein_range_set_search (const GArray *set,
                        guint64       byte)
{
  return search_end (set, byte + 1);
}

gboolean
skein_range_set_contains (const GArray *set,
                          guint64       start,
                          guint64       end)
{
  guint i = skein_range_set_search (set, start);

  return start >= end ||
         (i < set->len && range_at (set, i)->start <= start && range_at (set, i)->end >= end);
}

static void
replace (GArray           *set,
         guint             index,
         guint             n_old,
         const SkeinRange *ranges,
         guint             n_new)
{
  if (n_old > 0)
    g_array_remove_range (set, index, n_old);
  if (n_new > 0)
    g_array_insert_vals (set, index, ranges, n_new);
}

guint64
skein_range_set_add (GArray  *set,
                     guint64  start,
                     guint64  end)
{
  guint first = search_end (set, start);
  guint behind = first;
  SkeinRange merged = { start, end };
  guint64 held = 0;

  if (start >= end)
    return 0;

  /* Those that only touch are merged, too. */
  for (; behind < set->len && range_at (set, behind)->start <= end; behind++)
    {
      SkeinRange *range = range_at (set, behind);

      merged.start = MIN (merged.start, range->start);
      merged.end = MAX (merged.end, range->end);
      held += range->end - range->start;
    }

  replace (set, first, behind - first, &merged, 1);

  return merged.end - merged.start - held;
}

guint64
skein_range_set_remove (GArray  *set,
                        guint64  start,
                        guint64  end)
{
  guint first = skein_range_set_search (set, start);
  guint behind = first;
  SkeinRange rest[2];
  guint n_rest = 0;
  guint64 held = 0;

  if (start >= end)
    return 0;

  for (; behind < set->len && range_at (set, behind)->start < end; behind++)
    {
      SkeinRange range = *range_at (set, behind);

      held += MIN (range.end, end) - MAX (range.start, start);
      if (range.start < start)
        rest[n_rest++] = (SkeinRange) { range.start, start };
      if (range.end > end)
        rest[n_rest++] = (SkeinRange) { end, range.end };
    }

  replace (set, first, behind - first, rest, n_rest);

  return held;
}
