/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-compare-results.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "skein-describe.h"
#include "skein-report.h"
#include "skein-timeline-paint.h"
#include "skein-timeline-view.h"

#define N_COLUMNS 8
#define SWATCH    12

static GtkWidget *
make_label (const char *text,
            const char *style,
            gboolean    wrap)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), wrap);
  gtk_label_set_selectable (GTK_LABEL (label), wrap);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);

  return label;
}

static gint64
longest_wall (GArray *rows)
{
  gint64 longest = 1;

  for (guint i = 0; i < rows->len; i++)
    longest = MAX (longest, g_array_index (rows, SkeinReportRow, i).run->figures.wall);

  return longest;
}

static void
append_way (GtkBox               *box,
            const SkeinReportRow *first,
            const SkeinReportRow *row,
            gint64                axis)
{
  g_autofree char *wall = skein_describe_duration (row->run->figures.wall);
  /* Translators: "Without Threads: 4.5 s" */
  g_autofree char *title = g_strdup_printf (_("%s: %s"), skein_report_get_title (row->way), wall);
  g_autofree char *sentence = skein_report_dup_sentence (first, row, g_get_num_processors ());
  GtkWidget *way = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *view = skein_timeline_view_new ();

  skein_timeline_view_set_run (SKEIN_TIMELINE_VIEW (view), row->run, axis);
  gtk_box_append (GTK_BOX (way), make_label (title, "heading", FALSE));
  gtk_box_append (GTK_BOX (way), view);
  gtk_box_append (GTK_BOX (way), make_label (sentence, NULL, TRUE));
  gtk_box_append (box, way);
}

static void
draw_swatch (GtkDrawingArea *area,
             cairo_t        *cr,
             int             width,
             int             height,
             gpointer        operation)
{
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (area)));
  GdkRGBA color;

  skein_timeline_paint_get_color ((SkeinOperation) GPOINTER_TO_INT (operation), adw_style_manager_get_dark (manager),
                                  &color);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
}

static GtkWidget *
make_legend_item (SkeinOperation  operation,
                  const char     *text)
{
  GtkWidget *item = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *swatch = gtk_drawing_area_new ();

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (swatch), SWATCH);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (swatch), SWATCH);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (swatch), draw_swatch, GINT_TO_POINTER (operation), NULL);
  gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (item), swatch);
  gtk_box_append (GTK_BOX (item), make_label (text, "caption", FALSE));

  return item;
}

static GtkWidget *
make_legend (void)
{
  GtkWidget *legend = gtk_flow_box_new ();

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (legend), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (legend), 5);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (legend), 12);
  gtk_flow_box_append (GTK_FLOW_BOX (legend), make_legend_item (SKEIN_OPERATION_WAIT, _("waits")));
  gtk_flow_box_append (GTK_FLOW_BOX (legend), make_legend_item (SKEIN_OPERATION_RECEIVE, _("R: receives")));
  gtk_flow_box_append (GTK_FLOW_BOX (legend), make_legend_item (SKEIN_OPERATION_WRITE, _("W: writes")));
  gtk_flow_box_append (GTK_FLOW_BOX (legend),
                       make_legend_item (SKEIN_OPERATION_COMPUTE, _("C: computes; hatched: waits for a core")));
  gtk_flow_box_append (GTK_FLOW_BOX (legend), make_legend_item (SKEIN_OPERATION_LOCK, _("L: waits for a lock")));

  return legend;
}

static void
attach (GtkGrid    *grid,
        guint       column,
        guint       row,
        char       *text,
        const char *style)
{
  GtkWidget *label = make_label (text, style, FALSE);

  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  gtk_widget_add_css_class (label, "numeric");
  gtk_grid_attach (grid, label, (int) column, (int) row, 1, 1);
  g_free (text);
}

static void
attach_row (GtkGrid              *grid,
            guint                 number,
            const SkeinReportRow *row)
{
  const SkeinFigures *figures = &row->run->figures;

  attach (grid, 0, number, g_strdup (skein_report_get_title (row->way)), NULL);
  attach (grid, 1, number, skein_describe_duration (figures->wall), NULL);
  attach (grid, 2, number, g_strdup_printf (_("%.1f ×"), row->times_as_fast), NULL);
  attach (grid, 3, number, skein_describe_duration (figures->longest_gap), NULL);
  attach (grid, 4, number, g_strdup_printf ("%u", figures->in_progress), NULL);
  attach (grid, 5, number, g_strdup_printf ("%.2f", figures->computing), NULL);
  attach (grid, 6, number, skein_describe_duration (figures->processor), NULL);
  attach (grid, 7, number, skein_describe_size (figures->memory), NULL);
}

static GtkWidget *
make_table (GArray *rows)
{
  const char *const heads[N_COLUMNS] = {
    _("Way"), _("Time"), _("As Fast"), _("Longest Freeze"), _("In Progress"), _("Computing"), _("Processor"),
    _("Memory"),
  };
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  for (guint i = 0; i < N_COLUMNS; i++)
    attach (GTK_GRID (grid), i, 0, g_strdup (heads[i]), "dim-label");
  for (guint i = 0; i < rows->len; i++)
    attach_row (GTK_GRID (grid), i + 1, &g_array_index (rows, SkeinReportRow, i));

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), grid);

  return scroller;
}

GtkWidget *
skein_compare_results_new (GPtrArray     *runs,
                           SkeinWorkload *workload)
{
  g_autoptr (GArray) rows = skein_report_make (runs);
  g_autofree char *outcome = skein_report_dup_outcome (rows, workload);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  for (guint i = 0; i < rows->len; i++)
    append_way (GTK_BOX (box), &g_array_index (rows, SkeinReportRow, 0), &g_array_index (rows, SkeinReportRow, i),
                longest_wall (rows));
  gtk_box_append (GTK_BOX (box), make_legend ());
  gtk_box_append (GTK_BOX (box), make_table (rows));
  gtk_box_append (GTK_BOX (box), make_label (outcome, NULL, TRUE));

  return box;
}
