/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "skein-runner.h"

G_BEGIN_DECLS

/**
 * SkeinCompareFreeze:
 *
 * Goes with a blocking runner of a comparison: has a frame painted before each freeze, keeps the window connected
 * during it, and ends it after the longest that the person allows. Main context only.
 */
typedef struct _SkeinCompareFreeze SkeinCompareFreeze;

/**
 * SkeinCompareFreezeFunc:
 * @name: the task that is about to block the window
 * @user_data: from skein_compare_freeze_new()
 *
 * To say so: what is shown from here on is painted before the window freezes.
 */
typedef void (*SkeinCompareFreezeFunc) (const char *name,
                                        gpointer    user_data);

/**
 * skein_compare_freeze_new:
 * @widget: a widget of the window that freezes; not owned, must outlive the result
 * @runner: a blocking runner; not owned, must outlive the result
 * @longest: microseconds after which a freeze ends in any case, or 0
 * @func: called before each freeze
 * @user_data: for @func
 *
 * Returns: (transfer full): goes with @runner from now on
 */
SkeinCompareFreeze *skein_compare_freeze_new  (GtkWidget              *widget,
                                               SkeinRunner            *runner,
                                               gint64                  longest,
                                               SkeinCompareFreezeFunc  func,
                                               gpointer                user_data);

/**
 * skein_compare_freeze_free:
 * @self: (transfer full): one whose runner has no more tasks
 */
void                skein_compare_freeze_free (SkeinCompareFreeze     *self);

G_END_DECLS
