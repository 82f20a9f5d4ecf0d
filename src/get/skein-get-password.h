/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * skein_get_password_ask:
 * @user: whose password
 *
 * Asks on the standard error, and reads a line from the terminal that is the standard input, without showing it. A
 * signal that ends or stops the program finds the terminal as it was. Blocks; before other threads start.
 *
 * Returns: (transfer full) (nullable): the password, or %NULL at the end of the input
 */
char *skein_get_password_ask (const char *user);

G_END_DECLS
