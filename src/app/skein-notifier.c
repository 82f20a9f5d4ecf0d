/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-notifier.h"

#include <glib/gi18n-lib.h>

#define NOTIFICATION_CONTINUES "continues"
#define NOTIFICATION_ENDED     "ended"

struct _SkeinNotifier
{
  GObject        parent_instance;

  GApplication  *application;
  SkeinManager  *manager;
  GSignalGroup  *window_signals;
  char          *last_name;
};

G_DEFINE_FINAL_TYPE (SkeinNotifier, skein_notifier, G_TYPE_OBJECT)

static void
visible_cb (SkeinNotifier *self,
            GParamSpec    *pspec,
            GtkWidget     *window)
{
  guint running = skein_manager_get_n_running (self->manager) + skein_manager_get_n_waiting (self->manager)
                  + skein_manager_get_n_delayed (self->manager);
  g_autoptr(GNotification) notification = NULL;
  g_autofree char *title = NULL;

  if (gtk_widget_get_visible (window) || running == 0)
    {
      g_application_withdraw_notification (self->application, NOTIFICATION_CONTINUES);
      return;
    }

  title = g_strdup_printf (ngettext ("%u download continues", "%u downloads continue", running), running);
  notification = g_notification_new (title);
  g_notification_set_body (notification, _("Skein goes on in the background."));
  g_notification_set_default_action (notification, "app.show");
  g_notification_add_button (notification, _("Show"), "app.show");
  g_notification_add_button (notification, _("Stop"), "app.stop");
  g_application_send_notification (self->application, NOTIFICATION_CONTINUES, notification);
}

static void
is_active_cb (SkeinNotifier *self,
              GParamSpec    *pspec,
              GtkWindow     *window)
{
  if (gtk_window_is_active (window))
    g_application_withdraw_notification (self->application, NOTIFICATION_ENDED);
}

static void
download_ended_cb (SkeinNotifier *self,
                   SkeinDownload *download)
{
  g_free (self->last_name);
  self->last_name = g_strdup (skein_download_get_name (download));
}

static char *
describe_end (SkeinNotifier *self,
              guint          finished,
              guint          failed)
{
  if (failed == 0 && finished == 1 && self->last_name != NULL)
    return g_strdup_printf (_("“%s” finished"), self->last_name);
  if (failed == 0)
    return g_strdup_printf (ngettext ("%u download finished", "%u downloads finished", finished), finished);
  if (finished == 0)
    return g_strdup_printf (ngettext ("%u download failed", "%u downloads failed", failed), failed);

  return g_strdup_printf (ngettext ("%u download finished, %u failed", "%u downloads finished, %u failed",
                                    finished),
                          finished, failed);
}

/* A dialog of the window is looked at as much as the window itself. */
static gboolean
is_looked_at (SkeinNotifier *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self->application));

  for (; windows != NULL; windows = windows->next)
    {
      if (gtk_window_is_active (windows->data))
        return TRUE;
    }

  return FALSE;
}

static void
batch_ended_cb (SkeinNotifier *self,
                guint          finished,
                guint          failed,
                gint64         microseconds)
{
  g_autoptr(GNotification) notification = NULL;
  g_autofree char *title = NULL;

  g_application_withdraw_notification (self->application, NOTIFICATION_CONTINUES);
  if (is_looked_at (self))
    return;

  title = describe_end (self, finished, failed);
  notification = g_notification_new (title);
  g_notification_set_default_action (notification, "app.show");
  g_application_send_notification (self->application, NOTIFICATION_ENDED, notification);
}

static void
skein_notifier_dispose (GObject *object)
{
  SkeinNotifier *self = SKEIN_NOTIFIER (object);

  g_clear_object (&self->window_signals);
  g_clear_object (&self->manager);
  g_clear_pointer (&self->last_name, g_free);

  G_OBJECT_CLASS (skein_notifier_parent_class)->dispose (object);
}

static void
skein_notifier_class_init (SkeinNotifierClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = skein_notifier_dispose;
}

static void
skein_notifier_init (SkeinNotifier *self)
{
  self->window_signals = g_signal_group_new (GTK_TYPE_WINDOW);
  g_signal_group_connect_swapped (self->window_signals, "notify::visible", G_CALLBACK (visible_cb), self);
  g_signal_group_connect_swapped (self->window_signals, "notify::is-active", G_CALLBACK (is_active_cb), self);
}

SkeinNotifier *
skein_notifier_new (GApplication *application,
                    SkeinManager *manager)
{
  SkeinNotifier *self;

  g_return_val_if_fail (G_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (SKEIN_IS_MANAGER (manager), NULL);

  self = g_object_new (SKEIN_TYPE_NOTIFIER, NULL);
  self->application = application;
  self->manager = g_object_ref (manager);
  g_signal_connect_object (manager, "download-ended",
                           G_CALLBACK (download_ended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "batch-ended",
                           G_CALLBACK (batch_ended_cb), self, G_CONNECT_SWAPPED);

  return self;
}

void
skein_notifier_set_window (SkeinNotifier *self,
                           GtkWindow     *window)
{
  g_return_if_fail (SKEIN_IS_NOTIFIER (self));
  g_return_if_fail (window == NULL || GTK_IS_WINDOW (window));

  g_signal_group_set_target (self->window_signals, window);
}

void
skein_notifier_end (SkeinNotifier *self)
{
  g_return_if_fail (SKEIN_IS_NOTIFIER (self));

  g_signal_group_set_target (self->window_signals, NULL);
  g_signal_handlers_disconnect_by_data (self->manager, self);
  g_application_withdraw_notification (self->application, NOTIFICATION_CONTINUES);
}
