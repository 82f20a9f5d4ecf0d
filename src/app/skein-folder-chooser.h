/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SkeinFolderFunc:
 * @path: (type filename): the folder that was chosen
 * @user_data: from skein_folder_chooser_show()
 */
typedef void (*SkeinFolderFunc) (const char *path,
                                 gpointer    user_data);

/**
 * skein_folder_chooser_show:
 * @parent: the window that asks; the chooser goes with it
 * @current: (type filename): the folder to begin with
 * @func: called if a folder is chosen, only while @parent is there
 * @user_data: for @func
 *
 * Lets the person choose a folder. Main thread.
 */
void  skein_folder_chooser_show (GtkWindow       *parent,
                                 const char      *current,
                                 SkeinFolderFunc  func,
                                 gpointer         user_data);

/**
 * skein_folder_dup_label:
 * @path: (type filename): a folder
 *
 * Returns: (transfer full): how it is shown: "~/Downloads"
 */
char *skein_folder_dup_label    (const char      *path);

G_END_DECLS
