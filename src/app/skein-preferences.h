/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * SkeinPreferences:
 *
 * What a person can set. Everything takes effect at once. Main thread.
 */
#define SKEIN_TYPE_PREFERENCES (skein_preferences_get_type ())
G_DECLARE_FINAL_TYPE (SkeinPreferences, skein_preferences, SKEIN, PREFERENCES, AdwPreferencesWindow)

/**
 * skein_preferences_new:
 * @parent: (nullable): the window that it belongs to
 * @settings: what it shows and changes
 *
 * Returns: (transfer floating): a window, not on the screen yet
 */
GtkWidget *skein_preferences_new (GtkWindow *parent,
                                  GSettings *settings);

G_END_DECLS
