/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-range-map.h"

#define MIB (G_GUINT64_CONSTANT (1024) * 1024)

static void
test_nothing (void)
{
  g_autoptr (SkeinRangeMap) map = skein_range_map_new (0);
  g_autoptr (GArray) done = skein_range_map_dup_done (map);
  SkeinLease lease;

  g_assert_true (skein_range_map_is_complete (map));
  g_assert_false (skein_range_map_lease (map, 1, 1, &lease));
  g_assert_false (skein_range_map_can_lease (map, 1));
  g_assert_false (skein_range_map_has_hole (map));
  g_assert_cmpuint (skein_range_map_wrote (map, 0, 0), ==, 0);
  g_assert_cmpuint (done->len, ==, 0);
  g_assert_true (skein_range_map_set_done (map, done));
}

static void
test_borders (void)
{
  static const guint64 totals[] = {
    1, G_GUINT64_CONSTANT (1) << 32, (G_GUINT64_CONSTANT (1) << 32) + 1,
    G_GUINT64_CONSTANT (1) << 53, (G_GUINT64_CONSTANT (1) << 53) + 1, G_MAXINT64,
  };

  for (guint i = 0; i < G_N_ELEMENTS (totals); i++)
    {
      guint64 total = totals[i];
      g_autoptr (SkeinRangeMap) map = skein_range_map_new (total);
      SkeinLease first, second;
      guint64 middle = total;

      g_assert_cmpuint (skein_range_map_get_total (map), ==, total);
      g_assert_true (skein_range_map_lease (map, 1, MIB, &first));
      g_assert_cmpuint (first.start, ==, 0);
      g_assert_cmpuint (first.end, ==, total);
      g_assert_true (skein_range_map_lease (map, 2, MIB, &second) == (total > 1));

      if (total > 1)
        {
          middle = second.start;
          g_assert_cmpuint (second.end, ==, total);
          g_assert_cmpuint (middle % 4096, ==, 0);
          g_assert_cmpuint (MAX (middle, total - middle) - MIN (middle, total - middle), <=, 8192);
          g_assert_cmpuint (skein_range_map_receive (map, second.id, G_MAXUINT64), ==,
                            total - middle);
          g_assert_cmpuint (skein_range_map_wrote (map, middle, total), ==, total - middle);
        }

      g_assert_cmpuint (skein_range_map_get_end (map, first.id), ==, middle);
      g_assert_cmpuint (skein_range_map_receive (map, first.id, G_MAXUINT64), ==, middle);
      g_assert_cmpuint (skein_range_map_wrote (map, 0, middle - 1), ==, middle - 1);
      g_assert_false (skein_range_map_is_complete (map));
      g_assert_cmpuint (skein_range_map_wrote (map, middle - 1, middle), ==, 1);
      g_assert_true (skein_range_map_is_complete (map));
      g_assert_false (skein_range_map_lease (map, 3, 1, &second));
    }
}

static void
test_least (void)
{
  g_autoptr (SkeinRangeMap) map = skein_range_map_new (2 * MIB + 4000);
  SkeinLease first, second;

  g_assert_true (skein_range_map_lease (map, 1, MIB, &first));
  g_assert_false (skein_range_map_can_lease (map, MIB + 2001));
  g_assert_false (skein_range_map_can_lease (map, G_MAXUINT64));
  g_assert_true (skein_range_map_can_lease (map, MIB + 2000));

  /* A whole page would leave less than the least. */
  g_assert_true (skein_range_map_lease (map, 2, MIB, &second));
  g_assert_cmpuint (second.start, ==, MIB + 2000);

  g_assert_false (skein_range_map_can_lease (map, MIB));
  g_assert_cmpuint (skein_range_map_get_largest_left (map), ==, MIB + 2000);
}

static void
test_stolen_tail (void)
{
  g_autoptr (SkeinRangeMap) map = skein_range_map_new (100);
  SkeinLease slow, fast, again;

  g_assert_true (skein_range_map_lease (map, 1, 10, &slow));
  g_assert_cmpuint (skein_range_map_receive (map, slow.id, 20), ==, 20);
  g_assert_true (skein_range_map_lease (map, 2, 10, &fast));
  g_assert_cmpuint (fast.start, ==, 60);

  /* What the slow one still gets behind its new end is not its own. */
  g_assert_cmpuint (skein_range_map_receive (map, slow.id, 30), ==, 30);
  g_assert_cmpuint (skein_range_map_receive (map, slow.id, 30), ==, 10);
  g_assert_cmpuint (skein_range_map_receive (map, slow.id, 30), ==, 0);
  g_assert_cmpuint (skein_range_map_get_position (map, slow.id), ==, 60);

  /* Received and never written: free again. */
  g_assert_cmpuint (skein_range_map_wrote (map, 0, 25), ==, 25);
  skein_range_map_end_lease (map, slow.id);
  g_assert_true (skein_range_map_lease (map, 3, 10, &again));
  g_assert_cmpuint (again.start, ==, 25);
  g_assert_cmpuint (again.end, ==, 60);
}

