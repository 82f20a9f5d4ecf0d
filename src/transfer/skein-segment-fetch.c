/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-segment.h"

#include <string.h>

#include "skein-body.h"
#include "skein-error.h"
#include "skein-helpers.h"
#include "skein-let-go.h"
#include "skein-pace.h"
#include "skein-pieces.h"
#include "skein-range-set.h"
#include "skein-recorder.h"
#include "skein-sources.h"
#include "skein-verify.h"

static gsize
sink_room (gpointer data,
           gsize    most)
{
  SkeinSegment *self = data;
  SkeinTransfer *transfer = self->transfer;
  guint64 left;

  if (self->check_unread > 0)
    return MIN (most, self->check_unread);

  g_mutex_lock (&transfer->mutex);
  left = skein_range_map_get_end (transfer->map, self->lease.id) -
         skein_range_map_get_position (transfer->map, self->lease.id);
  g_mutex_unlock (&transfer->mutex);

  return (gsize) MIN (skein_pace_room (transfer, most), left);
}

static gsize
sink_took (gpointer data,
           gsize    length)
{
  SkeinSegment *self = data;
  SkeinTransfer *transfer = self->transfer;
  gsize known = (gsize) MIN (self->check_unread, length);
  gboolean look;
  gsize kept;

  /* One gather may hold the last of what is there already and the first of what is not. */
  self->check_unread -= known;
  length -= known;
  if (length == 0)
    return known;

  g_mutex_lock (&transfer->mutex);
  kept = (gsize) skein_range_map_receive (transfer->map, self->lease.id, length);
  self->fetched += length;
  self->brought += length;
  transfer->came += length;
  look = transfer->segments->len > 1;
  g_mutex_unlock (&transfer->mutex);

  skein_progress_add_received (transfer->progress, (gint64) kept);
  if (!self->is_helper)
    skein_helpers_consider (self);
  if (look)
    skein_let_go_consider (transfer);

  return known + kept;
}

/* How many of the bytes were there already, or -1 if they are not the same. */
static gssize
compare (SkeinSegment *self,
         const guint8 *bytes,
         gsize         length,
         guint64       offset)
{
  gsize n = (gsize) MIN (self->check_left, length);
  g_autofree guint8 *there = NULL;

  if (n == 0)
    return 0;

  there = g_malloc (n);
  if (!skein_part_file_read (self->transfer->file, there, n, offset, NULL) ||
      memcmp (there, bytes, n) != 0)
    return -1;
  self->check_left -= n;
  /* All that was there has come again, or only the end of it. */
  if (self->check_left == 0 && offset + n > SKEIN_TRANSFER_OVERLAP)
    skein_progress_note (self->transfer->progress, SKEIN_NOTE_WITHOUT_PROOF, 0);

  return (gssize) n;
}

/* The mutex is held. */
static void
note_written (SkeinSegment *self,
              guint64       start,
              guint64       end,
              guint64       added)
{
  SkeinSource *source = self->source;

  source->gave = TRUE;
  if (self->transfer->pieces == NULL)
    return;

  if (source->wrote == NULL)
    source->wrote = skein_range_set_new ();
  skein_range_set_add (source->wrote, start, end);
  if (self->written.start == self->written.end)
    self->written.start = start;
  self->written.end = end;
  self->rewritten |= added < end - start;
}

static gboolean
sink_write (gpointer       data,
            const guint8  *bytes,
            gsize          length,
            guint64        offset,
            GError       **error)
{
  SkeinSegment *self = data;
  SkeinTransfer *transfer = self->transfer;
  gboolean complete;
  gssize known;
  guint64 added;

  if (g_atomic_int_get (&self->source->gone))
    {
      g_set_error_literal (error, SKEIN_ERROR, SKEIN_ERROR_CHANGED, "This source was dropped meanwhile");
      return FALSE;
    }

  known = compare (self, bytes, length, offset);
  if (known < 0)
    {
      g_set_error_literal (error, SKEIN_ERROR, SKEIN_ERROR_CHANGED, "The file is another one now");
      return FALSE;
    }
  bytes += known;
  length -= (gsize) known;
  offset += (guint64) known;
  if (length == 0)
    return TRUE;

  if (!skein_part_file_write (transfer->file, bytes, length, offset, error))
    return FALSE;

  g_mutex_lock (&transfer->mutex);
  added = skein_range_map_wrote (transfer->map, offset, offset + length);
  note_written (self, offset, offset + length, added);
  /* Where pieces are checked, one of them may turn out to be wrong. */
  complete = transfer->pieces == NULL && skein_range_map_is_complete (transfer->map);
  g_mutex_unlock (&transfer->mutex);
  if (complete)
    skein_helpers_dismiss (self);
  /* Somebody else was faster with some of them. */
  if (added < length)
    skein_progress_add_received (transfer->progress, -(gint64) (length - added));

  return skein_recorder_tick (transfer, error);
}

