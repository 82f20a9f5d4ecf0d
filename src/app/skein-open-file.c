/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-open-file.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "skein-file-kind.h"

typedef struct
{
  GtkWindow           *window;
  SkeinOpenFailedFunc  failed;
  char                *uri;
  char                *folder_uri;
  GVariant            *uris;
} Opening;

static void
opening_free (Opening *opening)
{
  g_clear_object (&opening->window);
  g_free (opening->uri);
  g_free (opening->folder_uri);
  g_clear_pointer (&opening->uris, g_variant_unref);
  g_free (opening);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static Opening *
opening_new (GtkWindow           *window,
             SkeinOpenFailedFunc  failed)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->window = g_object_ref (window);
  opening->failed = failed;
  return opening;
}

static void
shown_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(Opening) opening = user_data;
  g_autoptr(GError) error = NULL;

  if (!gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error))
    opening->failed (opening->window, error);
}

static void
show_uri (Opening    *opening,
          const char *uri)
{
  gtk_show_uri_full (opening->window, uri, GDK_CURRENT_TIME, NULL, shown_cb, opening);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Opening          *opening)
{
  if (g_str_equal (response, "open"))
    show_uri (opening, opening->uri);
  else
    opening_free (opening);
}

static void
ask (Opening       *opening,
     SkeinDownload *download)
{
  GtkWidget *dialog = adw_message_dialog_new (opening->window, NULL, NULL);

  adw_message_dialog_format_heading (ADW_MESSAGE_DIALOG (dialog), _("Open “%s”?"),
                                     skein_download_get_name (download));
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  _("Files of this kind can run programs. Open it only if you trust “%s”."),
                                  skein_download_get_host (download));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Cancel"),
                                    "open", _("_Open"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "open",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), opening);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
skein_open_file (GtkWindow           *window,
                 SkeinDownload       *download,
                 SkeinOpenFailedFunc  failed)
{
  const char *path;
  Opening *opening;

  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (SKEIN_IS_DOWNLOAD (download));
  g_return_if_fail (failed != NULL);

  path = skein_download_get_path (download);
  if (path == NULL)
    return;

  opening = opening_new (window, failed);
  opening->uri = g_filename_to_uri (path, NULL, NULL);
  if (skein_file_kind_can_run_code (skein_download_get_name (download)))
    ask (opening, download);
  else
    show_uri (opening, opening->uri);
}

static void
show_items_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(Opening) opening = user_data;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  if (answer == NULL)
    {
      const char *uri = opening->folder_uri;

      show_uri (g_steal_pointer (&opening), uri);
    }
}

static void
bus_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(Opening) opening = user_data;
  g_autoptr(GDBusConnection) bus = g_bus_get_finish (result, NULL);
  GVariant *parameters;

  if (bus == NULL)
    {
      const char *uri = opening->folder_uri;

      show_uri (g_steal_pointer (&opening), uri);
      return;
    }

  parameters = g_variant_new ("(@ass)", opening->uris, "");
  g_dbus_connection_call (bus,
                          "org.freedesktop.FileManager1",
                          "/org/freedesktop/FileManager1",
                          "org.freedesktop.FileManager1",
                          "ShowItems",
                          parameters, NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                          show_items_cb, g_steal_pointer (&opening));
}

void
skein_show_in_folder (GtkWindow           *window,
                      GPtrArray           *downloads,
                      SkeinOpenFailedFunc  failed)
{
  g_autoptr(GVariantBuilder) uris = g_variant_builder_new (G_VARIANT_TYPE_STRING_ARRAY);
  g_autofree char *folder = NULL;
  Opening *opening;

  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (downloads != NULL);
  g_return_if_fail (failed != NULL);

  for (guint i = 0; i < downloads->len; i++)
    {
      const char *path = skein_download_get_path (downloads->pdata[i]);
      g_autofree char *uri = path != NULL ? g_filename_to_uri (path, NULL, NULL) : NULL;

      if (uri == NULL)
        continue;

      g_variant_builder_add (uris, "s", uri);
      if (folder == NULL)
        folder = g_path_get_dirname (path);
    }

  if (folder == NULL)
    return;

  opening = opening_new (window, failed);
  opening->folder_uri = g_filename_to_uri (folder, NULL, NULL);
  opening->uris = g_variant_ref_sink (g_variant_builder_end (uris));
  g_bus_get (G_BUS_TYPE_SESSION, NULL, bus_cb, opening);
}