static void
test_tail (void)
{
  g_autoptr (SkeinRangeMap) map = skein_range_map_new (100);
  SkeinLease slow, fast;

  g_assert_true (skein_range_map_has_hole (map));
  g_assert_true (skein_range_map_lease (map, 1, 60, &slow));
  g_assert_false (skein_range_map_has_hole (map));
  skein_range_map_receive (map, slow.id, 30);

  g_assert_false (skein_range_map_lease_tail (map, 2, slow.id, 71, 1, &fast));
  g_assert_false (skein_range_map_lease_tail (map, 2, slow.id, 10, 61, &fast));
  g_assert_true (skein_range_map_lease_tail (map, 2, slow.id, 10, 60, &fast));
  g_assert_cmpuint (fast.start, ==, 40);
  g_assert_cmpuint (fast.end, ==, 100);
  g_assert_cmpuint (skein_range_map_get_end (map, slow.id), ==, 40);
}

static void
test_tail_borders (void)
{
  g_autoptr (SkeinRangeMap) map = skein_range_map_new (10 * MIB);
  SkeinLease slow, fast;

  g_assert_true (skein_range_map_lease (map, 1, 1, &slow));
  g_assert_true (skein_range_map_lease_tail (map, 2, slow.id, 5000, MIB, &fast));
  g_assert_cmpuint (fast.start, ==, 8192);
}

static void
test_race (void)
{
  g_autoptr (SkeinRangeMap) map = skein_range_map_new (100);
  SkeinLease slow, fast, third;

  g_assert_true (skein_range_map_lease (map, 1, 60, &slow));
  skein_range_map_receive (map, slow.id, 40);
  g_assert_false (skein_range_map_lease_race (map, 1, slow.id, &fast));
  g_assert_true (skein_range_map_lease_race (map, 2, slow.id, &fast));
  g_assert_cmpuint (fast.start, ==, 40);
  g_assert_cmpuint (fast.end, ==, 100);

  /* Two run, and nobody takes from them. */
  g_assert_false (skein_range_map_lease_race (map, 3, slow.id, &third));
  g_assert_true (skein_range_map_is_raced (map, fast.id));
  g_assert_false (skein_range_map_lease_tail (map, 3, slow.id, 0, 1, &third));
  g_assert_false (skein_range_map_lease (map, 3, 1, &third));

  skein_range_map_receive (map, slow.id, 10);
  g_assert_cmpuint (skein_range_map_wrote (map, 0, 50), ==, 50);
  g_assert_cmpuint (skein_range_map_receive (map, fast.id, 60), ==, 60);
  g_assert_cmpuint (skein_range_map_get_end (map, slow.id), ==, 100);
  g_assert_cmpuint (skein_range_map_wrote (map, 40, 100), ==, 50);

  /* The other one has won. */
  g_assert_cmpuint (skein_range_map_get_end (map, slow.id), ==, 50);
  g_assert_cmpuint (skein_range_map_receive (map, slow.id, 5), ==, 0);
  g_assert_true (skein_range_map_is_complete (map));
}

static void
test_race_alone (void)
{
  g_autoptr (SkeinRangeMap) map = skein_range_map_new (100);
  SkeinLease slow, fast, third;

  g_assert_true (skein_range_map_lease (map, 1, 60, &slow));
  g_assert_true (skein_range_map_lease_race (map, 2, slow.id, &fast));
  skein_range_map_receive (map, fast.id, 30);
  skein_range_map_end_lease (map, slow.id);

  /* Whoever is left alone may lose its tail, and be raced by a third. */
  g_assert_false (skein_range_map_can_lease (map, 36));
  g_assert_true (skein_range_map_lease (map, 3, 35, &third));
  g_assert_cmpuint (third.start, ==, 65);
  skein_range_map_end_lease (map, third.id);
  g_assert_true (skein_range_map_lease_race (map, 3, fast.id, &third));
  g_assert_cmpuint (third.start, ==, 30);
  g_assert_cmpuint (third.end, ==, 65);
}

