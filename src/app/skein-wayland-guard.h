/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/**
 * SkeinWaylandGuard:
 *
 * Keeps a frozen program connected: a Wayland compositor drops a client that lets its socket run full, so
 * a thread reads the socket meanwhile. Nothing is dispatched, drawn or answered by it.
 */
typedef struct _SkeinWaylandGuard SkeinWaylandGuard;

/**
 * skein_wayland_guard_start:
 * @display: the display of the window that is about to freeze
 *
 * The main thread, from a source of no higher priority than GDK's own, which otherwise may be in the
 * middle of reading.
 *
 * Returns: (transfer full) (nullable): the guard, or %NULL if this is not Wayland
 */
SkeinWaylandGuard *skein_wayland_guard_start (GdkDisplay        *display);

/**
 * skein_wayland_guard_stop:
 * @self: (transfer full) (nullable): a guard
 *
 * Ends the reading and waits for its thread. The main thread, before the main loop turns again.
 */
void               skein_wayland_guard_stop  (SkeinWaylandGuard *self);

G_END_DECLS
