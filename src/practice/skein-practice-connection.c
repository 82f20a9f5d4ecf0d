/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-practice-connection.h"

#include <errno.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#define MILLISECOND   1000
#define LINGER_AT_END (500 * MILLISECOND)
#define DRAIN_MOST    (10 * G_USEC_PER_SEC)

struct _SkeinPracticeConnection
{
  GSocket             *socket;
  GIOStream           *stream;
  GCancellable        *cancellable;
  guint64              serial;
  SkeinPracticeWindow *window;
  gsize                filled;                           /* bytes in buffer */
  char                 buffer[SKEIN_PRACTICE_HEAD_MAX];  /* what was read and is not used yet */
};

SkeinPracticeConnection *
skein_practice_connection_new (GSocket         *socket,
                               GTlsCertificate *certificate,
                               guint64          serial,
                               GCancellable    *cancellable)
{
  g_autoptr (SkeinPracticeConnection) self = g_new0 (SkeinPracticeConnection, 1);
  g_autoptr (GSocketConnection) plain = g_socket_connection_factory_create_connection (socket);

  self->socket = g_object_ref (socket);
  self->cancellable = g_object_ref (cancellable);
  self->serial = serial;
  self->window = skein_practice_window_new ();

  /* What is written is to arrive when it is written: a drip must not be gathered. */
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);

  if (certificate == NULL)
    self->stream = G_IO_STREAM (g_steal_pointer (&plain));
  else
    self->stream = g_tls_server_connection_new (G_IO_STREAM (plain), certificate, NULL);

  return self->stream != NULL ? g_steal_pointer (&self) : NULL;
}

void
skein_practice_connection_free (SkeinPracticeConnection *self)
{
  /* Before the stream goes, which would say goodbye on a socket that is still open, and wait. */
  g_socket_close (self->socket, NULL);
  g_clear_object (&self->stream);
  g_object_unref (self->socket);
  g_object_unref (self->cancellable);
  skein_practice_window_free (self->window);
  g_free (self);
}

/* The end of the head in the buffer, or 0. Lines may end in LF alone. */
static gsize
find_head_end (SkeinPracticeConnection *self)
{
  const char *at = self->buffer;
  const char *end = self->buffer + self->filled;

  while ((at = memchr (at, '\n', end - at)) != NULL)
    {
      at++;
      if (at < end && *at == '\n')
        return at + 1 - self->buffer;
      if (at + 1 < end && at[0] == '\r' && at[1] == '\n')
        return at + 2 - self->buffer;
    }

  return 0;
}

/* Empty lines before a request are to be passed over (RFC 9112, section 2.2). */
static void
skip_empty_lines (SkeinPracticeConnection *self)
{
  gsize n = 0;

  while (n < self->filled && (self->buffer[n] == '\r' || self->buffer[n] == '\n'))
    n++;
  if (n == 0)
    return;

  self->filled -= n;
  memmove (self->buffer, self->buffer + n, self->filled);
}

static gboolean
fill (SkeinPracticeConnection *self)
{
  gssize n = g_input_stream_read (g_io_stream_get_input_stream (self->stream),
                                  self->buffer + self->filled,
                                  sizeof self->buffer - self->filled,
                                  self->cancellable,
                                  NULL);

  if (n > 0)
    self->filled += n;
  skip_empty_lines (self);

  return n > 0;
}

SkeinPracticeRead
skein_practice_connection_read (SkeinPracticeConnection  *self,
                                SkeinPracticeRequest    **request)
{
  gsize length;

  while ((length = find_head_end (self)) == 0)
    {
      if (self->filled == sizeof self->buffer)
        return SKEIN_PRACTICE_READ_TOO_LARGE;
      if (!fill (self))
        return SKEIN_PRACTICE_READ_END;
    }

  *request = skein_practice_request_parse (self->buffer, length, self->serial);
  self->filled -= length;
  memmove (self->buffer, self->buffer + length, self->filled);
  skip_empty_lines (self);

  return *request != NULL ? SKEIN_PRACTICE_READ_REQUEST : SKEIN_PRACTICE_READ_BAD;
}

gboolean
skein_practice_connection_write (SkeinPracticeConnection *self,
                                 const void              *data,
                                 gsize                    length)
{
  return g_output_stream_write_all (g_io_stream_get_output_stream (self->stream),
                                    data, length, NULL, self->cancellable, NULL);
}

