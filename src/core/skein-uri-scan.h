/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * skein_uri_scan_starts:
 * @p: any bytes
 * @end: their end
 *
 * Any thread.
 *
 * Returns: %TRUE if "http://" or "https://" stands at @p
 */
gboolean    skein_uri_scan_starts (const char  *p,
                                   const char  *end);

/**
 * skein_uri_scan_next:
 * @p: one line of running text, any bytes
 * @end: its end
 * @start: (out): where the address starts
 * @stop: (out): where it ends
 *
 * Finds the next address, of any scheme that has "//" after it, or of magnet, as a person would: without
 * the punctuation, quotes and brackets around it. Takes time linear in what it passes. Any thread.
 *
 * Returns: (nullable): where to search on; %NULL if there is no address
 */
const char *skein_uri_scan_next   (const char  *p,
                                   const char  *end,
                                   const char **start,
                                   const char **stop);

G_END_DECLS
