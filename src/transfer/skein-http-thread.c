/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-http-thread.h"

#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

#include "skein-trust-list.h"

static void
skein_http_thread_free (gpointer data)
{
  SkeinHttpThread *self = data;

  g_main_context_push_thread_default (self->context);
  soup_session_abort (self->session);
  g_clear_object (&self->session);
  g_clear_object (&self->proxies);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);

  munmap (self->buffer, SKEIN_HTTP_THREAD_BUFFER);
  if (self->wake_fd >= 0)
    close (self->wake_fd);
  g_hash_table_unref (self->sockets);
  g_main_context_unref (self->context);
  g_free (self);
}

static GPrivate own_key = G_PRIVATE_INIT (skein_http_thread_free);

/* libsoup would read what a proxy says instead, however long it is, and try again with logins of its own. */
static void
tunnel_got_headers_cb (SoupMessage     *message,
                       SkeinHttpThread *self)
{
  guint status = soup_message_get_status (message);

  if (status >= 200 && status < 300)
    return;

  self->refused = status;
  if (self->running != NULL)
    g_cancellable_cancel (self->running);
}

/* The way through a proxy is a request of the session's own, for the proxy that was named last. */
static void
request_queued_cb (SoupSession     *session,
                   SoupMessage     *message,
                   SkeinHttpThread *self)
{
  const char *proxy = skein_proxies_get_last (self->proxies);
  g_autofree char *value = NULL;

  if (strcmp (soup_message_get_method (message), "CONNECT") != 0)
    return;

  g_signal_connect (message, "got-headers", G_CALLBACK (tunnel_got_headers_cb), self);
  value = proxy != NULL ? skein_proxies_dup_authorization (proxy) : NULL;
  if (value != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Proxy-Authorization", value);
}

static SoupSession *
make_session (SkeinHttpThread *self)
{
  /* One request at a time: libsoup's limits never make one wait, and few idle connections are kept. Its
   * timers are off because they are not ours to cancel and do not see a slow drip. */
  SoupSession *session = soup_session_new_with_options ("max-conns", 4,
                                                        "max-conns-per-host", 2,
                                                        "timeout", 0,
                                                        "idle-timeout", 0,
                                                        "proxy-resolver", self->proxies,
                                                        NULL);

  /* Each feature is told of each message, and connects to its signals. */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER);

  g_signal_connect (session, "request-queued", G_CALLBACK (request_queued_cb), self);

  return session;
}

SkeinHttpThread *
skein_http_thread_get (void)
{
  SkeinHttpThread *self = g_private_get (&own_key);

  if (self != NULL)
    return self;

  self = g_new0 (SkeinHttpThread, 1);
  self->context = g_main_context_new ();
  self->sockets = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  self->buffer = mmap (NULL, SKEIN_HTTP_THREAD_BUFFER, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  g_assert (self->buffer != MAP_FAILED);
  self->wake_fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  skein_trust_list_ensure ();
  g_main_context_push_thread_default (self->context);
  self->proxies = SKEIN_PROXIES (skein_proxies_new (g_proxy_resolver_get_default ()));
  self->session = make_session (self);
  g_main_context_pop_thread_default (self->context);
  g_private_set (&own_key, self);

  return self;
}

/* The stream below @stream: TLS and libsoup's tunnels through proxies each name it in their own way. */
static GIOStream *
dup_base_stream (GIOStream *stream)
{
  const char *names[] = { "base-io-stream", "base-iostream" };
  GIOStream *base = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names) && base == NULL; i++)
    if (g_object_class_find_property (G_OBJECT_GET_CLASS (stream), names[i]) != NULL)
      g_object_get (stream, names[i], &base, NULL);

  return base;
}

static GSocket *
find_socket (GIOStream *connection)
{
  g_autoptr (GIOStream) stream = g_object_ref (connection);

  while (stream != NULL && !G_IS_SOCKET_CONNECTION (stream))
    {
      GIOStream *base = dup_base_stream (stream);

      g_object_unref (stream);
      stream = base;
    }

  return stream != NULL ? g_socket_connection_get_socket (G_SOCKET_CONNECTION (stream)) : NULL;
}

static gboolean
is_closed (gpointer key,
           gpointer socket,
           gpointer user_data)
{
  return g_socket_is_closed (socket);
}

GSocket *
skein_http_thread_note_socket (SkeinHttpThread *self,
                               guint64          id,
                               GIOStream       *connection)
{
  gint64 key = (gint64) id;
  GSocket *socket;

  if (connection == NULL)
    return g_hash_table_lookup (self->sockets, &key);

  g_hash_table_foreach_remove (self->sockets, is_closed, NULL);
  socket = find_socket (connection);
  if (socket != NULL)
    g_hash_table_insert (self->sockets, g_memdup2 (&key, sizeof key), g_object_ref (socket));

  return socket;
}