gboolean
skein_practice_connection_writev (SkeinPracticeConnection *self,
                                  GOutputVector           *vectors,
                                  gsize                    n_vectors)
{
  return g_output_stream_writev_all (g_io_stream_get_output_stream (self->stream),
                                     vectors, n_vectors, NULL, self->cancellable, NULL);
}

/* Waits for one of the events, those of a broken connection included. FALSE if the server stops. */
static gboolean
wait_for (SkeinPracticeConnection *self,
          short                    events,
          gint64                   until,
          short                   *happened)
{
  GPollFD stop;
  struct pollfd fds[2] = { { .fd = g_socket_get_fd (self->socket), .events = events } };
  gint64 left = until - g_get_monotonic_time ();
  struct timespec timeout = { MAX (left, 0) / G_USEC_PER_SEC, MAX (left, 0) % G_USEC_PER_SEC * 1000 };
  gboolean stopped;

  *happened = 0;
  if (!g_cancellable_make_pollfd (self->cancellable, &stop))
    return FALSE;

  fds[1].fd = stop.fd;
  fds[1].events = POLLIN;
  if (ppoll (fds, 2, until == G_MAXINT64 ? NULL : &timeout, NULL) > 0)
    *happened = fds[0].revents;
  stopped = g_cancellable_is_cancelled (self->cancellable);
  g_cancellable_release_fd (self->cancellable);

  return !stopped;
}

gboolean
skein_practice_connection_wait_until (SkeinPracticeConnection *self,
                                      gint64                   time)
{
  short happened = 0;

  while (g_get_monotonic_time () < time)
    if (!wait_for (self, 0, time, &happened) || happened != 0)
      return FALSE;

  return TRUE;
}

gboolean
skein_practice_connection_wait_idle (SkeinPracticeConnection *self,
                                     gint64                   microseconds)
{
  gint64 until = g_get_monotonic_time () + microseconds;
  short happened = 0;

  if (self->filled > 0)
    return FALSE;

  while (g_get_monotonic_time () < until)
    if (!wait_for (self, POLLIN, until, &happened) || happened != 0)
      return FALSE;

  return TRUE;
}

void
skein_practice_connection_wait_gone (SkeinPracticeConnection *self)
{
  short happened = 0;

  while (wait_for (self, POLLRDHUP, G_MAXINT64, &happened) && happened == 0)
    continue;
}

/* RST throws away what has not been delivered. */
static void
drain (SkeinPracticeConnection *self)
{
  gint64 until = g_get_monotonic_time () + DRAIN_MOST;
  int left = 0;

  while (g_get_monotonic_time () < until &&
         ioctl (g_socket_get_fd (self->socket), SIOCOUTQ, &left) == 0 && left > 0)
    if (!skein_practice_connection_wait_until (self, g_get_monotonic_time () + MILLISECOND))
      return;
}

/* Closing while bytes are unread makes the kernel send RST, which may overtake the answer. */
static void
read_rest (SkeinPracticeConnection *self)
{
  gint64 until = g_get_monotonic_time () + LINGER_AT_END;
  short happened = 0;

  g_socket_shutdown (self->socket, FALSE, TRUE, NULL);
  while (g_get_monotonic_time () < until && wait_for (self, POLLIN, until, &happened) && happened != 0)
    if (recv (g_socket_get_fd (self->socket), self->buffer, sizeof self->buffer, MSG_DONTWAIT) <= 0)
      return;
}

void
skein_practice_connection_end (SkeinPracticeConnection *self,
                               SkeinPracticeEnd         end)
{
  struct linger linger = { 1, 0 };
  int unread = 0;

  if (end == SKEIN_PRACTICE_END_RESET)
    {
      drain (self);
      setsockopt (g_socket_get_fd (self->socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    }
  else
    {
      if (end == SKEIN_PRACTICE_END_CLOSE && G_IS_TLS_CONNECTION (self->stream))
        g_output_stream_close (g_io_stream_get_output_stream (self->stream), self->cancellable, NULL);
      if (self->filled > 0 ||
          (ioctl (g_socket_get_fd (self->socket), SIOCINQ, &unread) == 0 && unread > 0))
        read_rest (self);
    }

  g_socket_close (self->socket, NULL);
}

SkeinPracticeWindow *
skein_practice_connection_get_window (SkeinPracticeConnection *self)
{
  return self->window;
}

int
skein_practice_connection_get_fd (SkeinPracticeConnection *self)
{
  return g_socket_get_fd (self->socket);
}
