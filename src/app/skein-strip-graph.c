/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-strip-graph.h"

#include <math.h>

#define NATURAL_WIDTH  120
#define NATURAL_HEIGHT 16
#define BAR_WIDTH      2
#define HATCH_STEP     4

struct _SkeinStripGraph
{
  GtkWidget       parent_instance;

  SkeinHeartbeat *heartbeat;
};

G_DEFINE_FINAL_TYPE (SkeinStripGraph, skein_strip_graph, GTK_TYPE_WIDGET)

/* What all parts of one drawing share. */
typedef struct
{
  cairo_t *cr;
  GdkRGBA  ink;
  GdkRGBA  block;
  gint64   now;
  int      width;
  int      height;
} SkeinStripDrawing;

static double
x_of (const SkeinStripDrawing *drawing,
      gint64                   time)
{
  double share = (double) (drawing->now - time) / SKEIN_HEARTBEAT_SPAN;

  return drawing->width * CLAMP (1.0 - share, 0.0, 1.0);
}

static double
height_of (const SkeinStripDrawing *drawing,
           gint64                   lateness)
{
  double decades = log10 (MAX (lateness, 1000) / 1000.0);

  return 1.0 + (drawing->height - 1.0) * MIN (decades / 3.0, 1.0);
}

static gboolean
is_block (const SkeinHeartbeatSample *sample)
{
  return sample->freeze || sample->lateness >= SKEIN_STRIP_BLOCK;
}

static void
draw_bar (const SkeinStripDrawing    *drawing,
          const SkeinHeartbeatSample *sample)
{
  /* On whole steps, so that bars do not shimmer while they move. */
  double x = floor (x_of (drawing, sample->time + sample->lateness) / BAR_WIDTH) * BAR_WIDTH;
  double height = height_of (drawing, sample->lateness);

  cairo_rectangle (drawing->cr, x, drawing->height - height, BAR_WIDTH, height);
}

static void
draw_block (const SkeinStripDrawing    *drawing,
            const SkeinHeartbeatSample *sample)
{
  cairo_t *cr = drawing->cr;
  double left = floor (x_of (drawing, sample->time));
  double right = ceil (x_of (drawing, sample->time + sample->lateness));
  int height = drawing->height;

  right = MAX (right, left + BAR_WIDTH);
  cairo_save (cr);
  cairo_rectangle (cr, left, 0, right - left, height);
  gdk_cairo_set_source_rgba (cr, &drawing->block);
  cairo_fill_preserve (cr);
  cairo_clip (cr);
  for (double x = left - height; x < right; x += HATCH_STEP)
    {
      cairo_move_to (cr, x, height);
      cairo_line_to (cr, x + height, 0);
    }
  cairo_rectangle (cr, left + 0.5, 0.5, right - left - 1, height - 1);
  gdk_cairo_set_source_rgba (cr, &drawing->ink);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw (const SkeinStripDrawing *drawing,
      SkeinHeartbeat          *heartbeat)
{
  guint n;
  const SkeinHeartbeatSample *samples = skein_heartbeat_get_samples (heartbeat, &n);

  cairo_set_line_width (drawing->cr, 1);
  gdk_cairo_set_source_rgba (drawing->cr, &drawing->ink);
  for (guint i = 0; i < n; i++)
    {
      if (!is_block (&samples[i]))
        draw_bar (drawing, &samples[i]);
    }
  cairo_fill (drawing->cr);
  for (guint i = 0; i < n; i++)
    {
      if (is_block (&samples[i]))
        draw_block (drawing, &samples[i]);
    }
}

static void
skein_strip_graph_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  SkeinStripGraph *self = SKEIN_STRIP_GRAPH (widget);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  SkeinStripDrawing drawing = {
    .now = g_get_monotonic_time (),
    .width = gtk_widget_get_width (widget),
    .height = gtk_widget_get_height (widget),
  };

  if (self->heartbeat == NULL || drawing.width <= 0 || drawing.height <= 0)
    return;
  gtk_style_context_get_color (style, &drawing.ink);
  if (!gtk_style_context_lookup_color (style, "warning_bg_color", &drawing.block))
    drawing.block = drawing.ink;
  drawing.block.alpha *= 0.5F;
  drawing.cr = gtk_snapshot_append_cairo (snapshot,
                                          &GRAPHENE_RECT_INIT (0, 0, drawing.width, drawing.height));
  draw (&drawing, self->heartbeat);
  cairo_destroy (drawing.cr);
}

static void
skein_strip_graph_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? SKEIN_STRIP_GRAPH_LEAST : NATURAL_HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? NATURAL_WIDTH : NATURAL_HEIGHT;
}

GtkWidget *
skein_strip_graph_new (void)
{
  return g_object_new (SKEIN_TYPE_STRIP_GRAPH, NULL);
}

void
skein_strip_graph_set_heartbeat (SkeinStripGraph *self,
                                 SkeinHeartbeat  *heartbeat)
{
  g_return_if_fail (SKEIN_IS_STRIP_GRAPH (self));
  g_return_if_fail (heartbeat == NULL || SKEIN_IS_HEARTBEAT (heartbeat));

  if (g_set_object (&self->heartbeat, heartbeat))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
skein_strip_graph_dispose (GObject *object)
{
  g_clear_object (&SKEIN_STRIP_GRAPH (object)->heartbeat);

  G_OBJECT_CLASS (skein_strip_graph_parent_class)->dispose (object);
}

static void
skein_strip_graph_class_init (SkeinStripGraphClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = skein_strip_graph_dispose;
  widget_class->snapshot = skein_strip_graph_snapshot;
  widget_class->measure = skein_strip_graph_measure;

  gtk_widget_class_set_css_name (widget_class, "answeringgraph");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
skein_strip_graph_init (SkeinStripGraph *self)
{
}
