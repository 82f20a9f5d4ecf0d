/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-body.h"

#include <sys/mman.h>

#include "skein-chunked.h"
#include "skein-error.h"
#include "skein-http-errors.h"

/* All connections of a program gather into so much memory together, each in pieces between these sizes:
 * with 256 KiB instead of 1 MiB a fast download took 1.5 times as long. */
#define BUFFER_BUDGET (16 * 1024 * 1024)
#define GATHER_MIN    (64 * 1024)
#define GATHER_MAX    (1024 * 1024)

/* What came in is written at the latest after this time, so that little is lost by a crash. */
#define GATHER_TIME   (G_USEC_PER_SEC / 2)

/* How often to look again where no socket is there to wait on. */
#define BLIND_WAIT    (20 * 1000)

typedef struct
{
  SkeinHttpAnswer     *answer;
  SkeinPartFile       *file;
  const SkeinTimeouts *timeouts;
  SkeinTaskContext    *context;
  SkeinProgress       *progress;
  GCancellable        *cancellable;

  guint8       *buffer;       /* page-aligned, as the kernel copies fastest */
  gsize         size;
  gsize         fill;
  guint64       offset;       /* in the file, of the head of the buffer */
  guint64       received;     /* bytes of the body as they came, chunks and all */
  SkeinChunked  chunked;
  gboolean      drained;      /* the next read would block */
  gboolean      ended;
  gint64        gather_begin;
  gint64        last_byte;
  gint64        slow_begin;
  guint64       slow_bytes;   /* since slow_begin */
} Body;

static gsize
gather_size (guint connections)
{
  gsize size = BUFFER_BUDGET / MAX (connections, 1);

  return CLAMP (size, GATHER_MIN, GATHER_MAX) / GATHER_MIN * GATHER_MIN;
}

static gboolean
is_too_slow (Body   *body,
             gint64  now)
{
  gboolean slow;

  if (now - body->slow_begin < body->timeouts->slow)
    return FALSE;

  slow = body->slow_bytes * G_USEC_PER_SEC < (guint64) body->timeouts->slow;
  body->slow_begin = now;
  body->slow_bytes = 0;

  return slow;
}

static gboolean
check_speed (Body    *body,
             GError **error)
{
  gint64 now = g_get_monotonic_time ();

  if (now - body->last_byte >= body->timeouts->stall)
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
  gint64 deadline = MIN (body->last_byte + body->timeouts->stall,
                         body->slow_begin + body->timeouts->slow);

  if (body->fill > 0)
    deadline = MIN (deadline, body->gather_begin + GATHER_TIME);
  if (body->answer->socket == NULL)
    deadline = MIN (deadline, g_get_monotonic_time () + BLIND_WAIT);

  return deadline;
}

