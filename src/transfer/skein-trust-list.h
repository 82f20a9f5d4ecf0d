/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SkeinTrustList:
 *
 * One list of trusted certificates for all connections. glib-networking 2.74 parses the system's list again
 * for each connection whose database is its own (4 MB and 12 ms each: 64 connections took 270 MB and
 * 2.5 s); a database of another class is only asked. This one hands every question over to the real
 * one, so the verification is the same.
 */
#define SKEIN_TYPE_TRUST_LIST (skein_trust_list_get_type ())
G_DECLARE_FINAL_TYPE (SkeinTrustList, skein_trust_list, SKEIN, TRUST_LIST, GTlsDatabase)

/**
 * skein_trust_list_install:
 * @real: (nullable): who verifies; %NULL for the system's own
 *
 * Makes it the default of the TLS backend (the session's property alone does not help). Before the first
 * session; any thread.
 */
void skein_trust_list_install (GTlsDatabase *real);

/**
 * skein_trust_list_ensure:
 *
 * Installs the system's own, unless one was installed before. Before the first session; any thread. Loading it
 * takes as long as half of a window's first frame and 4 MB: that is done when the first certificate is verified.
 */
void skein_trust_list_ensure  (void);

G_END_DECLS
