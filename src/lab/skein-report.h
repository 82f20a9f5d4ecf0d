/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-comparison.h"

G_BEGIN_DECLS

/**
 * SkeinReportRow:
 * @way: which way
 * @run: (not owned): the run of median length among its repeats
 * @n_runs: how many repeats there were
 * @least: the shortest wall time, microseconds
 * @most: the longest
 * @times_as_fast: the first way's wall time divided by this one's; 1 for the first
 * @failed: tasks that failed, in all repeats
 *
 * What one way came to.
 */
typedef struct
{
  SkeinWay                  way;
  const SkeinComparisonRun *run;
  guint                     n_runs;
  gint64                    least;
  gint64                    most;
  double                    times_as_fast;
  guint                     failed;
} SkeinReportRow;

/* Below this nobody can tell a difference from chance, microseconds. */
#define SKEIN_REPORT_TOO_SHORT (5 * 1000)

/* Ratios between these are called the same. */
#define SKEIN_REPORT_SAME_LEAST 0.85
#define SKEIN_REPORT_SAME_MOST  1.15

/**
 * skein_report_get_title:
 * @way: a way
 *
 * Returns: (transfer none): what people call it, translated
 */
const char *skein_report_get_title (SkeinWay way);

/**
 * skein_report_make:
 * @runs: (element-type SkeinComparisonRun): what skein_comparison_run_finish() gave; must outlive the result
 *
 * Returns: (transfer full) (element-type SkeinReportRow): a row for each way, in the order in which they were
 *   run first
 */
GArray *skein_report_make         (GPtrArray            *runs);

/**
 * skein_report_dup_sentence:
 * @first: the first row of a report
 * @row: any row of it, also @first
 * @cores: how many cores this machine has
 *
 * Says what the figures mean, by rules that hold for any work: whether it was as long, what overlapped, what
 * computed at once, and how long a window would not have answered.
 *
 * Returns: (transfer full): a sentence or two, translated
 */
char   *skein_report_dup_sentence (const SkeinReportRow *first,
                                   const SkeinReportRow *row,
                                   guint                 cores);

/**
 * skein_report_dup_outcome:
 * @rows: (element-type SkeinReportRow): a report
 * @workload: what was run
 *
 * Returns: (transfer full): whether all ways came to the same, or to what they ought to; translated
 */
char   *skein_report_dup_outcome  (GArray               *rows,
                                   SkeinWorkload        *workload);

G_END_DECLS
