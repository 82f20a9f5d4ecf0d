/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-range-map.h"

#include <string.h>

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
do_race (Model      *model,
         ModelLease *rival)
{
  guint owner = (guint) g_test_rand_int_range (0, 4);
  gboolean may = rival->owner != owner && rival->position < rival->end &&
                 !model_is_racing (model, rival);
  SkeinLease lease;

  if (model->n_leases == MOST_LEASES)
    return;

  g_assert_true (skein_range_map_lease_race (model->map, owner, rival->id, &lease) == may);
  if (!may)
    return;

  g_assert_cmpuint (lease.start, ==, rival->position);
  g_assert_cmpuint (lease.end, ==, rival->end);
  rival->race = ++model->last_race;
  model_add (model, &lease, owner, rival->race);
}

static void
do_tail (Model      *model,
         ModelLease *loser,
         guint       least)
{
  guint owner = (guint) g_test_rand_int_range (0, 4);
  guint keep = (guint) g_test_rand_int_range (0, 20);
  gboolean may = !model_is_racing (model, loser) && loser->end - loser->position >= keep + least;
  SkeinLease lease;

  if (model->n_leases == MOST_LEASES)
    return;

  g_assert_true (skein_range_map_lease_tail (model->map, owner, loser->id, keep, least, &lease) == may);
  if (!may)
    return;

  g_assert_cmpuint (lease.start, ==, loser->position + keep);
  g_assert_cmpuint (lease.end, ==, loser->end);
  loser->end = (guint) lease.start;
  model_add (model, &lease, owner, 0);
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
  else if (dice < 18)
    do_lose (model);
  else if (lease == NULL)
    return;
  else if (dice < 22)
    do_race (model, lease);
  else if (dice < 25)
    do_tail (model, lease, least);
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

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/range-map-model/any", test_model);

  return g_test_run ();
}