static void
test_lose (void)
{
  g_autoptr (SkeinRangeMap) map = skein_range_map_new (100);
  SkeinLease lease, piece;

  g_assert_true (skein_range_map_lease (map, 1, 60, &lease));
  skein_range_map_receive (map, lease.id, 50);
  skein_range_map_wrote (map, 0, 50);

  /* A piece behind a lease that goes on is free at once. */
  g_assert_cmpuint (skein_range_map_lose (map, 16, 32), ==, 16);
  g_assert_cmpuint (skein_range_map_lose (map, 10, 20), ==, 6);
  g_assert_cmpuint (skein_range_map_get_n_done_bytes (map), ==, 28);
  g_assert_true (skein_range_map_lease (map, 2, 60, &piece));
  g_assert_cmpuint (piece.start, ==, 10);
  g_assert_cmpuint (piece.end, ==, 32);
  g_assert_true (skein_range_map_is_done (map, 32, 50));
  g_assert_false (skein_range_map_is_done (map, 31, 50));
  g_assert_false (skein_range_map_is_done (map, 32, 51));
}

typedef struct
{
  guint      n;
  SkeinRange ranges[3];
  gboolean   good;
} Record;

static const Record records[] = {
  { 0, { { 0, 0 } }, TRUE },
  { 1, { { 0, 100 } }, TRUE },
  { 1, { { 99, 100 } }, TRUE },
  { 3, { { 0, 1 }, { 2, 3 }, { 50, 100 } }, TRUE },
  { 1, { { 0, 0 } }, FALSE },
  { 1, { { 0, 101 } }, FALSE },
  { 1, { { 5, 4 } }, FALSE },
  { 1, { { 100, 101 } }, FALSE },
  { 1, { { G_MAXUINT64, 5 } }, FALSE },
  { 1, { { 0, G_MAXUINT64 } }, FALSE },
  { 2, { { 0, 10 }, { 10, 20 } }, FALSE },
  { 2, { { 0, 10 }, { 9, 20 } }, FALSE },
  { 2, { { 50, 60 }, { 0, 10 } }, FALSE },
  { 2, { { 0, 60 }, { 10, 20 } }, FALSE },
};

static void
test_set_done (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    {
      const Record *record = &records[i];
      g_autoptr (SkeinRangeMap) map = skein_range_map_new (100);
      g_autoptr (GArray) given = g_array_new (FALSE, FALSE, sizeof (SkeinRange));
      g_autoptr (GArray) done = NULL;
      guint64 n = 0;

      skein_range_map_wrote (map, 7, 9);
      g_array_append_vals (given, record->ranges, record->n);
      for (guint j = 0; j < record->n; j++)
        n += record->ranges[j].end - record->ranges[j].start;

      g_assert_true (skein_range_map_set_done (map, given) == record->good);
      g_assert_cmpuint (skein_range_map_get_n_done_bytes (map), ==, record->good ? n : 2);

      done = skein_range_map_dup_done (map);
      g_assert_cmpuint (done->len, ==, record->good ? record->n : 1);
      if (record->good && record->n > 0)
        g_assert_cmpmem (done->data, done->len * sizeof (SkeinRange),
                         record->ranges, record->n * sizeof (SkeinRange));
    }
}

/* A record may have as many holes as fit in it. */
static void
test_many_ranges (void)
{
  const guint n = 100000;
  g_autoptr (SkeinRangeMap) map = skein_range_map_new (2 * n);
  g_autoptr (GArray) given = g_array_new (FALSE, FALSE, sizeof (SkeinRange));
  SkeinLease lease;

  for (guint i = 0; i < n; i++)
    {
      SkeinRange range = { 2 * i, 2 * i + 1 };

      g_array_append_val (given, range);
    }
  g_assert_true (skein_range_map_set_done (map, given));

  for (guint i = 0; i < 100; i++)
    {
      g_assert_true (skein_range_map_lease (map, 1, 1, &lease));
      g_assert_cmpuint (lease.start, ==, 2 * i + 1);
      g_assert_cmpuint (lease.end, ==, 2 * i + 2);
      g_assert_cmpuint (skein_range_map_receive (map, lease.id, 5), ==, 1);
      g_assert_cmpuint (skein_range_map_wrote (map, lease.start, lease.end), ==, 1);
      skein_range_map_end_lease (map, lease.id);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/range-map/nothing", test_nothing);
  g_test_add_func ("/range-map/borders", test_borders);
  g_test_add_func ("/range-map/least", test_least);
  g_test_add_func ("/range-map/stolen-tail", test_stolen_tail);
  g_test_add_func ("/range-map/tail", test_tail);
  g_test_add_func ("/range-map/tail-borders", test_tail_borders);
  g_test_add_func ("/range-map/race", test_race);
  g_test_add_func ("/range-map/race-alone", test_race_alone);
  g_test_add_func ("/range-map/lose", test_lose);
  g_test_add_func ("/range-map/set-done", test_set_done);
  g_test_add_func ("/range-map/many-ranges", test_many_ranges);

  return g_test_run ();
}
