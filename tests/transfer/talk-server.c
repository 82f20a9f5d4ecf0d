/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "talk-server.h"

#include <string.h>

#define LONGEST_HEAD (64 * 1024)

struct _TalkServer
{
  TalkFunc         func;
  gpointer         data;
  GSocketListener *listener;
  GCancellable    *stop;
  guint            port;
  GThread         *thread;
  GPtrArray       *connections;  /* of GThread; the accepting thread's own */

  GMutex           mutex;
  GPtrArray       *heads;        /* under the mutex */
};

typedef struct
{
  TalkServer *server;
  GIOStream  *stream;
} Connection;

static gpointer
connection_thread (gpointer data)
{
  g_autofree Connection *connection = data;

  connection->server->func (connection->server, connection->stream, connection->server->data);
  g_io_stream_close (connection->stream, NULL, NULL);
  g_object_unref (connection->stream);

  return NULL;
}

static gpointer
accept_thread (gpointer data)
{
  TalkServer *self = data;
  GSocketConnection *stream;

  while ((stream = g_socket_listener_accept (self->listener, NULL, self->stop, NULL)) != NULL)
    {
      Connection *connection = g_new0 (Connection, 1);

      *connection = (Connection) { self, G_IO_STREAM (stream) };
      g_ptr_array_add (self->connections, g_thread_new ("talk", connection_thread, connection));
    }

  return NULL;
}

static void
join (gpointer thread)
{
  g_thread_join (thread);
}

TalkServer *
talk_server_new (TalkFunc func,
                 gpointer data)
{
  TalkServer *self = g_new0 (TalkServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  self->func = func;
  self->data = data;
  self->listener = g_socket_listener_new ();
  g_socket_listener_add_address (self->listener, wanted, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                 NULL, &address, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
  self->stop = g_cancellable_new ();
  self->connections = g_ptr_array_new_with_free_func (join);
  g_mutex_init (&self->mutex);
  self->heads = g_ptr_array_new_with_free_func (g_free);
  self->thread = g_thread_new ("talk-accept", accept_thread, self);

  return self;
}

void
talk_server_free (TalkServer *self)
{
  g_cancellable_cancel (self->stop);
  g_thread_join (self->thread);
  g_ptr_array_unref (self->connections);
  g_object_unref (self->listener);
  g_object_unref (self->stop);
  g_ptr_array_unref (self->heads);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

guint
talk_server_get_port (TalkServer *self)
{
  return self->port;
}

char *
talk_server_read_head (TalkServer *self,
                       GIOStream  *stream)
{
  GInputStream *input = g_io_stream_get_input_stream (stream);
  g_autoptr (GString) head = g_string_new (NULL);
  char c;

  /* Byte by byte, so that nothing that follows is taken away. */
  while (!g_str_has_suffix (head->str, "\r\n\r\n"))
    {
      if (head->len == LONGEST_HEAD || g_input_stream_read (input, &c, 1, self->stop, NULL) != 1)
        return NULL;
      g_string_append_c (head, c);
    }

  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->heads, g_strdup (head->str));
  g_mutex_unlock (&self->mutex);

  return g_strdup (head->str);
}

guint
talk_server_get_n (TalkServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->heads->len;
}

char *
talk_server_dup_head (TalkServer *self,
                      guint       n)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_assert_cmpuint (n, <, self->heads->len);

  return g_strdup (g_ptr_array_index (self->heads, n));
}

char *
talk_dup_header (const char *head,
                 const char *name)
{
  g_autofree char *start = g_strconcat ("\r\n", name, ": ", NULL);
  const char *found = strstr (head, start);

  if (found == NULL)
    return NULL;
  found += strlen (start);

  return g_strndup (found, strcspn (found, "\r"));
}

void
talk_say (GIOStream  *stream,
          const char *text)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (stream), text, strlen (text), NULL, NULL, NULL);
}

static GIOStream *
connect_to (guint port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection;

  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) port, NULL, &error);
  g_assert_no_error (error);

  return G_IO_STREAM (connection);
}

static void
pump (GIOStream    *from,
      GIOStream    *to,
      GCancellable *stop)
{
  char buffer[16384];
  gssize n;

  while ((n = g_input_stream_read (g_io_stream_get_input_stream (from), buffer, sizeof buffer, stop, NULL)) > 0)
    {
      if (!g_output_stream_write_all (g_io_stream_get_output_stream (to), buffer, (gsize) n, NULL, stop, NULL))
        break;
    }
  g_socket_shutdown (g_socket_connection_get_socket (G_SOCKET_CONNECTION (to)), FALSE, TRUE, NULL);
}

void
talk_forward (GIOStream  *stream,
              const char *head,
              guint       port)
{
  g_auto (GStrv) lines = g_strsplit (head, "\r\n", -1);
  g_autoptr (GString) request = g_string_new (NULL);
  g_autoptr (GIOStream) server = connect_to (port);
  const char *path = strchr (lines[0], ' ') + 1;

  if (g_str_has_prefix (path, "http://"))
    path = strchr (path + 7, '/');
  g_string_append_printf (request, "GET %s\r\n", path);
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      if (!g_str_has_prefix (lines[i], "Connection:") && !g_str_has_prefix (lines[i], "Proxy-"))
        g_string_append_printf (request, "%s\r\n", lines[i]);
    }
  g_string_append (request, "Connection: close\r\n\r\n");
  talk_say (server, request->str);
  pump (server, stream, NULL);
}

typedef struct
{
  GIOStream    *from;
  GIOStream    *to;
  GCancellable *stop;
} Way;

static gpointer
relay_thread (gpointer data)
{
  Way *way = data;

  pump (way->from, way->to, way->stop);

  return NULL;
}

void
talk_server_relay (TalkServer *self,
                   GIOStream  *stream,
                   guint       port)
{
  g_autoptr (GIOStream) server = connect_to (port);
  Way way = { stream, server, self->stop };
  GThread *thread = g_thread_new ("talk-relay", relay_thread, &way);

  pump (server, stream, self->stop);
  g_thread_join (thread);
}
