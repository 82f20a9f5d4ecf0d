/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SkeinClickCount:
 *
 * Counts the clicks that waited while a window was frozen. They arrive when it is over. Main context only.
 */
typedef struct _SkeinClickCount SkeinClickCount;

/**
 * skein_click_count_new:
 * @window: the window; must outlive the count
 *
 * Returns: (transfer full): counts nothing yet
 */
SkeinClickCount *skein_click_count_new   (GtkWidget       *window);

/**
 * skein_click_count_begin:
 * @self: a count
 *
 * The freeze is over: what is delivered from now on, until skein_click_count_end(), has waited.
 */
void             skein_click_count_begin (SkeinClickCount *self);

/**
 * skein_click_count_end:
 * @self: a count
 *
 * The first frame after the freeze is painted.
 *
 * Returns: how many clicks waited
 */
guint            skein_click_count_end   (SkeinClickCount *self);

/**
 * skein_click_count_free:
 * @self: (transfer full): a count
 */
void             skein_click_count_free  (SkeinClickCount *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinClickCount, skein_click_count_free)

G_END_DECLS
