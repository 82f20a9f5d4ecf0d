/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-heartbeat.h"

#include "test-support.h"

#define BLOCK (200 * G_TIME_SPAN_MILLISECOND)

typedef struct
{
  SkeinHeartbeat *heartbeat;
  guint           beats;
  guint           wanted;
  gint64          last_beat;
} Fixture;

static void
beat_cb (SkeinHeartbeat *heartbeat,
         Fixture        *fixture)
{
  fixture->beats++;
  fixture->last_beat = g_get_monotonic_time ();
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->heartbeat = skein_heartbeat_new ();
  g_signal_connect (fixture->heartbeat, "beat", G_CALLBACK (beat_cb), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->heartbeat);
}

static gboolean
has_beaten (gpointer user_data)
{
  Fixture *fixture = user_data;

  return fixture->beats >= fixture->wanted;
}

static void
wait_for_beats (Fixture *fixture,
                guint    n)
{
  fixture->wanted = fixture->beats + n;
  test_wait_until (has_beaten, fixture, 5);
}

static void
test_says_how_late (Fixture       *fixture,
                    gconstpointer  data)
{
  gint64 begin;
  gint64 lateness;

  skein_heartbeat_set_active (fixture->heartbeat, TRUE);
  wait_for_beats (fixture, 2);
  /* Just before the next one is due, so that nearly all of the block is lateness. */
  test_turn_for (SKEIN_HEARTBEAT_INTERVAL - 5 * G_TIME_SPAN_MILLISECOND);
  begin = g_get_monotonic_time ();
  test_block_for (BLOCK);
  wait_for_beats (fixture, 1);

  lateness = skein_heartbeat_get_latest_lateness (fixture->heartbeat);
  g_assert_cmpint (lateness, >=, BLOCK - SKEIN_HEARTBEAT_INTERVAL - 10 * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpint (lateness, <=, fixture->last_beat - begin + 10 * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpint (skein_heartbeat_get_longest (fixture->heartbeat), >=, lateness);
}

static void
test_keeps_a_regular_beat (Fixture       *fixture,
                           gconstpointer  data)
{
  const SkeinHeartbeatSample *samples;
  guint n;
  guint regular = 0;

  skein_heartbeat_set_active (fixture->heartbeat, TRUE);
  wait_for_beats (fixture, 12);

  samples = skein_heartbeat_get_samples (fixture->heartbeat, &n);
  g_assert_cmpuint (n, ==, fixture->beats);
  for (guint i = 1; i < n; i++)
    {
      gint64 distance = samples[i].time - samples[i - 1].time;

      g_assert_cmpint (distance, >=, SKEIN_HEARTBEAT_INTERVAL);
      g_assert_false (samples[i].freeze);
      if (distance == SKEIN_HEARTBEAT_INTERVAL)
        regular++;
    }
  /* A beat is due at an absolute time: being late once does not shift those after it. */
  g_assert_cmpuint (regular, >=, n / 2);
}

static void
test_a_freeze_is_one_block (Fixture       *fixture,
                            gconstpointer  data)
{
  const SkeinHeartbeatSample *samples;
  gint64 begin;
  gint64 end;
  guint n;
  guint freezes = 0;

  skein_heartbeat_set_active (fixture->heartbeat, TRUE);
  wait_for_beats (fixture, 2);
  begin = g_get_monotonic_time ();
  test_block_for (BLOCK);
  end = g_get_monotonic_time ();
  skein_heartbeat_note_freeze (fixture->heartbeat, begin, end);
  wait_for_beats (fixture, 2);

  samples = skein_heartbeat_get_samples (fixture->heartbeat, &n);
  for (guint i = 0; i < n; i++)
    {
      if (samples[i].freeze)
        {
          freezes++;
          g_assert_cmpint (samples[i].time, ==, begin);
          g_assert_cmpint (samples[i].lateness, ==, end - begin);
        }
      else
        {
          g_assert_cmpint (samples[i].lateness, <, BLOCK / 2);
        }
    }
  g_assert_cmpuint (freezes, ==, 1);
  g_assert_cmpint (skein_heartbeat_get_longest (fixture->heartbeat), ==, end - begin);
}

static gboolean
is_idle (gpointer user_data)
{
  return !skein_heartbeat_get_beating (user_data);
}

static void
count_cb (GObject    *object,
          GParamSpec *pspec,
          guint      *count)
{
  (*count)++;
}

static void
test_stops_when_idle (Fixture       *fixture,
                      gconstpointer  data)
{
  guint notified = 0;
  gint64 begin;
  guint beats;

  g_signal_connect (fixture->heartbeat, "notify::beating", G_CALLBACK (count_cb), &notified);
  skein_heartbeat_set_active (fixture->heartbeat, TRUE);
  g_assert_true (skein_heartbeat_get_beating (fixture->heartbeat));
  skein_heartbeat_set_active (fixture->heartbeat, FALSE);
  begin = g_get_monotonic_time ();
  g_assert_true (skein_heartbeat_get_beating (fixture->heartbeat));
  test_wait_until (is_idle, fixture->heartbeat, 10);
  g_assert_cmpint (g_get_monotonic_time () - begin, >=, SKEIN_HEARTBEAT_LINGER);
  g_assert_cmpuint (notified, ==, 2);

  beats = fixture->beats;
  g_assert_cmpuint (beats, >, 0);
  test_turn_for (3 * SKEIN_HEARTBEAT_INTERVAL);
  g_assert_cmpuint (fixture->beats, ==, beats);

  skein_heartbeat_set_active (fixture->heartbeat, TRUE);
  wait_for_beats (fixture, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/heartbeat/says-how-late", Fixture, NULL, set_up, test_says_how_late, tear_down);
  g_test_add ("/heartbeat/regular", Fixture, NULL, set_up, test_keeps_a_regular_beat, tear_down);
  g_test_add ("/heartbeat/freeze-is-one-block", Fixture, NULL, set_up, test_a_freeze_is_one_block, tear_down);
  g_test_add ("/heartbeat/stops-when-idle", Fixture, NULL, set_up, test_stops_when_idle, tear_down);

  return g_test_run ();
}
