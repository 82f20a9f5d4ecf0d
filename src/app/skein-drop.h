/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "skein-intake.h"

G_BEGIN_DECLS

/**
 * skein_drop_attach:
 * @overlay: what spans the window's content
 * @intake: where addresses go
 *
 * Lets links, texts and lists be dropped anywhere on @overlay. While something that can be taken is dragged
 * over it, a child of the CSS class "drop-highlight" covers it: "Drop to Download". The main thread.
 */
void skein_drop_attach (GtkOverlay  *overlay,
                        SkeinIntake *intake);

G_END_DECLS
