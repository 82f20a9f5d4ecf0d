/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-timeline-paint.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <unistd.h>

#include "skein-describe.h"

#define NAME_WIDTH  104
#define LANE_HEIGHT 20
#define LANE_STEP   24
#define AXIS_HEIGHT 18
#define HATCH_STEP  5

/* Of the size of other texts. */
#define TEXT_SIZE 0.85

/* A part that is narrower cannot hold its letter. */
#define LETTER_WIDTH 14

struct _SkeinTimelinePaint
{
  GArray *lanes;  /* of SkeinTimelineLane */
  GArray *tasks;  /* of SkeinTimelineTask */
  GArray *events; /* of SkeinTimelineEvent */
  gint64  begin;
  gint64  axis;
};

/* What all parts of one drawing share. */
typedef struct
{
  SkeinTimelinePaint *paint;
  cairo_t            *cr;
  PangoLayout        *layout;
  const GdkRGBA      *ink;
  gboolean            dark;
  double              width; /* of the axis */
} Drawing;

/* Light and dark: the least distance between two of them is 40 and 37 (CIE76) in all four kinds of sight. */
static const struct
{
  const char *light;
  const char *dark;
  const char *letter;
} looks[] = {
  { "#c0bfbc", "#77767b", NULL },
  { "#62a0ea", "#62a0ea", N_("R") },
  { "#e5a50a", "#f5c211", N_("W") },
  { "#3d2155", "#f6f5f4", N_("C") },
  { "#c01c28", "#e01b24", N_("L") },
};

enum
{
  LOOK_WAIT,
  LOOK_RECEIVE,
  LOOK_WRITE,
  LOOK_COMPUTE,
  LOOK_LOCK,
};

static guint
look_of (SkeinOperation operation)
{
  switch (operation)
    {
    case SKEIN_OPERATION_RECEIVE:
      return LOOK_RECEIVE;
    case SKEIN_OPERATION_WRITE:
      return LOOK_WRITE;
    case SKEIN_OPERATION_HASH:
    case SKEIN_OPERATION_COMPUTE:
      return LOOK_COMPUTE;
    case SKEIN_OPERATION_LOCK:
      return LOOK_LOCK;
    case SKEIN_OPERATION_START:
    case SKEIN_OPERATION_RESOLVE:
    case SKEIN_OPERATION_CONNECT:
    case SKEIN_OPERATION_TLS:
    case SKEIN_OPERATION_WAIT:
    case SKEIN_OPERATION_INPUT:
    case SKEIN_N_OPERATIONS:
    default:
      return LOOK_WAIT;
    }
}

void
skein_timeline_paint_get_color (SkeinOperation  operation,
                                gboolean        dark,
                                GdkRGBA        *color)
{
  guint look = look_of (operation);

  gdk_rgba_parse (color, dark ? looks[look].dark : looks[look].light);
}

SkeinTimelinePaint *
skein_timeline_paint_new (const SkeinComparisonRun *run,
                          gint64                    axis)
{
  SkeinTimelinePaint *self = g_new0 (SkeinTimelinePaint, 1);

  self->lanes = skein_timeline_dup_lanes (run->timeline);
  self->tasks = skein_timeline_dup_tasks (run->timeline);
  self->events = skein_timeline_dup_events (run->timeline);
  self->begin = run->begin;
  self->axis = MAX (axis, 1);

  return self;
}

void
skein_timeline_paint_free (SkeinTimelinePaint *self)
{
  g_array_unref (self->lanes);
  g_array_unref (self->tasks);
  g_array_unref (self->events);
  g_free (self);
}

int
skein_timeline_paint_get_height (SkeinTimelinePaint *self)
{
  return (int) self->lanes->len * LANE_STEP + AXIS_HEIGHT;
}

static double
x_of (const Drawing *drawing,
      gint64         time)
{
  return NAME_WIDTH + drawing->width * (double) (time - drawing->paint->begin) / (double) drawing->paint->axis;
}

/* Puts @text at @x, or ends it there. */
static void
draw_text (const Drawing *drawing,
           const char    *text,
           double         x,
           double         middle,
           double         align)
{
  int width;
  int height;

  pango_layout_set_text (drawing->layout, text, -1);
  pango_layout_get_pixel_size (drawing->layout, &width, &height);
  cairo_move_to (drawing->cr, round (x - align * width), round (middle - height / 2.0));
  pango_cairo_show_layout (drawing->cr, drawing->layout);
}

