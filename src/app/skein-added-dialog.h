/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * SkeinAddedDialog:
 *
 * Says of each line of a text why it was not taken. Main thread.
 */
#define SKEIN_TYPE_ADDED_DIALOG (skein_added_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SkeinAddedDialog, skein_added_dialog, SKEIN, ADDED_DIALOG, AdwWindow)

/**
 * skein_added_dialog_new:
 * @parent: the window that it belongs to
 * @rejects: (element-type SkeinUriReject): what was not understood; read here and not kept
 *
 * Returns: (transfer floating): a dialog, not on the screen yet
 */
GtkWidget *skein_added_dialog_new (GtkWindow *parent,
                                   GPtrArray *rejects);

G_END_DECLS
