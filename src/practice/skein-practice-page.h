/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * skein_practice_page_new:
 * @address: the server's address, without "/" at its end
 *
 * Returns: (transfer full): the page at /, HTML
 */
GBytes *skein_practice_page_new           (const char *address);

/**
 * skein_practice_page_list:
 * @address: the server's address, without "/" at its end
 *
 * Returns: (transfer full): the addresses of all that is on the page, one a line
 */
GBytes *skein_practice_page_list          (const char *address);

/**
 * skein_practice_page_list_pictures:
 * @address: the server's address, without "/" at its end
 * @count: how many
 * @query: (nullable): a query for each address
 *
 * Returns: (transfer full): the addresses of the first pictures, one a line
 */
GBytes *skein_practice_page_list_pictures (const char *address,
                                           guint       count,
                                           const char *query);

G_END_DECLS
