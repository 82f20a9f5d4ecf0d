/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-one-lock.h"

struct _SkeinOneLock
{
  gint64   interval;  /* constant */
  gint     asked;     /* atomic: somebody has waited for the interval */

  GMutex   mutex;     /* for all below */
  GCond    freed;
  GCond    taken;
  gboolean held;
  guint    waiting;
  guint64  turn;      /* counts those who have taken it */
};

SkeinOneLock *
skein_one_lock_new (gint64 interval)
{
  SkeinOneLock *self = g_new0 (SkeinOneLock, 1);

  g_return_val_if_fail (interval > 0, NULL);

  self->interval = interval;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->freed);
  g_cond_init (&self->taken);

  return self;
}

void
skein_one_lock_free (SkeinOneLock *self)
{
  g_assert (!self->held && self->waiting == 0);

  g_cond_clear (&self->taken);
  g_cond_clear (&self->freed);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static void
acquire_locked (SkeinOneLock *self)
{
  self->waiting++;
  while (self->held)
    {
      guint64 turn = self->turn;
      gint64 until = g_get_monotonic_time () + self->interval;

      /* Who got it meanwhile has not had it for the interval. */
      if (!g_cond_wait_until (&self->freed, &self->mutex, until) && self->held && self->turn == turn)
        g_atomic_int_set (&self->asked, TRUE);
    }
  self->waiting--;

  self->held = TRUE;
  self->turn++;
  g_atomic_int_set (&self->asked, FALSE);
  g_cond_signal (&self->taken);
}

static void
release_locked (SkeinOneLock *self)
{
  g_assert (self->held);

  self->held = FALSE;
  g_cond_signal (&self->freed);
}

void
skein_one_lock_acquire (SkeinOneLock *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  acquire_locked (self);
}

void
skein_one_lock_release (SkeinOneLock *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  release_locked (self);
}

void
skein_one_lock_checkpoint (SkeinOneLock *self)
{
  guint64 turn;

  if (!g_atomic_int_get (&self->asked))
    return;

  g_mutex_lock (&self->mutex);
  turn = self->turn;
  release_locked (self);
  /* Without this the thread that runs already would mostly win it back from the one that has to wake up. */
  while (self->waiting > 0 && self->turn == turn)
    g_cond_wait (&self->taken, &self->mutex);
  acquire_locked (self);
  g_mutex_unlock (&self->mutex);
}
