/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-comparison.h"

G_BEGIN_DECLS

/**
 * skein_get_compare_json:
 * @runs: (element-type SkeinComparisonRun): what skein_comparison_run_finish() gave
 * @workload: what was run
 *
 * One object a line, as the manual page has them: for each run one of type "run", its lanes, tasks and
 * operations. ASCII.
 *
 * Returns: (transfer full): lines for a program
 */
char *skein_get_compare_json (GPtrArray     *runs,
                              SkeinWorkload *workload);

G_END_DECLS
