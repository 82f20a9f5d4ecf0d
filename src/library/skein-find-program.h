/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * skein_find_program:
 * @name: "skein-practice" or "skein-get"
 *
 * Finds another program of Skein: in the folders of the environment variable SKEIN_BINDIR (with colons between
 * them, for what is not installed), beside this program, where it was installed, or in PATH. Any thread.
 *
 * Returns: (transfer full) (nullable) (type filename): its path
 */
char *skein_find_program (const char *name);

G_END_DECLS
