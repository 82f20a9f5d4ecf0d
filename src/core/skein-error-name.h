/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Errors by name, for programs that read our output: numbers may change from version to version, names stay.
 */

/**
 * skein_error_name:
 * @error: an error
 * @domain: (out): "skein", "http" or the name of a library's domain
 *
 * What is cancelled (%G_IO_ERROR_CANCELLED) is "cancelled" of "skein". Any thread.
 *
 * Returns: (transfer full): "no-space", "404", or a library's number
 */
char   *skein_error_name          (const GError  *error,
                                   const char   **domain);

/**
 * skein_error_new_from_name:
 * @domain: as skein_error_name() tells it; any text
 * @code: the same
 * @message: for logs; any text
 *
 * The way back. Any thread.
 *
 * Returns: (transfer full): the error that was named; what has no name here is %G_IO_ERROR_FAILED, with
 *   domain and code in its message
 */
GError *skein_error_new_from_name (const char    *domain,
                                   const char    *code,
                                   const char    *message);

G_END_DECLS
