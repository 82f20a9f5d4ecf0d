/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-http.h"

#include <libsoup/soup.h>

#include "skein-error.h"
#include "skein-http-errors.h"
#include "skein-http-headers.h"
#include "skein-http-thread.h"
#include "skein-proxies.h"

/* Answers of the 1xx kind before the real one; libsoup would read them for ever. */
#define INFORMATIONAL_MAX 20

/* A kept connection that the server closed meanwhile is no failure; what libsoup asks for again and again
 * would be attempts that nobody counts and spaces. */
#define RESTARTS_MAX 1

/* One request, from sending to the head of its answer. On the stack of the thread that waits. */
typedef struct
{
  SkeinTaskContext *context;
  SkeinProgress    *progress;
  SoupMessage      *message;
  GCancellable     *cancellable;   /* ours: cancelled for the caller's reasons and for our own, by this thread */
  GIOStream        *connection;    /* nullable: the new connection, if one was made */
  GInputStream     *body;          /* nullable */
  GError           *own_error;     /* nullable: why we gave up ourselves */
  GError           *error;         /* nullable: what libsoup said */
  char             *proxy;         /* nullable: the proxy that the connection goes through, for people */
  gint64            begun[G_SOCKET_CLIENT_COMPLETE + 1];  /* when an event came first, or 0 */
  gint64            length;
  gboolean          chunked;
  gboolean          done;
  guint             informational;
  guint             restarts;
} Request;

void
skein_http_init (void)
{
  /* HTTP/2 in libsoup 3.2 hangs on broken streams and has no back-pressure; this is its only switch. */
  g_setenv ("SOUP_FORCE_HTTP1", "1", TRUE);

  /* The resolver follows changes of the settings in the main context of whoever asks first. */
  g_proxy_resolver_get_default ();
}

static void
give_up (Request *request,
         GError  *own_error)
{
  if (request->own_error == NULL)
    request->own_error = own_error;
  else
    g_error_free (own_error);
  g_cancellable_cancel (request->cancellable);
}

static void
stamp (Request            *request,
       SkeinOperation      operation,
       GSocketClientEvent  first,
       gint64              end)
{
  if (request->begun[first] > 0)
    skein_task_context_stamp (request->context, operation, request->begun[first], end);
}

static void
network_event_cb (SoupMessage        *message,
                  GSocketClientEvent  event,
                  GIOStream          *connection,
                  Request            *request)
{
  gint64 now = g_get_monotonic_time ();

  if (request->begun[event] == 0)
    request->begun[event] = now;
  if (connection != NULL)
    g_set_object (&request->connection, connection);

  if (event == G_SOCKET_CLIENT_RESOLVING)
    skein_progress_set_operation (request->progress, SKEIN_OPERATION_RESOLVE);
  else if (event == G_SOCKET_CLIENT_RESOLVED)
    stamp (request, SKEIN_OPERATION_RESOLVE, G_SOCKET_CLIENT_RESOLVING, now);
  else if (event == G_SOCKET_CLIENT_CONNECTING)
    skein_progress_set_operation (request->progress, SKEIN_OPERATION_CONNECT);
  else if (event == G_SOCKET_CLIENT_CONNECTED)
    stamp (request, SKEIN_OPERATION_CONNECT, G_SOCKET_CLIENT_CONNECTING, now);
  else if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    skein_progress_set_operation (request->progress, SKEIN_OPERATION_TLS);
  else if (event == G_SOCKET_CLIENT_TLS_HANDSHAKED)
    stamp (request, SKEIN_OPERATION_TLS, G_SOCKET_CLIENT_TLS_HANDSHAKING, now);
  else if (event == G_SOCKET_CLIENT_COMPLETE)
    skein_progress_set_operation (request->progress, SKEIN_OPERATION_WAIT);
}

/* Called when the headers are parsed, but before libsoup decides how the body is framed. It misreads both
 * ways: sizes of rubbish or wrapped ones are a good end, and so is a chunked body that was cut. Hence
 * we parse both, and have it hand over the bytes as they are. */
