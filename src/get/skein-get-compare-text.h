/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-comparison.h"

G_BEGIN_DECLS

/**
 * skein_get_compare_text:
 * @runs: (element-type SkeinComparisonRun): what skein_comparison_run_finish() gave
 * @workload: what was run
 *
 * Draws the median run of each way on one time axis, one line a thread, and puts the figures and what they mean
 * below.
 *
 * Returns: (transfer full): lines for a person
 */
char *skein_get_compare_text (GPtrArray     *runs,
                              SkeinWorkload *workload);

G_END_DECLS
