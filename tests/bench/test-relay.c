/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The relay may never be faster than it was told; how much slower depends on what else the machine does. */
#include <gio/gio.h>

#include <stdlib.h>

#define ANSWER ((gsize) 400 * 1000)
#define AT_LEAST(us) ((gint64) ((us) * 0.98))
#define TOO_LONG 20

typedef struct
{
  GSocketListener *listener;
  GCancellable    *stop;
  GThread         *server;
  GSubprocess     *relay;
  guint16          port;
} Fixture;

/* Each line that comes in is answered by the same bytes. */
static gpointer
serve (gpointer data)
{
  g_autoptr (GSocketConnection) connection = data;
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_autofree char *answer = g_malloc0 (ANSWER);
  char letter;

  while (g_input_stream_read (input, &letter, 1, NULL, NULL) == 1)
    if (letter == '\n')
      g_output_stream_write_all (output, answer, ANSWER, NULL, NULL, NULL);

  return NULL;
}

static gpointer
accept_all (gpointer data)
{
  Fixture *self = data;
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();
  GSocketConnection *connection;

  while ((connection = g_socket_listener_accept (self->listener, NULL, self->stop, NULL)) != NULL)
    g_ptr_array_add (threads, g_thread_new ("serve", serve, connection));
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (threads->pdata[i]);

  return NULL;
}

static guint16
read_port (GSubprocess *relay)
{
  g_autoptr (GDataInputStream) output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (relay));
  g_autofree char *line = g_data_input_stream_read_line_utf8 (output, NULL, NULL, NULL);

  g_assert_true (g_str_has_prefix (line, "127.0.0.1:"));

  return (guint16) atoi (line + strlen ("127.0.0.1:"));
}

static void
fixture_start (Fixture    *self,
               const char *options)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) argv = NULL;
  g_autofree char *command = NULL;
  guint16 port;

  self->listener = g_socket_listener_new ();
  self->stop = g_cancellable_new ();
  port = g_socket_listener_add_any_inet_port (self->listener, NULL, &error);
  g_assert_no_error (error);
  self->server = g_thread_new ("accept", accept_all, self);

  command = g_strdup_printf ("%s --to 127.0.0.1:%u %s", g_getenv ("SKEIN_RELAY"), port, options);
  argv = g_strsplit (command, " ", -1);
  self->relay = g_subprocess_newv ((const char * const *) argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  self->port = read_port (self->relay);
}

static void
fixture_stop (Fixture *self)
{
  g_subprocess_send_signal (self->relay, SIGTERM);
  g_subprocess_wait (self->relay, NULL, NULL);
  g_object_unref (self->relay);
  g_cancellable_cancel (self->stop);
  g_thread_join (self->server);
  g_object_unref (self->stop);
  g_object_unref (self->listener);
}

static GSocketConnection *
fixture_connect (Fixture *self)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection;

  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_set_timeout (client, TOO_LONG);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", self->port, NULL, &error);
  g_assert_no_error (error);

  return connection;
}

static void
ask (GSocketConnection *connection)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), "\n", 1, NULL, NULL, NULL);
}

static gsize
take (GSocketConnection *connection,
      gsize              length)
{
  g_autofree char *buffer = g_malloc (length);
  gsize n = 0;

  g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)), buffer, length, &n, NULL, NULL);

  return n;
}

static void
test_delay (void)
{
  Fixture fixture;
  g_autoptr (GSocketConnection) connection = NULL;
  gint64 start, connected;

  fixture_start (&fixture, "--rtt 100");
  start = g_get_monotonic_time ();
  connection = fixture_connect (&fixture);
  ask (connection);
  g_assert_cmpuint (take (connection, 1), ==, 1);
  connected = g_get_monotonic_time ();
  g_assert_cmpint (connected - start, >=, AT_LEAST (200000));

  g_assert_cmpuint (take (connection, ANSWER - 1), ==, ANSWER - 1);
  start = g_get_monotonic_time ();
  ask (connection);
  g_assert_cmpuint (take (connection, 1), ==, 1);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, AT_LEAST (100000));
  g_assert_cmpint (g_get_monotonic_time () - start, <, TOO_LONG * G_USEC_PER_SEC);
  fixture_stop (&fixture);
}

static void
test_rate (void)
{
  Fixture fixture;
  g_autoptr (GSocketConnection) connection = NULL;
  gint64 start;

  fixture_start (&fixture, "--rate 1000000");
  connection = fixture_connect (&fixture);
  start = g_get_monotonic_time ();
  ask (connection);
  g_assert_cmpuint (take (connection, ANSWER), ==, ANSWER);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, AT_LEAST (400000));
  fixture_stop (&fixture);
}

static void
test_total_rate (void)
{
  Fixture fixture;
  GSocketConnection *connections[4];
  gint64 start = g_get_monotonic_time ();

  fixture_start (&fixture, "--rate 4000000 --total-rate 4000000");
  for (guint i = 0; i < G_N_ELEMENTS (connections); i++)
    ask (connections[i] = fixture_connect (&fixture));
  for (guint i = 0; i < G_N_ELEMENTS (connections); i++)
    g_assert_cmpuint (take (connections[i], ANSWER), ==, ANSWER);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, AT_LEAST (400000));

  for (guint i = 0; i < G_N_ELEMENTS (connections); i++)
    g_object_unref (connections[i]);
  fixture_stop (&fixture);
}

/* Each second one is slow; the first would be done at once. */
static void
test_stragglers (void)
{
  Fixture fixture;
  g_autoptr (GSocketConnection) fast = NULL;
  g_autoptr (GSocketConnection) slow = NULL;
  gint64 start;

  fixture_start (&fixture, "--slow-every 2 --slow-rate 1000000");
  fast = fixture_connect (&fixture);
  slow = fixture_connect (&fixture);
  start = g_get_monotonic_time ();
  ask (slow);
  ask (fast);
  g_assert_cmpuint (take (fast, ANSWER), ==, ANSWER);
  g_assert_cmpuint (take (slow, ANSWER), ==, ANSWER);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, AT_LEAST (400000));
  fixture_stop (&fixture);
}

static void
test_most (void)
{
  Fixture fixture;
  g_autoptr (GSocketConnection) one = NULL;
  g_autoptr (GSocketConnection) two = NULL;
  g_autoptr (GSocketConnection) three = NULL;

  fixture_start (&fixture, "--most 2");
  one = fixture_connect (&fixture);
  two = fixture_connect (&fixture);
  three = fixture_connect (&fixture);
  ask (one);
  ask (two);
  g_assert_cmpuint (take (three, 1), ==, 0);
  g_assert_cmpuint (take (one, ANSWER), ==, ANSWER);
  g_assert_cmpuint (take (two, ANSWER), ==, ANSWER);
  fixture_stop (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bench/relay/delay", test_delay);
  g_test_add_func ("/bench/relay/rate", test_rate);
  g_test_add_func ("/bench/relay/total-rate", test_total_rate);
  g_test_add_func ("/bench/relay/stragglers", test_stragglers);
  g_test_add_func ("/bench/relay/most", test_most);

  return g_test_run ();
}
