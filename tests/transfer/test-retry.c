/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a transfer tries again by itself, and what it hands up to whoever makes the next attempt. */
#include "transfer-fixture.h"

#include <string.h>

#include "skein-error.h"

#define MOST_REPLIES 6
#define SIZE         100000

/* A server that answers each request as written: a head with as many zeros behind it, or by hanging up. */
typedef struct
{
  struct { const char *head; gsize length; gboolean close; } replies[MOST_REPLIES];
  GSocketListener *listener;
  GCancellable *stop;
  GThread *thread;
  char *address;
  guint connections;
  guint requests;
} Script;

/* Whether one more request came; its head has no body behind it. */
static gboolean
read_request (GInputStream *input,
              GCancellable *stop)
{
  g_autoptr (GString) head = g_string_new (NULL);
  char byte;

  while (strstr (head->str, "\r\n\r\n") == NULL)
    {
      if (g_input_stream_read (input, &byte, 1, stop, NULL) <= 0)
        return FALSE;
      g_string_append_c (head, byte);
    }

  return TRUE;
}

static gboolean
reply (Script        *script,
       GOutputStream *output)
{
  guint i = script->requests++;
  g_autofree char *zeros = NULL;

  if (i >= MOST_REPLIES || script->replies[i].head == NULL)
    return FALSE;

  zeros = g_malloc0 (script->replies[i].length);
  g_output_stream_write_all (output, script->replies[i].head, strlen (script->replies[i].head), NULL, NULL, NULL);
  g_output_stream_write_all (output, zeros, script->replies[i].length, NULL, NULL, NULL);

  return !script->replies[i].close;
}

static gpointer
serve (gpointer data)
{
  Script *script = data;
  GSocketConnection *connection;

  while ((connection = g_socket_listener_accept (script->listener, NULL, script->stop, NULL)) != NULL)
    {
      script->connections++;
      while (read_request (g_io_stream_get_input_stream (G_IO_STREAM (connection)), script->stop) &&
             reply (script, g_io_stream_get_output_stream (G_IO_STREAM (connection))))
        ;
      g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
      g_object_unref (connection);
    }

  return NULL;
}

static void
script_start (Script *script)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;

  script->listener = g_socket_listener_new ();
  script->stop = g_cancellable_new ();
  g_assert_true (g_socket_listener_add_address (script->listener, any, G_SOCKET_TYPE_STREAM,
                                                G_SOCKET_PROTOCOL_TCP, NULL, &bound, NULL));
  script->address = g_strdup_printf ("http://127.0.0.1:%u/file",
                                     g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  script->thread = g_thread_new ("script", serve, script);
}

static void
script_stop (Script *script)
{
  g_cancellable_cancel (script->stop);
  g_thread_join (script->thread);
  g_object_unref (script->listener);
  g_object_unref (script->stop);
  g_free (script->address);
}

#define WHOLE "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"
#define BUSY(after) "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nRetry-After: " after "\r\n\r\n"
#define RANGE(first, length) \
  "HTTP/1.1 206 Partial Content\r\nETag: \"x\"\r\nContent-Length: " length "\r\n" \
  "Content-Range: bytes " first "-99999/100000\r\n\r\n"

/* C4, C9: a kept connection that the server has closed meanwhile is nobody's failure. */
static void
test_kept_connection_closed (Fixture       *fixture,
                             gconstpointer  data)
{
  Script script = { .replies = { { WHOLE, 10, FALSE }, { NULL, 0, TRUE }, { WHOLE, 10, TRUE } } };

  script_start (&script);
  g_assert_true (fixture_run (fixture, script.address));
  g_assert_true (fixture_run (fixture, script.address));
  script_stop (&script);
  g_assert_cmpuint (script.connections, ==, 2);
  g_assert_cmpuint (script.requests, ==, 3);
}

/* C4: a new connection on which nothing comes is one, and not asked again behind the back of whoever counts. */
static void
test_new_connection_closed (Fixture       *fixture,
                            gconstpointer  data)
{
  Script script = { .replies = { { WHOLE, 10, FALSE } } };

  script_start (&script);
  g_assert_true (fixture_run (fixture, script.address));
  g_assert_false (fixture_run (fixture, script.address));
  g_assert_false (fixture_run (fixture, script.address));
  script_stop (&script);
  g_assert_cmpuint (script.connections, ==, 3);
  g_assert_cmpuint (script.requests, ==, 4);
}

