/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SkeinProxies:
 *
 * The desktop's proxies for everything but this computer itself: what runs here is always asked directly,
 * whatever the settings say. Thread-safe.
 */
#define SKEIN_TYPE_PROXIES (skein_proxies_get_type ())
G_DECLARE_FINAL_TYPE (SkeinProxies, skein_proxies, SKEIN, PROXIES, GObject)

/**
 * skein_proxies_new:
 * @others: who knows the proxies for all other hosts
 *
 * Returns: (transfer full): a resolver
 */
GProxyResolver *skein_proxies_new (GProxyResolver *others);

G_END_DECLS
