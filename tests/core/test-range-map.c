/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-range-map.h"

#include <string.h>

#define MIB (G_GUINT64_CONSTANT (1024) * 1024)

/* The model: a flag for each byte, and the leases in the simplest form. */
#define MOST_BYTES  160
#define MOST_LEASES 12

typedef struct
{
  guint id;
  guint owner;
  guint race;
  guint start;
  guint position;
  guint end;
  guint written; /* what its owner wrote lies before */
} ModelLease;

typedef struct
{
  SkeinRangeMap *map;
  guint          total;
  gboolean       done[MOST_BYTES];
  ModelLease     leases[MOST_LEASES];
  guint          n_leases;
  guint          last_race;
} Model;

static gboolean
model_is_racing (const Model      *model,
                 const ModelLease *lease)
{
  guint n = 0;

  for (guint i = 0; i < model->n_leases; i++)
    n += lease->race != 0 && model->leases[i].race == lease->race;

  return n > 1;
}

static gboolean
model_is_free (const Model *model,
               guint        byte)
{
  for (guint i = 0; i < model->n_leases; i++)
    {
      if (model->leases[i].start <= byte && byte < model->leases[i].end)
        return FALSE;
    }

  return !model->done[byte];
}

static gboolean
model_find_hole (const Model *model,
                 guint       *start,
                 guint       *end)
{
  for (*start = 0; *start < model->total; (*start)++)
    {
      if (!model_is_free (model, *start))
        continue;

      for (*end = *start; *end < model->total && model_is_free (model, *end); (*end)++)
        ;
      return TRUE;
    }

  return FALSE;
}

static guint
model_find_largest (const Model *model,
                    gboolean     also_racing)
{
  guint largest = 0;

  for (guint i = 0; i < model->n_leases; i++)
    {
      const ModelLease *lease = &model->leases[i];

      if (also_racing || !model_is_racing (model, lease))
        largest = MAX (largest, lease->end - lease->position);
    }

  return largest;
}

static void
model_trim (Model *model)
{
  for (guint i = 0; i < model->n_leases; i++)
    {
      ModelLease *lease = &model->leases[i];

      while (lease->start < lease->position && model->done[lease->start])
        lease->start++;
      while (lease->end > lease->position && model->done[lease->end - 1])
        lease->end--;
    }
}

static void
check_done (Model *model)
{
  g_autoptr (GArray) done = skein_range_map_dup_done (model->map);
  guint n = 0;
  guint byte = 0;

  for (guint i = 0; i < done->len; i++)
    {
      SkeinRange *range = &g_array_index (done, SkeinRange, i);

      g_assert_true (i == 0 || range->start > byte);
      for (; byte < range->start; byte++)
        g_assert_false (model->done[byte]);
      g_assert_cmpuint (byte, <, range->end);
      for (; byte < range->end; byte++, n++)
        g_assert_true (model->done[byte]);
    }
  for (; byte < model->total; byte++)
    g_assert_false (model->done[byte]);

  g_assert_cmpuint (skein_range_map_get_n_done_bytes (model->map), ==, n);
  g_assert_true (skein_range_map_is_complete (model->map) == (n == model->total));
}

static void
check_leases (Model *model,
              guint  least)
{
  guint start, end;

  for (guint i = 0; i < model->n_leases; i++)
    {
      ModelLease *a = &model->leases[i];

      g_assert_cmpuint (skein_range_map_get_position (model->map, a->id), ==, a->position);
      g_assert_cmpuint (skein_range_map_get_end (model->map, a->id), ==, a->end);
      g_assert_cmpuint (a->position, <=, a->end);

      for (guint j = 0; j < i; j++)
        {
          ModelLease *b = &model->leases[j];

          if (MAX (a->start, b->start) < MIN (a->end, b->end))
            g_assert_true (a->race != 0 && a->race == b->race);
        }
    }

  g_assert_cmpuint (skein_range_map_get_n_leases (model->map), ==, model->n_leases);
  g_assert_cmpuint (skein_range_map_get_largest_left (model->map), ==,
                    model_find_largest (model, TRUE));
  g_assert_true (skein_range_map_can_lease (model->map, least) ==
                 (model_find_hole (model, &start, &end) ||
                  model_find_largest (model, FALSE) / 2 >= least));
}

