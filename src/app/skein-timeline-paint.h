/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "skein-comparison.h"

G_BEGIN_DECLS

/**
 * SkeinTimelinePaint:
 *
 * What a timeline looks like, without a widget around it. Time goes from left to right in every language.
 */
typedef struct _SkeinTimelinePaint SkeinTimelinePaint;

/**
 * skein_timeline_paint_new:
 * @run: what to draw; copied
 * @axis: microseconds that the whole width stands for
 *
 * Returns: (transfer full): a picture to be drawn
 */
SkeinTimelinePaint *skein_timeline_paint_new        (const SkeinComparisonRun *run,
                                                     gint64                    axis);

/**
 * skein_timeline_paint_free:
 * @self: (transfer full): a picture
 */
void                skein_timeline_paint_free       (SkeinTimelinePaint       *self);

/**
 * skein_timeline_paint_get_height:
 * @self: a picture
 *
 * Returns: the height that it needs
 */
int                 skein_timeline_paint_get_height (SkeinTimelinePaint       *self);

/**
 * skein_timeline_paint_draw:
 * @self: a picture
 * @cr: where to draw it
 * @pango: for the texts in it
 * @width: how wide
 * @ink: for texts and lines
 * @dark: whether on a dark ground
 */
void                skein_timeline_paint_draw       (SkeinTimelinePaint       *self,
                                                     cairo_t                  *cr,
                                                     PangoContext             *pango,
                                                     int                       width,
                                                     const GdkRGBA            *ink,
                                                     gboolean                  dark);

/**
 * skein_timeline_paint_get_color:
 * @operation: an operation
 * @dark: whether on a dark ground
 * @color: (out): its colour; people who see fewer colours can tell these apart
 */
void                skein_timeline_paint_get_color  (SkeinOperation            operation,
                                                     gboolean                  dark,
                                                     GdkRGBA                  *color);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinTimelinePaint, skein_timeline_paint_free)

G_END_DECLS
