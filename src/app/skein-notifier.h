/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "skein-manager.h"

G_BEGIN_DECLS

/**
 * SkeinNotifier:
 *
 * Tells a person who does not look at the window: that downloads go on without it, and that the last one
 * has ended. Main thread.
 */
#define SKEIN_TYPE_NOTIFIER (skein_notifier_get_type ())
G_DECLARE_FINAL_TYPE (SkeinNotifier, skein_notifier, SKEIN, NOTIFIER, GObject)

/**
 * skein_notifier_new:
 * @application: who speaks; not owned, must outlive @self
 * @manager: whose downloads
 *
 * The application needs the actions "app.show" and "app.stop".
 *
 * Returns: (transfer full): a notifier
 */
SkeinNotifier *skein_notifier_new        (GApplication  *application,
                                          SkeinManager  *manager);

/**
 * skein_notifier_set_window:
 * @self: a notifier
 * @window: (nullable): the window that a person may look at
 */
void           skein_notifier_set_window (SkeinNotifier *self,
                                          GtkWindow     *window);

/**
 * skein_notifier_end:
 * @self: a notifier
 *
 * Says nothing any more, and takes back that downloads go on: the program ends.
 */
void           skein_notifier_end        (SkeinNotifier *self);

G_END_DECLS