/* N10 */
static void
test_retry_after (Fixture       *fixture,
                  gconstpointer  data)
{
  const struct { const char *value; gint64 seconds; } cases[] = {
    { "7", 7 }, { "0", 0 }, { "soon", -1 }, { "-5", -1 }, { "99999999999999999999", 86400 },
    { "Thu,%2001%20Jan%201970%2000:00:00%20GMT", 0 }, { "Fri,%2031%20Dec%209999%2023:59:59%20GMT", 86400 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *target = g_strdup_printf ("/bytes/10?status=429&retry-after=%s", cases[i].value);

      g_test_message ("%s", cases[i].value);
      g_assert_false (fixture_run (fixture, target));
      g_assert_error (fixture->error, SKEIN_HTTP_STATUS, 429);
      g_assert_cmpint (skein_transfer_get_retry_after (fixture->transfer), ==, cases[i].seconds);
    }

  fixture_run (fixture, "/bytes/10?status=503");
  g_assert_cmpint (skein_transfer_get_retry_after (fixture->transfer), ==, -1);
}

static void
test_short_wait_inside (Fixture       *fixture,
                        gconstpointer  data)
{
  Script script = { .replies = { { RANGE ("0", "100000"), 70000, TRUE }, { BUSY ("2"), 0, TRUE },
                                 { RANGE ("70000", "30000"), 30000, TRUE } } };
  gint64 begin = g_get_monotonic_time ();

  script_start (&script);
  fixture_run (fixture, script.address);
  g_assert_no_error (fixture->error);
  script_stop (&script);
  g_assert_cmpuint (script.requests, ==, 3);
  g_assert_cmpint (g_get_monotonic_time () - begin, >=, 2 * G_USEC_PER_SEC);
}

/* A worker does not wait for a minute. */
static void
test_long_wait_handed_up (Fixture       *fixture,
                          gconstpointer  data)
{
  Script script = { .replies = { { RANGE ("0", "100000"), 70000, TRUE }, { BUSY ("60"), 0, TRUE },
                                 { RANGE ("70000", "30000"), 30000, TRUE } } };

  script_start (&script);
  g_assert_false (fixture_run (fixture, script.address));
  g_assert_error (fixture->error, SKEIN_HTTP_STATUS, 503);
  g_assert_cmpint (skein_transfer_get_retry_after (fixture->transfer), ==, 60);
  g_assert_cmpuint (script.requests, ==, 2);

  g_assert_true (fixture_run_again (fixture));
  g_assert_cmpuint (script.requests, ==, 3);
  script_stop (&script);
}

/* R8, R9: a server that suddenly has no such part, with and without telling how long the file is now: either a file
 * of one version, fetched anew, or an error; never a mixed or short one. */
static void
test_unsatisfied (Fixture       *fixture,
                  gconstpointer  data)
{
  const char *heads[] = {
    "HTTP/1.1 416 No\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.1 416 No\r\nContent-Length: 0\r\nContent-Range: bytes */70000\r\n\r\n",
    "HTTP/1.1 416 No\r\nContent-Length: 0\r\nContent-Range: bytes */100000\r\n\r\n",
    "HTTP/1.1 416 No\r\nContent-Length: 0\r\nContent-Range: bytes */500\r\n\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      Script script = { .replies = { { RANGE ("0", "100000"), 70000, TRUE }, { heads[i], 0, FALSE },
                                     { RANGE ("0", "100000"), 100000, FALSE } } };
      g_autofree char *contents = NULL;
      gsize length;

      script_start (&script);
      if (fixture_run (fixture, script.address))
        {
          g_assert_true (g_file_get_contents (skein_transfer_get_path (fixture->transfer), &contents, &length, NULL));
          g_assert_cmpuint (length, ==, SIZE);
        }
      else
        {
          g_test_message ("%s", fixture->error->message);
          fixture_assert_no_file (fixture);
        }
      script_stop (&script);
    }
}

/* R2, R3: the whole file instead of its end, also without If-Range, once the server has forgotten what ranges are: nothing is appended. */
static void
test_whole_again (Fixture       *fixture,
                  gconstpointer  data)
{
  const char whole[] = "HTTP/1.1 200 OK\r\nETag: \"x\"\r\nContent-Length: 100000\r\n\r\n";
  Script script = { .replies = { { RANGE ("0", "100000"), 70000, TRUE }, { whole, SIZE, TRUE },
                                 { whole, SIZE, TRUE }, { whole, SIZE, TRUE }, { whole, SIZE, TRUE },
                                 { whole, SIZE, TRUE } } };
  g_autofree char *contents = NULL;
  gsize length;

  script_start (&script);
  for (guint i = 0; i < 2 && !(i == 0 ? fixture_run (fixture, script.address) : fixture_run_again (fixture)); i++)
    fixture_assert_no_file (fixture);
  g_assert_no_error (fixture->error);
  g_assert_true (g_file_get_contents (skein_transfer_get_path (fixture->transfer), &contents, &length, NULL));
  g_assert_cmpuint (length, ==, SIZE);
  script_stop (&script);
}

#define ADD_TEST(path, func) \
  g_test_add ("/retry/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  skein_transfer_init ();

  ADD_TEST ("kept-connection-closed", test_kept_connection_closed);
  ADD_TEST ("new-connection-closed", test_new_connection_closed);
  ADD_TEST ("retry-after", test_retry_after);
  ADD_TEST ("short-wait-inside", test_short_wait_inside);
  ADD_TEST ("long-wait-handed-up", test_long_wait_handed_up);
  ADD_TEST ("R2 R3 the whole file again", test_whole_again);
  ADD_TEST ("R8 R9 no such part any more", test_unsatisfied);

  return g_test_run ();
}
