/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "skein-comparison.h"

G_BEGIN_DECLS

/**
 * SkeinTimelineView:
 *
 * Draws one run of a comparison: a lane for each thread, a rounded bar for each task, and in it the parts of its
 * operations, told apart by colour, height and letter. Of a computing part only so much of the height is filled
 * as its share of a core was.
 */
#define SKEIN_TYPE_TIMELINE_VIEW (skein_timeline_view_get_type ())
G_DECLARE_FINAL_TYPE (SkeinTimelineView, skein_timeline_view, SKEIN, TIMELINE_VIEW, GtkWidget)

/**
 * skein_timeline_view_new:
 *
 * Returns: (transfer floating): a view of nothing
 */
GtkWidget *skein_timeline_view_new (void);

/**
 * skein_timeline_view_set_run:
 * @self: a view
 * @run: what to draw; read now, not kept
 * @axis: microseconds that the whole width stands for, so that several views share one axis
 *
 * Also tells it to screen readers, in words.
 */
void       skein_timeline_view_set_run (SkeinTimelineView        *self,
                                        const SkeinComparisonRun *run,
                                        gint64                    axis);

G_END_DECLS