static gboolean
sink_written (gpointer       data,
              const guint8  *bytes,
              gsize          length,
              guint64        offset,
              GError       **error)
{
  SkeinSegment *self = data;
  SkeinRange written = self->written;
  gboolean again = self->rewritten;

  /* Whoever began at the first byte. */
  if (!self->is_helper)
    skein_verify_follow (self->transfer, bytes, length, offset);
  if (self->transfer->pieces == NULL || written.start == written.end)
    return TRUE;

  self->written = (SkeinRange) { 0, 0 };
  self->rewritten = FALSE;

  return skein_pieces_check (self->transfer, written.start, written.end, again, error);
}

static gint64
sink_wait (gpointer data,
           gsize    length)
{
  SkeinSegment *self = data;

  return skein_pace_pay (self->transfer, length);
}

static const SkeinBodySink sink = { sink_room, sink_took, sink_write, sink_written, sink_wait };

/* Where no If-Range was sent, the answer itself must prove its version, if there is something to prove it by. */
static gboolean
is_of_source (SkeinSource             *source,
              SkeinHttpAnswer         *answer,
              const SkeinHttpRequest  *request)
{
  return skein_validators_agree_with (&source->validators, answer) &&
         (request->if_range != NULL || skein_validators_get_if_range (&source->validators) == NULL ||
          skein_validators_prove (&source->validators, answer));
}

static gboolean
check_version (SkeinSegment            *self,
               SkeinConnection         *connection,
               const SkeinHttpRequest  *request,
               const SkeinAnswerPart   *part,
               GError                 **error)
{
  SkeinTransfer *transfer = self->transfer;
  SkeinSource *source = self->source;
  gboolean same;

  g_mutex_lock (&transfer->mutex);
  same = !part->whole && (part->total < 0 || part->total == transfer->total) &&
         (!source->answered || is_of_source (source, connection->answer, request));
  if (same && !source->answered)
    skein_source_take_answer (source, connection->answer);
  g_mutex_unlock (&transfer->mutex);

  if (!same)
    g_set_error (error, SKEIN_ERROR, SKEIN_ERROR_CHANGED,
                 "Another file: status %u, %" G_GINT64_FORMAT " bytes, not %" G_GINT64_FORMAT,
                 connection->answer->status, part->total, transfer->total);

  return same;
}

/* What lies before and can be compared, where nothing else tells versions apart. */
static guint64
overlap_before (SkeinSegment *self,
                guint64       start)
{
  SkeinTransfer *transfer = self->transfer;
  g_autoptr (GArray) done = NULL;

  /* Where bytes of several sources lie side by side, their digest tells. */
  if (transfer->spread || skein_validators_get_if_range (&self->source->validators) != NULL)
    return 0;

  g_mutex_lock (&transfer->mutex);
  done = skein_range_map_dup_done (transfer->map);
  g_mutex_unlock (&transfer->mutex);

  for (guint i = 0; i < done->len; i++)
    {
      SkeinRange *range = &g_array_index (done, SkeinRange, i);

      if (range->end == start)
        return MIN (start - range->start, SKEIN_TRANSFER_OVERLAP);
    }

  return 0;
}

static SkeinConnection *
open_range (SkeinSegment      *self,
            SkeinHttpRequest  *request,
            SkeinAnswerPart   *part,
            GError           **error)
{
  SkeinTransfer *transfer = self->transfer;
  g_autoptr (SkeinConnection) connection = NULL;

  connection = skein_connection_open (request,
                                      self->is_helper ? SKEIN_CONNECTION_ONLY_IF_FREE
                                                      : SKEIN_CONNECTION_WAIT,
                                      transfer->context, transfer->progress, self->stop, error);
  self->retry_after = -1;
  if (connection == NULL)
    return NULL;
  if (!skein_answer_check (connection->answer, request, part, error))
    {
      self->retry_after = skein_answer_get_retry_after (connection->answer);
      return NULL;
    }

  return g_steal_pointer (&connection);
}

