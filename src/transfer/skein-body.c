/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-body.h"

#include <sys/eventfd.h>
#include <sys/mman.h>

#include "skein-chunked.h"
#include "skein-error.h"
#include "skein-gio.h"
#include "skein-http-errors.h"
#include "skein-http-thread.h"
#include "skein-uri.h"

/* All connections of a program gather into so much memory together, each in pieces between these sizes: with
 * 256 KiB instead of 1 MiB a fast download took 1.5 times as long. Twice as much gained 16 connections a tenth of
 * the processor time, and 64 nothing. */
#define BUFFER_BUDGET (8 * 1024 * 1024)
#define GATHER_MIN    (64 * 1024)

/* The first one of a body is small, too: when many start, each would take its part for much more. */
#define GATHER_FIRST  (128 * 1024)

/* What came in is written at the latest after this time, so that little is lost by a crash. */
#define GATHER_TIME   (G_USEC_PER_SEC / 2)

/* Who is held back looks so often whether the limit was changed meanwhile. */
#define LIMIT_LOOK (G_USEC_PER_SEC / 2)

/* How often to look again where no socket is there to wait on. */
#define BLIND_WAIT    (20 * 1000)

typedef struct
{
  const SkeinBodyTask *task;
  SkeinHttpAnswer     *answer;

  guint8       *buffer;       /* the thread's: page-aligned, as the kernel copies fastest */
  gsize         size;         /* of a gather */
  gboolean      plain;        /* no TLS: a short read has emptied the socket */
  gboolean      pollable;     /* reads need not block; those of files and mounts do */
  SkeinOperation reading;     /* what a read is: one that may wait for a network is no work for the processor */
  gsize         fill;
  guint64       offset;       /* in the file, of the head of the buffer */
  guint64       received;     /* bytes of the body as they came, chunks and all */
  SkeinChunked  chunked;
  gboolean      has_read;     /* at least once: the first read may give what libsoup read with the head */
  gboolean      drained;      /* the next read would block */
  gboolean      ended;
  gboolean      sated;        /* the sink wants no more */
  gint64        gather_begin;
  gint64        last_byte;
  gint64        slow_begin;
  guint64       slow_bytes;   /* since slow_begin */
  gint64        resume_at;    /* when to read again, or 0 */
} Body;

/* What a gather may take of the budget, as things are now. */
static gsize
gather_size (Body *body)
{
  guint connections = skein_host_table_get_in_use (body->task->context->hosts);
  gsize size = BUFFER_BUDGET / MAX (connections, 1);

  return CLAMP (size, GATHER_MIN, SKEIN_HTTP_THREAD_BUFFER) / GATHER_MIN * GATHER_MIN;
}

/* Between two gathers: others may have come since the last one, and get what this thread had more. */
static void
fit_size (Body *body)
{
  gsize size = gather_size (body);

  if (size < body->size)
    madvise (body->buffer + size, SKEIN_HTTP_THREAD_BUFFER - size, MADV_DONTNEED);
  body->size = size;
}

/* Where many share the budget, a thread without work does not sit on its part. */
static void
give_back (Body *body)
{
  if (body->received > GATHER_MIN && gather_size (body) < SKEIN_HTTP_THREAD_BUFFER)
    madvise (body->buffer + GATHER_MIN, SKEIN_HTTP_THREAD_BUFFER - GATHER_MIN, MADV_DONTNEED);
}

static gboolean
is_too_slow (Body   *body,
             gint64  now)
{
  gboolean slow;

  if (now - body->slow_begin < body->task->timeouts->slow)
    return FALSE;

  slow = body->slow_bytes * G_USEC_PER_SEC < (guint64) body->task->timeouts->slow;
  body->slow_begin = now;
  body->slow_bytes = 0;

  return slow;
}

