/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * skein_secret_free:
 * @secret: (nullable) (transfer full): a text that nobody shall find in memory later
 *
 * Overwrites it, then frees it. Any thread.
 */
void skein_secret_free (gpointer secret);

G_END_DECLS
