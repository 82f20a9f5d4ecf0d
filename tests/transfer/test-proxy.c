/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Through proxies, good and bad: fault A5. The addresses behind them are of no real host. */
#include "transfer-fixture.h"
#include "talk-server.h"

#include <string.h>

#include "skein-error.h"
#include "skein-proxies.h"

typedef struct
{
  guint       port;     /* of the practice server */
  const char *answer;   /* nullable: to be said instead of letting anybody through */
  const char *login;    /* nullable: asked for */
  guint8      reply;    /* of SOCKS */
} Proxy;

#define REFUSAL "HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 4\r\nConnection: close\r\n\r\nwho?"

static void
http_func (TalkServer *server,
           GIOStream  *stream,
           gpointer    data)
{
  Proxy *proxy = data;
  g_autofree char *head = talk_server_read_head (server, stream);
  g_autofree char *login = head != NULL ? talk_dup_header (head, "Proxy-Authorization") : NULL;

  if (head == NULL)
    return;

  if (proxy->answer != NULL)
    talk_say (stream, proxy->answer);
  else if (proxy->login != NULL && g_strcmp0 (login, proxy->login) != 0)
    talk_say (stream, REFUSAL);
  else if (g_str_has_prefix (head, "CONNECT "))
    {
      talk_say (stream, "HTTP/1.1 200 Go on\r\n\r\n");
      talk_server_relay (server, stream, proxy->port);
    }
  else
    talk_forward (stream, head, proxy->port);
}

static gboolean
read_bytes (GIOStream *stream,
            guint8    *bytes,
            gsize      length)
{
  gsize n;

  return g_input_stream_read_all (g_io_stream_get_input_stream (stream), bytes, length, &n, NULL, NULL) && n == length;
}

static void
write_bytes (GIOStream    *stream,
             const guint8 *bytes,
             gsize         length)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (stream), bytes, length, NULL, NULL, NULL);
}

/* SOCKS 5 without a login (RFC 1928), asked for a host by its name. */
static void
socks_func (TalkServer *server,
            GIOStream  *stream,
            gpointer    data)
{
  Proxy *proxy = data;
  guint8 hello[2];
  guint8 bytes[256 + 2];
  guint8 head[5];
  const guint8 method[] = { 5, 0 };
  const guint8 answer[] = { 5, proxy->reply, 0, 1, 127, 0, 0, 1, 0, 1 };

  if (!read_bytes (stream, hello, sizeof hello) || !read_bytes (stream, bytes, hello[1]))
    return;
  write_bytes (stream, method, sizeof method);
  if (!read_bytes (stream, head, sizeof head))
    return;
  g_assert_cmpuint (head[3], ==, 3);
  g_assert_true (read_bytes (stream, bytes, head[4] + 2u));
  g_assert_cmpmem (bytes, head[4], "example.test", 12);
  write_bytes (stream, answer, sizeof answer);
  if (proxy->reply == 0)
    talk_server_relay (server, stream, proxy->port);
}

static void
choose (const char *start,
        TalkServer *server)
{
  g_autofree char *port = g_strdup_printf ("%u", talk_server_get_port (server));
  g_autofree char *address = g_strconcat (start, port, NULL);

  g_assert_true (skein_transfer_set_proxy (address, NULL));
}

/* The server is gone when this returns, and no proxy chosen. */
static void
run_through (Fixture    *fixture,
             TalkFunc    func,
             Proxy      *proxy,
             const char *start,
             const char *uri)
{
  TalkServer *server;

  proxy->port = skein_practice_server_get_port (fixture->server);
  server = talk_server_new (func, proxy);
  choose (start, server);
  fixture_run (fixture, uri);
  g_assert_true (skein_transfer_set_proxy (NULL, NULL));
  talk_server_free (server);
}

static void
assert_named (Fixture *fixture)
{
  g_assert_true (g_str_has_prefix (fixture->error->message, "127.0.0.1:"));
  g_assert_null (strstr (fixture->error->message, "secret"));
  fixture_assert_no_file (fixture);
}

static void
test_http (Fixture       *fixture,
           gconstpointer  data)
{
  Proxy proxy = { 0 };
  g_autoptr (GPtrArray) requests = NULL;

  run_through (fixture, http_func, &proxy, "http://127.0.0.1:", "http://example.test/bytes/1000000");
  fixture_assert_file (fixture, 1000000);
  requests = skein_practice_server_dup_requests (fixture->server);
  g_assert_cmpstr (skein_practice_request_get_header (g_ptr_array_index (requests, 0), "host"), ==, "example.test");
}

static void
test_http_login (Fixture       *fixture,
                 gconstpointer  data)
{
  Proxy proxy = { .login = "Basic YW5uYTpzZWNyZXQ6MQ==" };

  run_through (fixture, http_func, &proxy, "anna:secret%3A1@127.0.0.1:", "http://example.test/bytes/1000");
  fixture_assert_file (fixture, 1000);
  run_through (fixture, http_func, &proxy, "http://anna:secret:1@127.0.0.1:", "http://example.test/bytes/1000");
  fixture_assert_file (fixture, 1000);
}

/* A5: asks who we are. */
static void
test_who (Fixture       *fixture,
          gconstpointer  uri)
{
  Proxy proxy = { .login = "Basic x" };

  run_through (fixture, http_func, &proxy, "http://127.0.0.1:", uri);
  g_assert_error (fixture->error, SKEIN_HTTP_STATUS, 407);
  assert_named (fixture);
  run_through (fixture, http_func, &proxy, "http://anna:secret@127.0.0.1:", uri);
  g_assert_error (fixture->error, SKEIN_HTTP_STATUS, 407);
  assert_named (fixture);
}

