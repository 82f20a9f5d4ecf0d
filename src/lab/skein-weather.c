/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-weather.h"

#include <string.h>

/* Points between two checkpoints: about 10 microseconds' worth. */
#define POINTS_PER_CHECKPOINT 8192

#define WARM_PLACES 5

/* How much of the difference to its neighbours a point takes over in an hour. */
#define SPREAD 0.2

struct _SkeinWeather
{
  guint   side;
  double *now;   /* side × side, row by row */
  double *next;
};

/* Any numbers will do, as long as every language and machine has the same. */
static guint
scatter (guint *state,
         guint  range)
{
  *state = *state * 1103515245u + 12345u;

  return (*state >> 8) % range;
}

SkeinWeather *
skein_weather_new (guint side,
                   guint number)
{
  SkeinWeather *self;
  guint state = number + 1;

  g_return_val_if_fail (side >= 3 && side <= SKEIN_WEATHER_SIDE_MAX, NULL);

  self = g_new0 (SkeinWeather, 1);
  self->side = side;
  self->now = g_new0 (double, (gsize) side * side);
  self->next = g_new0 (double, (gsize) side * side);
  for (guint i = 0; i < WARM_PLACES; i++)
    {
      guint row = scatter (&state, side);
      guint column = scatter (&state, side);

      self->now[(gsize) row * side + column] = 1;
    }

  return self;
}

void
skein_weather_free (SkeinWeather *self)
{
  g_free (self->now);
  g_free (self->next);
  g_free (self);
}

/* Beyond the edge it is as warm as on it. */
static void
spread_row (SkeinWeather *self,
            guint         row)
{
  guint side = self->side;
  const double *here = self->now + (gsize) row * side;
  const double *above = row > 0 ? here - side : here;
  const double *below = row + 1 < side ? here + side : here;
  double *next = self->next + (gsize) row * side;

  for (guint i = 0; i < side; i++)
    {
      double left = here[i > 0 ? i - 1 : i];
      double right = here[i + 1 < side ? i + 1 : i];

      next[i] = here[i] + SPREAD * (above[i] + below[i] + left + right - 4 * here[i]);
    }
}

gboolean
skein_weather_run (SkeinWeather      *self,
                   guint              hours,
                   SkeinTaskContext  *context,
                   GCancellable      *cancellable,
                   GError           **error)
{
  guint rows = MAX (POINTS_PER_CHECKPOINT / self->side, 1);

  skein_task_context_enter (context, SKEIN_OPERATION_COMPUTE);
  for (guint hour = 0; hour < hours && !g_cancellable_is_cancelled (cancellable); hour++)
    {
      double *before;

      for (guint row = 0; row < self->side; row++)
        {
          spread_row (self, row);
          if (row % rows == rows - 1 || row == self->side - 1)
            skein_task_context_checkpoint (context);
        }
      before = self->now;
      self->now = self->next;
      self->next = before;
    }
  skein_task_context_leave (context, SKEIN_OPERATION_COMPUTE);

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

double
skein_weather_get_heat (SkeinWeather *self,
                        guint         row,
                        guint         column)
{
  g_return_val_if_fail (row < self->side && column < self->side, 0);

  return self->now[(gsize) row * self->side + column];
}

guint64
skein_weather_get_sum (SkeinWeather *self)
{
  guint64 sum = 0;

  for (gsize i = 0; i < (gsize) self->side * self->side; i++)
    {
      guint64 bits;

      memcpy (&bits, self->now + i, sizeof bits);
      sum = sum * G_GUINT64_CONSTANT (6364136223846793005) + bits;
    }

  return sum;
}