static gboolean
check_speed (Body      *body,
             gboolean   readable,
             GError   **error)
{
  gint64 now = g_get_monotonic_time ();

  /* Time in which this thread was kept from running is not the server's silence: what came is to be read first. */
  if (!readable && now - body->last_byte >= body->task->timeouts->stall)
    {
      g_set_error_literal (error, SKEIN_ERROR, SKEIN_ERROR_STALLED, "Nothing came for too long");
      return FALSE;
    }
  if (is_too_slow (body, now))
    {
      g_set_error_literal (error, SKEIN_ERROR, SKEIN_ERROR_TOO_SLOW, "Less than a byte a second");
      return FALSE;
    }

  return TRUE;
}

static gint64
next_deadline (Body *body)
{
  gint64 deadline = MIN (body->last_byte + body->task->timeouts->stall,
                         body->slow_begin + body->task->timeouts->slow);

  if (body->fill > 0)
    deadline = MIN (deadline, body->gather_begin + GATHER_TIME);
  if (body->resume_at > 0)
    return MIN (deadline, MIN (body->resume_at, g_get_monotonic_time () + LIMIT_LOOK));
  if (body->answer->socket == NULL)
    deadline = MIN (deadline, g_get_monotonic_time () + BLIND_WAIT);

  return deadline;
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      wake_fd)
{
  eventfd_write (GPOINTER_TO_INT (wake_fd), 1);
}

/* Woken by the thread's own descriptor: GLib makes one for each cancellable that is waited on, and aborts when
 * there is none left. */
/* Returns whether there is something to read. */
static gboolean
poll_until (Body   *body,
            gint64  deadline)
{
  GPollFD fds[2] = { { .fd = skein_http_thread_get ()->wake_fd, .events = G_IO_IN } };
  guint n_fds = 1;
  eventfd_t count;
  gulong handler = 0;

  /* While it is held back, only being cancelled wakes it. */
  if (body->answer->socket != NULL && body->resume_at == 0)
    fds[n_fds++] = (GPollFD) { g_socket_get_fd (body->answer->socket), G_IO_IN, 0 };
  if (body->task->cancellable != NULL)
    handler = g_cancellable_connect (body->task->cancellable, G_CALLBACK (cancelled_cb),
                                     GINT_TO_POINTER (fds[0].fd), NULL);
  if (fds[0].fd < 0)
    deadline = MIN (deadline, g_get_monotonic_time () + BLIND_WAIT);

  g_poll (fds, n_fds, (int) CLAMP ((deadline - g_get_monotonic_time ()) / 1000 + 1, 0, G_MAXINT));

  g_cancellable_disconnect (body->task->cancellable, handler);
  if (fds[0].revents != 0)
    eventfd_read (fds[0].fd, &count);

  return n_fds > 1 && fds[1].revents != 0;
}

/* Everybody has got a turn, and nobody's comes later because others asked meanwhile; but it comes earlier when the limit
 * was raised. */
static void
look_at_limit (Body   *body,
               gint64  now)
{
  if (now < body->resume_at)
    body->resume_at = MIN (body->resume_at, now + body->task->sink->wait (body->task->sink_data, 0));
  if (now >= body->resume_at)
    body->resume_at = 0;
}

/* Waits for bytes, for a deadline or for being cancelled. Outside of the copy gate: nothing is held. */
static gboolean
wait_readable (Body    *body,
               GError **error)
{
  gint64 begin = g_get_monotonic_time ();
  gboolean readable;
  gint64 now;

  skein_progress_set_operation (body->task->progress, SKEIN_OPERATION_WAIT);
  skein_task_context_enter (body->task->context, SKEIN_OPERATION_WAIT);
  readable = poll_until (body, next_deadline (body));
  skein_task_context_leave (body->task->context, SKEIN_OPERATION_WAIT);

  now = g_get_monotonic_time ();
  if (body->task->waited != NULL)
    *body->task->waited += now - begin;
  body->drained = FALSE;
  if (body->resume_at > 0)
    {
      body->last_byte = now;
      look_at_limit (body, now);
    }

  return !g_cancellable_set_error_if_cancelled (body->task->cancellable, error) &&
         check_speed (body, readable, error);
}