/* The way is open: what the certificate says comes from the server behind. */
static void
test_tunnel (Fixture       *fixture,
             gconstpointer  data)
{
  Proxy proxy = { .login = "Basic YW5uYTpzZWNyZXQ=" };
  g_autofree char *certificate_path = g_test_build_filename (G_TEST_DIST, "data", "tls", "good.pem", NULL);
  g_autofree char *key_path = g_test_build_filename (G_TEST_DIST, "data", "tls", "good.key", NULL);
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_files (certificate_path, key_path, NULL);

  skein_practice_server_free (fixture->server);
  fixture->server = skein_practice_server_new (0, certificate, NULL);
  run_through (fixture, http_func, &proxy, "http://anna:secret@127.0.0.1:", "https://example.test/bytes/1000");
  g_assert_error (fixture->error, SKEIN_ERROR, SKEIN_ERROR_CERTIFICATE);
  fixture_assert_no_file (fixture);
}

/* A5: no tunnel, whatever is said instead. */
static void
test_no_tunnel (Fixture       *fixture,
                gconstpointer  answer)
{
  Proxy proxy = { .answer = answer };

  run_through (fixture, http_func, &proxy, "http://anna:secret@127.0.0.1:", "https://example.test/bytes/1000");
  g_test_message ("%s", fixture->error->message);
  g_assert_error (fixture->error, SKEIN_ERROR, SKEIN_ERROR_PROXY);
  assert_named (fixture);
}

/* A5: the same without a tunnel, where there is no answer at all. */
static void
test_dropped (Fixture       *fixture,
              gconstpointer  data)
{
  Proxy proxy = { .answer = "" };

  run_through (fixture, http_func, &proxy, "http://127.0.0.1:", "http://example.test/bytes/1000");
  g_assert_error (fixture->error, SKEIN_ERROR, SKEIN_ERROR_PROXY);
  assert_named (fixture);
}

static void
test_not_there (Fixture       *fixture,
                gconstpointer  data)
{
  const char *const proxies[] = { "http://anna:secret@127.0.0.1:1", "socks5://127.0.0.1:1" };

  for (guint i = 0; i < G_N_ELEMENTS (proxies); i++)
    {
      g_assert_true (skein_transfer_set_proxy (proxies[i], NULL));
      g_assert_false (fixture_run (fixture, "http://example.test/bytes/1000"));
      g_assert_error (fixture->error, SKEIN_ERROR, SKEIN_ERROR_PROXY);
      assert_named (fixture);
    }

  /* This computer needs none. */
  fixture_run (fixture, "/bytes/1000");
  fixture_assert_file (fixture, 1000);
  g_assert_true (skein_transfer_set_proxy (NULL, NULL));
}

static void
test_socks (Fixture       *fixture,
            gconstpointer  data)
{
  Proxy proxy = { .reply = 5 };

  run_through (fixture, socks_func, &proxy, "socks5://127.0.0.1:", "http://example.test/bytes/1000");
  g_assert_error (fixture->error, SKEIN_ERROR, SKEIN_ERROR_PROXY);
  assert_named (fixture);
  proxy.reply = 0;
  run_through (fixture, socks_func, &proxy, "socks5h://127.0.0.1:", "http://example.test/bytes/1000000");
  fixture_assert_file (fixture, 1000000);
}

static void
test_addresses (void)
{
  const char *const good[] = { "none", "http://p", "p:8080", "p", "socks5://[::1]:1080", "HTTP://u:p@p:1/", "socks4a://p" };
  const char *const bad[] = { "", "http://", "ftp://p", "https://p", "http://p/path", "http://p?q", "http://p:99999",
                              "http://[", "://p" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_test_message ("%s", good[i]);
      g_assert_true (skein_proxies_choose (good[i], NULL));
    }
  g_assert_true (skein_proxies_choose (NULL, NULL));

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", bad[i]);
      g_assert_false (skein_proxies_choose (bad[i], &error));
      g_assert_error (error, SKEIN_ERROR, SKEIN_ERROR_INVALID_ADDRESS);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, data, func) \
  g_test_add ("/proxy/" name, Fixture, data, fixture_set_up, func, fixture_tear_down)
  ADD ("http", NULL, test_http);
  ADD ("http, login", NULL, test_http_login);
  ADD ("A5 407, http", "http://example.test/bytes/1000", test_who);
  ADD ("A5 407, https", "https://example.test/bytes/1000", test_who);
  ADD ("tunnel", NULL, test_tunnel);
  ADD ("A5 CONNECT dropped", "", test_no_tunnel);
  ADD ("A5 CONNECT refused", "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n", test_no_tunnel);
  ADD ("A5 CONNECT answered with a page",
       "HTTP/1.1 502 Bad\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>", test_no_tunnel);
  ADD ("A5 CONNECT, a page in the tunnel",
       "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 12\r\n\r\n<html>hello", test_no_tunnel);
  ADD ("A5 dropped", NULL, test_dropped);
  ADD ("A5 not there", NULL, test_not_there);
  ADD ("socks", NULL, test_socks);
  g_test_add_func ("/proxy/addresses", test_addresses);

  return g_test_run ();
}
