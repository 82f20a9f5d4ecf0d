/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * What a file is, judged by its name alone: rows must not touch the disk. Main thread.
 */

/**
 * skein_file_kind_dup_icon:
 * @name: the name of a file
 *
 * Returns: (transfer full): a symbolic icon for files of that kind
 */
GIcon    *skein_file_kind_dup_icon     (const char *name);

/**
 * skein_file_kind_is_picture:
 * @name: the name of a file
 *
 * Returns: whether files of that kind are pictures
 */
gboolean  skein_file_kind_is_picture   (const char *name);

/**
 * skein_file_kind_can_run_code:
 * @name: the name of a file
 *
 * Returns: whether opening such a file may run a program that somebody else wrote: launchers, scripts,
 *   packages, programs of other systems
 */
gboolean  skein_file_kind_can_run_code (const char *name);

G_END_DECLS
