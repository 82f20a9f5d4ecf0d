/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-rate-limiter.h"

#define SECOND ((gint64) G_USEC_PER_SEC)

#define MOST_TAKERS 64

/* Readers on a clock of the test's own. Each reads a piece in a microsecond, pays, and sleeps as it
 * was told, in slices of half a second. */
typedef struct
{
  SkeinRateLimiter *limiter;
  gint64            now;
  guint             n_takers;
  gint64            late;               /* the most that a sleeper wakes late */
  guint64           piece;              /* bytes of every read; 0 for those suggested */
  gint64            wake[MOST_TAKERS];
  gint64            left[MOST_TAKERS];  /* of a sleep that was cut in slices */
  guint64           bytes[MOST_TAKERS];
} Crowd;

static void
crowd_init (Crowd   *crowd,
            guint    n_takers,
            guint64  rate)
{
  *crowd = (Crowd) { .now = 1000 * SECOND, .n_takers = n_takers };
  crowd->limiter = skein_rate_limiter_new (rate);
  for (guint i = 0; i < n_takers; i++)
    crowd->wake[i] = crowd->now + i;
}

static void
crowd_clear (Crowd *crowd)
{
  skein_rate_limiter_unref (crowd->limiter);
}

static guint
crowd_next (const Crowd *crowd)
{
  guint next = 0;

  for (guint i = 1; i < crowd->n_takers; i++)
    {
      if (crowd->wake[i] < crowd->wake[next])
        next = i;
    }

  return next;
}

static void
crowd_step (Crowd *crowd,
            guint  taker)
{
  guint64 read = 0;
  gint64 wait;

  if (crowd->left[taker] == 0)
    {
      gsize most = skein_rate_limiter_suggest (crowd->limiter);

      read = crowd->piece != 0 ? crowd->piece : MIN (most, 1024 * 1024);
    }

  wait = skein_rate_limiter_take (crowd->limiter, crowd->now, read);
  g_assert_cmpint (wait, >=, 0);
  g_assert_cmpint (wait, <=, 11 * SECOND);

  crowd->bytes[taker] += read;
  crowd->left[taker] = MAX (0, wait - SECOND / 2);
  crowd->wake[taker] = crowd->now + 1 + MIN (wait, SECOND / 2);
  if (wait > 0 && crowd->late > 0)
    crowd->wake[taker] += g_test_rand_int_range (0, (gint) crowd->late);
}

/* Bytes read in the next @span microseconds. */
static double
crowd_run (Crowd  *crowd,
           gint64  span)
{
  gint64 end = crowd->now + span;
  double total = 0;

  for (guint i = 0; i < crowd->n_takers; i++)
    crowd->bytes[i] = 0;

  for (guint i = crowd_next (crowd); crowd->wake[i] < end; i = crowd_next (crowd))
    {
      crowd->now = MAX (crowd->now, crowd->wake[i]);
      crowd_step (crowd, i);
    }
  crowd->now = end;

  for (guint i = 0; i < crowd->n_takers; i++)
    total += (double) crowd->bytes[i];

  return total;
}

static void
assert_within (double bytes,
               double expected,
               double tolerance)
{
  if (bytes < expected * (1 - tolerance) || bytes > expected * (1 + tolerance))
    g_error ("%.0f bytes instead of %.0f", bytes, expected);
}

typedef struct
{
  guint64 rate;
  guint   n_takers;
  gint64  late;
  guint64 piece;
} Case;

static const Case cases[] = {
  { 100 * 1000, 1, 0, 0 },
  { 100 * 1000, 32, 0, 0 },
  { 100 * 1000, 1, 5000, 0 },
  { 100 * 1000, 32, 5000, 0 },
  { 100 * 1000, 1, 60000, 0 },
  { 100 * 1000, 1, 0, 16 * 1024 },
  { 50 * 1000 * 1000, 1, 0, 0 },
  { 50 * 1000 * 1000, 32, 0, 0 },
  { 50 * 1000 * 1000, 1, 5000, 0 },
  { 50 * 1000 * 1000, 32, 5000, 0 },
  { 50 * 1000 * 1000, 32, 0, 16 * 1024 },
  { 50 * 1000 * 1000, 32, 0, 16 * 1024 + 1 },
  { 10 * 1000, 1, 0, 0 },
  { 1000, 1, 0, 0 },
  { 1999999999, 8, 0, 0 },
};

static void
test_rates (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];
      Crowd crowd;

      crowd_init (&crowd, c->n_takers, c->rate);
      crowd.late = c->late;
      crowd.piece = c->piece;

      /* From the first byte on, and at any later time. */
      assert_within (crowd_run (&crowd, 10 * SECOND), 10.0 * (double) c->rate, 0.03);
      crowd_run (&crowd, 333333);
      assert_within (crowd_run (&crowd, 10 * SECOND), 10.0 * (double) c->rate, 0.03);
      crowd_clear (&crowd);
    }
}

