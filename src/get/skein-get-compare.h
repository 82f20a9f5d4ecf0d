/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * skein_get_compare_main:
 * @argv: the arguments, "compare" first
 *
 * "skein-get compare": runs the comparison and tells about it on the standard output. The main thread, after
 * skein_transfer_init().
 *
 * Returns: the exit status, as #SkeinGetStatus has them
 */
int skein_get_compare_main (char **argv);

G_END_DECLS
