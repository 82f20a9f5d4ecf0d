/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-practice-picture.h"

#include <cairo.h>
#include <math.h>

#define WIDTH      720
#define HEIGHT     480
#define MULTIPLIER G_GUINT64_CONSTANT (6364136223846793005)
#define SIZE_LEAST (370 * 1000)
#define SIZE_MOST  (430 * 1000)

typedef struct
{
  cairo_t *cr;
  guint64  random;
  double   hue;     /* of the whole picture, 0..1 */
} Drawing;

static double
draw (Drawing *drawing)
{
  drawing->random = drawing->random * MULTIPLIER + 1442695040888963407u;

  return (double) (drawing->random >> 40) / (1 << 24);
}

static double
channel (double hue,
         double saturation,
         double lightness,
         double shift)
{
  double place = fmod (shift + hue * 12, 12);

  return lightness - saturation * MIN (lightness, 1 - lightness) * MAX (-1, MIN (MIN (place - 3, 9 - place), 1));
}

static void
set_colour (Drawing *drawing,
            double   hue,
            double   saturation,
            double   lightness,
            double   alpha)
{
  double h = hue - floor (hue);

  cairo_set_source_rgba (drawing->cr,
                         channel (h, saturation, lightness, 0),
                         channel (h, saturation, lightness, 8),
                         channel (h, saturation, lightness, 4),
                         alpha);
}

static void
draw_sky (Drawing *drawing,
          double   top,
          double   bottom)
{
  for (guint y = 0; y < HEIGHT; y += 4)
    {
      double down = (double) y / HEIGHT;

      set_colour (drawing, drawing->hue + down * 0.08, 0.45, top + (bottom - top) * down, 1);
      cairo_rectangle (drawing->cr, 0, y, WIDTH, 4);
      cairo_fill (drawing->cr);
    }
}

static void
draw_disc (Drawing *drawing,
           double   x,
           double   y,
           double   radius)
{
  cairo_arc (drawing->cr, x, y, radius, 0, 2 * G_PI);
  cairo_fill (drawing->cr);
}

static void
draw_moon (Drawing *drawing)
{
  double x = WIDTH * (0.2 + 0.6 * draw (drawing));
  double y = HEIGHT * (0.2 + 0.25 * draw (drawing));
  double radius = 40 + 40 * draw (drawing);

  for (guint i = 8; i > 0; i--)
    {
      set_colour (drawing, drawing->hue + 0.5, 0.6, 0.85, 0.05);
      draw_disc (drawing, x, y, radius * (1 + i * 0.15));
    }
  set_colour (drawing, drawing->hue + 0.55, 0.5, 0.9, 1);
  draw_disc (drawing, x, y, radius);

  for (guint i = 0; i < 7; i++)
    {
      double angle = draw (drawing) * 2 * G_PI;
      double away = radius * 0.7 * sqrt (draw (drawing));

      set_colour (drawing, drawing->hue + 0.55, 0.3, 0.75, 0.5);
      draw_disc (drawing, x + away * cos (angle), y + away * sin (angle), radius * (0.05 + 0.12 * draw (drawing)));
    }
}

static void
draw_stars (Drawing *drawing)
{
  for (guint i = 0; i < 160; i++)
    {
      set_colour (drawing, drawing->hue + 0.5, 0.3, 0.95, 0.3 + 0.7 * draw (drawing));
      draw_disc (drawing, WIDTH * draw (drawing), HEIGHT * draw (drawing), 0.5 + 1.2 * draw (drawing));
    }
}

static void
draw_hills (Drawing *drawing)
{
  for (guint row = 0; row < 6; row++)
    {
      double base = HEIGHT * (0.45 + row * 0.09);
      double wave = 0.004 + 0.008 * draw (drawing);
      double phase = draw (drawing) * 2 * G_PI;

      cairo_move_to (drawing->cr, 0, HEIGHT);
      for (guint x = 0; x <= WIDTH; x += 6)
        cairo_line_to (drawing->cr, x, base - 34 * sin (phase + x * wave) - 12 * sin (phase * 3 + x * wave * 3.1));
      cairo_line_to (drawing->cr, WIDTH, HEIGHT);
      cairo_close_path (drawing->cr);
      set_colour (drawing, drawing->hue + 0.06 * row, 0.4, 0.55 - row * 0.075, 1);
      cairo_fill (drawing->cr);
    }
}

/* One strand of a skein: it leaves in the same direction as its neighbours, and is twisted a little. */
static void
draw_strand (Drawing *drawing,
             double   across,
             double   bend,
             double   hue)
{
  double y = HEIGHT / 2.0 + across;

  cairo_move_to (drawing->cr, -20, y + bend * 0.6);
  cairo_curve_to (drawing->cr,
                  WIDTH * 0.3, y - bend + across * 0.8,
                  WIDTH * 0.6, y + bend - across * 1.6,
                  WIDTH + 20, y - bend * 0.4);
  set_colour (drawing, hue, 0.25, 0.15, 0.35);
  cairo_set_line_width (drawing->cr, 9);
  cairo_stroke_preserve (drawing->cr);
  set_colour (drawing, hue, 0.6, 0.4 + 0.3 * draw (drawing), 0.95);
  cairo_set_line_width (drawing->cr, 6);
  cairo_stroke (drawing->cr);
}

