/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-application.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <string.h>

#include "skein-application-private.h"
#include "skein-notifier.h"
#include "skein-session.h"
#include "skein-transfer.h"

struct _SkeinApplication
{
  AdwApplication  parent_instance;

  SkeinServices  *services;
  SkeinSession   *session;
  SkeinNotifier  *notifier;
  SkeinWindow    *window;
  GPtrArray      *restored;
  guint           signal_sources[2];
  gboolean        stopping;
};

G_DEFINE_FINAL_TYPE (SkeinApplication, skein_application, ADW_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  {
    "add-from-clipboard", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL,
    N_("Add the addresses on the clipboard"), NULL,
  },
  {
    "new-download", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL,
    N_("Ask for addresses"), NULL,
  },
  {
    "version", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL,
    N_("Print the version and exit"), NULL,
  },
  {
    G_OPTION_REMAINING, 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME_ARRAY, NULL,
    NULL, N_("[ADDRESS…]"),
  },
  { NULL },
};

static void
offer_restored (SkeinApplication *self)
{
  if (self->window == NULL || self->restored == NULL)
    return;

  skein_window_offer_unfinished (self->window, self->restored);
  g_clear_pointer (&self->restored, g_ptr_array_unref);
}

static void
restored_cb (SkeinApplication *self,
             GPtrArray        *downloads)
{
  g_clear_pointer (&self->restored, g_ptr_array_unref);
  self->restored = g_ptr_array_ref (downloads);
  offer_restored (self);
}

SkeinServices *
skein_application_get_services (SkeinApplication *self)
{
  g_return_val_if_fail (SKEIN_IS_APPLICATION (self), NULL);

  return self->services;
}

SkeinWindow *
skein_application_show (SkeinApplication *self)
{
  g_return_val_if_fail (SKEIN_IS_APPLICATION (self), NULL);

  if (self->window == NULL)
    {
      self->window = skein_window_new (GTK_APPLICATION (self), self->services);
      g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
      g_signal_connect_object (self->window, "stop",
                               G_CALLBACK (skein_application_stop), self, G_CONNECT_SWAPPED);
      skein_notifier_set_window (self->notifier, GTK_WINDOW (self->window));
      offer_restored (self);
    }

  gtk_window_present (GTK_WINDOW (self->window));
  return self->window;
}

static void
session_ended_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(SkeinApplication) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!skein_session_end_finish (SKEIN_SESSION (source), result, &error))
    g_debug ("The list of unfinished downloads was not written: %s", error->message);

  g_application_release (G_APPLICATION (self));
  g_application_quit (G_APPLICATION (self));
}

static void
stopped_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(SkeinApplication) self = user_data;

  skein_manager_stop_all_finish (SKEIN_MANAGER (source), result);

  /* Last, so that what a second start handed over meanwhile is on the list, too. */
  skein_session_end_async (self->session, session_ended_cb, g_object_ref (self));
}

void
skein_application_stop (SkeinApplication *self)
{
  g_return_if_fail (SKEIN_IS_APPLICATION (self));

  if (self->stopping)
    return;

  self->stopping = TRUE;
  skein_notifier_end (self->notifier);
  g_application_hold (G_APPLICATION (self));
  skein_manager_stop_all_async (self->services->manager, stopped_cb, g_object_ref (self));
}

static gboolean
is_shown (SkeinApplication *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (; windows != NULL; windows = windows->next)
    {
      if (gtk_widget_get_visible (windows->data))
        return TRUE;
    }

  return FALSE;
}

/* In the background there is nothing to stay for, unless the window has to say what failed and why. */
static void
batch_ended_cb (SkeinApplication *self)
{
  guint failed;

  g_object_get (self->services->manager, "n-failed", &failed, NULL);
  if (self->window != NULL && !is_shown (self) && failed == 0)
    skein_application_stop (self);
}

void
skein_application_quit (SkeinApplication *self)
{
  g_return_if_fail (SKEIN_IS_APPLICATION (self));

  if (self->window != NULL)
    skein_window_ask_stop (self->window);
  else
    skein_application_stop (self);
}

static gboolean
unix_signal_cb (gpointer user_data)
{
  skein_application_stop (user_data);
  return G_SOURCE_CONTINUE;
}

