/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-freeze-limit.h"

struct _SkeinFreezeLimit
{
  GThread      *thread;       /* nullable: no limit */
  GCancellable *cancellable;  /* constant */
  gint64        until;        /* constant, monotonic */

  GMutex        mutex;        /* for all below */
  GCond         changed;
  gboolean      stopped;
  gboolean      reached;
};

static gpointer
limit_thread (gpointer data)
{
  SkeinFreezeLimit *self = data;

  g_mutex_lock (&self->mutex);
  while (!self->stopped && !self->reached)
    self->reached = !g_cond_wait_until (&self->changed, &self->mutex, self->until) && !self->stopped;
  g_mutex_unlock (&self->mutex);

  /* Not under the mutex: cancelling runs other people's callbacks. */
  if (self->reached)
    g_cancellable_cancel (self->cancellable);

  return NULL;
}

SkeinFreezeLimit *
skein_freeze_limit_start (GCancellable *cancellable,
                          gint64        longest)
{
  SkeinFreezeLimit *self = g_new0 (SkeinFreezeLimit, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  self->cancellable = g_object_ref (cancellable);
  self->until = g_get_monotonic_time () + longest;
  if (longest > 0)
    self->thread = g_thread_new ("skein limit", limit_thread, self);

  return self;
}

gboolean
skein_freeze_limit_stop (SkeinFreezeLimit *self)
{
  gboolean reached;

  g_mutex_lock (&self->mutex);
  self->stopped = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);

  if (self->thread != NULL)
    g_thread_join (self->thread);

  reached = self->reached;
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);
  g_object_unref (self->cancellable);
  g_free (self);

  return reached;
}
