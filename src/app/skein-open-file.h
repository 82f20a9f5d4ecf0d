/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "skein-download.h"

G_BEGIN_DECLS

/**
 * SkeinOpenFailedFunc:
 * @window: as given
 * @error: why it could not be opened
 */
typedef void (*SkeinOpenFailedFunc) (GtkWindow    *window,
                                     const GError *error);

/**
 * skein_open_file:
 * @window: the window that asks
 * @download: a finished one
 * @failed: told if it cannot be opened
 *
 * Opens the file with the program of the user's choice. If the file may run code, the person is asked
 * first, with its whole name. Main thread.
 */
void skein_open_file      (GtkWindow           *window,
                           SkeinDownload       *download,
                           SkeinOpenFailedFunc  failed);

/**
 * skein_show_in_folder:
 * @window: the window that asks
 * @downloads: (element-type SkeinDownload): finished ones
 * @failed: told if no folder can be shown
 *
 * Shows the files in the file manager (org.freedesktop.FileManager1); where there is none that can, opens
 * the folder of the first. Main thread.
 */
void skein_show_in_folder (GtkWindow           *window,
                           GPtrArray           *downloads,
                           SkeinOpenFailedFunc  failed);

G_END_DECLS
