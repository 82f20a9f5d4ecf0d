/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-application.h"

#include <glib/gi18n-lib.h>

#include "skein-application-private.h"
#include "skein-preferences.h"

static void
show_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  skein_application_show (user_data);
}

static void
stop_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  skein_application_stop (user_data);
}

static void
quit_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  skein_application_quit (user_data);
}

static void
add_from_clipboard_action (GSimpleAction *action,
                           GVariant      *parameter,
                           gpointer       user_data)
{
  skein_window_paste (skein_application_show (user_data));
}

static void
new_download_action (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  SkeinWindow *window = skein_application_show (user_data);

  gtk_widget_activate_action (GTK_WIDGET (window), "win.add", NULL);
}

static void
preferences_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  SkeinApplication *self = user_data;
  SkeinWindow *window = skein_application_show (self);
  SkeinServices *services = skein_application_get_services (self);

  gtk_window_present (GTK_WINDOW (skein_preferences_new (GTK_WINDOW (window), services->settings)));
}

static void
shortcuts_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  SkeinWindow *window = skein_application_show (user_data);

  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-help-overlay", NULL);
}

static void
about_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  SkeinWindow *window = skein_application_show (user_data);

  adw_show_about_window (GTK_WINDOW (window),
                         "application-name", "Skein",
                         "application-icon", SKEIN_APPLICATION_ID,
                         "version", SKEIN_VERSION,
                         "developer-name", _("The Skein contributors"),
                         "comments", _("Downloads on worker threads, and shows what they are for."),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         "translator-credits", _("translator-credits"),
                         NULL);
}

void
skein_application_add_actions (SkeinApplication *self)
{
  static const GActionEntry entries[] = {
    { "show", show_action },
    { "stop", stop_action },
    { "quit", quit_action },
    { "add-from-clipboard", add_from_clipboard_action },
    { "new-download", new_download_action },
    { "preferences", preferences_action },
    { "shortcuts", shortcuts_action },
    { "about", about_action },
  };
  static const struct
  {
    const char *action;
    const char *keys[3];
  } accels[] = {
    { "app.quit", { "<Control>q" } },
    { "app.preferences", { "<Control>comma" } },
    { "win.show-help-overlay", { "<Control>question" } },
    { "win.add", { "<Control>n" } },
    { "win.without-threads", { "F8" } },
    { "win.page::downloads", { "<Alt>1" } },
    { "win.page::compare", { "<Alt>2" } },
    { "window.close", { "<Control>w" } },
  };

  g_return_if_fail (SKEIN_IS_APPLICATION (self));

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (gsize i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action, accels[i].keys);
}
