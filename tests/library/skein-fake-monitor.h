/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SKEIN_TYPE_FAKE_MONITOR (skein_fake_monitor_get_type ())
G_DECLARE_FINAL_TYPE (SkeinFakeMonitor, skein_fake_monitor, SKEIN, FAKE_MONITOR, GObject)

/**
 * skein_fake_monitor_new:
 *
 * Returns: (transfer full): a #GNetworkMonitor of a network that is there
 */
SkeinFakeMonitor *skein_fake_monitor_new (void);

/**
 * skein_fake_monitor_be_default:
 * @gate: what stays locked keeps whoever makes one waiting
 *
 * To be called before anybody has asked for the default monitor of this process.
 */
void              skein_fake_monitor_be_default (GMutex *gate);

/**
 * skein_fake_monitor_set:
 * @self: a monitor
 * @available: whether there is a network
 * @connectivity: how far it reaches
 *
 * Tells whoever listens.
 */
void              skein_fake_monitor_set (SkeinFakeMonitor     *self,
                                          gboolean              available,
                                          GNetworkConnectivity  connectivity);

G_END_DECLS
