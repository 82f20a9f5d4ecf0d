/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SkeinFreezeLimit:
 *
 * Cancels a task that blocks this thread for too long, from a thread of its own: this one cannot look at
 * a clock meanwhile.
 */
typedef struct _SkeinFreezeLimit SkeinFreezeLimit;

/**
 * skein_freeze_limit_start:
 * @cancellable: what to cancel
 * @longest: microseconds from now, or 0 for never
 *
 * The thread that is about to block.
 *
 * Returns: (transfer full): a limit, for skein_freeze_limit_stop()
 */
SkeinFreezeLimit *skein_freeze_limit_start (GCancellable     *cancellable,
                                            gint64            longest);

/**
 * skein_freeze_limit_stop:
 * @self: (transfer full): a limit
 *
 * The thread that started it.
 *
 * Returns: whether it was reached
 */
gboolean          skein_freeze_limit_stop  (SkeinFreezeLimit *self);

G_END_DECLS
