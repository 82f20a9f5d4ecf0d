/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-threads-runner.h"


#include "skein-copy-gate.h"
#include "skein-one-lock.h"
#include "skein-task.h"
#include "skein-worker-pool.h"

/* Long enough to keep connections between two downloads, short enough that an idle program has
 * neither threads nor sockets. */
#define IDLE_TIME (5 * G_USEC_PER_SEC)

struct _SkeinThreadsRunner
{
  GObject          parent_instance;

  SkeinWorkerPool *pool;     /* thread-safe */
  SkeinCopyGate   *gate;     /* thread-safe */
  SkeinOneLock    *lock;     /* nullable: in place of the gate; thread-safe */
  SkeinHostTable  *hosts;    /* thread-safe */
  guint            workers;  /* owner's thread */
  gboolean         closed;   /* owner's thread */
};

typedef struct
{
  SkeinTaskContext  base;
  SkeinCopyGate    *gate;     /* lives as long as the runner, which outlives its tasks */
  SkeinOneLock     *lock;     /* the same */
  GSList           *helpers;  /* of GThread; the thread that runs the task */
} ThreadsContext;

typedef struct
{
  SkeinThreadsRunner *runner;  /* not a reference: shutdown waits for the work */
  SkeinTask          *task;
} Work;

static void skein_threads_runner_iface_init (SkeinRunnerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SkeinThreadsRunner, skein_threads_runner, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SKEIN_TYPE_RUNNER,
                                                      skein_threads_runner_iface_init))

static gboolean
copies (SkeinOperation operation)
{
  return operation == SKEIN_OPERATION_RECEIVE ||
         operation == SKEIN_OPERATION_WRITE ||
         operation == SKEIN_OPERATION_HASH;
}

static void
threads_enter (SkeinTaskContext *context,
               SkeinOperation    operation)
{
  if (copies (operation))
    skein_copy_gate_enter (((ThreadsContext *) context)->gate);
}

static void
threads_leave (SkeinTaskContext *context,
               SkeinOperation    operation)
{
  if (copies (operation))
    skein_copy_gate_leave (((ThreadsContext *) context)->gate);
}

static void
threads_stamp (SkeinTaskContext *context,
               SkeinOperation    operation,
               gint64            begin,
               gint64            end)
{
  /* Nobody keeps a timeline of these tasks. */
}

static gboolean
threads_spawn_helper (SkeinTaskContext *context,
                      GThreadFunc       func,
                      gpointer          data)
{
  ThreadsContext *self = (ThreadsContext *) context;
  GThread *thread = g_thread_try_new ("skein helper", func, data, NULL);

  if (thread == NULL)
    return FALSE;

  self->helpers = g_slist_prepend (self->helpers, thread);

  return TRUE;
}

static const SkeinTaskContextFuncs threads_funcs = {
  .enter = threads_enter,
  .leave = threads_leave,
  .stamp = threads_stamp,
  .spawn_helper = threads_spawn_helper,
};

static gboolean
needs_lock (SkeinOperation operation)
{
  return operation == SKEIN_OPERATION_RECEIVE ||
         operation == SKEIN_OPERATION_HASH ||
         operation == SKEIN_OPERATION_COMPUTE;
}

static void
one_lock_enter (SkeinTaskContext *context,
                SkeinOperation    operation)
{
  if (needs_lock (operation))
    skein_one_lock_acquire (((ThreadsContext *) context)->lock);
}

static void
one_lock_leave (SkeinTaskContext *context,
                SkeinOperation    operation)
{
  if (needs_lock (operation))
    skein_one_lock_release (((ThreadsContext *) context)->lock);
}

static void
one_lock_checkpoint (SkeinTaskContext *context)
{
  skein_one_lock_checkpoint (((ThreadsContext *) context)->lock);
}

static const SkeinTaskContextFuncs one_lock_funcs = {
  .enter = one_lock_enter,
  .leave = one_lock_leave,
  .stamp = threads_stamp,
  .spawn_helper = threads_spawn_helper,
  .checkpoint = one_lock_checkpoint,
};

static void
join_helper (gpointer thread)
{
  g_thread_join (thread);
}

