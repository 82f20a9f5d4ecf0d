/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "skein-part-file.h"
#include "skein-progress.h"
#include "skein-task-context.h"

G_BEGIN_DECLS

/**
 * SkeinChecksum:
 *
 * The digest of a part file. As long as bytes are written in order from the first one on, it goes along
 * with them; what came in another order is read at the end. One thread at a time.
 */
typedef struct _SkeinChecksum SkeinChecksum;

/**
 * skein_checksum_new:
 * @kind: how it is computed
 * @context: who runs this; told of each piece that is hashed. Not owned
 *
 * Any thread.
 *
 * Returns: (transfer full): the digest of no bytes yet
 */
SkeinChecksum *skein_checksum_new    (GChecksumType      kind,
                                      SkeinTaskContext  *context);

/**
 * skein_checksum_free:
 * @self: (transfer full): a checksum
 */
void           skein_checksum_free   (SkeinChecksum     *self);

/**
 * skein_checksum_follow:
 * @self: a checksum that is not finished
 * @bytes: (array length=length): what was just written
 * @length: how many bytes
 * @offset: where in the file
 *
 * Takes those that come next in the file; others do not matter. What it took must not be written again
 * with other bytes. Computes; not inside another operation.
 */
void           skein_checksum_follow (SkeinChecksum     *self,
                                      const guint8      *bytes,
                                      gsize              length,
                                      guint64            offset);

/**
 * skein_checksum_finish:
 * @self: a checksum
 * @file: the part file that it is of, complete
 * @progress: told how far it is
 * @cancellable: (nullable): ends it between two pieces
 * @error: %SKEIN_ERROR_IO or %G_IO_ERROR_CANCELLED
 *
 * Reads what it has not seen yet. Blocks.
 *
 * Returns: (transfer none) (nullable): the digest in hexadecimal
 */
const char    *skein_checksum_finish (SkeinChecksum     *self,
                                      SkeinPartFile     *file,
                                      SkeinProgress     *progress,
                                      GCancellable      *cancellable,
                                      GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinChecksum, skein_checksum_free)

G_END_DECLS
