/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-task.h"

#include "skein-error.h"

/* A flood of results must not keep a toolkit from drawing: GTK draws at G_PRIORITY_HIGH_IDLE + 20. */
#define HOME_PRIORITY (G_PRIORITY_HIGH_IDLE + 30)

struct _SkeinTask
{
  GTask          *task;         /* touched at home alone: its last reference is dropped there */
  char           *name;         /* constant */
  SkeinTaskFunc   func;         /* constant */
  gpointer        data;         /* for func while it runs, freed at home */
  GDestroyNotify  destroy;
  GCancellable   *cancellable;  /* constant; follows outer */
  GCancellable   *outer;        /* constant, nullable */
  gulong          handler;      /* at home */

  /* Written by whoever runs it, read at home after that. */
  gboolean        succeeded;
  GError         *error;
};

static void
outer_cancelled_cb (GCancellable *outer,
                    GCancellable *cancellable)
{
  g_cancellable_cancel (cancellable);
}

SkeinTask *
skein_task_new (const char          *name,
                SkeinTaskFunc        func,
                gpointer             data,
                GDestroyNotify       destroy,
                GCancellable        *cancellable,
                GAsyncReadyCallback  callback,
                gpointer             user_data)
{
  SkeinTask *self = g_new0 (SkeinTask, 1);

  self->name = g_strdup (name);
  self->func = func;
  self->data = data;
  self->destroy = destroy;
  self->cancellable = g_cancellable_new ();
  if (cancellable != NULL)
    {
      self->outer = g_object_ref (cancellable);
      self->handler = g_cancellable_connect (cancellable, G_CALLBACK (outer_cancelled_cb),
                                             self->cancellable, NULL);
    }

  /* No source object and no cancellable: the result is the task's own, and no thread but this one
   * drops a reference to anything that lives here. */
  self->task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (self->task, skein_runner_run_async);
  g_task_set_check_cancellable (self->task, FALSE);
  g_task_set_name (self->task, "[skein] task");

  return self;
}

static void
skein_task_free (SkeinTask *self)
{
  if (self->outer != NULL)
    g_cancellable_disconnect (self->outer, self->handler);
  g_clear_object (&self->outer);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->task);
  g_clear_error (&self->error);
  g_free (self->name);
  g_free (self);
}

const char *
skein_task_get_name (SkeinTask *self)
{
  return self->name;
}

GCancellable *
skein_task_get_cancellable (SkeinTask *self)
{
  return self->cancellable;
}

void
skein_task_run (SkeinTask        *self,
                SkeinTaskContext *context)
{
  g_assert (!self->succeeded && self->error == NULL);

  if (g_cancellable_set_error_if_cancelled (self->cancellable, &self->error))
    return;

  self->succeeded = self->func (context, self->data, self->cancellable, &self->error);
  g_assert (self->succeeded == (self->error == NULL));
}

void
skein_task_preempt (SkeinTask *self)
{
  if (self->succeeded ||
      (self->error != NULL && !g_error_matches (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED)))
    return;

  g_clear_error (&self->error);
  self->error = g_error_new_literal (SKEIN_ERROR, SKEIN_ERROR_PREEMPTED, "Stopped by the runner");
}

static gboolean
home_cb (gpointer user_data)
{
  SkeinTask *self = user_data;

  if (self->destroy != NULL)
    self->destroy (self->data);

  if (self->succeeded)
    g_task_return_boolean (self->task, TRUE);
  else if (self->error != NULL)
    g_task_return_error (self->task, g_steal_pointer (&self->error));
  else
    g_task_return_new_error (self->task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The task was dropped");

  skein_task_free (self);

  return G_SOURCE_REMOVE;
}

void
skein_task_send_home (SkeinTask *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, HOME_PRIORITY);
  g_source_set_callback (source, home_cb, self, NULL);
  g_source_set_static_name (source, "[skein] task result");
  g_source_attach (source, g_task_get_context (self->task));
}
