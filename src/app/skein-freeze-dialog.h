/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SkeinFreezeDialogFunc:
 * @accepted: whether the person wants to freeze the window
 * @user_data: from skein_freeze_dialog_present()
 */
typedef void (*SkeinFreezeDialogFunc) (gboolean accepted,
                                       gpointer user_data);

/**
 * skein_freeze_dialog_present:
 * @parent: the window that would freeze
 * @settings: with the keys "explain-freeze" and "longest-freeze", written when the person accepts
 * @func: called once with the answer
 * @user_data: for @func
 *
 * Says what a freeze is and asks how long it may last. Closing the dialog means no. The main thread.
 *
 * Returns: (transfer none): the dialog
 */
GtkWindow *skein_freeze_dialog_present (GtkWindow             *parent,
                                        GSettings             *settings,
                                        SkeinFreezeDialogFunc  func,
                                        gpointer               user_data);

G_END_DECLS
