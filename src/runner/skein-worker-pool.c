/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-worker-pool.h"

#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define MOST_NUMBERS 64

/* Beyond the number of cores, threads for short work: while these compute, their next work waits in the line. */
#define FEW_MORE 2

/* How often an idle thread looks whether the few keep the cores busy; how many looks in a row may find that they
 * do not, as other programs want cores, too, while each of the few takes so many pieces of work between two
 * looks; and after what time without any work taken it no longer matters. */
#define LOOK_EVERY (20 * 1000)
#define LOOKS      3
#define BRISK      2
#define STUCK      (50 * 1000)

struct _SkeinWorkerPool
{
  char   *name;   /* constant */
  GFunc   func;   /* constant */
  gint64  idle;   /* constant */
  guint   cores;  /* constant */
  gboolean all;   /* constant once there is work: no thread is left alone */

  GMutex  mutex;  /* for all below */
  GCond   changed;
  GQueue  work;
  GList  *ended;  /* threads that have left their loop and are to be joined */
  guint64 numbers_taken;
  guint   most;
  guint   n_threads;
  guint   n_busy;
  guint   n_waiting;
  gint64  taken;     /* when work was taken, or came to an empty line, last; monotonic */
  gboolean crowded;  /* all threads may work, until there is no more work */
  gboolean watched;  /* one of those who wait looks after the line */
  guint   looks;     /* so many may still find idle cores before all threads may work */
  guint   n_taken;   /* pieces of work so far; wraps */
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
  self->cores = g_get_num_processors ();
  self->most = most;
  self->looks = LOOKS;
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

static guint
get_limit_locked (SkeinWorkerPool *self)
{
  return self->crowded || self->all ? self->most : MIN (self->cores + FEW_MORE, self->most);
}

static gboolean
can_take_locked (SkeinWorkerPool *self)
{
  return self->work.length > 0 && self->n_busy < get_limit_locked (self);
}

static gboolean
is_wanted_locked (SkeinWorkerPool *self)
{
  return !self->closed && self->n_threads <= self->most;
}

static void start_wanted_locked (SkeinWorkerPool *self);

static gint64
get_processor_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);

  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* Work that waits for a network leaves the cores idle, and is worth a thread each. */
static void
watch_locked (SkeinWorkerPool *self)
{
  gint64 begin = g_get_monotonic_time ();
  gint64 used = get_processor_time ();
  guint taken = self->n_taken;
  gint64 now;

  self->watched = TRUE;
  g_cond_wait_until (&self->changed, &self->mutex, begin + LOOK_EVERY);
  self->watched = FALSE;

  now = g_get_monotonic_time ();
  used = get_processor_time () - used;
  taken = self->n_taken - taken;
  if (self->work.length == 0 || now - begin < LOOK_EVERY)
    return;

  if (used >= (now - begin) * self->cores / 4)
    self->looks = LOOKS;
  else if (self->looks > 0 && taken >= BRISK * get_limit_locked (self))
    self->looks--;
  else
    self->crowded = TRUE;
  self->crowded |= now - self->taken >= STUCK;
  if (!self->crowded)
    return;

  start_wanted_locked (self);
  g_cond_broadcast (&self->changed);
}

/* Waits for work while there is none for one more worker and this one is still wanted. */
static gboolean
wait_for_work_locked (SkeinWorkerPool *self)
{
  gint64 until = g_get_monotonic_time () + self->idle;
  gboolean timed_out = FALSE;

  self->n_waiting++;
  while (!can_take_locked (self) && is_wanted_locked (self) && !timed_out)
    if (self->work.length > 0 && !self->watched)
      watch_locked (self);
    else
      timed_out = !g_cond_wait_until (&self->changed, &self->mutex, until);
  self->n_waiting--;

  return can_take_locked (self) && is_wanted_locked (self);
}

/* Calls those who could work, and one to look after the line if that is all that are allowed to. */
static void
call_workers_locked (SkeinWorkerPool *self)
{
  start_wanted_locked (self);
  if (self->n_waiting > 0 && self->work.length > 0 && (can_take_locked (self) || !self->watched))
    g_cond_signal (&self->changed);
}

static gpointer
take_locked (SkeinWorkerPool *self)
{
  gpointer work = g_queue_pop_head (&self->work);

  self->n_busy++;
  self->n_taken++;
  self->taken = g_get_monotonic_time ();
  call_workers_locked (self);

  return work;
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
      gpointer work = take_locked (self);

      g_mutex_unlock (&self->mutex);
      self->func (work, NULL);
      g_mutex_lock (&self->mutex);
      self->n_busy--;
      self->crowded &= self->n_busy > 0 || self->work.length > 0;
    }
  self->numbers_taken &= ~(G_GUINT64_CONSTANT (1) << worker->number);
  self->n_threads--;
  self->ended = g_list_prepend (self->ended, g_thread_self ());
  /* Work may have come for the one that was about to leave. */
  if (!self->closed)
    start_wanted_locked (self);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);

  g_free (worker);

  return NULL;
}

/* Where the system gives no more threads, those that there are do the work. */
static gboolean
start_worker_locked (SkeinWorkerPool *self)
{
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;
  Worker *worker = g_new0 (Worker, 1);

  worker->pool = self;
  while (worker->number < MOST_NUMBERS - 1 &&
         (self->numbers_taken & (G_GUINT64_CONSTANT (1) << worker->number)))
    worker->number++;
  self->numbers_taken |= G_GUINT64_CONSTANT (1) << worker->number;
  self->n_threads++;

  name = g_strdup_printf ("%s %u", self->name, worker->number + 1);
  if (g_thread_try_new (name, worker_thread, worker, &error) != NULL)
    return TRUE;

  self->numbers_taken &= ~(G_GUINT64_CONSTANT (1) << worker->number);
  self->n_threads--;
  g_free (worker);
  if (self->n_threads == 0)
    g_error ("Not even one worker thread: %s", error->message);

  return FALSE;
}

static void
start_wanted_locked (SkeinWorkerPool *self)
{
  guint useful = MIN (self->work.length + self->n_busy, get_limit_locked (self) + 1);
  gboolean started = TRUE;

  /* A thread that starts, or was woken and does not run yet, is not busy: it will take one. */
  while (started && self->n_threads < MIN (useful, self->most))
    started = start_worker_locked (self);
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
  if (self->work.length == 0)
    self->taken = g_get_monotonic_time ();
  g_queue_push_tail (&self->work, work);
  call_workers_locked (self);
  g_mutex_unlock (&self->mutex);
}

void
skein_worker_pool_use_all (SkeinWorkerPool *self)
{
  g_return_if_fail (self->n_threads == 0);

  self->all = TRUE;
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