/* Waits for bytes, for a deadline or for being cancelled. Outside of the copy gate: nothing is held. */
static gboolean
wait_readable (Body    *body,
               GError **error)
{
  GPollFD fds[2];
  guint n_fds = 0;
  gint64 left = next_deadline (body) - g_get_monotonic_time ();
  gboolean has_cancel_fd;

  if (body->answer->socket != NULL)
    fds[n_fds++] = (GPollFD) { g_socket_get_fd (body->answer->socket), G_IO_IN, 0 };
  has_cancel_fd = g_cancellable_make_pollfd (body->cancellable, &fds[n_fds]);
  if (has_cancel_fd)
    n_fds++;

  skein_progress_set_operation (body->progress, SKEIN_OPERATION_WAIT);
  skein_task_context_enter (body->context, SKEIN_OPERATION_WAIT);
  g_poll (fds, n_fds, (int) CLAMP (left / 1000 + 1, 0, G_MAXINT));
  skein_task_context_leave (body->context, SKEIN_OPERATION_WAIT);
  if (has_cancel_fd)
    g_cancellable_release_fd (body->cancellable);

  body->drained = FALSE;

  return !g_cancellable_set_error_if_cancelled (body->cancellable, error) &&
         check_speed (body, error);
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

static gboolean
handle_bytes (Body     *body,
              gsize     length,
              gsize     asked,
              GError  **error)
{
  gsize decoded = length;

  if (body->answer->chunked &&
      !skein_chunked_decode (&body->chunked, body->buffer + body->fill, length, &decoded, error))
    return FALSE;

  body->last_byte = g_get_monotonic_time ();
  if (body->fill == 0)
    body->gather_begin = body->last_byte;
  body->received += length;
  body->slow_bytes += length;
  body->fill += decoded;
  skein_progress_add_received (body->progress, decoded);

  /* A short read has emptied the socket: asking again would only tell so. At the end of the body libsoup
   * must be asked again, or it does not keep the connection. */
  body->drained = length < asked && !length_reached (body);
  body->ended = body->answer->chunked && skein_chunked_is_done (&body->chunked);

  return TRUE;
}

static gsize
gather_end (Body *body)
{
  /* An early write leaves the rest of the file at odd offsets; the next one mends that. */
  return body->size - (gsize) (body->offset % body->size);
}

static gboolean
receive_once (Body    *body,
              GError **error)
{
  gsize wanted = gather_end (body) - body->fill;
  g_autoptr (GError) read_error = NULL;
  gssize n = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (body->answer->body),
                                                       body->buffer + body->fill, wanted,
                                                       body->cancellable, &read_error);

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
  else
    skein_http_body_error_translate (read_error, error);

  return FALSE;
}

static gboolean
receive (Body    *body,
         GError **error)
{
  gboolean good = TRUE;

  skein_progress_set_operation (body->progress, SKEIN_OPERATION_RECEIVE);
  skein_task_context_enter (body->context, SKEIN_OPERATION_RECEIVE);
  while (good && !body->ended && !body->drained && body->fill < gather_end (body))
    good = receive_once (body, error);
  skein_task_context_leave (body->context, SKEIN_OPERATION_RECEIVE);

  return good;
}

static gboolean
write_out (Body    *body,
           GError **error)
{
  gint64 begin = g_get_monotonic_time ();
  gint64 took;
  gboolean good;

  skein_progress_set_operation (body->progress, SKEIN_OPERATION_WRITE);
  skein_task_context_enter (body->context, SKEIN_OPERATION_WRITE);
  good = skein_part_file_write (body->file, body->buffer, body->fill, body->offset, error);
  skein_task_context_leave (body->context, SKEIN_OPERATION_WRITE);

  body->offset += body->fill;
  body->fill = 0;

  /* A slow disk is not the server's fault. */
  took = g_get_monotonic_time () - begin;
  body->last_byte += took;
  body->slow_begin += took;

  return good;
}

static gboolean
is_due (Body *body)
{
  return body->fill > 0 &&
         (body->ended || body->fill == gather_end (body) ||
          g_get_monotonic_time () - body->gather_begin >= GATHER_TIME);
}

static gboolean
receive_all (Body    *body,
             GError **error)
{
  while (!body->ended)
    {
      if (body->drained && !wait_readable (body, error))
        return FALSE;
      if (!receive (body, error))
        return FALSE;
      if (is_due (body) && !write_out (body, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
skein_body_receive (SkeinHttpAnswer      *answer,
                    SkeinPartFile        *file,
                    const SkeinTimeouts  *timeouts,
                    SkeinTaskContext     *context,
                    SkeinProgress        *progress,
                    GCancellable         *cancellable,
                    GError              **error)
{
  gint64 now = g_get_monotonic_time ();
  gsize size = gather_size (skein_host_table_get_in_use (context->hosts));
  Body body = {
    .answer = answer, .file = file, .timeouts = timeouts, .context = context,
    .progress = progress, .cancellable = cancellable, .size = size,
    .gather_begin = now, .last_byte = now, .slow_begin = now,
  };
  gboolean good;

  body.buffer = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  g_assert (body.buffer != MAP_FAILED);
  skein_chunked_init (&body.chunked);

  g_main_context_push_thread_default (answer->context);
  good = receive_all (&body, error);
  g_main_context_pop_thread_default (answer->context);

  munmap (body.buffer, size);

  return good;
}
