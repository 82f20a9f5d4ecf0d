/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "skein-services.h"

G_BEGIN_DECLS

/**
 * SkeinWindow:
 *
 * The window: the list, or what invites to fill it, and under it the check box, the answering strip and
 * the rate. Main thread.
 *
 * Signal "stop": the person wants everything stopped and the program ended.
 */
#define SKEIN_TYPE_WINDOW (skein_window_get_type ())
G_DECLARE_FINAL_TYPE (SkeinWindow, skein_window, SKEIN, WINDOW, AdwApplicationWindow)

/**
 * skein_window_new:
 * @application: whose window it is
 * @services: what it shows
 *
 * Returns: (transfer floating): a window, not on the screen yet
 */
SkeinWindow *skein_window_new              (GtkApplication *application,
                                            SkeinServices  *services);

/**
 * skein_window_paste:
 * @self: a window
 *
 * Adds the addresses on the clipboard, as soon as the window is the active one: Wayland shows the
 * clipboard to no other.
 */
void         skein_window_paste            (SkeinWindow    *self);

/**
 * skein_window_offer_unfinished:
 * @self: a window
 * @downloads: (element-type SkeinDownload): paused rows that the last run had left
 *
 * Offers to go on with them.
 */
void         skein_window_offer_unfinished (SkeinWindow    *self,
                                            GPtrArray      *downloads);

/**
 * skein_window_ask_stop:
 * @self: a window
 *
 * Stops everything ("stop"), after asking where the settings say so and something runs.
 */
void         skein_window_ask_stop         (SkeinWindow    *self);

G_END_DECLS
