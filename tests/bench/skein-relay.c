/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A far-away server out of a near one: hands connections on to another port of this machine, each with a
 * round-trip time, a rate, and now and then a straggler. What it does not play is TCP's slow start and loss. */
#include <gio/gio.h>
#include <glib-unix.h>

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "relay-pipe.h"

#define EVENTS_MAX 256

static struct
{
  int    listen;
  char  *to;
  double rtt;
  gint64 rate;
  gint64 total_rate;
  int    slow_every;
  gint64 slow_rate;
  int    most;
} options;

typedef struct
{
  int        client;
  int        server;
  RelayPipe *up;
  RelayPipe *down;
} Connection;

typedef struct
{
  int                epoll;
  int                listener;
  struct sockaddr_in to;
  RelayPace          total;
  GPtrArray         *connections;
  guint              first;
  guint              number;
} Relay;

static void
connection_free (gpointer data)
{
  Connection *self = data;

  relay_pipe_free (self->up);
  relay_pipe_free (self->down);
  close (self->client);
  close (self->server);
  g_free (self);
}

static void
die (const char *what)
{
  g_printerr ("skein-relay: %s: %s\n", what, g_strerror (errno));
  exit (1);
}

static void
make_eager (int fd)
{
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &(int) { 1 }, sizeof (int));
}

/* -1 if nobody listens there. */
static int
connect_to_server (Relay *self)
{
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  if (fd < 0)
    die ("socket");
  if (connect (fd, (struct sockaddr *) &self->to, sizeof self->to) < 0 || !g_unix_set_fd_nonblocking (fd, TRUE, NULL))
    {
      close (fd);
      return -1;
    }
  make_eager (fd);

  return fd;
}

static void
relay_watch (Relay      *self,
             Connection *connection,
             int         fd,
             gboolean    is_client)
{
  /* The lowest bit of an address is free to say which end it is. */
  struct epoll_event event = {
    .events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET,
    .data.u64 = (guint64) (gsize) connection | (is_client ? 1 : 0),
  };

  if (epoll_ctl (self->epoll, EPOLL_CTL_ADD, fd, &event) < 0)
    die ("epoll_ctl");
}

static gint64
relay_next_rate (Relay *self)
{
  /* So that each run of a benchmark meets the same stragglers. */
  if (self->connections->len == 0)
    self->number = 0;
  self->number++;

  return options.slow_every > 0 && self->number % (guint) options.slow_every == 0 ? options.slow_rate : options.rate;
}

static void
relay_add (Relay *self,
           int    client,
           int    server)
{
  Connection *connection = g_new0 (Connection, 1);
  gint64 now = g_get_monotonic_time ();
  gint64 rtt = (gint64) (options.rtt * G_TIME_SPAN_MILLISECOND);

  make_eager (client);
  connection->client = client;
  connection->server = server;
  /* The kernel has already accepted, so what a handshake takes is put before the first bytes. */
  connection->up = relay_pipe_new (client, server, rtt / 2, now + rtt, 0, NULL);
  connection->down = relay_pipe_new (server, client, rtt / 2, 0, (double) relay_next_rate (self), &self->total);
  g_ptr_array_add (self->connections, connection);
  relay_watch (self, connection, client, TRUE);
  relay_watch (self, connection, server, FALSE);
}