static gboolean
length_reached (Body *body)
{
  return body->answer->length >= 0 && body->received >= (guint64) body->answer->length;
}

static gboolean
handle_end (Body    *body,
            GError **error)
{
  SkeinHttpAnswer *answer = body->answer;

  body->ended = TRUE;
  answer->ended = length_reached (body);
  if (answer->chunked && !skein_chunked_is_done (&body->chunked))
    g_set_error_literal (error, SKEIN_ERROR, SKEIN_ERROR_TRUNCATED, "The last chunk is missing");
  else if (answer->length >= 0 && !length_reached (body))
    g_set_error (error, SKEIN_ERROR, SKEIN_ERROR_TRUNCATED,
                 "%" G_GUINT64_FORMAT " of %" G_GINT64_FORMAT " bytes came",
                 body->received, answer->length);
  else
    return TRUE;

  return FALSE;
}

/* The sink may pause the reading: nothing is read meanwhile, and the server's kernel notices. */
static void
hold_back (Body  *body,
           gsize  length)
{
  const SkeinBodySink *sink = body->task->sink;
  gint64 pause = sink->wait != NULL ? sink->wait (body->task->sink_data, length) : 0;

  if (pause > 0)
    body->resume_at = g_get_monotonic_time () + pause;
}

static gboolean
handle_bytes (Body     *body,
              gsize     length,
              gsize     asked,
              GError  **error)
{
  const SkeinBodySink *sink = body->task->sink;
  gsize decoded = length;
  gsize kept;

  if (body->answer->chunked &&
      !skein_chunked_decode (&body->chunked, body->buffer + body->fill, length, &decoded, error))
    return FALSE;

  body->last_byte = g_get_monotonic_time ();
  if (body->fill == 0)
    body->gather_begin = body->last_byte;
  body->received += length;
  body->slow_bytes += length;
  kept = sink->took (body->task->sink_data, decoded);
  body->fill += kept;

  /* Asking an empty socket again would only tell so; TLS gives no more than a record at a time. At the end of
   * the body libsoup must be asked again, or it does not keep the connection. */
  body->drained = body->plain && body->has_read && length < asked && !length_reached (body);
  body->has_read = TRUE;
  body->ended = body->answer->chunked && skein_chunked_is_done (&body->chunked);
  body->sated = kept < decoded;

  hold_back (body, length);

  return TRUE;
}

static gsize
gather_end (Body *body)
{
  /* An early write leaves the rest of the file at odd offsets; the next one mends that. */
  return body->size - (gsize) (body->offset % body->size);
}

/* How much to read at once: up to the next border of a gather, and no more than is wanted. At the end of the
 * range one more read finds the end of the body, which keeps the connection. */
static gsize
wanted_now (Body *body)
{
  gsize left = gather_end (body) - body->fill;

  if (body->answer->chunked || length_reached (body))
    return left;

  return body->task->sink->room (body->task->sink_data, left);
}

static gssize
read_some (Body    *body,
           gsize    wanted,
           GError **error)
{
  GInputStream *stream = body->answer->body;
  guint8 *room = body->buffer + body->fill;

  if (body->pollable)
    return g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (stream), room, wanted,
                                                     body->task->cancellable, error);

  return g_input_stream_read (stream, room, wanted, body->task->cancellable, error);
}

