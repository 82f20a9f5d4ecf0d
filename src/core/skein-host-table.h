/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SkeinHostTable:
 *
 * Counts the connections in use, in all and for each host, and says no beyond the limits: libsoup's
 * own limits make a request wait where nobody can cancel or time it. All functions may be called from
 * any thread.
 */
typedef struct _SkeinHostTable SkeinHostTable;

#define SKEIN_HOST_TABLE_DEFAULT_PER_HOST 16
#define SKEIN_HOST_TABLE_DEFAULT_IN_ALL   64

/**
 * skein_host_table_new:
 * @per_host: connections to one host at the most
 * @in_all: connections at the most
 *
 * Returns: (transfer full): a table with one reference
 */
SkeinHostTable *skein_host_table_new     (guint            per_host,
                                          guint            in_all);

/**
 * skein_host_table_ref:
 * @self: a table
 *
 * Returns: (transfer full): @self
 */
SkeinHostTable *skein_host_table_ref     (SkeinHostTable  *self);

/**
 * skein_host_table_unref:
 * @self: (transfer full): a table
 */
void            skein_host_table_unref   (SkeinHostTable  *self);

/**
 * skein_host_table_acquire:
 * @self: a table
 * @host: the host in lower case, with its port ("example.org:443")
 *
 * Takes one connection to @host, without waiting.
 *
 * Returns: %FALSE if a limit is reached; then nothing was taken
 */
gboolean        skein_host_table_acquire (SkeinHostTable  *self,
                                          const char      *host);

/**
 * skein_host_table_has_room:
 * @self: a table
 * @host: as for skein_host_table_acquire()
 *
 * Returns: whether a connection could be taken at this moment; nothing is taken
 */
gboolean        skein_host_table_has_room (SkeinHostTable *self,
                                           const char     *host);

/**
 * skein_host_table_release:
 * @self: a table
 * @host: as given to skein_host_table_acquire()
 *
 * Gives one connection back and wakes those who wait for one.
 */
void            skein_host_table_release (SkeinHostTable  *self,
                                          const char      *host);

/**
 * skein_host_table_wait:
 * @self: a table
 * @host: as for skein_host_table_acquire()
 * @cancellable: (nullable): ends the wait
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Like skein_host_table_acquire(), but waits until a connection is free.
 *
 * Returns: %TRUE if a connection was taken
 */
gboolean        skein_host_table_wait    (SkeinHostTable  *self,
                                          const char      *host,
                                          GCancellable    *cancellable,
                                          GError         **error);

/**
 * skein_host_table_limit:
 * @self: a table
 * @host: as for skein_host_table_acquire()
 * @per_host: connections to this host at the most from now on, at least 1
 *
 * Remembers for the life of the table that a host wants fewer; a higher number than before is not taken.
 */
void            skein_host_table_limit   (SkeinHostTable  *self,
                                          const char      *host,
                                          guint            per_host);

/**
 * skein_host_table_get_in_use:
 * @self: a table
 *
 * Returns: connections in use, to all hosts together
 */
guint           skein_host_table_get_in_use (SkeinHostTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinHostTable, skein_host_table_unref)

G_END_DECLS
