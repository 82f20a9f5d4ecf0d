/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-transfer-private.h"

G_BEGIN_DECLS

/* Bytes that a connection must have brought for the errors before it to be forgotten. */
#define SKEIN_SEGMENT_LEAST_PROGRESS (64 * 1024)

/**
 * SkeinSegment:
 * @transfer: what it belongs to
 * @source: (nullable): where it asks. Under the transfer's mutex; only its own thread changes it
 * @lease: what it fetches; no id: nothing. Under the transfer's mutex
 * @check_left: bytes that come first, are there already, and must be equal. Its own thread's
 * @check_unread: those of them that did not come in yet. Its own thread's
 * @begun: when the lease was taken, or its answer came, monotonic. Under the transfer's mutex
 * @fetched: bytes that came since then. Under the transfer's mutex
 * @speed: bytes a second over its last lease; 0 before. Under the transfer's mutex
 * @stop: ends its waits: as the transfer's, or it alone. Thread-safe
 * @stop_handler: what ties it to the transfer's. Its own thread's
 * @let_go: whether it is to leave. Under the transfer's mutex
 * @watched: when it was looked at last for adding anything, monotonic; 0 before. Under the transfer's mutex
 * @watched_fetched: what it had brought in all then. Under the transfer's mutex
 * @watched_came: what all had brought then. Under the transfer's mutex
 * @brought: bytes in all. Under the transfer's mutex
 * @fetched_before: the same when helpers were considered last. Its own thread's
 * @retry_after: seconds that the last refusal asked for, or -1. Its own thread's
 * @setup: how long the last connection took until its answer, microseconds. Its own thread's
 * @looked: when helpers were considered last, monotonic. Its own thread's
 * @waited: microseconds spent waiting for the network since then. Its own thread's
 * @looked_before: whether they were considered at all. Its own thread's
 * @written: what it wrote since pieces were checked last. Its own thread's
 * @rewritten: whether some of that was there already. Its own thread's
 * @is_helper: whether it joined another one. Constant
 *
 * One thread's part in a transfer: lease after lease, each over one connection.
 */
typedef struct
{
  SkeinTransfer *transfer;
  SkeinSource   *source;
  SkeinLease     lease;
  guint64        check_left;
  guint64        check_unread;
  gint64         begun;
  guint64        fetched;
  double         speed;
  GCancellable  *stop;
  gulong         stop_handler;
  gboolean       let_go;
  gint64         watched;
  guint64        watched_fetched;
  guint64        watched_came;
  guint64        brought;
  guint64        fetched_before;
  gint64         retry_after;
  gint64         setup;
  gint64         looked;
  gint64         waited;
  gboolean       looked_before;
  SkeinRange     written;
  gboolean       rewritten;
  gboolean       is_helper;
} SkeinSegment;

/**
 * skein_segment_run_first:
 * @transfer: a transfer whose file and map are ready
 * @connection: (nullable) (transfer full): the answer that came first; %NULL if all is there already
 * @part: what it brings
 * @error: why the file is not whole
 *
 * Fetches, lets helpers join, and returns when all bytes are written and all helpers have ended. The thread
 * that runs the transfer.
 *
 * Returns: whether the file is whole
 */
gboolean skein_segment_run_first (SkeinTransfer          *transfer,
                                  SkeinConnection        *connection,
                                  const SkeinAnswerPart  *part,
                                  GError                **error);

/**
 * skein_segment_fetch:
 * @self: a segment with a lease
 * @connection: (nullable) (transfer full): an answer that brings it, or %NULL to ask for it
 * @error: why not all of it came
 *
 * Fetches one lease, and ends it. Where others may be asked, a source that fails is no error.
 *
 * Returns: whether all of it came, or what was left is somebody else's
 */
gboolean skein_segment_fetch     (SkeinSegment           *self,
                                  SkeinConnection        *connection,
                                  GError                **error);

G_END_DECLS