/* What a microsecond buys beyond whole bytes is not dropped, however often one asks. */
static void
test_exact (void)
{
  g_autoptr (SkeinRateLimiter) limiter = skein_rate_limiter_new (333333);
  gint64 now = 5;
  gint64 wait = skein_rate_limiter_take (limiter, now, 333333);

  g_assert_cmpint (wait, ==, SECOND);
  for (guint i = 0; i < 1000; i++)
    {
      now += 777;
      wait = skein_rate_limiter_take (limiter, now, 0);
    }
  g_assert_cmpint (wait, ==, SECOND - 777000);

  g_assert_cmpint (skein_rate_limiter_take (limiter, now + wait - 1, 0), ==, 1);
  g_assert_cmpint (skein_rate_limiter_take (limiter, now + wait, 0), ==, 0);
  g_assert_cmpint (skein_rate_limiter_take (limiter, now + wait, 1), ==, 4);
}

static void
test_fair (void)
{
  static const guint64 rates[] = { 100 * 1000, 50 * 1000 * 1000 };

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    {
      Crowd crowd;
      double share;

      crowd_init (&crowd, 32, rates[i]);
      crowd.late = 2000;
      share = crowd_run (&crowd, 30 * SECOND) / 32;
      for (guint j = 0; j < 32; j++)
        assert_within ((double) crowd.bytes[j], share, 0.05);
      crowd_clear (&crowd);
    }
}

static void
test_turns (void)
{
  g_autoptr (SkeinRateLimiter) limiter = skein_rate_limiter_new (1000);

  /* Each is put behind those before. */
  g_assert_cmpint (skein_rate_limiter_take (limiter, 0, 500), ==, SECOND / 2);
  g_assert_cmpint (skein_rate_limiter_take (limiter, 0, 250), ==, SECOND * 3 / 4);
  g_assert_cmpint (skein_rate_limiter_take (limiter, 0, 250), ==, SECOND);
  g_assert_cmpint (skein_rate_limiter_take (limiter, SECOND / 2, 500), ==, SECOND);
}

static void
test_change (void)
{
  static const guint64 rates[] = { 100000, 50000000, 100000, 1000000, 999999, 50000000, 200000 };

  for (guint n_takers = 1; n_takers <= 32; n_takers += 31)
    {
      Crowd crowd;

      crowd_init (&crowd, n_takers, 300000);
      crowd_run (&crowd, SECOND);
      for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
        {
          skein_rate_limiter_set_rate (crowd.limiter, crowd.now, rates[i]);
          g_assert_cmpuint (skein_rate_limiter_get_rate (crowd.limiter), ==, rates[i]);
          assert_within (crowd_run (&crowd, 10 * SECOND), 10.0 * (double) rates[i], 0.03);
        }
      crowd_clear (&crowd);
    }
}

static void
test_no_limit (void)
{
  g_autoptr (SkeinRateLimiter) limiter = skein_rate_limiter_new (0);

  g_assert_cmpuint (skein_rate_limiter_suggest (limiter), ==, G_MAXSIZE);
  for (guint i = 0; i < 100; i++)
    g_assert_cmpint (skein_rate_limiter_take (limiter, i, G_MAXUINT64), ==, 0);

  /* What was read without a limit is not owed under one; time without one buys nothing. */
  skein_rate_limiter_set_rate (limiter, 60 * SECOND, 1000);
  g_assert_cmpint (skein_rate_limiter_take (limiter, 60 * SECOND, 0), ==, 0);
  g_assert_cmpint (skein_rate_limiter_take (limiter, 60 * SECOND, 1000), ==, SECOND);

  /* Those who wait are let go. */
  skein_rate_limiter_set_rate (limiter, 60 * SECOND, 0);
  g_assert_cmpint (skein_rate_limiter_take (limiter, 60 * SECOND, 1), ==, 0);
  skein_rate_limiter_set_rate (limiter, 60 * SECOND, 1000);
  g_assert_cmpint (skein_rate_limiter_take (limiter, 60 * SECOND, 0), ==, 0);
}

/* Debt is time: it stays as long as it was. */
static void
test_change_in_debt (void)
{
  g_autoptr (SkeinRateLimiter) limiter = skein_rate_limiter_new (50000000);

  g_assert_cmpint (skein_rate_limiter_take (limiter, 0, 5000000), ==, SECOND / 10);
  skein_rate_limiter_set_rate (limiter, 0, 1000);
  g_assert_cmpint (skein_rate_limiter_take (limiter, 0, 0), ==, SECOND / 10);
  g_assert_cmpint (skein_rate_limiter_take (limiter, SECOND / 20, 0), ==, SECOND / 20);
}

