/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-manager.h"
#include "skein-metalink.h"

G_BEGIN_DECLS

/**
 * skein_metalink_is_name:
 * @name: the name of a file or a path; any bytes
 *
 * Any thread.
 *
 * Returns: whether it ends as those of Metalinks do (".meta4", ".metalink")
 */
gboolean       skein_metalink_is_name     (const char           *name);

/**
 * skein_metalink_is_type:
 * @type: (nullable): a media type in lower case, without parameters
 *
 * Any thread.
 *
 * Returns: whether it is that of a Metalink 4 (RFC 5854 section 7) or 3
 */
gboolean       skein_metalink_is_type     (const char           *type);

/**
 * skein_metalink_load_async:
 * @path: (type filename): a file
 * @cancellable: (nullable): ends it
 * @callback: called when it is read
 * @data: for @callback
 *
 * Reads and parses a Metalink on a thread of its own.
 */
void           skein_metalink_load_async  (const char           *path,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              data);

/**
 * skein_metalink_load_finish:
 * @result: what the callback got
 * @error: %SKEIN_ERROR_BAD_METALINK, or of %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): what it says
 */
SkeinMetalink *skein_metalink_load_finish (GAsyncResult         *result,
                                           GError              **error);

/**
 * skein_metalink_keep_reachable:
 * @self: a Metalink
 * @from: the address that it came from
 *
 * Takes out the mirrors that no stranger should make us ask: those of this computer and of the local network,
 * unless it came from there itself. Any thread.
 */
void           skein_metalink_keep_reachable (SkeinMetalink     *self,
                                              const char        *from);

/**
 * skein_metalink_dup_digest:
 * @file: one file of a Metalink
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): what the digest of that file ought to be
 */
SkeinDigest   *skein_metalink_dup_digest  (const SkeinMetalinkFile *file);

G_END_DECLS