static void
draw_skein (Drawing *drawing)
{
  double bend = 60 + 160 * draw (drawing);

  for (guint i = 0; i < 90; i++)
    draw_strand (drawing, (draw (drawing) - 0.5) * 260, bend, drawing->hue + 0.35 + (draw (drawing) - 0.5) * 0.2);
}

static void
draw_ball (Drawing *drawing,
           double   x,
           double   y,
           double   radius,
           double   hue)
{
  cairo_save (drawing->cr);
  cairo_translate (drawing->cr, x, y);
  set_colour (drawing, hue, 0.5, 0.25, 1);
  draw_disc (drawing, 0, 0, radius);
  for (guint turn = 0; turn < 9; turn++)
    {
      cairo_rotate (drawing->cr, 0.7 + draw (drawing));
      for (int line = -6; line <= 6; line++)
        {
          cairo_save (drawing->cr);
          cairo_scale (drawing->cr, 1, 0.08 + 0.07 * ABS (line));
          cairo_arc (drawing->cr, 0, 0, radius * (0.97 - 0.004 * ABS (line)),
                     line < 0 ? G_PI : 0, line < 0 ? 2 * G_PI : G_PI);
          cairo_restore (drawing->cr);
          set_colour (drawing, hue + 0.02 * draw (drawing), 0.55, 0.35 + 0.35 * draw (drawing), 0.9);
          cairo_set_line_width (drawing->cr, radius * 0.035);
          cairo_stroke (drawing->cr);
        }
    }
  cairo_restore (drawing->cr);
}

static void
draw_balls (Drawing *drawing)
{
  for (guint i = 0; i < 6; i++)
    draw_ball (drawing,
               WIDTH * (0.12 + 0.15 * i),
               HEIGHT * (0.3 + 0.45 * draw (drawing)),
               60 + 50 * draw (drawing),
               drawing->hue + 0.17 * i);
}

static void
draw_scene (Drawing *drawing,
            guint    kind)
{
  switch (kind)
    {
    case 0:
      draw_sky (drawing, 0.85, 0.7);
      draw_skein (drawing);
      break;

    case 1:
      draw_sky (drawing, 0.6, 0.9);
      draw_moon (drawing);
      draw_hills (drawing);
      break;

    case 2:
      draw_sky (drawing, 0.8, 0.55);
      draw_balls (drawing);
      break;

    default:
      draw_sky (drawing, 0.08, 0.3);
      draw_stars (drawing);
      draw_moon (drawing);
      draw_hills (drawing);
      break;
    }
}

/* Grain as of film: what makes the file large, since nothing can compress it. */
static void
add_grain (Drawing         *drawing,
           cairo_surface_t *surface,
           double           density)
{
  guint8 *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  cairo_surface_flush (surface);
  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      if (draw (drawing) < density)
        for (guint c = 0; c < 3; c++)
          {
            guint8 *value = data + y * stride + x * 4 + c;

            *value = CLAMP (*value + (int) (draw (drawing) * 13) - 6, 0, 255);
          }
  cairo_surface_mark_dirty (surface);
}

static cairo_status_t
append_cb (void                *array,
           const unsigned char *data,
           unsigned int         length)
{
  g_byte_array_append (array, data, length);

  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
make (guint  number,
      double density)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  Drawing drawing = { cairo_create (surface), number * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15), number * 0.381966 };
  GByteArray *png = g_byte_array_new ();

  draw_scene (&drawing, number % 4);
  cairo_destroy (drawing.cr);
  add_grain (&drawing, surface, density);
  cairo_surface_write_to_png_stream (surface, append_cb, png);
  cairo_surface_destroy (surface);

  return g_byte_array_free_to_bytes (png);
}

static GBytes *
make_of_size (guint number)
{
  /* What comes out right at once for nearly every picture of that kind: each further try costs as much again. */
  static const double first_tries[] = { 0.2, 0.31, 0.13, 0.3 };
  double low = 0;
  double high = 1;
  GBytes *bytes = NULL;

  for (guint i = 0; i < 8; i++)
    {
      double density = i == 0 ? first_tries[number % G_N_ELEMENTS (first_tries)] : (low + high) / 2;
      gsize size;

      g_clear_pointer (&bytes, g_bytes_unref);
      bytes = make (number, density);
      size = g_bytes_get_size (bytes);
      if (size >= SIZE_LEAST && size <= SIZE_MOST)
        break;
      *(size > SIZE_MOST ? &high : &low) = density;
    }

  return bytes;
}

/* Some may be drawn at the same time, but none by two. */
static GMutex mutex;
static GCond drawn;
static gboolean begun[SKEIN_PRACTICE_PICTURES];    /* under mutex */
static GBytes *pictures[SKEIN_PRACTICE_PICTURES];  /* under mutex; for the life of the process */

GBytes *
skein_practice_picture_get (guint number)
{
  guint i = number - 1;
  GBytes *picture;

  g_return_val_if_fail (number >= 1 && number <= SKEIN_PRACTICE_PICTURES, NULL);

  g_mutex_lock (&mutex);
  if (!begun[i])
    {
      begun[i] = TRUE;
      g_mutex_unlock (&mutex);
      picture = make_of_size (number);
      g_mutex_lock (&mutex);
      pictures[i] = picture;
      g_cond_broadcast (&drawn);
    }
  while (pictures[i] == NULL)
    g_cond_wait (&drawn, &mutex);
  picture = g_bytes_ref (pictures[i]);
  g_mutex_unlock (&mutex);

  return picture;
}