static void
test_jumps (void)
{
  Crowd crowd;
  double bytes;

  crowd_init (&crowd, 8, 100000);
  crowd_run (&crowd, 10 * SECOND);

  /* Asleep for an hour: at most a short burst is made up for. */
  crowd.now += 3600 * SECOND;
  bytes = crowd_run (&crowd, SECOND / 10);
  g_assert_cmpfloat (bytes, <=, 100000 * (0.1 + 0.1 + 8 * 0.005));
  assert_within (crowd_run (&crowd, 10 * SECOND), 1000000, 0.03);

  /* Back, which the monotonic clock does not do: nobody is stuck. */
  crowd.now -= 3600 * SECOND;
  for (guint i = 0; i < 8; i++)
    crowd.wake[i] = crowd.now;
  assert_within (crowd_run (&crowd, 10 * SECOND), 1000000, 0.03);
  crowd_clear (&crowd);
}

static void
test_order (void)
{
  g_autoptr (SkeinRateLimiter) limiter = skein_rate_limiter_new (1000000);

  /* Threads come in another order than that in which they read the clock. */
  g_assert_cmpint (skein_rate_limiter_take (limiter, 1000, 1000), ==, 1000);
  g_assert_cmpint (skein_rate_limiter_take (limiter, 900, 1000), ==, 2100);
  g_assert_cmpint (skein_rate_limiter_take (limiter, 1000, 0), ==, 2000);
}

static void
test_extremes (void)
{
  static const guint64 rates[] = { 1, 2, 1000, G_GUINT64_CONSTANT (1) << 36, G_MAXUINT64 };

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    {
      g_autoptr (SkeinRateLimiter) limiter = skein_rate_limiter_new (rates[i]);
      gsize piece = skein_rate_limiter_suggest (limiter);

      g_assert_cmpuint (piece, >=, 256);
      g_assert_cmpuint (piece, <=, 1024 * 1024);

      g_assert_cmpint (skein_rate_limiter_take (limiter, 0, G_MAXUINT64), ==, 10 * SECOND);
      g_assert_cmpint (skein_rate_limiter_take (limiter, 0, G_MAXUINT64), ==, 10 * SECOND);
      g_assert_cmpint (skein_rate_limiter_take (limiter, 4 * SECOND, 0), ==, 6 * SECOND);
      g_assert_cmpint (skein_rate_limiter_take (limiter, G_MAXINT64 / 2, 0), ==, 0);
      skein_rate_limiter_set_rate (limiter, G_MAXINT64 / 2, G_MAXUINT64);
      g_assert_cmpint (skein_rate_limiter_take (limiter, G_MAXINT64 / 2, 0), ==, 0);
    }
}

static void
test_suggest (void)
{
  static const struct { guint64 rate; gsize piece; } pieces[] = {
    { 1, 256 }, { 51200, 256 }, { 100000, 500 }, { 50000000, 250000 }, { 1000000000, 1024 * 1024 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (SkeinRateLimiter) limiter = skein_rate_limiter_new (pieces[i].rate);

      g_assert_cmpuint (skein_rate_limiter_suggest (limiter), ==, pieces[i].piece);
    }
}

#define N_THREADS 4
#define N_TAKES   5000

static gpointer
take_often (gpointer data)
{
  g_autoptr (SkeinRateLimiter) limiter = data;

  for (guint i = 0; i < N_TAKES; i++)
    skein_rate_limiter_take (limiter, 0, 1);

  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (SkeinRateLimiter) limiter = skein_rate_limiter_new (N_THREADS * N_TAKES);
  GThread *threads[N_THREADS];

  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("taker", take_often, skein_rate_limiter_ref (limiter));
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);

  /* Not one byte is lost. */
  g_assert_cmpint (skein_rate_limiter_take (limiter, 0, 0), ==, SECOND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rate-limiter/rates", test_rates);
  g_test_add_func ("/rate-limiter/exact", test_exact);
  g_test_add_func ("/rate-limiter/fair", test_fair);
  g_test_add_func ("/rate-limiter/turns", test_turns);
  g_test_add_func ("/rate-limiter/change", test_change);
  g_test_add_func ("/rate-limiter/no-limit", test_no_limit);
  g_test_add_func ("/rate-limiter/change-in-debt", test_change_in_debt);
  g_test_add_func ("/rate-limiter/jumps", test_jumps);
  g_test_add_func ("/rate-limiter/order", test_order);
  g_test_add_func ("/rate-limiter/extremes", test_extremes);
  g_test_add_func ("/rate-limiter/suggest", test_suggest);
  g_test_add_func ("/rate-limiter/threads", test_threads);

  return g_test_run ();
}
