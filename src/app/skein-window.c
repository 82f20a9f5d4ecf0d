/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-window.h"

#include <glib/gi18n-lib.h>

#include "skein-describe.h"
#include "skein-drop.h"
#include "skein-window-private.h"

enum
{
  SIGNAL_STOP,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SkeinWindow, skein_window, ADW_TYPE_APPLICATION_WINDOW)

static void
items_changed_cb (SkeinWindow *self)
{
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->services->manager)) == 0;

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "list");
}

static void
rate_changed_cb (SkeinWindow *self)
{
  guint64 rate = skein_manager_get_rate (self->services->manager);
  g_autofree char *amount = NULL;
  g_autofree char *text = NULL;

  if (rate > 0)
    {
      amount = skein_describe_rate (rate);
      /* Translators: an arrow for "received", then "52 MB/s". */
      text = g_strdup_printf (_("↓ %s"), amount);
    }

  gtk_label_set_label (self->rate, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->rate), text != NULL);
}

static void
show_freeze_message (SkeinWindow *self,
                     const char  *message)
{
  gtk_label_set_label (self->freeze_label, message != NULL ? message : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->freeze_notice),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, message != NULL ? message : "",
                                  -1);
  gtk_widget_set_visible (self->freeze_notice, message != NULL);
}

static void
freeze_message_cb (SkeinWindow *self)
{
  show_freeze_message (self, skein_freeze_get_message (self->freeze));
}

/* Of the other page, which freezes the same window. */
static void
compare_freeze_cb (SkeinWindow *self,
                   const char  *message)
{
  show_freeze_message (self, message);
}

static void
freeze_nothing_waiting_cb (SkeinWindow *self)
{
  g_autoptr(GPtrArray) again = g_steal_pointer (&self->again);

  if (again != NULL)
    skein_window_run_command (self, SKEIN_COMMAND_DOWNLOAD_AGAIN, again);
  else
    skein_window_toast (self, _("Nothing is waiting. Use Download Again to see the difference."));
}

static void
freeze_thawed_cb (SkeinWindow *self)
{
  g_autoptr(GPtrArray) again = g_steal_pointer (&self->again);

  if (again != NULL)
    skein_window_run_command (self, SKEIN_COMMAND_DOWNLOAD_AGAIN, again);
}

/* Somebody who thought better of it does not want the rest either. */
static void
freeze_active_cb (SkeinWindow *self)
{
  if (!skein_freeze_get_active (self->freeze))
    g_clear_pointer (&self->again, g_ptr_array_unref);
}

static void
freeze_dismissed_cb (SkeinWindow *self)
{
  skein_freeze_dismiss_message (self->freeze);
  show_freeze_message (self, NULL);
}

static void
unfinished_dismissed_cb (SkeinWindow *self)
{
  skein_window_dismiss_unfinished (self);
}

static void
practice_changed_cb (SkeinWindow *self)
{
  if (skein_practice_link_get_error (self->services->practice) != NULL)
    skein_window_toast (self, _("The practice server could not be started."));
}

static void
intake_taken_cb (SkeinWindow *self,
                 SkeinAdded  *added)
{
  if (added->added > 0)
    skein_download_list_reveal_last (self->list, added->added);
  skein_window_toast_added (self, added);
}

static void
intake_failed_cb (SkeinWindow *self,
                  GError      *error)
{
  skein_window_toast (self, error->message);
}

static void
batch_ended_cb (SkeinWindow *self,
                guint        finished,
                guint        failed,
                gint64       microseconds)
{
  gint64 frozen = skein_freeze_get_frozen_in_batch (self->freeze);
  g_autofree char *done = skein_batch_describe (self->batch, finished, failed, microseconds);
  g_autofree char *answer = NULL;
  g_autofree char *text = NULL;

  skein_freeze_reset_batch (self->freeze);
  if (finished == 0)
    {
      skein_window_toast (self, done);
      return;
    }

  if (frozen > 0)
    {
      g_autofree char *duration = skein_describe_duration (frozen);

      answer = g_strdup_printf (_("The window was frozen for %s."), duration);
    }
  else
    {
      answer = g_strdup (_("The window always answered."));
    }

  /* Translators: two sentences, one after the other. */
  text = g_strdup_printf (_("%s %s"), done, answer);
  skein_window_toast_batch (self, text, skein_batch_dup_finished (self->batch), frozen > 0);
}

