/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SkeinNetworkState:
 * @SKEIN_NETWORK_THERE: as far as anybody can tell
 * @SKEIN_NETWORK_GONE: this computer has no way out
 * @SKEIN_NETWORK_SIGN_IN: it has one, but only after a sign-in on a web page (a captive portal)
 *
 * Whether this computer is connected.
 */
typedef enum
{
  SKEIN_NETWORK_THERE,
  SKEIN_NETWORK_GONE,
  SKEIN_NETWORK_SIGN_IN,
} SkeinNetworkState;

/**
 * SkeinNetwork:
 *
 * Whether the network is there, as the desktop says. Main context only.
 */
typedef struct _SkeinNetwork SkeinNetwork;

/**
 * skein_network_new:
 * @changed: called when something about the network has changed
 * @data: for @changed
 *
 * The desktop is asked only after skein_network_start(): who needs no network never pays for it.
 *
 * Returns: (transfer full): a watch
 */
SkeinNetwork     *skein_network_new         (void            (*changed) (gpointer data),
                                             gpointer          data);

/**
 * skein_network_free:
 * @self: (transfer full): a watch
 */
void              skein_network_free        (SkeinNetwork     *self);

/**
 * skein_network_set_monitor:
 * @self: a watch
 * @monitor: whom to ask instead of the desktop
 */
void              skein_network_set_monitor (SkeinNetwork     *self,
                                             GNetworkMonitor  *monitor);

/**
 * skein_network_start:
 * @self: a watch
 *
 * Begins to ask the desktop, on a thread, as the first answer may take seconds. Does nothing the second time, or if
 * there is a monitor.
 */
void              skein_network_start       (SkeinNetwork     *self);

/**
 * skein_network_get_state:
 * @self: a watch
 *
 * Never blocks: until the desktop has answered, the network counts as there.
 *
 * Returns: whether it is there now
 */
SkeinNetworkState skein_network_get_state   (SkeinNetwork     *self);

G_END_DECLS
