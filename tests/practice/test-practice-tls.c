/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "raw-client.h"

#include <string.h>
#include <sys/socket.h>

static GTlsCertificate *
load (const char *name)
{
  g_autofree char *pem = g_strconcat (name, ".pem", NULL);
  g_autofree char *key = g_strconcat (name, ".key", NULL);
  g_autofree char *pem_path = g_test_build_filename (G_TEST_DIST, "data", "tls", pem, NULL);
  g_autofree char *key_path = g_test_build_filename (G_TEST_DIST, "data", "tls", key, NULL);
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_files (pem_path, key_path, &error);

  g_assert_no_error (error);

  return certificate;
}

static gboolean
accept_cb (GTlsConnection       *connection,
           GTlsCertificate      *certificate,
           GTlsCertificateFlags  flags,
           GTlsCertificateFlags *seen)
{
  *seen = flags;

  return TRUE;
}

static GIOStream *
connect_tls (SkeinPracticeServer   *server,
             const char            *host,
             GTlsCertificateFlags  *flags)
{
  g_autofree char *ca_path = g_test_build_filename (G_TEST_DIST, "data", "tls", "ca.pem", NULL);
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (ca_path, NULL);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnectable) identity = g_network_address_new (host, skein_practice_server_get_port (server));
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) plain =
    g_socket_client_connect_to_host (client, "127.0.0.1", skein_practice_server_get_port (server), NULL, &error);
  GIOStream *stream;

  g_assert_no_error (error);
  stream = g_tls_client_connection_new (G_IO_STREAM (plain), identity, &error);
  g_assert_no_error (error);
  g_tls_connection_set_database (G_TLS_CONNECTION (stream), database);
  g_signal_connect (stream, "accept-certificate", G_CALLBACK (accept_cb), flags);
  *flags = 0;
  g_tls_connection_handshake (G_TLS_CONNECTION (stream), NULL, &error);
  g_assert_no_error (error);

  return stream;
}

static GTlsCertificateFlags
check (const char *name,
       const char *host)
{
  g_autoptr (GTlsCertificate) certificate = load (name);
  g_autoptr (SkeinPracticeServer) server = skein_practice_server_new (0, certificate, NULL);
  GTlsCertificateFlags flags;
  g_autoptr (GIOStream) stream = connect_tls (server, host, &flags);

  g_assert_true (g_str_has_prefix (skein_practice_server_get_address (server), "https://127.0.0.1:"));

  return flags;
}

static void
test_certificates (void)
{
  g_assert_cmpint (check ("good", "localhost"), ==, 0);
  g_assert_cmpint (check ("good", "127.0.0.1"), ==, 0);
  g_assert_cmpint (check ("expired", "localhost"), ==, G_TLS_CERTIFICATE_EXPIRED);
  g_assert_cmpint (check ("wrong-host", "localhost"), ==, G_TLS_CERTIFICATE_BAD_IDENTITY);
  g_assert_cmpint (check ("self-signed", "localhost"), ==, G_TLS_CERTIFICATE_UNKNOWN_CA);
}

static void
fetch (const char  *target,
       guint        length,
       GError     **error)
{
  g_autoptr (GTlsCertificate) certificate = load ("good");
  g_autoptr (SkeinPracticeServer) server = skein_practice_server_new (0, certificate, NULL);
  GTlsCertificateFlags flags;
  g_autoptr (GIOStream) stream = connect_tls (server, "localhost", &flags);
  g_autofree char *request = g_strdup_printf ("GET %s HTTP/1.1\r\n\r\n", target);
  g_autofree guint8 *expected = g_malloc (length + 1);
  g_autoptr (GByteArray) got = g_byte_array_new ();
  guint8 buffer[16384];
  gssize n;

  g_output_stream_write_all (g_io_stream_get_output_stream (stream), request, strlen (request), NULL, NULL, NULL);
  while ((n = g_input_stream_read (g_io_stream_get_input_stream (stream), buffer, sizeof buffer, NULL, error)) > 0)
    g_byte_array_append (got, buffer, n);

  skein_practice_pattern_fill (0, 0, expected, length);
  g_assert_cmpuint (got->len, >, length);
  g_assert_cmpmem (got->data + got->len - length, length, expected, length);
}

static void
test_ends (void)
{
  g_autoptr (GError) error = NULL;

  fetch ("/bytes/3M?close=1", 3 * 1024 * 1024, &error);
  g_assert_no_error (error);
  fetch ("/bytes/1000?no-length=1", 1000, &error);
  g_assert_no_error (error);
  fetch ("/bytes/1000?tls-cut=1&no-length=1", 1000, &error);
  g_assert_error (error, G_TLS_ERROR, G_TLS_ERROR_EOF);
}

static void
test_stop_at_once (void)
{
  g_autoptr (GTlsCertificate) certificate = load ("good");
  g_autoptr (SkeinPracticeServer) server = skein_practice_server_new (0, certificate, NULL);
  GTlsCertificateFlags flags;
  g_autoptr (GIOStream) idle = connect_tls (server, "localhost", &flags);
  g_autoptr (GIOStream) full = connect_tls (server, "localhost", &flags);
  static const char request[] = "GET /bytes/2G HTTP/1.1\r\n\r\n";
  int unshaken = raw_connect (server);
  gint64 start;
  guint8 byte;

  g_output_stream_write_all (g_io_stream_get_output_stream (full), request, strlen (request), NULL, NULL, NULL);
  g_input_stream_read (g_io_stream_get_input_stream (full), &byte, 1, NULL, NULL);

  start = g_get_monotonic_time ();
  skein_practice_server_stop (server);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
  g_close (unshaken, NULL);
}

static void
test_no_tls_spoken (void)
{
  g_autoptr (GTlsCertificate) certificate = load ("good");
  g_autoptr (SkeinPracticeServer) server = skein_practice_server_new (0, certificate, NULL);
  g_autoptr (RawAnswer) answer = raw_get (server, "/", NULL);
  g_autoptr (GPtrArray) requests = skein_practice_server_dup_requests (server);

  g_assert_false (g_str_has_prefix (answer->head, "HTTP"));
  g_assert_cmpuint (requests->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/tls/certificates", test_certificates);
  g_test_add_func ("/practice/tls/ends", test_ends);
  g_test_add_func ("/practice/tls/stop-at-once", test_stop_at_once);
  g_test_add_func ("/practice/tls/no-tls-spoken", test_no_tls_spoken);

  return g_test_run ();
}
