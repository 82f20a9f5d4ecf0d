/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "skein-digest-spec.h"
#include "skein-part-file.h"
#include "skein-progress.h"
#include "skein-task-context.h"

G_BEGIN_DECLS

/**
 * skein_checksum_verify:
 * @file: a part file that is complete
 * @digest: what its digest ought to be
 * @context: who runs this
 * @progress: told that it hashes
 * @cancellable: (nullable): ends it between two pieces
 * @error: %SKEIN_ERROR_DIGEST with both values, %SKEIN_ERROR_IO or %G_IO_ERROR_CANCELLED
 *
 * Reads the file once, from its first to its last byte. Blocks; any thread.
 *
 * Returns: whether the file is as it ought to be
 */
gboolean skein_checksum_verify (SkeinPartFile      *file,
                                const SkeinDigest  *digest,
                                SkeinTaskContext   *context,
                                SkeinProgress      *progress,
                                GCancellable       *cancellable,
                                GError            **error);

G_END_DECLS
