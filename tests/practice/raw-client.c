/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "raw-client.h"

#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define TIMEOUT_SECONDS 20

void
raw_answer_free (RawAnswer *self)
{
  g_byte_array_unref (self->all);
  g_free (self->head);
  g_bytes_unref (self->body);
  g_free (self);
}

int
raw_connect (SkeinPracticeServer *server)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_port = htons (skein_practice_server_get_port (server)),
                                 .sin_addr = { htonl (INADDR_LOOPBACK) } };
  struct timeval timeout = { TIMEOUT_SECONDS, 0 };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  g_assert_no_errno (setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout));
  g_assert_no_errno (connect (fd, (struct sockaddr *) &address, sizeof address));

  return fd;
}

void
raw_send (int         fd,
          const void *data,
          gssize      length)
{
  gsize left = length < 0 ? strlen (data) : (gsize) length;
  const char *at = data;

  while (left > 0)
    {
      gssize n = send (fd, at, left, MSG_NOSIGNAL);

      /* A server may well have enough of what a hostile client sends. */
      if (n < 0)
        return;
      at += n;
      left -= n;
    }
}

static gssize
read_some (int         fd,
           GByteArray *array,
           gsize       most)
{
  static const gsize slice = 256 * 1024;
  gsize before = array->len;
  gssize n;

  g_byte_array_set_size (array, before + MIN (most, slice));
  n = recv (fd, array->data + before, MIN (most, slice), 0);
  g_assert_false (n < 0 && errno == EAGAIN);
  g_byte_array_set_size (array, before + MAX (n, 0));

  return n;
}

GBytes *
raw_read (int   fd,
          gsize length)
{
  GByteArray *array = g_byte_array_new ();

  while (array->len < length && read_some (fd, array, length - array->len) > 0)
    continue;

  return g_byte_array_free_to_bytes (array);
}

RawAnswer *
raw_finish (int fd)
{
  RawAnswer *self = g_new0 (RawAnswer, 1);
  const guint8 *end;
  gsize head;
  gssize n;

  self->all = g_byte_array_new ();
  while ((n = read_some (fd, self->all, G_MAXSIZE)) > 0)
    continue;
  self->reset = n < 0 && errno == ECONNRESET;
  close (fd);

  end = self->all->len > 0 ? memmem (self->all->data, self->all->len, "\r\n\r\n", 4) : NULL;
  head = end != NULL ? end - self->all->data + 2 : self->all->len;
  self->head = g_strndup ((const char *) self->all->data, head);
  self->body = end != NULL ? g_bytes_new (end + 4, self->all->len - head - 2) : g_bytes_new (NULL, 0);

  return self;
}

RawAnswer *
raw_ask (SkeinPracticeServer *server,
         const char          *method,
         const char          *target,
         const char          *headers)
{
  g_autofree char *request = g_strdup_printf ("%s %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n", method, target,
                                              headers != NULL ? headers : "");
  int fd = raw_connect (server);

  raw_send (fd, request, -1);
  /* So that the server ends the connection after its answer, without being told to in the request. */
  shutdown (fd, SHUT_WR);

  return raw_finish (fd);
}

RawAnswer *
raw_get (SkeinPracticeServer *server,
         const char          *target,
         const char          *headers)
{
  return raw_ask (server, "GET", target, headers);
}

gboolean
raw_is_silent (int fd,
               int milliseconds)
{
  struct pollfd pollfd = { .fd = fd, .events = POLLIN };

  return poll (&pollfd, 1, milliseconds) == 0;
}

gboolean
raw_has_line (RawAnswer  *self,
              const char *line)
{
  g_autofree char *whole = g_strconcat (line, "\r\n", NULL);
  const char *found = strstr (self->head, whole);

  return found != NULL && (found == self->head || found[-1] == '\n');
}

void
raw_assert_body (RawAnswer  *self,
                 const void *data,
                 gsize       length)
{
  g_assert_cmpmem (g_bytes_get_data (self->body, NULL), g_bytes_get_size (self->body), data, length);
}

void
raw_assert_pattern (RawAnswer *self,
                    guint64    seed,
                    guint64    offset,
                    gsize      length)
{
  g_autofree guint8 *expected = g_malloc (length + 1);

  skein_practice_pattern_fill (seed, offset, expected, length);
  raw_assert_body (self, expected, length);
}