static void
status_cb (SoupMessage *message,
           GParamSpec  *pspec,
           Request     *request)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  guint status = soup_message_get_status (message);
  const char *coding = soup_message_headers_get_list (headers, "Transfer-Encoding");
  const char *length = soup_message_headers_get_list (headers, "Content-Length");
  GError *error = NULL;

  if (status < 200 || status == SOUP_STATUS_NO_CONTENT || status == SOUP_STATUS_NOT_MODIFIED)
    return;

  request->length = -1;
  if (coding != NULL)
    skein_http_parse_transfer_encoding (coding, &request->chunked, &error);
  else
    skein_http_parse_content_length (length, &request->length, &error);

  if (error != NULL)
    give_up (request, error);
  if (error != NULL || request->chunked)
    soup_message_headers_set_encoding (headers, SOUP_ENCODING_EOF);
}

static void
got_informational_cb (SoupMessage *message,
                      Request     *request)
{
  if (++request->informational > INFORMATIONAL_MAX)
    give_up (request, g_error_new_literal (SKEIN_ERROR, SKEIN_ERROR_PROTOCOL,
                                           "Too many informational answers"));
}

/* An HTTP proxy is told who asks; the server behind it is not. */
static void
starting_cb (SoupMessage *message,
             Request     *request)
{
  GSocketAddress *address = soup_message_get_remote_address (message);
  g_autofree char *value = NULL;
  const char *proxy;

  /* Of an earlier start that went through a proxy: this one may go to the server itself. */
  soup_message_headers_remove (soup_message_get_request_headers (message), "Proxy-Authorization");
  if (address == NULL || !G_IS_PROXY_ADDRESS (address))
    return;

  proxy = g_proxy_address_get_uri (G_PROXY_ADDRESS (address));
  g_free (request->proxy);
  request->proxy = skein_proxies_dup_label (proxy);
  if (strcmp (g_uri_get_scheme (soup_message_get_uri (message)), "http") == 0)
    value = skein_proxies_dup_authorization (proxy);
  if (value != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Proxy-Authorization", value);
}

static void
got_headers_cb (SoupMessage *message,
                Request     *request)
{
  /* libsoup would ask once more over a new connection, after reading the whole body into memory. */
  if (soup_message_get_status (message) == SOUP_STATUS_MISDIRECTED_REQUEST)
    give_up (request, g_error_new_literal (SKEIN_HTTP_STATUS, SOUP_STATUS_MISDIRECTED_REQUEST,
                                           "Misdirected request"));
}

static void
restarted_cb (SoupMessage *message,
              Request     *request)
{
  if (++request->restarts > RESTARTS_MAX)
    give_up (request, g_error_new_literal (SKEIN_ERROR, SKEIN_ERROR_CONNECT,
                                           "Connections were closed again and again"));
}

/* An own header takes the place of ours; one that comes several times is sent so. */
static void
set_dress (SoupMessageHeaders     *headers,
           const SkeinHttpRequest *what)
{
  g_auto (GStrv) dress = skein_request_options_dress (what->options, what->uri, what->home,
                                                      g_get_real_time () / G_USEC_PER_SEC);

  for (guint i = 0; dress != NULL && dress[i] != NULL; i += 2)
    {
      gboolean again = FALSE;

      for (guint k = 0; k < i && !again; k += 2)
        again = g_ascii_strcasecmp (dress[k], dress[i]) == 0;
      if (again)
        soup_message_headers_append (headers, dress[i], dress[i + 1]);
      else
        soup_message_headers_replace (headers, dress[i], dress[i + 1]);
    }
}

static void
set_range (SoupMessageHeaders     *headers,
           const SkeinHttpRequest *what)
{
  g_autofree char *last = what->last >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, what->last)
                                          : g_strdup ("");
  g_autofree char *value = g_strdup_printf ("bytes=%" G_GINT64_FORMAT "-%s", what->first, last);

  soup_message_headers_replace (headers, "Range", value);
  if (what->if_range != NULL)
    soup_message_headers_replace (headers, "If-Range", what->if_range);
}

