/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * skein_thread_time:
 *
 * Any thread.
 *
 * Returns: microseconds of processor time that the calling thread has used
 */
gint64 skein_thread_time (void);

G_END_DECLS
