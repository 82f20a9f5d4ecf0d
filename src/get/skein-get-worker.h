/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * skein_get_worker_run:
 *
 * Runs one task for another program: reads it from the standard input, tells on the standard output what
 * happens (skein-worker-message.h; told in the manual page) and ends with exactly one result. The end of
 * the standard input, a line "cancel" there, %SIGINT, %SIGTERM, or nobody who reads what is told: each
 * cancels the task. The main thread.
 *
 * Returns: the exit status, as #SkeinGetStatus has them
 */
int skein_get_worker_run (void);

G_END_DECLS
