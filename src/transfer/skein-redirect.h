/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SKEIN_REDIRECTS_MAX 10

/**
 * skein_redirect_is_redirect:
 * @status: an HTTP status
 *
 * Any thread.
 *
 * Returns: whether it sends a GET elsewhere (301, 302, 303, 307, 308; RFC 9110 section 15.4)
 */
gboolean  skein_redirect_is_redirect (guint        status);

/**
 * skein_redirect_leads_inside:
 * @from: the address that answered
 * @to: an address that it names
 *
 * Any thread.
 *
 * Returns: whether a host on the network names this computer or the local network, which no stranger should
 *   make us ask
 */
gboolean  skein_redirect_leads_inside (const char  *from,
                                       const char  *to);

/**
 * skein_redirect_next:
 * @from: the address that answered
 * @location: (nullable): the Location header's value, raw
 * @error: %SKEIN_ERROR_BAD_REDIRECT, %SKEIN_ERROR_REDIRECT_REFUSED
 *
 * Where a redirect leads to. Refused: from https to http; from a host on the network to an address that
 * names this computer or the local network, which no stranger should make us ask. Any thread.
 *
 * Returns: (transfer full) (nullable): the next address, clean
 */
char     *skein_redirect_next        (const char  *from,
                                      const char  *location,
                                      GError     **error);

G_END_DECLS
