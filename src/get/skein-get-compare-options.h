/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-comparison.h"

G_BEGIN_DECLS

/**
 * SkeinGetCompareWork:
 * @SKEIN_GET_COMPARE_PICTURES: downloads
 * @SKEIN_GET_COMPARE_WEATHER: computing
 * @SKEIN_GET_COMPARE_MEMORY: adding to one counter
 * @SKEIN_GET_COMPARE_TINY: many tasks that do next to nothing
 *
 * What to compare the ways with.
 */
typedef enum
{
  SKEIN_GET_COMPARE_PICTURES,
  SKEIN_GET_COMPARE_WEATHER,
  SKEIN_GET_COMPARE_MEMORY,
  SKEIN_GET_COMPARE_TINY,
} SkeinGetCompareWork;

/**
 * SkeinGetCompareOptions:
 * @work: what work
 * @ways: in which ways, how often, with how many workers
 * @n_tasks: how many tasks
 * @delay: of a practice picture's answer, milliseconds
 * @rate: of a practice picture, bytes per second; 0 for as fast as can be
 * @side: of a weather map, points
 * @hours: of a weather map
 * @additions: of each adder
 * @care: how they add
 * @addresses: (nullable): to be downloaded in place of the practice pictures
 * @json: events and figures for programs, in place of the table
 *
 * What the command line of "skein-get compare" asks for.
 */
typedef struct
{
  SkeinGetCompareWork    work;
  SkeinComparisonOptions ways;
  guint                  n_tasks;
  guint                  delay;
  guint                  rate;
  guint                  side;
  guint                  hours;
  guint64                additions;
  SkeinCare              care;
  char                 **addresses;
  gboolean               json;
} SkeinGetCompareOptions;

/**
 * skein_get_compare_options_parse:
 * @argv: (transfer none): the arguments, "compare" first
 * @error: %G_OPTION_ERROR
 *
 * With --help the text is printed and the process ends.
 *
 * Returns: (transfer full) (nullable): %NULL if the command line makes no sense
 */
SkeinGetCompareOptions *skein_get_compare_options_parse (char                   **argv,
                                                         GError                 **error);

/**
 * skein_get_compare_options_free:
 * @self: (transfer full): options
 */
void                    skein_get_compare_options_free  (SkeinGetCompareOptions  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinGetCompareOptions, skein_get_compare_options_free)

G_END_DECLS
