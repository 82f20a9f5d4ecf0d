/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A transfer can be cancelled wherever it waits. */
#include "transfer-fixture.h"

#include "skein-error.h"

typedef struct
{
  SkeinTaskContext  context;   /* first: the functions get this */
  Fixture          *fixture;
  GCancellable     *cancellable;
  guint             countdown; /* cancelled when so many waits were entered */
} CancelContext;

static gpointer
cancel_thread (gpointer data)
{
  g_autoptr (GCancellable) cancellable = data;

  g_cancellable_cancel (cancellable);

  return NULL;
}

/* From another thread and while the wait is on, as far as that can be said without knowing its inside. */
static void
cancelling_enter (SkeinTaskContext *context,
                  SkeinOperation    operation)
{
  CancelContext *self = (CancelContext *) context;

  if (operation == SKEIN_OPERATION_WAIT && self->countdown > 0 && --self->countdown == 0)
    g_thread_unref (g_thread_new ("cancel", cancel_thread, g_object_ref (self->cancellable)));
}

static void
cancelling_leave (SkeinTaskContext *context,
                  SkeinOperation    operation)
{
}

static void
cancelling_stamp (SkeinTaskContext *context,
                  SkeinOperation    operation,
                  gint64            begin,
                  gint64            end)
{
}

static gboolean
cancelling_spawn_helper (SkeinTaskContext *context,
                         GThreadFunc       func,
                         gpointer          data)
{
  return FALSE;
}

static const SkeinTaskContextFuncs cancelling_funcs = {
  .enter = cancelling_enter,
  .leave = cancelling_leave,
  .stamp = cancelling_stamp,
  .spawn_helper = cancelling_spawn_helper,
};

static void
cancel_in_wait (Fixture    *fixture,
                const char *target,
                guint       wait)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *uri = target[0] == '/'
                         ? g_strconcat (skein_practice_server_get_address (fixture->server), target, NULL)
                         : g_strdup (target);
  g_autoptr (SkeinTransfer) transfer = skein_transfer_new (uri, NULL, fixture->folder, NULL);
  g_autoptr (GError) error = NULL;
  CancelContext context = {
    .context = { .funcs = &cancelling_funcs, .hosts = fixture->hosts },
    .fixture = fixture, .cancellable = cancellable, .countdown = wait,
  };

  g_assert_false (skein_transfer_run (transfer, &context.context, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (skein_transfer_get_path (transfer));
}

static void
test_headers (Fixture       *fixture,
              gconstpointer  data)
{
  cancel_in_wait (fixture, "/bytes/1000?stall-headers=1", 1);
}

static void
test_body (Fixture       *fixture,
           gconstpointer  data)
{
  cancel_in_wait (fixture, "/bytes/1000000?stall=1000", 2);
  cancel_in_wait (fixture, "/bytes/1000000?stall=1000", 3);
}

static void
test_drip (Fixture       *fixture,
           gconstpointer  data)
{
  cancel_in_wait (fixture, "/bytes/1000000?drip=10", 5);
}

static void
test_chunks (Fixture       *fixture,
             gconstpointer  data)
{
  cancel_in_wait (fixture, "/bytes/1000000?chunked=1&drip=10", 5);
}

/* A listener whose line is full: the kernel drops what comes then, and connecting waits. */
static void
test_connect (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GPtrArray) line = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GSocket) silent = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                                             G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autofree char *uri = NULL;

  g_assert_true (g_socket_bind (silent, any, FALSE, NULL));
  g_socket_set_listen_backlog (silent, 0);
  g_assert_true (g_socket_listen (silent, NULL));
  bound = g_socket_get_local_address (silent, NULL);
  for (guint i = 0; i < 3; i++)
    {
      GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL);

      g_socket_set_blocking (socket, FALSE);
      g_socket_connect (socket, bound, NULL, NULL);
      g_ptr_array_add (line, socket);
    }

  uri = g_strdup_printf ("http://127.0.0.1:%u/",
                         g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  cancel_in_wait (fixture, uri, 1);
}

/* The listener takes the connection and says nothing: TLS waits for its hello. */
static void
test_tls (Fixture       *fixture,
          gconstpointer  data)
{
  g_autofree char *uri = NULL;
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);

  uri = g_strdup_printf ("https://127.0.0.1:%u/", port);
  cancel_in_wait (fixture, uri, 1);
}

static void
test_before (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  g_assert_false (fixture_run_full (fixture, "/bytes/1000", NULL, NULL, cancellable));
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* The thread's session is as good as new after any of these. */
static void
test_storm (Fixture       *fixture,
            gconstpointer  data)
{
  for (guint i = 1; i < 100; i++)
    {
      cancel_in_wait (fixture, "/bytes/10000000?rate=1000000", 1 + i % 7);
      if (i % 10 == 0)
        {
          fixture_run (fixture, "/bytes/1000");
          fixture_assert_file (fixture, 1000);
        }
    }
}

/* A host that has no connection to spare makes one wait, and that can be cancelled too. */
static void
test_waiting_for_the_host (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *key = g_strdup_printf ("127.0.0.1:%u",
                                          skein_practice_server_get_port (fixture->server));
  GThread *thread;

  for (guint i = 0; i < SKEIN_HOST_TABLE_DEFAULT_PER_HOST; i++)
    g_assert_true (skein_host_table_acquire (fixture->hosts, key));
  thread = g_thread_new ("cancel", cancel_thread, g_object_ref (cancellable));
  g_assert_false (fixture_run_full (fixture, "/bytes/1000", NULL, NULL, cancellable));
  g_thread_join (thread);

  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (fixture_count_requests (fixture), ==, 0);
  for (guint i = 0; i < SKEIN_HOST_TABLE_DEFAULT_PER_HOST; i++)
    skein_host_table_release (fixture->hosts, key);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) \
  g_test_add ("/cancel/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("before", test_before);
  ADD ("waiting-for-the-host", test_waiting_for_the_host);
  ADD ("connect", test_connect);
  ADD ("tls", test_tls);
  ADD ("headers", test_headers);
  ADD ("body", test_body);
  ADD ("drip", test_drip);
  ADD ("chunks", test_chunks);
  ADD ("storm", test_storm);

  return g_test_run ();
}
