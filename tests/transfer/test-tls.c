/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transfer-fixture.h"

#include "skein-error.h"
#include "skein-trust-list.h"

static char *
find (const char *name,
      const char *ending)
{
  g_autofree char *file = g_strconcat (name, ending, NULL);

  return g_test_build_filename (G_TEST_DIST, "data", "tls", file, NULL);
}

static GTlsCertificate *
load (const char *name)
{
  g_autofree char *certificate_path = find (name, ".pem");
  g_autofree char *key_path = find (name, ".key");
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_files (certificate_path, key_path, &error);

  g_assert_no_error (error);

  return certificate;
}

static void
serve_with (Fixture    *fixture,
            const char *name)
{
  g_autoptr (GTlsCertificate) certificate = load (name);
  g_autoptr (GError) error = NULL;

  skein_practice_server_free (fixture->server);
  fixture->server = skein_practice_server_new (0, certificate, &error);
  g_assert_no_error (error);
}

static void
test_good (Fixture       *fixture,
           gconstpointer  data)
{
  serve_with (fixture, "good");
  for (guint i = 0; i < 3; i++)
    {
      fixture_run (fixture, "/bytes/3000000");
      fixture_assert_file (fixture, 3000000);
    }
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  name)
{
  serve_with (fixture, name);
  g_assert_false (fixture_run (fixture, "/bytes/1000"));
  g_assert_error (fixture->error, SKEIN_ERROR, SKEIN_ERROR_CERTIFICATE);
  g_assert_cmpuint (fixture_count_requests (fixture), ==, 0);
  fixture_assert_no_file (fixture);
}

/* T3: the end of the connection proves nothing, with TLS no more than without. */
static void
test_cut (Fixture       *fixture,
          gconstpointer  data)
{
  serve_with (fixture, "good");
  g_assert_false (fixture_run (fixture, "/bytes/100000?cut=50000&tls-cut=1&ranges=no"));
  g_assert_error (fixture->error, SKEIN_ERROR, SKEIN_ERROR_TRUNCATED);

  fixture_run (fixture, "/bytes/100000?no-length=1&tls-cut=1&ranges=no");
  fixture_assert_file (fixture, 100000);
  g_assert_false (skein_transfer_get_length_known (fixture->transfer));
}

/* A server that says its piece to the first connection, whatever it hears, and hangs up. */
typedef struct
{
  const char *answer;
  gsize length;
  gboolean asks;        /* for a certificate of ours, over TLS */
  GSocketListener *listener;
} Rude;

/* Some of what the other side says is read, so that closing does not reset the connection. */
static gpointer
rude_thread (gpointer data)
{
  Rude *rude = data;
  g_autoptr (GSocketConnection) connection = g_socket_listener_accept (rude->listener, NULL, NULL, NULL);
  GIOStream *stream = G_IO_STREAM (connection);
  g_autoptr (GIOStream) tls = NULL;
  char heard[4096];

  if (rude->asks)
    {
      g_autoptr (GTlsCertificate) certificate = load ("good");

      stream = tls = g_tls_server_connection_new (stream, certificate, NULL);
      g_object_set (tls, "authentication-mode", G_TLS_AUTHENTICATION_REQUIRED, NULL);
    }
  g_input_stream_read (g_io_stream_get_input_stream (stream), heard, sizeof heard, NULL, NULL);
  g_output_stream_write_all (g_io_stream_get_output_stream (stream), rude->answer, rude->length, NULL, NULL, NULL);
  g_io_stream_close (stream, NULL, NULL);

  return NULL;
}

static void
test_no_handshake (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  Rude rude = *(const Rude *) data;
  g_autofree char *target = g_strdup_printf ("https://127.0.0.1:%u/bytes/1000", port);
  GThread *thread;

  rude.listener = listener;
  thread = g_thread_new ("rude", rude_thread, &rude);
  g_assert_false (fixture_run (fixture, target));
  g_assert_error (fixture->error, SKEIN_ERROR, SKEIN_ERROR_TLS);
  fixture_assert_no_file (fixture);
  g_thread_join (thread);
}

#define RUDE(name, text) static const Rude name = { .answer = text, .length = sizeof text - 1 }

/* T4: no TLS on the other side, none that ends, or none at all. */
RUDE (plain_answer, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
RUDE (rubbish, "\x16\x03\x03\xff\xff rubbish rubbish rubbish rubbish rubbish rubbish rubbish rubbish rubbish rubbish");
RUDE (silence, "");

/* T5: alerts: protocol_version, of a server that is too old; handshake_failure. */
RUDE (too_old, "\x15\x03\x01\x00\x02\x02\x46");
RUDE (no_cipher, "\x15\x03\x03\x00\x02\x02\x28");

/* T6: there is no certificate of ours. */
static const Rude asks = { .answer = "", .asks = TRUE };

/* D4: what began secured does not go on unsecured. */
static void
test_downgrade (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (SkeinPracticeServer) plain = skein_practice_server_new (0, NULL, NULL);
  g_autofree char *target = g_strdup_printf ("/bytes/1?redirect=%s/bytes/1000",
                                             skein_practice_server_get_address (plain));
  g_autoptr (GPtrArray) requests = NULL;

  serve_with (fixture, "good");
  g_assert_false (fixture_run (fixture, target));
  g_assert_error (fixture->error, SKEIN_ERROR, SKEIN_ERROR_REDIRECT_REFUSED);
  requests = skein_practice_server_dup_requests (plain);
  g_assert_cmpuint (requests->len, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *path = NULL;
  g_autoptr (GTlsDatabase) trusted = NULL;
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);

  path = find ("ca", ".pem");
  trusted = g_tls_file_database_new (path, &error);
  g_assert_no_error (error);
  skein_transfer_init ();
  skein_trust_list_install (trusted);

#define ADD(name, func, data) \
  g_test_add ("/tls/" name, Fixture, data, fixture_set_up, func, fixture_tear_down)
  ADD ("good", test_good, NULL);
  ADD ("self-signed", test_refused, "self-signed");
  ADD ("expired", test_refused, "expired");
  ADD ("wrong-host", test_refused, "wrong-host");
  ADD ("cut", test_cut, NULL);
  ADD ("plain-server", test_no_handshake, &plain_answer);
  ADD ("rubbish-for-a-handshake", test_no_handshake, &rubbish);
  ADD ("end-for-a-handshake", test_no_handshake, &silence);
  ADD ("too-old", test_no_handshake, &too_old);
  ADD ("no-common-cipher", test_no_handshake, &no_cipher);
  ADD ("asks-for-a-certificate", test_no_handshake, &asks);
  ADD ("downgrade", test_downgrade, NULL);

  return g_test_run ();
}