static gboolean
receive_once (Body    *body,
              GError **error)
{
  gsize wanted = wanted_now (body);
  g_autoptr (GError) read_error = NULL;
  gssize n;

  if (wanted == 0)
    {
      body->sated = TRUE;
      return TRUE;
    }
  /* There is no connection that would be kept by reading its end. */
  if (!body->pollable && length_reached (body))
    return handle_end (body, error);

  n = read_some (body, wanted, &read_error);
  if (n > 0)
    return handle_bytes (body, (gsize) n, wanted, error);
  if (n == 0)
    return handle_end (body, error);

  if (g_error_matches (read_error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    {
      body->drained = TRUE;
      return TRUE;
    }
  if (g_error_matches (read_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&read_error));
  else if (body->pollable)
    skein_http_body_error_translate (read_error, error);
  else
    skein_gio_error_translate (read_error, error);

  return FALSE;
}

static gboolean
is_open (Body *body)
{
  return !body->ended && !body->sated;
}

static gboolean
receive (Body    *body,
         GError **error)
{
  gboolean good = TRUE;

  skein_progress_set_operation (body->task->progress, body->reading);
  skein_task_context_enter (body->task->context, body->reading);
  do
    good = receive_once (body, error);
  while (good && is_open (body) && !body->drained && body->resume_at == 0 &&
         body->fill < gather_end (body) && body->pollable);
  skein_task_context_leave (body->task->context, body->reading);

  return good;
}

static gboolean
write_out (Body    *body,
           GError **error)
{
  gint64 begin = g_get_monotonic_time ();
  gsize length = body->fill;
  gint64 took;
  gboolean good;

  if (length == 0)
    return TRUE;

  skein_progress_set_operation (body->task->progress, SKEIN_OPERATION_WRITE);
  skein_task_context_enter (body->task->context, SKEIN_OPERATION_WRITE);
  good = body->task->sink->write (body->task->sink_data, body->buffer, length, body->offset, error);
  skein_task_context_leave (body->task->context, SKEIN_OPERATION_WRITE);
  if (good && body->task->sink->written != NULL)
    good = body->task->sink->written (body->task->sink_data, body->buffer, length, body->offset, error);

  body->offset += length;
  body->fill = 0;
  fit_size (body);

  /* A slow disk is not the server's fault. */
  took = g_get_monotonic_time () - begin;
  body->last_byte += took;
  body->slow_begin += took;

  return good;
}

static gboolean
is_due (Body *body)
{
  return !is_open (body) || body->fill == gather_end (body) ||
         g_get_monotonic_time () - body->gather_begin >= GATHER_TIME;
}

static gboolean
receive_all (Body    *body,
             GError **error)
{
  while (is_open (body))
    {
      if ((body->drained || body->resume_at > 0) && !wait_readable (body, error))
        return FALSE;
      if (!receive (body, error))
        return FALSE;
      if (is_due (body) && !write_out (body, error))
        return FALSE;
    }

  return TRUE;
}

/* A read that may wait, for a mounted server or a disk that sleeps, must not keep others from copying. */
static gboolean
may_wait (const char *uri)
{
  SkeinUriKind kind = skein_uri_get_kind (uri);

  return kind == SKEIN_URI_MOUNT || kind == SKEIN_URI_FILE;
}

gboolean
skein_body_receive (const SkeinBodyTask  *task,
                    GError              **error)
{
  gint64 now = g_get_monotonic_time ();
  Body body = {
    .task = task, .answer = task->answer, .offset = task->offset,
    .buffer = skein_http_thread_get ()->buffer, .size = SKEIN_HTTP_THREAD_BUFFER,
    .plain = g_str_has_prefix (task->answer->uri, "http:"),
    .pollable = G_IS_POLLABLE_INPUT_STREAM (task->answer->body),
    .reading = may_wait (task->answer->uri) ? SKEIN_OPERATION_WAIT : SKEIN_OPERATION_RECEIVE,
    .gather_begin = now, .last_byte = now, .slow_begin = now,
  };
  gboolean good;

  skein_chunked_init (&body.chunked);
  body.size = MIN (gather_size (&body), GATHER_FIRST);

  g_main_context_push_thread_default (task->answer->context);
  good = receive_all (&body, error);
  g_main_context_pop_thread_default (task->answer->context);

  /* What came is good, whatever broke then: the next attempt goes on behind it. */
  if (!good)
    write_out (&body, NULL);
  give_back (&body);

  return good;
}
