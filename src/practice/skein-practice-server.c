/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-practice-server.h"

#include "skein-practice-connection.h"
#include "skein-practice-conversation.h"
#include "skein-practice-history.h"

#define BACKLOG         1024
#define PAUSE_ON_LIMIT  (20 * 1000)

struct _SkeinPracticeServer
{
  GSocket              *socket;      /* constant, as all up to the next comment */
  GTlsCertificate      *certificate;
  GCancellable         *cancellable;
  SkeinPracticeHistory *history;
  guint16               port;
  char                 *address;

  GThread              *thread;      /* only the owner */
  guint64               last_serial; /* only the accepting thread */

  GMutex                mutex;       /* for all below */
  GCond                 ended;
  guint                 connections;
  GSList               *gone;        /* of GThread: guests that are to be joined */
};

typedef struct
{
  SkeinPracticeServer *server;
  GSocket             *socket;
  guint64              serial;
} Guest;

static void
count_connection (SkeinPracticeServer *self,
                  int                  change)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->connections += change;
  g_cond_broadcast (&self->ended);
}

static void
join_guest (gpointer thread)
{
  g_thread_join (thread);
}

static void
join_gone (SkeinPracticeServer *self)
{
  GSList *gone;

  g_mutex_lock (&self->mutex);
  gone = g_steal_pointer (&self->gone);
  g_mutex_unlock (&self->mutex);

  g_slist_free_full (gone, join_guest);
}

static void
leave (SkeinPracticeServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->gone = g_slist_prepend (self->gone, g_thread_self ());
  self->connections--;
  g_cond_broadcast (&self->ended);
}

static gpointer
serve_cb (gpointer data)
{
  Guest *guest = data;
  SkeinPracticeServer *self = guest->server;
  SkeinPracticeConnection *connection =
    skein_practice_connection_new (guest->socket, self->certificate, guest->serial, self->cancellable);

  if (connection != NULL)
    {
      skein_practice_converse (connection, self->history, self->address);
      skein_practice_connection_free (connection);
    }

  g_object_unref (guest->socket);
  g_free (guest);
  leave (self);

  return NULL;
}

static void
receive (SkeinPracticeServer *self,
         GSocket             *socket)
{
  Guest *guest = g_new0 (Guest, 1);
  GThread *thread;

  guest->server = self;
  guest->socket = g_object_ref (socket);
  guest->serial = ++self->last_serial;
  join_gone (self);
  count_connection (self, 1);

  thread = g_thread_try_new ("practice-guest", serve_cb, guest, NULL);
  if (thread != NULL)
    return;

  count_connection (self, -1);
  g_object_unref (guest->socket);
  g_free (guest);
}

static gpointer
accept_cb (gpointer data)
{
  SkeinPracticeServer *self = data;

  while (!g_cancellable_is_cancelled (self->cancellable))
    {
      g_autoptr (GSocket) socket = g_socket_accept (self->socket, self->cancellable, NULL);

      if (socket != NULL)
        receive (self, socket);
      else
        /* No file descriptor is left, most likely: wait for somebody to go instead of spinning. */
        g_socket_condition_timed_wait (self->socket, 0, PAUSE_ON_LIMIT, self->cancellable, NULL);
    }

  return NULL;
}

static GSocket *
open_socket (guint16   port,
             GError  **error)
{
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, port);

  if (socket == NULL)
    return NULL;

  g_socket_set_listen_backlog (socket, BACKLOG);
  if (!g_socket_bind (socket, address, TRUE, error) || !g_socket_listen (socket, error))
    return NULL;

  return g_steal_pointer (&socket);
}

SkeinPracticeServer *
skein_practice_server_new (guint16           port,
                           GTlsCertificate  *certificate,
                           GError          **error)
{
  g_autoptr (GSocket) socket = open_socket (port, error);
  g_autoptr (GSocketAddress) address = socket != NULL ? g_socket_get_local_address (socket, error) : NULL;
  SkeinPracticeServer *self;

  if (address == NULL)
    return NULL;

  self = g_new0 (SkeinPracticeServer, 1);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->ended);
  self->socket = g_steal_pointer (&socket);
  g_set_object (&self->certificate, certificate);
  self->cancellable = g_cancellable_new ();
  self->history = skein_practice_history_new ();
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
  self->address = g_strdup_printf ("%s://127.0.0.1:%u", certificate != NULL ? "https" : "http", self->port);
  self->thread = g_thread_new ("practice-accept", accept_cb, self);

  return self;
}

void
skein_practice_server_stop (SkeinPracticeServer *self)
{
  g_return_if_fail (self != NULL);

  if (self->thread == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  g_thread_join (g_steal_pointer (&self->thread));
  g_socket_close (self->socket, NULL);

  g_mutex_lock (&self->mutex);
  while (self->connections > 0)
    g_cond_wait (&self->ended, &self->mutex);
  g_mutex_unlock (&self->mutex);
  join_gone (self);
}

void
skein_practice_server_free (SkeinPracticeServer *self)
{
  g_return_if_fail (self != NULL);

  skein_practice_server_stop (self);

  g_object_unref (self->socket);
  g_clear_object (&self->certificate);
  g_object_unref (self->cancellable);
  skein_practice_history_free (self->history);
  g_free (self->address);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->ended);
  g_free (self);
}

const char *
skein_practice_server_get_address (SkeinPracticeServer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->address;
}

guint16
skein_practice_server_get_port (SkeinPracticeServer *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->port;
}

GPtrArray *
skein_practice_server_dup_requests (SkeinPracticeServer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return skein_practice_history_dup_requests (self->history);
}

void
skein_practice_server_clear_requests (SkeinPracticeServer *self)
{
  g_return_if_fail (self != NULL);

  skein_practice_history_clear (self->history);
}

guint
skein_practice_server_get_peak (SkeinPracticeServer *self,
                                const char          *path)
{
  g_return_val_if_fail (self != NULL, 0);

  return skein_practice_history_get_peak (self->history, path);
}