static SoupMessage *
make_message (const SkeinHttpRequest  *what,
              Request                 *request,
              GError                 **error)
{
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, what->uri);
  SoupMessageHeaders *headers;

  if (message == NULL)
    {
      g_set_error (error, SKEIN_ERROR, SKEIN_ERROR_INVALID_ADDRESS, "Not an address: %s", what->uri);
      return NULL;
    }

  soup_message_set_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  /* Not out of the session: then libsoup would read the body of a 401 before it lets us have the head. */
  soup_message_disable_feature (message, SOUP_TYPE_AUTH_MANAGER);
  headers = soup_message_get_request_headers (message);
  soup_message_headers_replace (headers, "Accept", "*/*");
  soup_message_headers_replace (headers, "Accept-Encoding", "identity");
  soup_message_headers_replace (headers, "User-Agent", "Skein/" SKEIN_VERSION);
  if (what->options != NULL)
    set_dress (headers, what);
  if (what->authorization != NULL)
    soup_message_headers_replace (headers, "Authorization", what->authorization);
  if (what->first >= 0)
    set_range (headers, what);

  g_signal_connect (message, "network-event", G_CALLBACK (network_event_cb), request);
  g_signal_connect (message, "notify::status-code", G_CALLBACK (status_cb), request);
  g_signal_connect (message, "got-informational", G_CALLBACK (got_informational_cb), request);
  g_signal_connect (message, "restarted", G_CALLBACK (restarted_cb), request);
  g_signal_connect (message, "starting", G_CALLBACK (starting_cb), request);
  g_signal_connect (message, "got-headers", G_CALLBACK (got_headers_cb), request);

  return g_steal_pointer (&message);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Request *request = user_data;

  request->body = soup_session_send_finish (SOUP_SESSION (source), result, &request->error);
  request->done = TRUE;
}

static gboolean
timeout_cb (gpointer user_data)
{
  give_up (user_data, g_error_new_literal (SKEIN_ERROR, SKEIN_ERROR_NO_ANSWER, "No answer in time"));

  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *outer,
              GMainContext *context)
{
  g_main_context_wakeup (context);
}

/* Asynchronously on the thread's own context, because only so are several addresses of a host raced
 * and can every wait be cancelled. */
static void
send_and_wait (Request         *request,
               SkeinHttpThread *thread,
               gint64           timeout,
               GCancellable    *cancellable)
{
  g_autoptr (GSource) timer = g_timeout_source_new ((guint) (timeout / 1000));
  gulong handler = 0;

  g_source_set_callback (timer, timeout_cb, request, NULL);
  /* An answer that came while this thread was kept from running came in time. */
  g_source_set_priority (timer, G_PRIORITY_LOW);
  g_source_attach (timer, thread->context);
  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), thread->context, NULL);

  g_main_context_push_thread_default (thread->context);
  soup_session_send_async (thread->session, request->message, G_PRIORITY_DEFAULT,
                           request->cancellable, sent_cb, request);
  while (!request->done)
    {
      /* From this thread: in GLib 2.74 cancelling from another one races the sources that libsoup makes. */
      if (g_cancellable_is_cancelled (cancellable))
        g_cancellable_cancel (request->cancellable);
      if (!request->done)
        g_main_context_iteration (thread->context, TRUE);
    }
  g_main_context_pop_thread_default (thread->context);

  g_cancellable_disconnect (cancellable, handler);
  g_source_destroy (timer);
}

static void
add_header (SkeinHttpAnswer *self,
            const char      *name,
            const char      *value)
{
  g_autofree char *key = g_ascii_strdown (name, -1);
  const char *before = g_hash_table_lookup (self->headers, key);

  if (before == NULL)
    g_hash_table_insert (self->headers, g_steal_pointer (&key), g_strdup (value));
  else if (strcmp (key, "content-disposition") != 0)
    g_hash_table_insert (self->headers, g_strdup (key), g_strconcat (before, ", ", value, NULL));
}

/* Two different targets are none. */
static void
note_location (SkeinHttpAnswer *self,
               const char      *value,
               gboolean        *several)
{
  if (*several || (self->location != NULL && strcmp (self->location, value) != 0))
    {
      *several = TRUE;
      g_clear_pointer (&self->location, g_free);
    }
  else if (self->location == NULL)
    self->location = g_strdup (value);
}

static void
copy_headers (SkeinHttpAnswer    *self,
              SoupMessageHeaders *headers)
{
  SoupMessageHeadersIter iter;
  gboolean several = FALSE;
  const char *name;
  const char *value;

  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    {
      add_header (self, name, value);
      if (g_ascii_strcasecmp (name, "Location") == 0)
        note_location (self, value, &several);
    }
}

const char *
skein_http_answer_get (SkeinHttpAnswer *self,
                       const char      *name)
{
  return g_hash_table_lookup (self->headers, name);
}

/* A radio stream's "ICY 200 OK" reaches us as an HTTP/1.0 answer; its own headers give it away. */
static gboolean
is_radio (SkeinHttpAnswer *self)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, self->headers);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (g_str_has_prefix (name, "icy-"))
      return TRUE;

  return FALSE;
}

