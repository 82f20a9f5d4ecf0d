/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-speed-meter.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define START  (1000 * SECOND)

/* Feeds @rate bytes per second in steps of @step microseconds; gives the time of the last sample. */
static gint64
feed (SkeinSpeedMeter *meter,
      gint64           from,
      gint64           span,
      gint64           step,
      guint64         *total,
      guint64          rate)
{
  gint64 time = from;

  for (time = from + step; time <= from + span; time += step)
    {
      *total += rate * (guint64) step / G_USEC_PER_SEC;
      skein_speed_meter_add (meter, time, *total);
    }

  return time - step;
}

static void
test_nothing (void)
{
  SkeinSpeedMeter meter;

  skein_speed_meter_init (&meter);
  g_assert_cmpfloat (skein_speed_meter_get_rate (&meter, START), ==, 0);
  g_assert_cmpint (skein_speed_meter_estimate (&meter, START, 1), ==, -1);

  skein_speed_meter_add (&meter, START, 12345);
  g_assert_cmpfloat (skein_speed_meter_get_rate (&meter, START + SECOND), ==, 0);
  g_assert_cmpint (skein_speed_meter_estimate (&meter, START, 1), ==, -1);
  g_assert_cmpint (skein_speed_meter_estimate (&meter, START, -1), ==, -1);
  g_assert_cmpint (skein_speed_meter_estimate (&meter, START, 0), ==, 0);
}

/* A steady speed shows from the beginning, whatever the rhythm of the samples, and between them. */
static void
test_steady (void)
{
  static const gint64 steps[] = { 1000, 50 * 1000, SECOND / 2, SECOND };
  static const guint64 rates[] = { 1000, 1000000, G_GUINT64_CONSTANT (10000000000) };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      for (gsize j = 0; j < G_N_ELEMENTS (rates); j++)
        {
          SkeinSpeedMeter meter = { 0 };
          guint64 total = G_GUINT64_CONSTANT (1) << 53;
          double rate = (double) rates[j];
          gint64 time;

          skein_speed_meter_add (&meter, START, total);
          time = feed (&meter, START, SECOND, steps[i], &total, rates[j]);
          g_assert_cmpfloat_with_epsilon (skein_speed_meter_get_rate (&meter, time), rate, rate / 100);
          time = feed (&meter, time, 20 * SECOND, steps[i], &total, rates[j]);
          g_assert_cmpfloat_with_epsilon (skein_speed_meter_get_rate (&meter, time + SECOND / 2),
                                          rate, rate / 100);
        }
    }
}

static void
test_change (void)
{
  SkeinSpeedMeter meter = { 0 };
  guint64 total = 0;
  gint64 time;

  skein_speed_meter_add (&meter, START, 0);
  time = feed (&meter, START, 30 * SECOND, SECOND / 4, &total, 1000000);
  time = feed (&meter, time, 3 * SECOND, SECOND / 4, &total, 2000000);

  /* After one smoothing span 1 - 1/e of the step shows. */
  g_assert_cmpfloat_with_epsilon (skein_speed_meter_get_rate (&meter, time), 1632000, 10000);
  time = feed (&meter, time, 15 * SECOND, SECOND / 4, &total, 2000000);
  g_assert_cmpfloat_with_epsilon (skein_speed_meter_get_rate (&meter, time), 2000000, 10000);
}

static void
test_burst (void)
{
  SkeinSpeedMeter meter = { 0 };

  skein_speed_meter_add (&meter, START, 0);
  skein_speed_meter_add (&meter, START + 1000, 65536);
  g_assert_cmpfloat (skein_speed_meter_get_rate (&meter, START + 1000), <, 300000);
}

static void
test_silence (void)
{
  SkeinSpeedMeter without = { 0 };
  SkeinSpeedMeter with;
  guint64 total = 0;
  double before;
  gint64 time;

  skein_speed_meter_add (&without, START, 0);
  time = feed (&without, START, 10 * SECOND, SECOND / 4, &total, 1000000);
  with = without;

  before = skein_speed_meter_get_rate (&without, time + SECOND);
  g_assert_cmpfloat (before, >, 900000);
  for (int i = 2; i < 10; i++)
    {
      double rate = skein_speed_meter_get_rate (&without, time + i * SECOND);

      g_assert_cmpfloat (rate, <, before);
      before = rate;
    }
  g_assert_cmpfloat (skein_speed_meter_get_rate (&without, time + 10 * SECOND), ==, 0);

  /* The same when somebody goes on to report that nothing came. */
  time = feed (&with, time, 10 * SECOND, SECOND / 4, &total, 0);
  g_assert_cmpfloat (skein_speed_meter_get_rate (&with, time), ==, 0);
  g_assert_cmpint (skein_speed_meter_estimate (&with, time, 1000), ==, -1);
}