static void
relay_accept (Relay *self)
{
  int client, server;

  while ((client = accept4 (self->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0)
    {
      gboolean full = options.most > 0 && self->connections->len >= (guint) options.most;

      if (full || (server = connect_to_server (self)) < 0)
        close (client);
      else
        relay_add (self, client, server);
    }
}

static void
relay_note (Relay              *self,
            struct epoll_event *event)
{
  Connection *connection = (Connection *) (gsize) (event->data.u64 & ~(guint64) 1);
  gboolean is_client = event->data.u64 & 1;

  if (connection == NULL)
    {
      relay_accept (self);
      return;
    }

  if (event->events & ~(guint32) EPOLLOUT)
    relay_pipe_set_readable (is_client ? connection->up : connection->down);
  if (event->events & ~(guint32) EPOLLIN)
    relay_pipe_set_writable (is_client ? connection->down : connection->up);
}

static gboolean
connection_is_over (Connection *self)
{
  return (relay_pipe_is_done (self->up) && relay_pipe_is_done (self->down)) ||
         relay_pipe_is_broken (self->up) || relay_pipe_is_broken (self->down);
}

/* Returns when there is more to do. */
static gint64
relay_pump (Relay *self)
{
  gint64 next = G_MAXINT64;

  /* Each round begins with another one, so that a rate for all is shared fairly. */
  self->first++;
  for (guint i = 0; i < self->connections->len; i++)
    {
      Connection *connection = self->connections->pdata[(self->first + i) % self->connections->len];
      gint64 now = g_get_monotonic_time ();

      next = MIN (next, relay_pipe_pump (connection->up, now));
      next = MIN (next, relay_pipe_pump (connection->down, now));
    }

  for (guint i = self->connections->len; i > 0; i--)
    if (connection_is_over (self->connections->pdata[i - 1]))
      g_ptr_array_remove_index_fast (self->connections, i - 1);

  return next;
}

static void
relay_run (Relay *self)
{
  struct epoll_event events[EVENTS_MAX];
  gint64 next = G_MAXINT64;

  for (;;)
    {
      gint64 wait = MAX (next - g_get_monotonic_time (), 0);
      struct timespec timeout = { .tv_sec = wait / G_USEC_PER_SEC, .tv_nsec = wait % G_USEC_PER_SEC * 1000 };
      int n = epoll_pwait2 (self->epoll, events, EVENTS_MAX, next == G_MAXINT64 ? NULL : &timeout, NULL);

      if (n < 0 && errno != EINTR)
        die ("epoll_pwait2");
      for (int i = 0; i < n; i++)
        relay_note (self, &events[i]);
      next = relay_pump (self);
    }
}

static void
relay_listen (Relay *self)
{
  struct sockaddr_in address = {
    .sin_family = AF_INET,
    .sin_port = htons ((guint16) options.listen),
    .sin_addr.s_addr = htonl (INADDR_LOOPBACK),
  };
  socklen_t length = sizeof address;
  struct epoll_event event = { .events = EPOLLIN | EPOLLET, .data.u64 = 0 };

  self->listener = socket (AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  setsockopt (self->listener, SOL_SOCKET, SO_REUSEADDR, &(int) { 1 }, sizeof (int));
  if (bind (self->listener, (struct sockaddr *) &address, sizeof address) < 0 || listen (self->listener, 1024) < 0)
    die ("listen");
  getsockname (self->listener, (struct sockaddr *) &address, &length);
  epoll_ctl (self->epoll, EPOLL_CTL_ADD, self->listener, &event);
  g_print ("127.0.0.1:%u\n", ntohs (address.sin_port));
}

static gboolean
parse_server (struct sockaddr_in *address)
{
  g_autoptr (GSocketConnectable) server = NULL;
  g_autoptr (GInetAddress) host = NULL;
  GNetworkAddress *named;

  server = options.to != NULL ? g_network_address_parse (options.to, 80, NULL) : NULL;
  named = server != NULL ? G_NETWORK_ADDRESS (server) : NULL;
  host = named != NULL ? g_inet_address_new_from_string (g_network_address_get_hostname (named)) : NULL;
  if (host == NULL || g_inet_address_get_family (host) != G_SOCKET_FAMILY_IPV4)
    return FALSE;

  address->sin_family = AF_INET;
  address->sin_port = htons (g_network_address_get_port (named));
  memcpy (&address->sin_addr, g_inet_address_to_bytes (host), sizeof address->sin_addr);

  return TRUE;
}

static gboolean
parse_options (int    *argc,
               char ***argv)
{
  const GOptionEntry entries[] = {
    { "listen", 0, 0, G_OPTION_ARG_INT, &options.listen, "Port of 127.0.0.1 to listen on; 0 for any", "PORT" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &options.to, "The server; its address as a number", "HOST:PORT" },
    { "rtt", 0, 0, G_OPTION_ARG_DOUBLE, &options.rtt, "There and back in milliseconds", "MS" },
    { "rate", 0, 0, G_OPTION_ARG_INT64, &options.rate, "Of each connection, from the server", "BYTES/S" },
    { "total-rate", 0, 0, G_OPTION_ARG_INT64, &options.total_rate, "Of all of them together", "BYTES/S" },
    { "slow-every", 0, 0, G_OPTION_ARG_INT, &options.slow_every, "Every Nth connection is a straggler", "N" },
    { "slow-rate", 0, 0, G_OPTION_ARG_INT64, &options.slow_rate, "The rate of a straggler", "BYTES/S" },
    { "most", 0, 0, G_OPTION_ARG_INT, &options.most, "More at once are closed", "N" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse (context, argc, argv, &error))
    return TRUE;

  g_printerr ("skein-relay: %s\n", error->message);

  return FALSE;
}

int
main (int    argc,
      char **argv)
{
  Relay relay = { 0 };

  if (!parse_options (&argc, &argv))
    return 2;
  if (!parse_server (&relay.to))
    {
      g_printerr ("skein-relay: --to needs an address such as 127.0.0.1:80\n");
      return 2;
    }

  relay.total.rate = (double) options.total_rate;
  relay.connections = g_ptr_array_new_with_free_func (connection_free);
  relay.epoll = epoll_create1 (EPOLL_CLOEXEC);
  relay_listen (&relay);
  relay_run (&relay);
}
