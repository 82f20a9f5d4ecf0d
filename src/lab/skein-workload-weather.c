/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-workload-private.h"

#include <glib/gi18n-lib.h>

#include "skein-weather.h"

typedef struct
{
  SkeinWorkload base;
  guint         side;   /* constant */
  guint         hours;  /* constant */
} Weather;

static gboolean
weather_run (SkeinWorkload     *workload,
             guint              number,
             SkeinTaskContext  *context,
             GCancellable      *cancellable,
             GError           **error)
{
  Weather *self = (Weather *) workload;
  g_autoptr (SkeinWeather) map = skein_weather_new (self->side, number);

  if (!skein_weather_run (map, self->hours, context, cancellable, error))
    return FALSE;

  skein_workload_take_outcome (workload, skein_weather_get_sum (map));

  return TRUE;
}

static char *
weather_dup_name (SkeinWorkload *workload,
                  guint          number)
{
  return g_strdup_printf (_("map %u"), number + 1);
}

static void
weather_describe (SkeinWorkload *workload,
                  guint          number,
                  GVariantDict  *task)
{
  Weather *self = (Weather *) workload;

  g_variant_dict_insert (task, "kind", "s", "weather");
  g_variant_dict_insert (task, "number", "u", number);
  g_variant_dict_insert (task, "side", "u", self->side);
  g_variant_dict_insert (task, "hours", "u", self->hours);
}

static const SkeinWorkloadFuncs weather_funcs = {
  .run = weather_run, .dup_name = weather_dup_name, .describe = weather_describe,
};

SkeinWorkload *
skein_workload_new_weather (guint n_tasks,
                            guint side,
                            guint hours)
{
  Weather *self = g_new0 (Weather, 1);

  skein_workload_init (&self->base, &weather_funcs, n_tasks);
  self->side = side;
  self->hours = hours;

  return &self->base;
}
