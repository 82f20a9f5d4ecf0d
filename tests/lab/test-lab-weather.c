/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-weather.h"

#include <math.h>

typedef struct
{
  SkeinTaskContext base;
  guint            checkpoints;
  GCancellable    *cancel_at_100;
} CountingContext;

static void
ignore (SkeinTaskContext *context,
        SkeinOperation    operation)
{
}

static void
count_checkpoint (SkeinTaskContext *context)
{
  CountingContext *self = (CountingContext *) context;

  if (++self->checkpoints == 100 && self->cancel_at_100 != NULL)
    g_cancellable_cancel (self->cancel_at_100);
}

static const SkeinTaskContextFuncs counting_funcs = {
  .enter = ignore, .leave = ignore, .checkpoint = count_checkpoint,
};

static double
sum_heat (SkeinWeather *map,
          guint         side)
{
  double sum = 0;

  for (guint row = 0; row < side; row++)
    for (guint column = 0; column < side; column++)
      sum += skein_weather_get_heat (map, row, column);

  return sum;
}

static void
test_heat_spreads (void)
{
  CountingContext context = { .base = { .funcs = &counting_funcs } };
  g_autoptr (SkeinWeather) map = skein_weather_new (40, 3);
  g_autoptr (SkeinWeather) later = skein_weather_new (40, 3);
  double before = sum_heat (map, 40);
  double least = 1;
  double most = 0;

  g_test_summary ("No heat is lost, and in the end it is as warm everywhere");

  g_assert_cmpfloat (before, >, 0.5);
  g_assert_true (skein_weather_run (map, 1, &context.base, NULL, NULL));
  g_assert_cmpfloat (fabs (sum_heat (map, 40) - before), <, 1e-9);

  g_assert_true (skein_weather_run (later, 20000, &context.base, NULL, NULL));
  for (guint i = 0; i < 40; i++)
    {
      least = MIN (least, skein_weather_get_heat (later, i, 39 - i));
      most = MAX (most, skein_weather_get_heat (later, i, 39 - i));
    }
  g_assert_cmpfloat (fabs (least - before / 1600), <, 1e-6);
  g_assert_cmpfloat (fabs (most - before / 1600), <, 1e-6);
}

static void
test_one_hour (void)
{
  CountingContext context = { .base = { .funcs = &counting_funcs } };
  g_autoptr (SkeinWeather) map = skein_weather_new (50, 0);
  g_autoptr (SkeinWeather) before = skein_weather_new (50, 0);

  g_test_summary ("A point takes over a fifth of its difference to each neighbour");

  g_assert_true (skein_weather_run (map, 1, &context.base, NULL, NULL));
  for (guint row = 1; row < 49; row++)
    for (guint column = 1; column < 49; column++)
      {
        double here = skein_weather_get_heat (before, row, column);
        double around = skein_weather_get_heat (before, row - 1, column) +
                        skein_weather_get_heat (before, row + 1, column) +
                        skein_weather_get_heat (before, row, column - 1) +
                        skein_weather_get_heat (before, row, column + 1);

        g_assert_cmpfloat (fabs (skein_weather_get_heat (map, row, column) - (here + 0.2 * (around - 4 * here))), <,
                           1e-12);
      }
}

static void
test_sum_tells_maps_apart (void)
{
  CountingContext context = { .base = { .funcs = &counting_funcs } };
  g_autoptr (SkeinWeather) one = skein_weather_new (64, 1);
  g_autoptr (SkeinWeather) same = skein_weather_new (64, 1);
  g_autoptr (SkeinWeather) other = skein_weather_new (64, 2);

  g_assert_cmpuint (skein_weather_get_sum (one), ==, skein_weather_get_sum (same));
  g_assert_cmpuint (skein_weather_get_sum (one), !=, skein_weather_get_sum (other));
  g_assert_true (skein_weather_run (same, 1, &context.base, NULL, NULL));
  g_assert_cmpuint (skein_weather_get_sum (one), !=, skein_weather_get_sum (same));
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  CountingContext context = { .base = { .funcs = &counting_funcs }, .cancel_at_100 = cancellable };
  g_autoptr (SkeinWeather) map = skein_weather_new (500, 0);
  g_autoptr (GError) error = NULL;

  g_assert_false (skein_weather_run (map, 1000000, &context.base, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  /* A map of this size has 32 checkpoints an hour. */
  g_assert_cmpuint (context.checkpoints, <, 100 + 40);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/weather/heat-spreads", test_heat_spreads);
  g_test_add_func ("/weather/one-hour", test_one_hour);
  g_test_add_func ("/weather/sum-tells-maps-apart", test_sum_tells_maps_apart);
  g_test_add_func ("/weather/cancelled", test_cancelled);

  return g_test_run ();
}