static void
list_command_cb (SkeinDownloadList *list,
                 int                command,
                 GPtrArray         *downloads,
                 SkeinWindow       *self)
{
  skein_window_run_command (self, (SkeinCommand) command, downloads);
}

static void
list_selection_changed_cb (SkeinWindow *self)
{
  skein_window_update_actions (self);
}

static void
connect_services (SkeinWindow *self)
{
  SkeinServices *services = self->services;

  g_signal_connect_object (services->manager, "items-changed",
                           G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (services->manager, "notify::rate",
                           G_CALLBACK (rate_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (services->practice, "changed",
                           G_CALLBACK (practice_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (services->intake, "taken",
                           G_CALLBACK (intake_taken_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (services->intake, "failed",
                           G_CALLBACK (intake_failed_cb), self, G_CONNECT_SWAPPED);
}

static void
connect_freeze (SkeinWindow *self)
{
  SkeinServices *services = self->services;

  self->freeze = skein_freeze_new (GTK_WINDOW (self), services->manager, services->threads,
                                   services->hosts, services->settings);
  g_signal_connect_object (self->freeze, "notify::message",
                           G_CALLBACK (freeze_message_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->freeze, "nothing-waiting",
                           G_CALLBACK (freeze_nothing_waiting_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->freeze, "thawed",
                           G_CALLBACK (freeze_thawed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->freeze, "notify::active",
                           G_CALLBACK (freeze_active_cb), self, G_CONNECT_SWAPPED);
  skein_answering_strip_set_heartbeat (self->strip, skein_freeze_get_heartbeat (self->freeze));

  self->batch = skein_batch_new (services->manager);
  g_signal_connect_object (self->batch, "ended",
                           G_CALLBACK (batch_ended_cb), self, G_CONNECT_SWAPPED);
}

static void
bind_size (SkeinWindow *self)
{
  GSettings *settings = self->services->settings;

  g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
}

static void
skein_window_dispose (GObject *object)
{
  SkeinWindow *self = SKEIN_WINDOW (object);

  if (self->freeze != NULL)
    {
      g_action_map_remove_action (G_ACTION_MAP (self), "without-threads");
      g_action_map_remove_action (G_ACTION_MAP (self), "page");
      skein_answering_strip_set_heartbeat (self->strip, NULL);
      g_object_run_dispose (G_OBJECT (self->freeze));
    }
  g_clear_object (&self->freeze);
  g_clear_object (&self->batch);
  g_clear_pointer (&self->unfinished, g_ptr_array_unref);
  g_clear_pointer (&self->again, g_ptr_array_unref);
  g_clear_weak_pointer (&self->batch_toast);
  if (self->list != NULL)
    skein_download_list_set_model (self->list, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), SKEIN_TYPE_WINDOW);
  g_clear_pointer (&self->services, skein_services_unref);

  G_OBJECT_CLASS (skein_window_parent_class)->dispose (object);
}

static void
add_bindings (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint            key;
    GdkModifierType  modifiers;
    const char      *action;
  } bindings[] = {
    { GDK_KEY_Insert, GDK_SHIFT_MASK, "win.paste" },
    { GDK_KEY_v, GDK_CONTROL_MASK, "win.paste" },
    { GDK_KEY_KP_Delete, 0, "win.remove" },
    { GDK_KEY_Delete, 0, "win.remove" },
    { GDK_KEY_Escape, 0, "win.with-threads" },
  };

  /* Bindings of the class come after those of the widget with the focus: in a text field Ctrl+V stays a paste. */
  for (gsize i = 0; i < G_N_ELEMENTS (bindings); i++)
    gtk_widget_class_add_binding_action (widget_class, bindings[i].key, bindings[i].modifiers,
                                         bindings[i].action, NULL);
}

static void
skein_window_class_init (SkeinWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkWindowClass *window_class = GTK_WINDOW_CLASS (klass);

  object_class->dispose = skein_window_dispose;
  window_class->close_request = skein_window_close_request;

  signals[SIGNAL_STOP] =
    g_signal_new ("stop",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  g_type_ensure (SKEIN_TYPE_DOWNLOAD_LIST);
  g_type_ensure (SKEIN_TYPE_ANSWERING_STRIP);
  g_type_ensure (SKEIN_TYPE_COMPARE_PAGE);
  add_bindings (widget_class);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/skein/Skein/skein-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SkeinWindow, overlay);
  gtk_widget_class_bind_template_child (widget_class, SkeinWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, SkeinWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, SkeinWindow, compare);
  gtk_widget_class_bind_template_child (widget_class, SkeinWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, SkeinWindow, list);
  gtk_widget_class_bind_template_child (widget_class, SkeinWindow, freeze_notice);
  gtk_widget_class_bind_template_child (widget_class, SkeinWindow, freeze_label);
  gtk_widget_class_bind_template_child (widget_class, SkeinWindow, unfinished_notice);
  gtk_widget_class_bind_template_child (widget_class, SkeinWindow, unfinished_label);
  gtk_widget_class_bind_template_child (widget_class, SkeinWindow, strip);
  gtk_widget_class_bind_template_child (widget_class, SkeinWindow, rate);
  gtk_widget_class_bind_template_callback (widget_class, freeze_dismissed_cb);
  gtk_widget_class_bind_template_callback (widget_class, compare_freeze_cb);
  gtk_widget_class_bind_template_callback (widget_class, unfinished_dismissed_cb);
  gtk_widget_class_bind_template_callback (widget_class, list_command_cb);
  gtk_widget_class_bind_template_callback (widget_class, list_selection_changed_cb);
}

static void
skein_window_init (SkeinWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

SkeinWindow *
skein_window_new (GtkApplication *application,
                  SkeinServices  *services)
{
  SkeinWindow *self;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (services != NULL, NULL);

  self = g_object_new (SKEIN_TYPE_WINDOW, "application", application, NULL);
  self->services = skein_services_ref (services);
  skein_compare_page_set_services (self->compare, services);

  bind_size (self);
  connect_services (self);
  connect_freeze (self);
  skein_window_add_actions (self);
  skein_drop_attach (self->overlay, services->intake);

  skein_download_list_set_model (self->list, G_LIST_MODEL (services->manager));
  items_changed_cb (self);
  rate_changed_cb (self);
  freeze_message_cb (self);

  return self;
}

static void
active_cb (SkeinWindow *self)
{
  if (!gtk_window_is_active (GTK_WINDOW (self)))
    return;

  g_clear_signal_handler (&self->paste_handler, self);
  skein_intake_paste (self->services->intake, gtk_widget_get_clipboard (GTK_WIDGET (self)));
}

void
skein_window_paste (SkeinWindow *self)
{
  g_return_if_fail (SKEIN_IS_WINDOW (self));

  if (self->paste_handler == 0)
    self->paste_handler = g_signal_connect (self, "notify::is-active", G_CALLBACK (active_cb), NULL);
  active_cb (self);
}

void
skein_window_offer_unfinished (SkeinWindow *self,
                               GPtrArray   *downloads)
{
  g_autofree char *text = NULL;

  g_return_if_fail (SKEIN_IS_WINDOW (self));
  g_return_if_fail (downloads != NULL);

  text = g_strdup_printf (ngettext ("%u download was unfinished.", "%u downloads were unfinished.",
                                    downloads->len),
                          downloads->len);
  gtk_label_set_label (self->unfinished_label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->unfinished_notice),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  -1);

  g_clear_pointer (&self->unfinished, g_ptr_array_unref);
  self->unfinished = g_ptr_array_ref (downloads);
  gtk_widget_set_visible (self->unfinished_notice, TRUE);
}

void
skein_window_dismiss_unfinished (SkeinWindow *self)
{
  g_return_if_fail (SKEIN_IS_WINDOW (self));

  g_clear_pointer (&self->unfinished, g_ptr_array_unref);
  gtk_widget_set_visible (self->unfinished_notice, FALSE);
}
