/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "skein-intake.h"

G_BEGIN_DECLS

/**
 * SkeinAddDialog:
 *
 * Takes addresses, one a line, and the folder they go to. Says while somebody types how many it
 * understands. Filled in from the clipboard if addresses are there. Main thread.
 */
#define SKEIN_TYPE_ADD_DIALOG (skein_add_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SkeinAddDialog, skein_add_dialog, SKEIN, ADD_DIALOG, AdwWindow)

/**
 * skein_add_dialog_new:
 * @parent: the window that it belongs to
 * @intake: where the addresses go
 *
 * Returns: (transfer floating): a dialog, not on the screen yet
 */
GtkWidget  *skein_add_dialog_new         (GtkWindow      *parent,
                                          SkeinIntake    *intake);

/**
 * skein_add_dialog_set_text:
 * @self: a dialog
 * @text: what the text view shall hold
 */
void        skein_add_dialog_set_text    (SkeinAddDialog *self,
                                          const char     *text);

/**
 * skein_add_dialog_get_summary:
 * @self: a dialog
 *
 * Returns: (transfer none): what it says about the text: "3 addresses, 1 not understood"
 */
const char *skein_add_dialog_get_summary (SkeinAddDialog *self);

G_END_DECLS
