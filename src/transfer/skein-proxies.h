/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SkeinProxies:
 *
 * The desktop's proxies, or the one that was chosen for the program, for everything but this computer itself: what runs
 * here is always asked directly, whatever the settings say. Thread-safe, but for skein_proxies_get_last().
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

/**
 * skein_proxies_choose:
 * @proxy: (nullable): "http://", "socks5://", "socks5h://", "socks4://" or "socks4a://", perhaps a login, a host and
 *   perhaps a port (without one 1080); without a scheme "http://" is meant; "none" for none at all; %NULL for the
 *   desktop's again
 * @error: %SKEIN_ERROR_INVALID_ADDRESS; the message does not hold @proxy
 *
 * Chooses the proxy for all resolvers of the program. Before other threads start.
 *
 * Returns: whether @proxy is one
 */
gboolean        skein_proxies_choose (const char      *proxy,
                                      GError         **error);

/**
 * skein_proxies_forget_last:
 * @self: a resolver
 *
 * Only by the thread whose session asks it.
 */
void            skein_proxies_forget_last (SkeinProxies *self);

/**
 * skein_proxies_get_last:
 * @self: a resolver
 *
 * Only by the thread whose session asks it.
 *
 * Returns: (transfer none) (nullable): the proxy that it named since skein_proxies_forget_last(); %NULL if none
 */
const char     *skein_proxies_get_last    (SkeinProxies *self);

/**
 * skein_proxies_dup_label:
 * @proxy: an address of a proxy
 *
 * Any thread.
 *
 * Returns: (transfer full): host and port, without a login
 */
char           *skein_proxies_dup_label   (const char   *proxy);

/**
 * skein_proxies_dup_authorization:
 * @proxy: an address of a proxy
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the value of Proxy-Authorization (Basic), if @proxy is an HTTP proxy and holds a
 *   login
 */
char           *skein_proxies_dup_authorization (const char *proxy);

G_END_DECLS
