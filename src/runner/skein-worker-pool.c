/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-worker-pool.h"

#include <sys/resource.h>
#include <unistd.h>

#define MOST_NUMBERS 64

struct _SkeinWorkerPool
{
  char   *name;   /* constant */
  GFunc   func;   /* constant */
  gint64  idle;   /* constant */

  GMutex  mutex;  /* for all below */
  GCond   changed;
  GQueue  work;
  GList  *ended;  /* threads that have left their loop and are to be joined */
  guint64 numbers_taken;
  guint   most;
  guint   n_threads;
  guint   n_busy;
  guint   n_waiting;
  gboolean closed;
};

typedef struct
{
  SkeinWorkerPool *pool;
  guint            number;
} Worker;

SkeinWorkerPool *
skein_worker_pool_new (const char *name,
                       guint       most,
                       GFunc       func,
                       gint64      idle)
{
  SkeinWorkerPool *self = g_new0 (SkeinWorkerPool, 1);

  g_return_val_if_fail (most > 0, NULL);

  self->name = g_strdup (name);
  self->func = func;
  self->idle = idle;
  self->most = most;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  g_queue_init (&self->work);

  return self;
}

static void
lower_priority (void)
{
  /* On Linux this is the priority of the calling thread alone. It leaves the window's thread the first
   * choice of a core; failing is no harm. */
  setpriority (PRIO_PROCESS, (id_t) gettid (), 19);
}

/* Waits for work while there is none and the worker is still wanted. */
static gboolean
wait_for_work_locked (SkeinWorkerPool *self)
{
  gint64 until = g_get_monotonic_time () + self->idle;
  gboolean timed_out = FALSE;

  self->n_waiting++;
  while (self->work.length == 0 && !self->closed && self->n_threads <= self->most && !timed_out)
    timed_out = !g_cond_wait_until (&self->changed, &self->mutex, until);
  self->n_waiting--;

  return self->work.length > 0 && !self->closed && self->n_threads <= self->most;
}

static gpointer
worker_thread (gpointer data)
{
  Worker *worker = data;
  SkeinWorkerPool *self = worker->pool;

  lower_priority ();

  g_mutex_lock (&self->mutex);
  while (wait_for_work_locked (self))
    {
      gpointer work = g_queue_pop_head (&self->work);

      self->n_busy++;
      g_mutex_unlock (&self->mutex);
      self->func (work, NULL);
      g_mutex_lock (&self->mutex);
      self->n_busy--;
    }
  self->numbers_taken &= ~(G_GUINT64_CONSTANT (1) << worker->number);
  self->n_threads--;
  self->ended = g_list_prepend (self->ended, g_thread_self ());
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);

  g_free (worker);

  return NULL;
}

static void
start_worker_locked (SkeinWorkerPool *self)
{
  g_autofree char *name = NULL;
  Worker *worker = g_new0 (Worker, 1);

  worker->pool = self;
  while (worker->number < MOST_NUMBERS - 1 &&
         (self->numbers_taken & (G_GUINT64_CONSTANT (1) << worker->number)))
    worker->number++;
  self->numbers_taken |= G_GUINT64_CONSTANT (1) << worker->number;
  self->n_threads++;

  name = g_strdup_printf ("%s %u", self->name, worker->number + 1);
  g_thread_new (name, worker_thread, worker);
}

static void
start_wanted_locked (SkeinWorkerPool *self)
{
  /* A thread that starts, or was woken and does not run yet, is not busy: it will take one. */
  while (self->n_threads < self->most && self->n_threads - self->n_busy < self->work.length)
    start_worker_locked (self);
}

static void
join_thread (gpointer thread)
{
  g_thread_join (thread);
}

static void
join_ended (SkeinWorkerPool *self)
{
  GList *ended;

  g_mutex_lock (&self->mutex);
  ended = g_steal_pointer (&self->ended);
  g_mutex_unlock (&self->mutex);

  g_list_free_full (ended, join_thread);
}

void
skein_worker_pool_push (SkeinWorkerPool *self,
                        gpointer         work)
{
  join_ended (self);

  g_mutex_lock (&self->mutex);
  g_assert (!self->closed);
  g_queue_push_tail (&self->work, work);
  start_wanted_locked (self);
  if (self->n_waiting > 0)
    g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
}

void
skein_worker_pool_set_most (SkeinWorkerPool *self,
                            guint            most)
{
  g_return_if_fail (most > 0 && most <= MOST_NUMBERS);

  g_mutex_lock (&self->mutex);
  self->most = most;
  start_wanted_locked (self);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}

GList *
skein_worker_pool_shut_down (SkeinWorkerPool *self)
{
  GList *left;

  g_mutex_lock (&self->mutex);
  self->closed = TRUE;
  left = g_steal_pointer (&self->work.head);
  g_queue_init (&self->work);
  g_cond_broadcast (&self->changed);
  while (self->n_threads > 0)
    g_cond_wait (&self->changed, &self->mutex);
  g_mutex_unlock (&self->mutex);

  join_ended (self);

  return left;
}

void
skein_worker_pool_free (SkeinWorkerPool *self)
{
  g_assert (self->closed && self->n_threads == 0);

  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);
  g_free (self->name);
  g_free (self);
}