/* Some servers drop the range when there is an If-Range, and send the whole file that is the same still. */
static SkeinConnection *
open_range_or_plain (SkeinSegment      *self,
                     SkeinHttpRequest  *request,
                     SkeinAnswerPart   *part,
                     GError           **error)
{
  SkeinSource *source = self->source;
  SkeinConnection *connection;

  if (g_atomic_int_get (&source->drops_range))
    request->if_range = NULL;
  connection = open_range (self, request, part, error);
  if (connection == NULL || !part->whole || request->if_range == NULL ||
      part->total != self->transfer->total ||
      !skein_validators_prove (&source->validators, connection->answer))
    return connection;

  skein_connection_close (connection);
  g_atomic_int_set (&source->drops_range, TRUE);
  request->if_range = NULL;

  return open_range (self, request, part, error);
}

/* Others may learn at this moment what the source answers. */
static void
aim (SkeinSegment     *self,
     SkeinHttpRequest *request)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->transfer->mutex);
  SkeinSource *source = self->source;

  request->uri = source->answered ? source->final_uri : source->uri;
  request->if_range = source->answered ? skein_validators_get_if_range (&source->validators) : NULL;
}

/* Others may have taken a part of it since it was chosen. */
static guint64
end_of_lease (SkeinSegment *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->transfer->mutex);

  return skein_range_map_get_end (self->transfer->map, self->lease.id);
}

static SkeinConnection *
ask (SkeinSegment  *self,
     guint64        end,
     GError       **error)
{
  SkeinTransfer *transfer = self->transfer;
  gint64 begin = g_get_monotonic_time ();
  SkeinHttpRequest request = {
    .home = transfer->uri,
    .login = self->source->login,
    .login_home = self->source->uri,
    .options = transfer->options,
    .first = (gint64) (self->lease.start - overlap_before (self, self->lease.start)),
    .last = (gint64) end - 1,
    .timeout = transfer->timeouts.answer,
  };
  g_autoptr (SkeinConnection) connection = NULL;
  SkeinAnswerPart part;

  aim (self, &request);
  self->check_left = self->lease.start - (guint64) request.first;
  self->check_unread = self->check_left;
  connection = open_range_or_plain (self, &request, &part, error);
  if (connection == NULL || !check_version (self, connection, &request, &part, error))
    return NULL;

  g_mutex_lock (&transfer->mutex);
  self->begun = g_get_monotonic_time ();
  self->setup = self->begun - begin;
  g_mutex_unlock (&transfer->mutex);

  return g_steal_pointer (&connection);
}

static gboolean
receive (SkeinSegment     *self,
         SkeinConnection  *connection,
         GError          **error)
{
  SkeinTransfer *transfer = self->transfer;
  SkeinBodyTask task = {
    .answer = connection->answer,
    .offset = self->lease.start - self->check_left,
    .sink = &sink,
    .sink_data = self,
    .timeouts = &transfer->timeouts,
    .context = transfer->context,
    .progress = transfer->progress,
    .cancellable = self->stop,
    .waited = &self->waited,
  };

  return skein_body_receive (&task, error);
}

/* What came but was not written comes again. */
static void
end_lease (SkeinSegment *self)
{
  SkeinTransfer *transfer = self->transfer;

  g_mutex_lock (&transfer->mutex);
  skein_range_map_end_lease (transfer->map, self->lease.id);
  self->lease.id = 0;
  g_mutex_unlock (&transfer->mutex);
}

gboolean
skein_segment_fetch (SkeinSegment     *self,
                     SkeinConnection  *connection,
                     GError          **error)
{
  g_autoptr (SkeinConnection) own = connection;
  g_autoptr (GError) local = NULL;
  guint64 end = end_of_lease (self);
  /* Others may have taken all of it before it was asked for. */
  gboolean good = own == NULL && end <= self->lease.start;

  if (own == NULL && !good)
    {
      skein_sources_take (self);
      own = ask (self, end, &local);
    }
  if (own != NULL)
    good = receive (self, own, &local);
  end_lease (self);

  if (!good && !skein_sources_blame (self, local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  return TRUE;
}
