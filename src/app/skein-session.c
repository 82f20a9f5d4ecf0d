/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-session.h"

#include "skein-unfinished.h"

/* Seconds after a change: many changes come at once, and each is worth one writing together. */
#define SAVE_DELAY 2

struct _SkeinSession
{
  GObject       parent_instance;

  SkeinManager *manager;
  guint         save_source;
  gboolean      keeping;
  gboolean      saving;
  gboolean      changed;
};

enum
{
  SIGNAL_RESTORED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SkeinSession, skein_session, G_TYPE_OBJECT)

static void schedule_save (SkeinSession *self);

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(SkeinSession) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!skein_unfinished_save_finish (result, &error))
    g_debug ("The list of unfinished downloads was not written: %s", error->message);

  self->saving = FALSE;
  if (self->changed)
    schedule_save (self);
}

static gboolean
save_cb (gpointer user_data)
{
  SkeinSession *self = user_data;
  g_autoptr(GPtrArray) unfinished = skein_manager_dup_unfinished (self->manager);

  self->save_source = 0;
  self->changed = FALSE;
  self->saving = TRUE;
  skein_unfinished_save_async (unfinished, saved_cb, g_object_ref (self));

  return G_SOURCE_REMOVE;
}

static void
schedule_save (SkeinSession *self)
{
  self->changed = TRUE;
  if (self->keeping && !self->saving && self->save_source == 0)
    self->save_source = g_timeout_add_seconds (SAVE_DELAY, save_cb, self);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(SkeinSession) self = user_data;
  g_autoptr(GPtrArray) unfinished = skein_unfinished_load_finish (result);
  g_autoptr(GPtrArray) downloads = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < unfinished->len; i++)
    {
      const SkeinUnfinished *entry = unfinished->pdata[i];
      SkeinDownload *download = skein_manager_add_paused (self->manager, entry->address, entry->folder);

      if (download != NULL)
        g_ptr_array_add (downloads, g_object_ref (download));
    }

  self->keeping = TRUE;
  schedule_save (self);
  if (downloads->len > 0)
    g_signal_emit (self, signals[SIGNAL_RESTORED], 0, downloads);
}

static void
skein_session_dispose (GObject *object)
{
  SkeinSession *self = SKEIN_SESSION (object);

  g_clear_handle_id (&self->save_source, g_source_remove);
  g_clear_object (&self->manager);

  G_OBJECT_CLASS (skein_session_parent_class)->dispose (object);
}

static void
skein_session_class_init (SkeinSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = skein_session_dispose;

  signals[SIGNAL_RESTORED] =
    g_signal_new ("restored",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
}

static void
skein_session_init (SkeinSession *self)
{
}

SkeinSession *
skein_session_new (SkeinManager *manager)
{
  static const char *const changes[] = {
    "items-changed", "notify::n-waiting", "notify::n-running", "notify::n-paused",
  };
  SkeinSession *self;

  g_return_val_if_fail (SKEIN_IS_MANAGER (manager), NULL);

  self = g_object_new (SKEIN_TYPE_SESSION, NULL);
  self->manager = g_object_ref (manager);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    g_signal_connect_object (manager, changes[i], G_CALLBACK (schedule_save), self, G_CONNECT_SWAPPED);

  return self;
}

void
skein_session_restore (SkeinSession *self)
{
  g_return_if_fail (SKEIN_IS_SESSION (self));

  skein_unfinished_load_async (loaded_cb, g_object_ref (self));
}

static void
end_saved_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (skein_unfinished_save_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
skein_session_end_async (SkeinSession        *self,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GPtrArray) unfinished = NULL;

  g_return_if_fail (SKEIN_IS_SESSION (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, skein_session_end_async);

  /* Before the list of the last run was read, it must not be written over. */
  if (!self->keeping)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  self->keeping = FALSE;
  g_clear_handle_id (&self->save_source, g_source_remove);
  unfinished = skein_manager_dup_unfinished (self->manager);
  skein_unfinished_save_async (unfinished, end_saved_cb, g_steal_pointer (&task));
}

gboolean
skein_session_end_finish (SkeinSession  *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (SKEIN_IS_SESSION (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
