/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-unfinished-saver.h"

#include "skein-unfinished.h"

struct _SkeinUnfinishedSaver
{
  GObject                   parent_instance;

  SkeinManager             *manager;
  SkeinUnfinishedSaverFunc  func;
  gpointer                  user_data;
  gboolean                  running;
  gboolean                  again;
  gboolean                  asked;
  gboolean                  outdated;  /* something waits that did not wait at the last save */
  gboolean                  on_disk;   /* there is a list, from us */
  guint                     n_waiting;
};

G_DEFINE_FINAL_TYPE (SkeinUnfinishedSaver, skein_unfinished_saver, G_TYPE_OBJECT)

static void start (SkeinUnfinishedSaver *self);

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SkeinUnfinishedSaver) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean good = skein_unfinished_save_finish (result, &error);

  self->running = FALSE;
  if (!good)
    {
      self->outdated = TRUE;
      g_message ("The list of unfinished downloads could not be saved: %s", error->message);
    }
  if (self->manager == NULL)
    return;
  if (self->again)
    {
      start (self);
      return;
    }
  if (!self->asked)
    return;
  self->asked = FALSE;
  self->func (good, self->user_data);
}

static void
start (SkeinUnfinishedSaver *self)
{
  g_autoptr (GPtrArray) unfinished = NULL;

  /* One at a time: what is told must be about the latest list. */
  self->again = self->running;
  if (self->running)
    return;
  unfinished = skein_manager_dup_unfinished (self->manager);
  self->running = TRUE;
  self->outdated = FALSE;
  self->on_disk = unfinished->len > 0;
  skein_unfinished_save_async (unfinished, saved_cb, g_object_ref (self));
}

static void
n_waiting_cb (SkeinUnfinishedSaver *self)
{
  guint n_waiting = skein_manager_get_n_waiting (self->manager);

  if (n_waiting > self->n_waiting)
    self->outdated = TRUE;
  self->n_waiting = n_waiting;
}

static void
batch_ended_cb (SkeinUnfinishedSaver *self)
{
  if (self->on_disk)
    start (self);
}

SkeinUnfinishedSaver *
skein_unfinished_saver_new (SkeinManager             *manager,
                            SkeinUnfinishedSaverFunc  func,
                            gpointer                  user_data)
{
  SkeinUnfinishedSaver *self;

  g_return_val_if_fail (SKEIN_IS_MANAGER (manager), NULL);
  g_return_val_if_fail (func != NULL, NULL);

  self = g_object_new (SKEIN_TYPE_UNFINISHED_SAVER, NULL);
  self->manager = g_object_ref (manager);
  self->func = func;
  self->user_data = user_data;
  self->outdated = TRUE;
  self->n_waiting = skein_manager_get_n_waiting (manager);
  g_signal_connect_swapped (manager, "notify::n-waiting", G_CALLBACK (n_waiting_cb), self);
  g_signal_connect_swapped (manager, "batch-ended", G_CALLBACK (batch_ended_cb), self);
  return self;
}

gboolean
skein_unfinished_saver_is_current (SkeinUnfinishedSaver *self)
{
  g_return_val_if_fail (SKEIN_IS_UNFINISHED_SAVER (self), FALSE);

  return !self->outdated && !self->running;
}

void
skein_unfinished_saver_save (SkeinUnfinishedSaver *self)
{
  g_return_if_fail (SKEIN_IS_UNFINISHED_SAVER (self));
  g_return_if_fail (self->manager != NULL);

  self->asked = TRUE;
  start (self);
}

void
skein_unfinished_saver_disconnect (SkeinUnfinishedSaver *self)
{
  g_return_if_fail (SKEIN_IS_UNFINISHED_SAVER (self));

  if (self->manager != NULL)
    g_signal_handlers_disconnect_by_data (self->manager, self);
  g_clear_object (&self->manager);
}

static void
skein_unfinished_saver_dispose (GObject *object)
{
  skein_unfinished_saver_disconnect (SKEIN_UNFINISHED_SAVER (object));

  G_OBJECT_CLASS (skein_unfinished_saver_parent_class)->dispose (object);
}

static void
skein_unfinished_saver_class_init (SkeinUnfinishedSaverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = skein_unfinished_saver_dispose;
}

static void
skein_unfinished_saver_init (SkeinUnfinishedSaver *self)
{
}
