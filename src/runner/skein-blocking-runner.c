/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-blocking-runner.h"

#include "skein-freeze-limit.h"
#include "skein-task.h"

struct _SkeinBlockingRunner
{
  GObject                   parent_instance;

  SkeinHostTable           *hosts;
  GQueue                    waiting;  /* of SkeinTask */
  GSource                  *next;     /* asks for the task at the head */
  gboolean                  asked;    /* the prepare function was called for the head */
  gboolean                  blocked;
  SkeinBlockingPrepareFunc  prepare;
  gpointer                  prepare_data;
  gint64                    longest;
};

enum
{
  FROZEN,
  THAWED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void skein_blocking_runner_iface_init (SkeinRunnerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SkeinBlockingRunner, skein_blocking_runner, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SKEIN_TYPE_RUNNER,
                                                      skein_blocking_runner_iface_init))

static void
blocking_enter (SkeinTaskContext *context,
                SkeinOperation    operation)
{
  /* One task at a time: nothing to wait for. */
}

static void
blocking_stamp (SkeinTaskContext *context,
                SkeinOperation    operation,
                gint64            begin,
                gint64            end)
{
  /* Nobody keeps a timeline of these tasks. */
}

static gboolean
blocking_spawn_helper (SkeinTaskContext *context,
                       GThreadFunc       func,
                       gpointer          data)
{
  return FALSE;
}

static const SkeinTaskContextFuncs blocking_funcs = {
  .enter = blocking_enter,
  .leave = blocking_enter,
  .stamp = blocking_stamp,
  .spawn_helper = blocking_spawn_helper,
};

static gboolean
next_cb (gpointer user_data)
{
  SkeinBlockingRunner *self = user_data;
  SkeinTask *task = g_queue_peek_head (&self->waiting);

  g_clear_pointer (&self->next, g_source_unref);
  self->asked = TRUE;

  if (self->prepare != NULL)
    self->prepare (self, skein_task_get_name (task), self->prepare_data);
  else
    skein_blocking_runner_proceed (self);

  return G_SOURCE_REMOVE;
}

static void
ask_for_next (SkeinBlockingRunner *self)
{
  if (self->next != NULL || self->asked || self->blocked || self->waiting.length == 0)
    return;

  self->next = g_idle_source_new ();
  g_source_set_callback (self->next, next_cb, self, NULL);
  g_source_set_static_name (self->next, "[skein] next blocking task");
  g_source_attach (self->next, g_main_context_get_thread_default ());
}

static void
run_blocking (SkeinBlockingRunner *self,
              SkeinTask           *task)
{
  SkeinTaskContext context = { .funcs = &blocking_funcs, .hosts = self->hosts };
  SkeinFreezeLimit *limit;
  gboolean preempted;
  gint64 begin;

  self->blocked = TRUE;
  g_signal_emit (self, signals[FROZEN], 0, skein_task_get_name (task));

  begin = g_get_monotonic_time ();
  limit = skein_freeze_limit_start (skein_task_get_cancellable (task), self->longest);
  skein_task_run (task, &context);
  preempted = skein_freeze_limit_stop (limit);
  if (preempted)
    skein_task_preempt (task);

  self->blocked = FALSE;
  g_signal_emit (self, signals[THAWED], 0, g_get_monotonic_time () - begin, preempted);
}

void
skein_blocking_runner_proceed (SkeinBlockingRunner *self)
{
  g_autoptr (SkeinBlockingRunner) keep = NULL;
  SkeinTask *task;

  g_return_if_fail (SKEIN_IS_BLOCKING_RUNNER (self));
  g_return_if_fail (!self->blocked);

  if (!self->asked)
    return;

  keep = g_object_ref (self);
  self->asked = FALSE;
  task = g_queue_pop_head (&self->waiting);
  run_blocking (self, task);
  skein_task_send_home (task);
  ask_for_next (self);
}

static void
drop_waiting (SkeinBlockingRunner *self,
              gboolean             preempt)
{
  SkeinTask *task;

  if (self->next != NULL)
    g_source_destroy (self->next);
  g_clear_pointer (&self->next, g_source_unref);
  self->asked = FALSE;

  while ((task = g_queue_pop_head (&self->waiting)) != NULL)
    {
      if (preempt)
        skein_task_preempt (task);
      skein_task_send_home (task);
    }
}

void
skein_blocking_runner_preempt (SkeinBlockingRunner *self)
{
  g_return_if_fail (SKEIN_IS_BLOCKING_RUNNER (self));

  drop_waiting (self, TRUE);
}

static void
skein_blocking_runner_run_async (SkeinRunner         *runner,
                                 const char          *name,
                                 SkeinTaskFunc        func,
                                 gpointer             data,
                                 GDestroyNotify       destroy,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  SkeinBlockingRunner *self = SKEIN_BLOCKING_RUNNER (runner);

  g_queue_push_tail (&self->waiting,
                     skein_task_new (name, func, data, destroy, cancellable, callback, user_data));
  ask_for_next (self);
}

static guint
skein_blocking_runner_get_capacity (SkeinRunner *runner)
{
  return 1;
}

static void
skein_blocking_runner_shutdown (SkeinRunner *runner)
{
  drop_waiting (SKEIN_BLOCKING_RUNNER (runner), FALSE);
}

static void
skein_blocking_runner_finalize (GObject *object)
{
  SkeinBlockingRunner *self = SKEIN_BLOCKING_RUNNER (object);

  drop_waiting (self, FALSE);
  skein_host_table_unref (self->hosts);

  G_OBJECT_CLASS (skein_blocking_runner_parent_class)->finalize (object);
}

static void
skein_blocking_runner_class_init (SkeinBlockingRunnerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = skein_blocking_runner_finalize;

  signals[FROZEN] = g_signal_new ("frozen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[THAWED] = g_signal_new ("thawed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_BOOLEAN);
}

static void
skein_blocking_runner_init (SkeinBlockingRunner *self)
{
  g_queue_init (&self->waiting);
}

static void
skein_blocking_runner_iface_init (SkeinRunnerInterface *iface)
{
  iface->run_async = skein_blocking_runner_run_async;
  iface->get_capacity = skein_blocking_runner_get_capacity;
  iface->shutdown = skein_blocking_runner_shutdown;
}

SkeinRunner *
skein_blocking_runner_new (SkeinHostTable *hosts)
{
  SkeinBlockingRunner *self = g_object_new (SKEIN_TYPE_BLOCKING_RUNNER, NULL);

  self->hosts = skein_host_table_ref (hosts);

  return SKEIN_RUNNER (self);
}

void
skein_blocking_runner_set_prepare (SkeinBlockingRunner      *self,
                                   SkeinBlockingPrepareFunc  prepare,
                                   gpointer                  user_data)
{
  g_return_if_fail (SKEIN_IS_BLOCKING_RUNNER (self));

  self->prepare = prepare;
  self->prepare_data = user_data;
}

void
skein_blocking_runner_set_longest (SkeinBlockingRunner *self,
                                   gint64               longest)
{
  g_return_if_fail (SKEIN_IS_BLOCKING_RUNNER (self));
  g_return_if_fail (longest >= 0);

  self->longest = longest;
}