static void
model_add (Model            *model,
           const SkeinLease *lease,
           guint             owner,
           guint             race)
{
  for (guint i = 0; i < model->n_leases; i++)
    g_assert_cmpuint (model->leases[i].id, <, lease->id);

  model->leases[model->n_leases++] = (ModelLease) {
    lease->id, owner, race,
    (guint) lease->start, (guint) lease->start, (guint) lease->end, (guint) lease->start,
  };
}

static void
check_stolen (Model            *model,
              const SkeinLease *lease,
              guint             least)
{
  guint largest = model_find_largest (model, FALSE);

  for (guint i = 0; i < model->n_leases; i++)
    {
      ModelLease *victim = &model->leases[i];

      if (victim->end != lease->end || victim->position >= lease->start)
        continue;

      g_assert_false (model_is_racing (model, victim));
      g_assert_cmpuint (victim->end - victim->position, ==, largest);
      g_assert_cmpuint (lease->end - lease->start, ==, (largest + 1) / 2);
      g_assert_cmpuint (lease->end - lease->start, >=, least);
      g_assert_cmpuint (lease->start - victim->position, >=, least);
      victim->end = (guint) lease->start;
      return;
    }

  g_assert_not_reached ();
}

static void
do_lease (Model *model,
          guint  least)
{
  guint start, end;
  guint owner = (guint) g_test_rand_int_range (0, 4);
  SkeinLease lease;

  if (model->n_leases == MOST_LEASES)
    return;

  if (!skein_range_map_lease (model->map, owner, least, &lease))
    {
      g_assert_false (model_find_hole (model, &start, &end));
      g_assert_cmpuint (model_find_largest (model, FALSE) / 2, <, least);
      return;
    }

  if (model_find_hole (model, &start, &end))
    {
      g_assert_cmpuint (lease.start, ==, start);
      g_assert_cmpuint (lease.end, ==, end);
    }
  else
    {
      check_stolen (model, &lease, least);
    }
  model_add (model, &lease, owner, 0);
}

static void
do_race (Model *model)
{
  guint owner = (guint) g_test_rand_int_range (0, 4);
  ModelLease *rival = NULL;
  SkeinLease lease;

  if (model->n_leases == MOST_LEASES)
    return;

  for (guint i = 0; i < model->n_leases; i++)
    {
      ModelLease *other = &model->leases[i];

      if (other->owner != owner && other->position < other->end &&
          !model_is_racing (model, other) &&
          (rival == NULL || other->end - other->position > rival->end - rival->position))
        rival = other;
    }

  if (!skein_range_map_lease_race (model->map, owner, &lease))
    {
      g_assert_null (rival);
      return;
    }

  g_assert_nonnull (rival);
  g_assert_cmpuint (lease.start, ==, rival->position);
  g_assert_cmpuint (lease.end, ==, rival->end);
  rival->race = ++model->last_race;
  model_add (model, &lease, owner, rival->race);
}

static void
do_receive (Model      *model,
            ModelLease *lease)
{
  guint length = (guint) g_test_rand_int_range (0, 20);
  guint usable = (guint) skein_range_map_receive (model->map, lease->id, length);

  g_assert_cmpuint (usable, ==, MIN (length, lease->end - lease->position));
  lease->position += usable;
}

static void
do_write (Model *model,
          guint  start,
          guint  end)
{
  guint added = 0;

  for (guint byte = start; byte < end; byte++)
    {
      added += !model->done[byte];
      model->done[byte] = TRUE;
    }
  model_trim (model);

  g_assert_cmpuint (skein_range_map_wrote (model->map, start, end), ==, added);
  g_assert_true (skein_range_map_is_done (model->map, start, end));
}

static void
do_write_lease (Model      *model,
                ModelLease *lease)
{
  guint length = (guint) g_test_rand_int_range (0, (gint) (lease->position - lease->written) + 1);
  guint start = lease->written;

  lease->written += length;
  do_write (model, start, start + length);
}

static void
do_lose (Model *model)
{
  guint start = (guint) g_test_rand_int_range (0, (gint) model->total + 1);
  guint length = (guint) g_test_rand_int_range (0, 30);
  guint end = MIN (model->total, start + length);
  guint lost = 0;

  for (guint byte = start; byte < end; byte++)
    {
      lost += model->done[byte];
      model->done[byte] = FALSE;
    }

  g_assert_cmpuint (skein_range_map_lose (model->map, start, end), ==, lost);
}

