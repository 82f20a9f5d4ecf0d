/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-transfer.h"

G_BEGIN_DECLS

/*
 * A transfer as the task of a worker process (skein-worker-message.h), and what came of it as the result.
 */

/** SKEIN_TRANSFER_TASK_KIND: the kind of these tasks. */
#define SKEIN_TRANSFER_TASK_KIND "transfer"

/**
 * skein_transfer_to_task:
 * @self: a transfer that does not run yet
 * @limit: bytes a second, or 0 for no limit: a limiter cannot be shared with another process
 *
 * The part file of an earlier attempt is found by its record, so it is not told. Neither are cookies and the hashes
 * of pieces; of a netrc file the login for the address is. The task holds the login and own headers: it must not
 * be shown to anybody but the worker. Any thread.
 *
 * Returns: (transfer floating): a dictionary
 */
GVariant      *skein_transfer_to_task       (SkeinTransfer  *self,
                                             guint64         limit);

/**
 * skein_transfer_new_from_task:
 * @task: a dictionary from anywhere
 * @error: %SKEIN_ERROR_BAD_TASK, or what skein_uri_clean() says about an address
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): a transfer with one reference
 */
SkeinTransfer *skein_transfer_new_from_task (GVariant       *task,
                                             GError        **error);

/**
 * skein_transfer_add_result:
 * @self: a transfer that has ended
 * @good: whether it ended well
 * @result: gets "path", "received" and "length-known", and if the file was held against a digest
 *   "verified-kind" and "verified-source" ("given", "file" or "server"); or, if the server told when to ask again,
 *   "retry-after" in seconds
 *
 * The owner, after skein_transfer_run() returned.
 */
void           skein_transfer_add_result    (SkeinTransfer  *self,
                                             gboolean        good,
                                             GVariantDict   *result);

G_END_DECLS
