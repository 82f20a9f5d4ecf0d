/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-uri.h"

#include <gio/gio.h>
#include <string.h>

static gboolean
is_local_name (const char *host)
{
  return g_hostname_is_ip_address (host) == FALSE &&
         (g_ascii_strcasecmp (host, "localhost") == 0 ||
          g_str_has_suffix (host, ".localhost") ||
          g_str_has_suffix (host, ".local"));
}

/* Unique local addresses, fc00::/7, are to IPv6 what 10.0.0.0/8 is to IPv4; GLib's "site local" is the
 * older fec0::/10. */
static gboolean
is_unique_local (GInetAddress *address)
{
  return g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 &&
         (g_inet_address_to_bytes (address)[0] & 0xfe) == 0xfc;
}

/* ::ffff:127.0.0.1 is 127.0.0.1, and GLib does not say so. */
static GInetAddress *
parse_address (const char *text)
{
  const guint8 mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);

  if (address != NULL && g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 &&
      memcmp (g_inet_address_to_bytes (address), mapped, sizeof mapped) == 0)
    return g_inet_address_new_from_bytes (g_inet_address_to_bytes (address) + sizeof mapped,
                                          G_SOCKET_FAMILY_IPV4);

  return g_steal_pointer (&address);
}

gboolean
skein_uri_is_local (const char *uri)
{
  g_autoptr (GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED, NULL);
  g_autoptr (GInetAddress) address = NULL;
  const char *host = parsed != NULL ? g_uri_get_host (parsed) : NULL;

  if (host == NULL)
    return FALSE;

  address = parse_address (host);
  if (address == NULL)
    return is_local_name (host);

  return g_inet_address_get_is_loopback (address) ||
         g_inet_address_get_is_any (address) ||
         g_inet_address_get_is_link_local (address) ||
         g_inet_address_get_is_site_local (address) ||
         is_unique_local (address);
}