static void
do_end (Model      *model,
        ModelLease *lease)
{
  guint i = (guint) (lease - model->leases);

  skein_range_map_end_lease (model->map, lease->id);
  memmove (lease, lease + 1, (model->n_leases - i - 1) * sizeof *lease);
  model->n_leases--;
}

static void
do_anything (Model *model,
             guint  least)
{
  gint dice = g_test_rand_int_range (0, 100);
  ModelLease *lease = NULL;

  if (model->n_leases > 0)
    lease = &model->leases[g_test_rand_int_range (0, (gint) model->n_leases)];

  if (dice < 15)
    do_lease (model, least);
  else if (dice < 22)
    do_race (model);
  else if (dice < 25)
    do_lose (model);
  else if (lease == NULL)
    return;
  else if (dice < 60)
    do_receive (model, lease);
  else if (dice < 94)
    do_write_lease (model, lease);
  else
    do_end (model, lease);
}

/* Whatever happened before, those who go on fetching get it all. */
static void
finish (Model *model)
{
  while (!skein_range_map_is_complete (model->map))
    {
      if (model->n_leases == 0)
        do_lease (model, 1);
      g_assert_cmpuint (model->n_leases, >, 0);

      while (model->n_leases > 0)
        {
          ModelLease *lease = &model->leases[model->n_leases - 1];

          while (lease->position < lease->end)
            do_receive (model, lease);
          do_write (model, lease->written, lease->position);
          do_end (model, lease);
        }
    }
}

static void
test_model (void)
{
  for (guint round = 0; round < 400; round++)
    {
      Model model = { .total = (guint) g_test_rand_int_range (0, MOST_BYTES + 1) };
      guint least = (guint) g_test_rand_int_range (1, 24);

      model.map = skein_range_map_new (model.total);
      for (guint step = 0; step < 200; step++)
        {
          do_anything (&model, least);
          check_done (&model);
          check_leases (&model, least);
        }
      finish (&model);
      check_done (&model);
      skein_range_map_free (model.map);
    }
}

static void
test_nothing (void)
{
  g_autoptr (SkeinRangeMap) map = skein_range_map_new (0);
  g_autoptr (GArray) done = skein_range_map_dup_done (map);
  SkeinLease lease;

  g_assert_true (skein_range_map_is_complete (map));
  g_assert_false (skein_range_map_lease (map, 1, 1, &lease));
  g_assert_false (skein_range_map_can_lease (map, 1));
  g_assert_false (skein_range_map_lease_race (map, 1, &lease));
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
test_race (void)
{
  g_autoptr (SkeinRangeMap) map = skein_range_map_new (100);
  SkeinLease slow, fast, third;

  g_assert_true (skein_range_map_lease (map, 1, 60, &slow));
  skein_range_map_receive (map, slow.id, 40);
  g_assert_false (skein_range_map_lease_race (map, 1, &fast));
  g_assert_true (skein_range_map_lease_race (map, 2, &fast));
  g_assert_cmpuint (fast.start, ==, 40);
  g_assert_cmpuint (fast.end, ==, 100);

  /* Two run, and nobody takes from them. */
  g_assert_false (skein_range_map_lease_race (map, 3, &third));
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
  g_assert_true (skein_range_map_lease_race (map, 2, &fast));
  skein_range_map_receive (map, fast.id, 30);
  skein_range_map_end_lease (map, slow.id);

  /* Whoever is left alone may lose its tail, and be raced by a third. */
  g_assert_false (skein_range_map_can_lease (map, 36));
  g_assert_true (skein_range_map_lease (map, 3, 35, &third));
  g_assert_cmpuint (third.start, ==, 65);
  skein_range_map_end_lease (map, third.id);
  g_assert_true (skein_range_map_lease_race (map, 3, &third));
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

  for (guint i = 0; i < 1000; i++)
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

  g_test_add_func ("/range-map/model", test_model);
  g_test_add_func ("/range-map/nothing", test_nothing);
  g_test_add_func ("/range-map/borders", test_borders);
  g_test_add_func ("/range-map/least", test_least);
  g_test_add_func ("/range-map/stolen-tail", test_stolen_tail);
  g_test_add_func ("/range-map/race", test_race);
  g_test_add_func ("/range-map/race-alone", test_race_alone);
  g_test_add_func ("/range-map/lose", test_lose);
  g_test_add_func ("/range-map/set-done", test_set_done);
  g_test_add_func ("/range-map/many-ranges", test_many_ranges);

  return g_test_run ();
}