static void
add_rounded (cairo_t *cr,
             double   x,
             double   y,
             double   width,
             double   height)
{
  double radius = MIN (4, width / 2);

  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI_2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

/* Wanted a core and had none. */
static void
hatch (const Drawing *drawing,
       double         x,
       double         y,
       double         width,
       double         height)
{
  cairo_t *cr = drawing->cr;

  cairo_save (cr);
  cairo_rectangle (cr, x, y, width, height);
  cairo_clip (cr);
  /* From the same origin everywhere, so that neighbouring slices look like one. */
  for (double left = floor ((x - height) / HATCH_STEP) * HATCH_STEP; left < x + width; left += HATCH_STEP)
    {
      cairo_move_to (cr, left, y + height);
      cairo_line_to (cr, left + height, y);
    }
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static double
share_of_core (const SkeinTimelineEvent *event)
{
  gint64 time = event->end - event->begin;

  return event->on_core >= 0 && time > 0 ? CLAMP ((double) event->on_core / (double) time, 0, 1) : 1;
}

static void
draw_part (const Drawing            *drawing,
           const SkeinTimelineEvent *event,
           double                    y)
{
  double x = x_of (drawing, event->begin);
  double width = MAX (x_of (drawing, event->end) - x, 0.5);
  guint look = look_of (event->operation);
  double filled = LANE_HEIGHT;
  GdkRGBA color;

  skein_timeline_paint_get_color (event->operation, drawing->dark, &color);
  gdk_cairo_set_source_rgba (drawing->cr, &color);
  if (look == LOOK_COMPUTE)
    {
      filled = LANE_HEIGHT * share_of_core (event);
      hatch (drawing, x, y, width, LANE_HEIGHT - filled);
    }
  else if (look == LOOK_WAIT)
    {
      /* Nothing is done: a line is enough. */
      filled = 4;
      y -= LANE_HEIGHT / 2.0 - 2;
    }
  cairo_rectangle (drawing->cr, x, y + LANE_HEIGHT - filled, width, filled);
  cairo_fill (drawing->cr);
}

static void
draw_letter (const Drawing            *drawing,
             const SkeinTimelineEvent *event,
             double                    y)
{
  double x = x_of (drawing, event->begin);
  double width = x_of (drawing, event->end) - x;
  const char *letter = looks[look_of (event->operation)].letter;
  const GdkRGBA white = { 1, 1, 1, 1 };
  const GdkRGBA black = { 0, 0, 0, 1 };
  GdkRGBA color;
  gboolean on_light;

  if (letter == NULL || width < LETTER_WIDTH || share_of_core (event) < 0.8)
    return;

  skein_timeline_paint_get_color (event->operation, drawing->dark, &color);
  on_light = 0.3 * color.red + 0.59 * color.green + 0.11 * color.blue > 0.5;
  gdk_cairo_set_source_rgba (drawing->cr, on_light ? &black : &white);
  draw_text (drawing, _(letter), x + width / 2, y + LANE_HEIGHT / 2.0, 0.5);
}

static void
draw_parts (const Drawing *drawing,
            guint          lane,
            double         y)
{
  for (guint i = 0; i < drawing->paint->events->len; i++)
    {
      const SkeinTimelineEvent *event = &g_array_index (drawing->paint->events, SkeinTimelineEvent, i);

      /* What somebody else measured lies within a wait. */
      if (event->lane != lane || event->on_core < 0)
        continue;
      draw_part (drawing, event, y);
      draw_letter (drawing, event, y);
    }
}

static void
draw_tasks (const Drawing *drawing,
            guint          lane,
            double         y)
{
  gdk_cairo_set_source_rgba (drawing->cr, drawing->ink);
  cairo_set_line_width (drawing->cr, 1);
  for (guint i = 0; i < drawing->paint->tasks->len; i++)
    {
      const SkeinTimelineTask *task = &g_array_index (drawing->paint->tasks, SkeinTimelineTask, i);
      double x = floor (x_of (drawing, task->begin)) + 0.5;

      if (task->lane != lane)
        continue;
      add_rounded (drawing->cr, x, y + 0.5, MAX (ceil (x_of (drawing, task->end)) - 0.5 - x, 1), LANE_HEIGHT - 1);
      cairo_stroke (drawing->cr);
    }
}

static void
draw_lanes (const Drawing *drawing)
{
  guint worker = 0;

  for (guint i = 0; i < drawing->paint->lanes->len; i++)
    {
      const SkeinTimelineLane *lane = &g_array_index (drawing->paint->lanes, SkeinTimelineLane, i);
      g_autofree char *name = NULL;
      double y = i * LANE_STEP;

      if (lane->process != (int) getpid ())
        name = g_strdup_printf (_("Process %d"), lane->process);
      else if (lane->window)
        name = g_strdup (_("Window’s thread"));
      else
        name = g_strdup_printf (_("Worker %u"), ++worker);
      gdk_cairo_set_source_rgba (drawing->cr, drawing->ink);
      draw_text (drawing, name, 0, y + LANE_HEIGHT / 2.0, 0);
      draw_parts (drawing, i, y);
      draw_tasks (drawing, i, y);
    }
}

static void
draw_axis (const Drawing *drawing)
{
  double y = drawing->paint->lanes->len * LANE_STEP + AXIS_HEIGHT / 2.0;
  g_autofree char *half = skein_describe_duration (drawing->paint->axis / 2);
  g_autofree char *end = skein_describe_duration (drawing->paint->axis);

  gdk_cairo_set_source_rgba (drawing->cr, drawing->ink);
  draw_text (drawing, "0", NAME_WIDTH, y, 0);
  draw_text (drawing, half, NAME_WIDTH + drawing->width / 2, y, 0.5);
  draw_text (drawing, end, NAME_WIDTH + drawing->width, y, 1);
}

void
skein_timeline_paint_draw (SkeinTimelinePaint *self,
                           cairo_t            *cr,
                           PangoContext       *pango,
                           int                 width,
                           const GdkRGBA      *ink,
                           gboolean            dark)
{
  g_autoptr (PangoLayout) layout = pango_layout_new (pango);
  PangoFontDescription *font = pango_font_description_copy (pango_context_get_font_description (pango));
  double size = pango_font_description_get_size (font) * TEXT_SIZE;
  Drawing drawing = {
    .paint = self, .cr = cr, .layout = layout, .ink = ink, .dark = dark, .width = MAX (width - NAME_WIDTH - 1, 1),
  };

  if (pango_font_description_get_size_is_absolute (font))
    pango_font_description_set_absolute_size (font, size);
  else
    pango_font_description_set_size (font, (int) size);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  draw_lanes (&drawing);
  draw_axis (&drawing);
}
