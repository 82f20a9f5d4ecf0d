/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-http.h"
#include "skein-part-file.h"
#include "skein-transfer.h"

G_BEGIN_DECLS

/**
 * skein_body_receive:
 * @answer: whose body it is
 * @file: where it goes, from its first byte on
 * @timeouts: when to give up
 * @context: who runs this; its operations bracket every wait, receive and write
 * @progress: counts the bytes
 * @cancellable: (nullable): ends it at any wait
 * @error: %SKEIN_ERROR_TRUNCATED for a body that ended early, other %SKEIN_ERROR, %G_IO_ERROR_CANCELLED
 *
 * Receives a whole body and writes it. Ends well only if as many bytes came as were announced, or the
 * last chunk, or, with neither, the end of the connection. Blocks; the thread that got the answer.
 *
 * Returns: whether all of it is written
 */
gboolean skein_body_receive (SkeinHttpAnswer      *answer,
                             SkeinPartFile        *file,
                             const SkeinTimeouts  *timeouts,
                             SkeinTaskContext     *context,
                             SkeinProgress        *progress,
                             GCancellable         *cancellable,
                             GError              **error);

G_END_DECLS
