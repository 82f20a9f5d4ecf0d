/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-rate-limiter.h"

/* How much of the time in which nobody read is kept: enough for threads that wake late on a busy
 * machine, 1 % of what is measured over ten seconds. */
#define MOST_CREDIT (100 * G_TIME_SPAN_MILLISECOND)

/* Readers who obey owe far less. Who read a lot just before a low limit was set is not silent for
 * minutes. */
#define MOST_DEBT   (10 * G_TIME_SPAN_SECOND)

/* Pieces of 5 ms: 32 readers that each have one in advance are 0.16 s ahead. */
#define PIECES_A_SECOND 200
#define LEAST_PIECE     256
#define MOST_PIECE      (1024 * 1024)

/* Keeps all debt at any rate within 64 bits. */
#define MOST_RATE (G_GUINT64_CONSTANT (1) << 36)

struct _SkeinRateLimiter
{
  gatomicrefcount ref_count;
  int             limited;   /* atomic: without a limit nobody needs the lock */

  GMutex          mutex;     /* for all below */
  gint64          rate;
  gint64          time;      /* of the balance */
  gint64          balance;   /* millionths of a byte: a microsecond buys a whole number of them */
};

static gint64
clamp_rate (guint64 rate)
{
  return (gint64) MIN (rate, MOST_RATE);
}

SkeinRateLimiter *
skein_rate_limiter_new (guint64 rate)
{
  SkeinRateLimiter *self = g_new0 (SkeinRateLimiter, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->rate = clamp_rate (rate);
  self->limited = rate > 0;
  self->time = G_MININT64;

  return self;
}

SkeinRateLimiter *
skein_rate_limiter_ref (SkeinRateLimiter *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
skein_rate_limiter_unref (SkeinRateLimiter *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* Readers take the time before they take the lock, hence @now may lie a little behind. */
static void
advance (SkeinRateLimiter *self,
         gint64            now)
{
  gint64 passed;

  if (self->time == G_MININT64 || now < self->time - MOST_CREDIT)
    self->time = now;

  passed = MIN (now - self->time, MOST_DEBT + MOST_CREDIT);
  if (passed <= 0)
    return;

  self->time = now;
  self->balance = MIN (self->balance + passed * self->rate, MOST_CREDIT * self->rate);
}

void
skein_rate_limiter_set_rate (SkeinRateLimiter *self,
                             gint64            now,
                             guint64           rate)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  gint64 clamped = clamp_rate (rate);
  double span = 0;

  advance (self, now);
  if (self->rate > 0)
    span = (double) self->balance / (double) self->rate;
  self->balance = (gint64) (span * (double) clamped);
  self->rate = clamped;
  g_atomic_int_set (&self->limited, clamped > 0);
}

guint64
skein_rate_limiter_get_rate (SkeinRateLimiter *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return (guint64) self->rate;
}

gint64
skein_rate_limiter_take (SkeinRateLimiter *self,
                         gint64            now,
                         guint64           bytes)
{
  g_autoptr (GMutexLocker) locker = NULL;
  gint64 most;
  gint64 price;

  if (!g_atomic_int_get (&self->limited))
    return 0;

  locker = g_mutex_locker_new (&self->mutex);
  advance (self, now);
  if (self->rate == 0)
    return 0;

  most = (MOST_DEBT + MOST_CREDIT) * self->rate;
  price = bytes < (guint64) (most / G_USEC_PER_SEC) ? (gint64) bytes * G_USEC_PER_SEC : most;
  self->balance = MAX (self->balance - price, -MOST_DEBT * self->rate);
  if (self->balance >= 0)
    return 0;

  return (-self->balance + self->rate - 1) / self->rate + (self->time - now);
}

gsize
skein_rate_limiter_suggest (SkeinRateLimiter *self)
{
  g_autoptr (GMutexLocker) locker = NULL;

  if (!g_atomic_int_get (&self->limited))
    return G_MAXSIZE;

  locker = g_mutex_locker_new (&self->mutex);
  if (self->rate == 0)
    return G_MAXSIZE;

  return (gsize) CLAMP (self->rate / PIECES_A_SECOND, LEAST_PIECE, MOST_PIECE);
}