/* A proxy did not open the way, or has given a status that only proxies have. */
static gboolean
is_refused_by_proxy (Request          *request,
                     SkeinHttpThread  *thread,
                     GError          **error)
{
  guint status = thread->refused != 0 ? thread->refused : soup_message_get_status (request->message);

  if (request->proxy == NULL || (thread->refused == 0 && status != SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED))
    return FALSE;

  if (status == SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED)
    g_set_error (error, SKEIN_HTTP_STATUS, (int) status, "%s", request->proxy);
  else
    g_set_error (error, SKEIN_ERROR, SKEIN_ERROR_PROXY, "%s: HTTP status %u", request->proxy, status);

  return TRUE;
}

static SkeinHttpAnswer *
make_answer (Request          *request,
             SkeinHttpThread  *thread,
             const char       *uri,
             GError          **error)
{
  guint64 id = soup_message_get_connection_id (request->message);
  GSocket *socket = skein_http_thread_note_socket (thread, id, request->connection);
  g_autoptr (SkeinHttpAnswer) self = g_new0 (SkeinHttpAnswer, 1);

  self->uri = g_strdup (uri);
  self->status = soup_message_get_status (request->message);
  self->length = request->length;
  self->chunked = request->chunked;
  self->body = g_steal_pointer (&request->body);
  self->socket = socket != NULL ? g_object_ref (socket) : NULL;
  self->context = thread->context;
  copy_headers (self, soup_message_get_response_headers (request->message));

  if (self->status < 200 || self->status > 599 || is_radio (self))
    {
      g_set_error (error, SKEIN_ERROR, SKEIN_ERROR_PROTOCOL,
                   "Not an answer of HTTP (%u)", self->status);
      return NULL;
    }

  return g_steal_pointer (&self);
}

static void
close_body (GInputStream *body,
            GMainContext *context,
            gboolean      ended)
{
  g_main_context_push_thread_default (context);
  g_input_stream_close (body, NULL, NULL);
  g_object_unref (body);
  /* libsoup closes a connection whose body was not read later, and later may never come to this thread. */
  while (!ended && g_main_context_iteration (context, FALSE))
    ;
  g_main_context_pop_thread_default (context);
}

SkeinHttpAnswer *
skein_http_get (const SkeinHttpRequest  *what,
                SkeinTaskContext        *context,
                SkeinProgress           *progress,
                GCancellable            *cancellable,
                GError                 **error)
{
  SkeinHttpThread *thread = skein_http_thread_get ();
  g_autoptr (GCancellable) own = g_cancellable_new ();
  Request request = { .context = context, .progress = progress, .cancellable = own, .length = -1 };
  SkeinHttpAnswer *answer = NULL;

  request.message = make_message (what, &request, error);
  if (request.message == NULL)
    return NULL;

  skein_proxies_forget_last (thread->proxies);
  thread->refused = 0;
  thread->running = own;
  skein_progress_set_operation (progress, SKEIN_OPERATION_WAIT);
  skein_task_context_enter (context, SKEIN_OPERATION_WAIT);
  send_and_wait (&request, thread, what->timeout, cancellable);
  skein_task_context_leave (context, SKEIN_OPERATION_WAIT);
  thread->running = NULL;
  g_signal_handlers_disconnect_by_data (request.message, &request);
  if (request.proxy == NULL && skein_proxies_get_last (thread->proxies) != NULL)
    request.proxy = skein_proxies_dup_label (skein_proxies_get_last (thread->proxies));

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    g_clear_error (&request.own_error);
  else if (request.own_error != NULL)
    g_propagate_error (error, g_steal_pointer (&request.own_error));
  else if (is_refused_by_proxy (&request, thread, error))
    g_clear_error (&request.error);
  else if (request.error != NULL)
    skein_http_error_translate (request.error, request.message, request.proxy, error);
  else
    answer = make_answer (&request, thread, what->uri, error);

  g_clear_error (&request.error);
  g_free (request.proxy);
  if (request.body != NULL)
    close_body (request.body, thread->context, FALSE);
  g_clear_object (&request.connection);
  g_object_unref (request.message);

  return answer;
}

void
skein_http_answer_free (SkeinHttpAnswer *self)
{
  if (self->body != NULL)
    close_body (self->body, self->context, self->ended);
  g_clear_object (&self->socket);
  g_clear_pointer (&self->headers, g_hash_table_unref);
  g_free (self->uri);
  g_free (self->location);
  g_free (self);
}
