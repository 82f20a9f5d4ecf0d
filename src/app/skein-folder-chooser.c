/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-folder-chooser.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  SkeinFolderFunc func;
  gpointer        user_data;
} Choice;

static void
choice_free (gpointer  data,
             GClosure *closure)
{
  g_free (data);
}

static void
response_cb (GtkNativeDialog *dialog,
             int              response,
             Choice          *choice)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr(GFile) folder = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      const char *path = folder != NULL ? g_file_peek_path (folder) : NULL;

      if (path != NULL)
        choice->func (path, choice->user_data);
    }

  gtk_native_dialog_destroy (dialog);
}

void
skein_folder_chooser_show (GtkWindow       *parent,
                           const char      *current,
                           SkeinFolderFunc  func,
                           gpointer         user_data)
{
  GtkFileChooserNative *dialog;
  g_autoptr(GFile) folder = NULL;
  Choice *choice;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (current != NULL);
  g_return_if_fail (func != NULL);

  dialog = gtk_file_chooser_native_new (_("Choose Folder"), parent,
                                        GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                                        _("_Choose"), _("_Cancel"));
  folder = g_file_new_for_path (current);
  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), folder, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);

  choice = g_new (Choice, 1);
  *choice = (Choice) { func, user_data };
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), choice, choice_free, 0);

  g_object_set_data_full (G_OBJECT (parent), "skein-folder-chooser", dialog, g_object_unref);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

char *
skein_folder_dup_label (const char *path)
{
  const char *home = g_get_home_dir ();
  g_autofree char *name = NULL;
  gsize length = strlen (home);

  g_return_val_if_fail (path != NULL, NULL);

  name = g_filename_display_name (path);
  if (length > 1 && g_str_has_prefix (name, home) && (name[length] == '/' || name[length] == '\0'))
    return g_strconcat ("~", name + length, NULL);

  return g_steal_pointer (&name);
}
