/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * skein_get_refuse:
 * @error: gets %G_OPTION_ERROR_BAD_VALUE
 * @format: what is wrong with the command line, translated; for printf()
 * @...: for @format
 *
 * Returns: %FALSE, so that it can be returned at once
 */
gboolean skein_get_refuse (GError     **error,
                           const char  *format,
                           ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