static void
work_func (gpointer data,
           gpointer user_data)
{
  Work *work = data;
  ThreadsContext context = {
    .base = {
      .funcs = work->runner->lock != NULL ? &one_lock_funcs : &threads_funcs,
      .hosts = work->runner->hosts,
    },
    .gate = work->runner->gate,
    .lock = work->runner->lock,
  };

  skein_task_run (work->task, &context.base);
  /* They have done their work; what they had of their own goes with the thread, and before the program does. */
  g_slist_free_full (context.helpers, join_helper);
  skein_task_send_home (work->task);
  g_free (work);
}

static void
skein_threads_runner_run_async (SkeinRunner         *runner,
                                const char          *name,
                                SkeinTaskFunc        func,
                                gpointer             data,
                                GDestroyNotify       destroy,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  SkeinThreadsRunner *self = SKEIN_THREADS_RUNNER (runner);
  Work *work;

  g_return_if_fail (!self->closed);

  work = g_new0 (Work, 1);
  work->runner = self;
  work->task = skein_task_new (name, func, data, destroy, cancellable, callback, user_data);
  skein_worker_pool_push (self->pool, work);
}

static guint
skein_threads_runner_get_capacity (SkeinRunner *runner)
{
  return SKEIN_THREADS_RUNNER (runner)->workers;
}

static void
drop_work (gpointer data)
{
  Work *work = data;

  skein_task_send_home (work->task);
  g_free (work);
}

static void
skein_threads_runner_shutdown (SkeinRunner *runner)
{
  SkeinThreadsRunner *self = SKEIN_THREADS_RUNNER (runner);

  if (self->closed)
    return;

  self->closed = TRUE;
  g_list_free_full (skein_worker_pool_shut_down (self->pool), drop_work);
}

static void
skein_threads_runner_finalize (GObject *object)
{
  SkeinThreadsRunner *self = SKEIN_THREADS_RUNNER (object);

  skein_threads_runner_shutdown (SKEIN_RUNNER (self));
  skein_worker_pool_free (self->pool);
  skein_copy_gate_free (self->gate);
  g_clear_pointer (&self->lock, skein_one_lock_free);
  skein_host_table_unref (self->hosts);

  G_OBJECT_CLASS (skein_threads_runner_parent_class)->finalize (object);
}

static void
skein_threads_runner_class_init (SkeinThreadsRunnerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = skein_threads_runner_finalize;
}

static void
skein_threads_runner_init (SkeinThreadsRunner *self)
{
  self->gate = skein_copy_gate_new (g_get_num_processors ());
}

static void
skein_threads_runner_iface_init (SkeinRunnerInterface *iface)
{
  iface->run_async = skein_threads_runner_run_async;
  iface->get_capacity = skein_threads_runner_get_capacity;
  iface->shutdown = skein_threads_runner_shutdown;
}

SkeinRunner *
skein_threads_runner_new (guint           workers,
                          SkeinHostTable *hosts)
{
  SkeinThreadsRunner *self;

  g_return_val_if_fail (workers >= 1 && workers <= SKEIN_WORKERS_MAX, NULL);

  self = g_object_new (SKEIN_TYPE_THREADS_RUNNER, NULL);
  self->workers = workers;
  self->hosts = skein_host_table_ref (hosts);
  self->pool = skein_worker_pool_new ("skein work", workers, work_func, IDLE_TIME);

  return SKEIN_RUNNER (self);
}

SkeinRunner *
skein_threads_runner_new_with_one_lock (guint           workers,
                                        SkeinHostTable *hosts)
{
  SkeinRunner *self = skein_threads_runner_new (workers, hosts);

  if (self != NULL)
    SKEIN_THREADS_RUNNER (self)->lock = skein_one_lock_new (SKEIN_ONE_LOCK_INTERVAL);

  return self;
}

void
skein_threads_runner_use_all (SkeinThreadsRunner *self)
{
  g_return_if_fail (SKEIN_IS_THREADS_RUNNER (self));

  skein_worker_pool_use_all (self->pool);
}

void
skein_threads_runner_set_workers (SkeinThreadsRunner *self,
                                  guint               workers)
{
  g_return_if_fail (SKEIN_IS_THREADS_RUNNER (self));
  g_return_if_fail (workers >= 1 && workers <= SKEIN_WORKERS_MAX);

  self->workers = workers;
  skein_worker_pool_set_most (self->pool, workers);
}
