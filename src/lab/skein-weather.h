/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "skein-task-context.h"

G_BEGIN_DECLS

/**
 * SkeinWeather:
 *
 * A small weather map: heat that spreads over a square. Pure computing, the same to the last bit wherever and
 * in whichever way it is done. Not thread-safe.
 */
typedef struct _SkeinWeather SkeinWeather;

#define SKEIN_WEATHER_SIDE_MAX 2048

/**
 * skein_weather_new:
 * @side: points along each side, 3 to %SKEIN_WEATHER_SIDE_MAX
 * @number: which map; each begins with its warm places elsewhere
 *
 * Returns: (transfer full): a map in its first hour
 */
SkeinWeather *skein_weather_new      (guint              side,
                                      guint              number);

/**
 * skein_weather_free:
 * @self: (transfer full): a map
 */
void          skein_weather_free     (SkeinWeather      *self);

/**
 * skein_weather_run:
 * @self: a map
 * @hours: how often the heat spreads by one point
 * @context: who runs this; passes its checkpoints
 * @cancellable: (nullable): ends it within an hour of the map
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Any thread.
 *
 * Returns: whether all hours have passed
 */
gboolean      skein_weather_run      (SkeinWeather      *self,
                                      guint              hours,
                                      SkeinTaskContext  *context,
                                      GCancellable      *cancellable,
                                      GError           **error);

/**
 * skein_weather_get_heat:
 * @self: a map
 * @row: from 0
 * @column: from 0
 *
 * Returns: how warm it is there, 0 to 1
 */
double        skein_weather_get_heat (SkeinWeather      *self,
                                      guint              row,
                                      guint              column);

/**
 * skein_weather_get_sum:
 * @self: a map
 *
 * Returns: a number that two maps share only if all their points are equal, as good as certainly
 */
guint64       skein_weather_get_sum  (SkeinWeather      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinWeather, skein_weather_free)

G_END_DECLS