static void
skein_application_startup (GApplication *application)
{
  SkeinApplication *self = SKEIN_APPLICATION (application);

  G_APPLICATION_CLASS (skein_application_parent_class)->startup (application);

  skein_transfer_init ();
  self->services = skein_services_new ();
  self->notifier = skein_notifier_new (application, self->services->manager);
  g_signal_connect_object (self->services->manager, "batch-ended",
                           G_CALLBACK (batch_ended_cb), self, G_CONNECT_SWAPPED);
  self->session = skein_session_new (self->services->manager);
  g_signal_connect_object (self->session, "restored", G_CALLBACK (restored_cb), self, G_CONNECT_SWAPPED);
  skein_session_restore (self->session);
  skein_application_add_actions (self);

  self->signal_sources[0] = g_unix_signal_add (SIGINT, unix_signal_cb, self);
  self->signal_sources[1] = g_unix_signal_add (SIGTERM, unix_signal_cb, self);
}

static void
skein_application_shutdown (GApplication *application)
{
  SkeinApplication *self = SKEIN_APPLICATION (application);

  for (gsize i = 0; i < G_N_ELEMENTS (self->signal_sources); i++)
    g_clear_handle_id (&self->signal_sources[i], g_source_remove);

  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  g_clear_object (&self->notifier);
  g_clear_object (&self->session);
  g_clear_pointer (&self->restored, g_ptr_array_unref);
  g_clear_pointer (&self->services, skein_services_unref);

  G_APPLICATION_CLASS (skein_application_parent_class)->shutdown (application);
}

static void
skein_application_activate (GApplication *application)
{
  skein_application_show (SKEIN_APPLICATION (application));
}

/* Each address goes on as it was typed: a GFile would write it anew. What has no scheme is the path of a list. */
static void
append_argument (GString                 *list,
                 GApplicationCommandLine *command_line,
                 const char              *argument)
{
  g_autofree char *scheme = g_uri_parse_scheme (argument);

  if (scheme != NULL)
    {
      g_string_append (list, argument);
    }
  else
    {
      g_autoptr(GFile) file = g_application_command_line_create_file_for_arg (command_line, argument);
      g_autofree char *uri = g_file_get_uri (file);

      g_string_append (list, uri);
    }

  g_string_append (list, "\r\n");
}

static void
take_uri_list (SkeinApplication *self,
               GString          *list)
{
  g_autoptr(GBytes) bytes = g_bytes_new (list->str, list->len);

  skein_intake_take_uri_list (self->services->intake, bytes);
}

static int
skein_application_command_line (GApplication            *application,
                                GApplicationCommandLine *command_line)
{
  SkeinApplication *self = SKEIN_APPLICATION (application);
  GVariantDict *dict = g_application_command_line_get_options_dict (command_line);
  g_autofree const char **arguments = NULL;
  SkeinWindow *window = skein_application_show (self);

  if (g_variant_dict_lookup (dict, G_OPTION_REMAINING, "^a&ay", &arguments))
    {
      g_autoptr(GString) list = g_string_new (NULL);

      for (gsize i = 0; arguments[i] != NULL; i++)
        append_argument (list, command_line, arguments[i]);
      take_uri_list (self, list);
    }

  if (g_variant_dict_contains (dict, "add-from-clipboard"))
    skein_window_paste (window);
  if (g_variant_dict_contains (dict, "new-download"))
    gtk_widget_activate_action (GTK_WIDGET (window), "win.add", NULL);

  return 0;
}

static void
skein_application_open (GApplication  *application,
                        GFile        **files,
                        int            n_files,
                        const char    *hint)
{
  SkeinApplication *self = SKEIN_APPLICATION (application);
  g_autoptr(GString) list = g_string_new (NULL);

  for (int i = 0; i < n_files; i++)
    {
      g_autofree char *uri = g_file_get_uri (files[i]);

      g_string_append_printf (list, "%s\r\n", uri);
    }

  skein_application_show (self);
  take_uri_list (self, list);
}

static int
skein_application_handle_local_options (GApplication *application,
                                        GVariantDict *dict)
{
  if (g_variant_dict_contains (dict, "version"))
    {
      g_print ("Skein %s\n", SKEIN_VERSION);
      return 0;
    }

  return -1;
}

static void
skein_application_class_init (SkeinApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = skein_application_startup;
  application_class->shutdown = skein_application_shutdown;
  application_class->activate = skein_application_activate;
  application_class->command_line = skein_application_command_line;
  application_class->open = skein_application_open;
  application_class->handle_local_options = skein_application_handle_local_options;
}

static void
skein_application_init (SkeinApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _("— download many files at once"));
}

SkeinApplication *
skein_application_new (void)
{
  return g_object_new (SKEIN_TYPE_APPLICATION,
                       "application-id", SKEIN_APPLICATION_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN | G_APPLICATION_HANDLES_COMMAND_LINE,
                       NULL);
}
