/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-timeline-view.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "skein-describe.h"
#include "skein-timeline-paint.h"

#define NATURAL_WIDTH 480
#define LEAST_WIDTH   240

struct _SkeinTimelineView
{
  GtkWidget parent_instance;

  SkeinTimelinePaint *paint; /* NULL: nothing to draw */
};

G_DEFINE_FINAL_TYPE (SkeinTimelineView, skein_timeline_view, GTK_TYPE_WIDGET)

static void
skein_timeline_view_snapshot (GtkWidget   *widget,
                              GtkSnapshot *snapshot)
{
  SkeinTimelineView *self = SKEIN_TIMELINE_VIEW (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_for_display (gtk_widget_get_display (widget)));
  GdkRGBA ink;
  cairo_t *cr;

  if (self->paint == NULL || width <= 0 || height <= 0)
    return;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &ink);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  skein_timeline_paint_draw (self->paint, cr, gtk_widget_get_pango_context (widget), width, &ink, dark);
  cairo_destroy (cr);
}

static void
skein_timeline_view_measure (GtkWidget      *widget,
                             GtkOrientation  orientation,
                             int             for_size,
                             int            *minimum,
                             int            *natural,
                             int            *minimum_baseline,
                             int            *natural_baseline)
{
  SkeinTimelineView *self = SKEIN_TIMELINE_VIEW (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = LEAST_WIDTH;
      *natural = NATURAL_WIDTH;
    }
  else
    {
      *minimum = *natural = self->paint != NULL ? skein_timeline_paint_get_height (self->paint) : 0;
    }
}

GtkWidget *
skein_timeline_view_new (void)
{
  return g_object_new (SKEIN_TYPE_TIMELINE_VIEW, NULL);
}

static char *
describe (const SkeinComparisonRun *run)
{
  g_autoptr (GArray) lanes = skein_timeline_dup_lanes (run->timeline);
  g_autoptr (GArray) tasks = skein_timeline_dup_tasks (run->timeline);
  g_autofree char *wall = skein_describe_duration (run->figures.wall);
  g_autofree char *threads = g_strdup_printf (ngettext ("%u thread", "%u threads", lanes->len), lanes->len);

  /* Translators: "12 tasks on 6 threads in 2.1 s, 6 in progress at once" */
  return g_strdup_printf (ngettext ("%u task on %s in %s, %u in progress at once",
                                    "%u tasks on %s in %s, %u in progress at once", tasks->len),
                          tasks->len, threads, wall, run->figures.in_progress);
}

void
skein_timeline_view_set_run (SkeinTimelineView        *self,
                             const SkeinComparisonRun *run,
                             gint64                    axis)
{
  g_autofree char *words = NULL;

  g_return_if_fail (SKEIN_IS_TIMELINE_VIEW (self));

  g_clear_pointer (&self->paint, skein_timeline_paint_free);
  self->paint = skein_timeline_paint_new (run, axis);
  words = describe (run);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), words);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
skein_timeline_view_finalize (GObject *object)
{
  g_clear_pointer (&SKEIN_TIMELINE_VIEW (object)->paint, skein_timeline_paint_free);

  G_OBJECT_CLASS (skein_timeline_view_parent_class)->finalize (object);
}

static void
skein_timeline_view_class_init (SkeinTimelineViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = skein_timeline_view_finalize;
  widget_class->snapshot = skein_timeline_view_snapshot;
  widget_class->measure = skein_timeline_view_measure;

  gtk_widget_class_set_css_name (widget_class, "timeline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
skein_timeline_view_init (SkeinTimelineView *self)
{
}
