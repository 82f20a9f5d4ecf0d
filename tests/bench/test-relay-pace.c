/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "relay-pace.h"

#define MEGABYTE 1000000.0

static void
test_no_limit (void)
{
  RelayPace pace = { 0 };

  g_assert_cmpint (relay_pace_take (&pace, 1000, G_MAXINT32), ==, 1000);
  g_assert_true (relay_pace_is_open (&pace, 1000));
}

static void
test_rate (void)
{
  RelayPace pace = { .rate = MEGABYTE };

  g_assert_true (relay_pace_is_open (&pace, 1000));
  g_assert_cmpint (relay_pace_take (&pace, 1000, 500), ==, 1500);
  g_assert_false (relay_pace_is_open (&pace, 1499));
  g_assert_true (relay_pace_is_open (&pace, 1500));
}

/* Who asks every 700 us for 500 us' worth gets the rate all the same, as long as it had to wait. */
static void
test_late_is_made_up (void)
{
  RelayPace pace = { .rate = MEGABYTE };
  gsize taken = 0;
  gint64 now;

  for (now = 0; now < G_USEC_PER_SEC; now += 700)
    while (relay_pace_is_open (&pace, now))
      {
        relay_pace_take (&pace, now, 500);
        taken += 500;
      }

  g_assert_cmpuint (taken, >=, 999000);
  g_assert_cmpuint (taken, <=, 1001000);
}

static void
test_idle_is_lost (void)
{
  RelayPace pace = { .rate = MEGABYTE };

  relay_pace_take (&pace, 0, 500);
  g_assert_false (relay_pace_is_open (&pace, 100));
  relay_pace_rest (&pace);
  g_assert_cmpint (relay_pace_take (&pace, 50000, 500), ==, 50500);
}

static void
test_long_stop_is_lost (void)
{
  RelayPace pace = { .rate = MEGABYTE };

  relay_pace_take (&pace, 0, 500);
  g_assert_false (relay_pace_is_open (&pace, 100));
  g_assert_cmpint (relay_pace_take (&pace, 10 * G_USEC_PER_SEC, 500), >, 9 * G_USEC_PER_SEC);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bench/relay-pace/no-limit", test_no_limit);
  g_test_add_func ("/bench/relay-pace/rate", test_rate);
  g_test_add_func ("/bench/relay-pace/late-is-made-up", test_late_is_made_up);
  g_test_add_func ("/bench/relay-pace/idle-is-lost", test_idle_is_lost);
  g_test_add_func ("/bench/relay-pace/long-stop-is-lost", test_long_stop_is_lost);

  return g_test_run ();
}
