/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "skein-comparison.h"

G_BEGIN_DECLS

/**
 * skein_compare_results_new:
 * @runs: (element-type SkeinComparisonRun): what skein_comparison_run_finish() gave
 * @workload: what was run
 *
 * Shows the pictures of all ways on one time axis, what they mean, and the figures in a table. Main context only.
 *
 * Returns: (transfer floating): a widget
 */
GtkWidget *skein_compare_results_new (GPtrArray     *runs,
                                      SkeinWorkload *workload);

G_END_DECLS
