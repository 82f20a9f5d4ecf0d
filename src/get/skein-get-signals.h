/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SkeinGetSignals:
 *
 * Hears SIGINT and SIGTERM on a thread of its own, since the blocking runner leaves the main thread deaf.
 */
typedef struct _SkeinGetSignals SkeinGetSignals;

/**
 * skein_get_signals_new:
 * @interrupt: cancelled at once, on that thread, when a signal comes
 * @heard: then called on the main thread
 * @data: for @heard
 *
 * Only the first signal is heard; the next does what it does to any program.
 *
 * Returns: (transfer full): ears that are open
 */
SkeinGetSignals *skein_get_signals_new  (GCancellable    *interrupt,
                                         GSourceFunc      heard,
                                         gpointer         data);

/**
 * skein_get_signals_free:
 * @self: (transfer full): open ears
 *
 * Waits for the thread.
 */
void             skein_get_signals_free (SkeinGetSignals *self);

G_END_DECLS
