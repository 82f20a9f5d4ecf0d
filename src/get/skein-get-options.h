/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SkeinGetOptions:
 * @addresses: (nullable): as typed
 * @list: (nullable): a file with addresses, or "-" for the standard input
 * @folder: absolute: where the files shall be
 * @at_once: downloads at once
 * @blocking: one after the other on the main thread
 * @version: only tell the version
 *
 * What the command line asks for.
 */
typedef struct
{
  char   **addresses;
  char    *list;
  char    *folder;
  guint    at_once;
  gboolean blocking;
  gboolean version;
} SkeinGetOptions;

/**
 * skein_get_options_parse:
 * @argv: (transfer none): the arguments
 * @error: %G_OPTION_ERROR
 *
 * With --help the text is printed and the process ends.
 *
 * Returns: (transfer full) (nullable): %NULL if the command line makes no sense
 */
SkeinGetOptions *skein_get_options_parse (char            **argv,
                                          GError          **error);

/**
 * skein_get_options_free:
 * @self: (transfer full): options
 */
void             skein_get_options_free  (SkeinGetOptions  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinGetOptions, skein_get_options_free)

G_END_DECLS
