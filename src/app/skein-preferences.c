/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-preferences.h"

#include <glib/gi18n-lib.h>

#include "skein-folder-chooser.h"

static const char *const on_close_values[] = { "ask", "keep", "stop" };
static const int longest_freeze_values[] = { 4, 20, 0 };

struct _SkeinPreferences
{
  AdwPreferencesWindow  parent_instance;

  GtkAdjustment        *at_once;
  GtkAdjustment        *per_host;
  GtkAdjustment        *tries;
  AdwActionRow         *folder_row;
  GtkWidget            *folder_reset;
  AdwComboRow          *on_close;
  AdwComboRow          *longest_freeze;

  GSettings            *settings;
};

G_DEFINE_FINAL_TYPE (SkeinPreferences, skein_preferences, ADW_TYPE_PREFERENCES_WINDOW)

static void
show_folder (SkeinPreferences *self)
{
  g_autofree char *folder = g_settings_get_string (self->settings, "folder");
  gboolean chosen = *folder != '\0';
  g_autofree char *label = chosen ? skein_folder_dup_label (folder) : g_strdup (_("Downloads"));

  adw_action_row_set_subtitle (self->folder_row, label);
  gtk_widget_set_visible (self->folder_reset, chosen);
}

static void
folder_chosen (const char *path,
               gpointer    user_data)
{
  SkeinPreferences *self = user_data;

  /* Settings hold text; a folder whose name is none cannot be kept there. */
  if (g_utf8_validate (path, -1, NULL))
    g_settings_set_string (self->settings, "folder", path);
  else
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self),
                                      adw_toast_new (_("The name of this folder is not valid text.")));
}

static void
folder_clicked_cb (SkeinPreferences *self)
{
  g_autofree char *folder = g_settings_get_string (self->settings, "folder");
  const char *downloads = g_get_user_special_dir (G_USER_DIRECTORY_DOWNLOAD);
  const char *usual = downloads != NULL ? downloads : g_get_home_dir ();

  skein_folder_chooser_show (GTK_WINDOW (self), *folder != '\0' ? folder : usual, folder_chosen, self);
}

static void
folder_reset_cb (SkeinPreferences *self)
{
  g_settings_reset (self->settings, "folder");
}

static void
on_close_selected_cb (SkeinPreferences *self)
{
  guint selected = adw_combo_row_get_selected (self->on_close);

  if (self->settings != NULL && selected < G_N_ELEMENTS (on_close_values))
    g_settings_set_string (self->settings, "on-close", on_close_values[selected]);
}

static void
longest_freeze_selected_cb (SkeinPreferences *self)
{
  guint selected = adw_combo_row_get_selected (self->longest_freeze);

  if (self->settings != NULL && selected < G_N_ELEMENTS (longest_freeze_values))
    g_settings_set_int (self->settings, "longest-freeze", longest_freeze_values[selected]);
}

static void
show_on_close (SkeinPreferences *self)
{
  g_autofree char *value = g_settings_get_string (self->settings, "on-close");

  for (guint i = 0; i < G_N_ELEMENTS (on_close_values); i++)
    {
      if (g_str_equal (value, on_close_values[i]))
        adw_combo_row_set_selected (self->on_close, i);
    }
}

/* A value that was set by other means may be none of ours: then nothing is shown as chosen. */
static void
show_longest_freeze (SkeinPreferences *self)
{
  int value = g_settings_get_int (self->settings, "longest-freeze");
  guint selected = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < G_N_ELEMENTS (longest_freeze_values); i++)
    {
      if (value == longest_freeze_values[i])
        selected = i;
    }

  adw_combo_row_set_selected (self->longest_freeze, selected);
}

static void
settings_changed_cb (SkeinPreferences *self)
{
  show_folder (self);
  show_on_close (self);
  show_longest_freeze (self);
}

static void
skein_preferences_dispose (GObject *object)
{
  SkeinPreferences *self = SKEIN_PREFERENCES (object);

  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), SKEIN_TYPE_PREFERENCES);

  G_OBJECT_CLASS (skein_preferences_parent_class)->dispose (object);
}

static void
skein_preferences_class_init (SkeinPreferencesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = skein_preferences_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/skein/Skein/skein-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, SkeinPreferences, at_once);
  gtk_widget_class_bind_template_child (widget_class, SkeinPreferences, per_host);
  gtk_widget_class_bind_template_child (widget_class, SkeinPreferences, tries);
  gtk_widget_class_bind_template_child (widget_class, SkeinPreferences, folder_row);
  gtk_widget_class_bind_template_child (widget_class, SkeinPreferences, folder_reset);
  gtk_widget_class_bind_template_child (widget_class, SkeinPreferences, on_close);
  gtk_widget_class_bind_template_child (widget_class, SkeinPreferences, longest_freeze);
  gtk_widget_class_bind_template_callback (widget_class, folder_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, folder_reset_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_close_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, longest_freeze_selected_cb);
}

static void
skein_preferences_init (SkeinPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
skein_preferences_new (GtkWindow *parent,
                       GSettings *settings)
{
  SkeinPreferences *self;

  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (SKEIN_TYPE_PREFERENCES, "transient-for", parent, NULL);
  g_settings_bind (settings, "downloads-at-once", self->at_once, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "downloads-per-host", self->per_host, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "tries", self->tries, "value", G_SETTINGS_BIND_DEFAULT);

  self->settings = g_object_ref (settings);
  settings_changed_cb (self);
  g_signal_connect_object (settings, "changed", G_CALLBACK (settings_changed_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}