static void
test_odd_samples (void)
{
  SkeinSpeedMeter meter = { 0 };
  guint64 total = 5000000;
  gint64 time;

  skein_speed_meter_add (&meter, START, total);
  time = feed (&meter, START, 10 * SECOND, SECOND, &total, 1000);

  /* Not later: counts with the next sample. */
  skein_speed_meter_add (&meter, time, total + 500);
  skein_speed_meter_add (&meter, time - SECOND, total + 700);
  skein_speed_meter_add (&meter, time + SECOND, total + 1000);
  g_assert_cmpfloat_with_epsilon (skein_speed_meter_get_rate (&meter, time + SECOND), 1000, 1);

  /* A restart. */
  skein_speed_meter_add (&meter, time + 2 * SECOND, 0);
  g_assert_cmpfloat (skein_speed_meter_get_rate (&meter, time + 2 * SECOND), <, 1000);
  g_assert_cmpfloat (skein_speed_meter_get_rate (&meter, time + 2 * SECOND), >=, 0);
  skein_speed_meter_add (&meter, time + 3 * SECOND, 1000);
  g_assert_cmpfloat (skein_speed_meter_get_rate (&meter, time + 3 * SECOND), <=, 1000);
}

static void
test_borders (void)
{
  static const gint64 totals[] = {
    0, 1, G_GINT64_CONSTANT (1) << 31, G_GINT64_CONSTANT (1) << 32, G_GINT64_CONSTANT (1) << 53,
    G_MAXINT64,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (totals); i++)
    {
      SkeinSpeedMeter meter = { 0 };
      gint64 estimate;

      skein_speed_meter_add (&meter, START, 0);
      skein_speed_meter_add (&meter, START + SECOND, (guint64) totals[i]);
      g_assert_cmpfloat_with_epsilon (skein_speed_meter_get_rate (&meter, START + SECOND),
                                      (double) totals[i], 1e-6 + (double) totals[i] / 1e6);
      estimate = skein_speed_meter_estimate (&meter, START + SECOND, totals[i]);
      if (totals[i] > 1)
        g_assert_cmpint (estimate, ==, 1);
      g_assert_cmpint (estimate, <=, 1);
    }
}

static void
test_estimate_steps (void)
{
  static const gint64 cases[][2] = {
    { 1, 1 }, { 999, 1 }, { 1000, 1 }, { 1001, 2 }, { 59000, 59 }, { 60000, 60 }, { 61000, 65 },
    { 598000, 600 }, { 601000, 630 }, { 3570000, 3570 }, { 3571000, 3600 }, { 3601000, 3900 },
    { 86400000, 86400 }, { G_GINT64_CONSTANT (8640000000), 8640000 },
    { G_GINT64_CONSTANT (8650000000), -1 }, { G_MAXINT64, -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SkeinSpeedMeter meter = { 0 };

      /* One exact second at 1000 bytes per second: the first rate is not rounded by smoothing. */
      skein_speed_meter_add (&meter, START, 0);
      skein_speed_meter_add (&meter, START + SECOND, 1000);
      g_assert_cmpint (skein_speed_meter_estimate (&meter, START + SECOND, cases[i][0]), ==, cases[i][1]);
    }
}

/* A speed that swings must not make the figure swing: it only ever goes down. */
static void
test_estimate_calm (void)
{
  SkeinSpeedMeter meter = { 0 };
  guint64 total = 0;
  gint64 time = START;
  gint64 last = G_MAXINT64;
  const gint64 size = 200 * 1000000;

  skein_speed_meter_add (&meter, START, 0);
  time = feed (&meter, time, 10 * SECOND, SECOND / 2, &total, 1000000);

  for (int i = 0; i < 100; i++)
    {
      gint64 estimate;

      time = feed (&meter, time, SECOND, SECOND / 2, &total, i % 2 == 0 ? 900000 : 1100000);
      estimate = skein_speed_meter_estimate (&meter, time, size - (gint64) total);
      g_assert_cmpint (estimate, <=, last);
      last = estimate;
    }

  g_assert_cmpint (last, >=, 80);
  g_assert_cmpint (last, <=, 100);
}

static void
test_estimate_follows (void)
{
  SkeinSpeedMeter meter = { 0 };
  guint64 total = 0;
  gint64 time;

  skein_speed_meter_add (&meter, START, 0);
  time = feed (&meter, START, 10 * SECOND, SECOND / 2, &total, 1000000);
  g_assert_cmpint (skein_speed_meter_estimate (&meter, time, 99900000), ==, 100);
  time = feed (&meter, time, 30 * SECOND, SECOND / 2, &total, 100000);
  g_assert_cmpint (skein_speed_meter_estimate (&meter, time, 97000000), >=, 960);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/speed-meter/nothing", test_nothing);
  g_test_add_func ("/speed-meter/steady", test_steady);
  g_test_add_func ("/speed-meter/change", test_change);
  g_test_add_func ("/speed-meter/burst", test_burst);
  g_test_add_func ("/speed-meter/silence", test_silence);
  g_test_add_func ("/speed-meter/odd-samples", test_odd_samples);
  g_test_add_func ("/speed-meter/borders", test_borders);
  g_test_add_func ("/speed-meter/estimate/steps", test_estimate_steps);
  g_test_add_func ("/speed-meter/estimate/calm", test_estimate_calm);
  g_test_add_func ("/speed-meter/estimate/follows", test_estimate_follows);

  return g_test_run ();
}
