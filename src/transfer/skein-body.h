/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-http.h"
#include "skein-transfer.h"

G_BEGIN_DECLS

/**
 * SkeinBodySink:
 * @room: how many bytes are wanted now, at most @most; 0 ends the body: its rest is somebody else's
 * @took: told of bytes that came, before they are written; says how many of them are still wanted
 * @write: gets the bytes that are wanted, in order and in large pieces, and writes them to @offset of the file
 * @written: (nullable): gets what was written, once that is over; whoever computes brackets it
 * @wait: (nullable): says for how many microseconds nothing should be read now
 *
 * Where the bytes of a body go. Called on the thread that receives.
 */
typedef struct
{
  gsize    (*room)  (gpointer       data,
                     gsize          most);
  gsize    (*took)  (gpointer       data,
                     gsize          length);
  gboolean (*write) (gpointer       data,
                     const guint8  *bytes,
                     gsize          length,
                     guint64        offset,
                     GError       **error);
  gboolean (*written) (gpointer     data,
                       const guint8 *bytes,
                       gsize        length,
                       guint64      offset,
                       GError     **error);
  gint64   (*wait)  (gpointer       data,
                     gsize          length);
} SkeinBodySink;

/**
 * SkeinBodyTask:
 * @answer: whose body it is
 * @offset: in the file, of its first byte
 * @sink: where it goes
 * @sink_data: for @sink
 * @timeouts: when to give up
 * @context: who runs this; its operations bracket every wait, receive and write
 * @progress: told of the operations
 * @cancellable: (nullable): ends it at any wait
 * @waited: (nullable): microseconds spent waiting for the network are added here
 *
 * What skein_body_receive() needs. Borrowed for the time of the call.
 */
typedef struct
{
  SkeinHttpAnswer      *answer;
  guint64               offset;
  const SkeinBodySink  *sink;
  gpointer              sink_data;
  const SkeinTimeouts  *timeouts;
  SkeinTaskContext     *context;
  SkeinProgress        *progress;
  GCancellable         *cancellable;
  gint64               *waited;
} SkeinBodyTask;

/**
 * skein_body_receive:
 * @task: what to do
 * @error: %SKEIN_ERROR_TRUNCATED for a body that ended early, other %SKEIN_ERROR, %G_IO_ERROR_CANCELLED
 *
 * Receives a body. Ends well if as many bytes came as were announced, or the last chunk, or, with neither,
 * the end of the connection; or if the sink wants no more. What came before an error is written all
 * the same. Blocks; the thread that got the answer.
 *
 * Returns: whether it ended well
 */
gboolean skein_body_receive (const SkeinBodyTask  *task,
                             GError              **error);

G_END_DECLS
