/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "raw-client.h"

#include <string.h>
#include <sys/socket.h>

#define GET(target) "GET " target " HTTP/1.1\r\n\r\n"

static void
read_answer (int   fd,
             gsize body)
{
  g_autoptr (GString) head = g_string_new (NULL);

  while (!g_str_has_suffix (head->str, "\r\n\r\n"))
    {
      g_autoptr (GBytes) byte = raw_read (fd, 1);

      g_assert_cmpuint (g_bytes_get_size (byte), ==, 1);
      g_string_append_len (head, g_bytes_get_data (byte, NULL), 1);
    }
  g_bytes_unref (raw_read (fd, body));
}

static void
test_requests (void)
{
  g_autoptr (SkeinPracticeServer) server = skein_practice_server_new (0, NULL, NULL);
  g_autoptr (GPtrArray) requests = NULL;
  g_autoptr (GPtrArray) none = NULL;
  SkeinPracticeRequest *first;
  SkeinPracticeRequest *second;
  int fd = raw_connect (server);

  raw_send (fd, "GET /bytes/10?x=1 HTTP/1.1\r\nRANGE: bytes=0-4\r\nA: 1\r\na:  2 \r\n\r\n", -1);
  read_answer (fd, 5);
  raw_send (fd, "HEAD /bytes/10 HTTP/1.1\n\n", -1);
  read_answer (fd, 0);
  g_close (fd, NULL);
  requests = skein_practice_server_dup_requests (server);

  g_assert_cmpuint (requests->len, ==, 2);
  first = g_ptr_array_index (requests, 0);
  second = g_ptr_array_index (requests, 1);
  g_assert_cmpstr (skein_practice_request_get_method (first), ==, "GET");
  g_assert_cmpstr (skein_practice_request_get_target (first), ==, "/bytes/10?x=1");
  g_assert_cmpstr (skein_practice_request_get_path (first), ==, "/bytes/10");
  g_assert_cmpstr (skein_practice_request_get_query (first), ==, "x=1");
  g_assert_cmpstr (skein_practice_request_get_header (first, "range"), ==, "bytes=0-4");
  g_assert_cmpstr (skein_practice_request_get_header (first, "a"), ==, "1, 2");
  g_assert_null (skein_practice_request_get_header (first, "b"));
  g_assert_cmpstr (skein_practice_request_get_method (second), ==, "HEAD");
  g_assert_cmpuint (skein_practice_request_get_connection (first), ==, skein_practice_request_get_connection (second));
  g_assert_cmpint (skein_practice_request_get_time (first), <=, skein_practice_request_get_time (second));

  skein_practice_server_clear_requests (server);
  none = skein_practice_server_dup_requests (server);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_pipelined (void)
{
  g_autoptr (SkeinPracticeServer) server = skein_practice_server_new (0, NULL, NULL);
  int fd = raw_connect (server);

  raw_send (fd, GET ("/bytes/100") "\r\n" GET ("/bytes/200") GET ("/bytes/300?close=1"), -1);
  read_answer (fd, 100);
  read_answer (fd, 200);
  read_answer (fd, 300);
  g_close (fd, NULL);
}

static void
test_pace (void)
{
  g_autoptr (SkeinPracticeServer) server = skein_practice_server_new (0, NULL, NULL);
  static const struct { const char *target; gint64 least; gsize length; } cases[] = {
    { "/bytes/20000?rate=100000", 200 * 1000, 20000 },
    { "/bytes/5?rate=20", 250 * 1000, 5 },
    { "/bytes/10?drip=20", 200 * 1000, 10 },
    { "/bytes/10?delay=150", 150 * 1000, 10 },
    { "/bytes/10000?rate=100000&chunked=1&cut=10000", 100 * 1000, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (RawAnswer) answer = raw_get (server, cases[i].target, NULL);

      g_assert_cmpint (g_get_monotonic_time () - start, >=, cases[i].least);
      if (cases[i].length > 0)
        raw_assert_pattern (answer, 0, 0, cases[i].length);
    }
}

/* Even pace means that something comes in every part of the time, not all of it at the end. */
static void
test_pace_is_even (void)
{
  g_autoptr (SkeinPracticeServer) server = skein_practice_server_new (0, NULL, NULL);
  gint64 start = g_get_monotonic_time ();
  int fd = raw_connect (server);

  raw_send (fd, GET ("/bytes/40000?rate=100000"), -1);
  read_answer (fd, 0);
  for (guint part = 1; part <= 4; part++)
    {
      g_autoptr (GBytes) bytes = raw_read (fd, 10000);

      g_assert_cmpuint (g_bytes_get_size (bytes), ==, 10000);
      g_assert_cmpint (g_get_monotonic_time () - start, >=, part * 100 * 1000 - 20 * 1000);
    }
  g_close (fd, NULL);
}

static void
test_stall (void)
{
  g_autoptr (SkeinPracticeServer) server = skein_practice_server_new (0, NULL, NULL);
  int silent = raw_connect (server);
  int half = raw_connect (server);

  raw_send (silent, GET ("/bytes/100?stall-headers=1"), -1);
  raw_send (half, GET ("/bytes/100?stall=40"), -1);
  read_answer (half, 40);
  g_assert_true (raw_is_silent (half, 100));
  g_assert_true (raw_is_silent (silent, 0));
  g_close (half, NULL);
  g_close (silent, NULL);
}

static void
test_late (void)
{
  g_autoptr (SkeinPracticeServer) server = skein_practice_server_new (0, NULL, NULL);
  static const char unwanted[] = "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nunwanted";
  int fd = raw_connect (server);
  g_autoptr (GBytes) bytes = NULL;

  raw_send (fd, GET ("/bytes/100?late=1"), -1);
  read_answer (fd, 100);
  g_assert_true (raw_is_silent (fd, 0));
  bytes = raw_read (fd, strlen (unwanted));
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), unwanted, strlen (unwanted));
  g_close (fd, NULL);
}

static void
test_max_connections (void)
{
  g_autoptr (SkeinPracticeServer) server = skein_practice_server_new (0, NULL, NULL);
  g_autoptr (RawAnswer) refused = NULL;
  g_autoptr (RawAnswer) other = NULL;
  int first = raw_connect (server);

  raw_send (first, GET ("/bytes/100?max-connections=1&stall=50"), -1);
  read_answer (first, 50);
  refused = raw_get (server, "/bytes/100?max-connections=1&status=429&retry-after=1", NULL);
  other = raw_get (server, "/bytes/101?max-connections=1", NULL);
  g_assert_true (raw_has_line (refused, "HTTP/1.1 429 Too Many Requests"));
  g_assert_true (raw_has_line (refused, "Retry-After: 1"));
  raw_assert_pattern (other, 0, 0, 101);
  g_assert_cmpuint (skein_practice_server_get_peak (server, "/bytes/100"), ==, 2);
  g_assert_cmpuint (skein_practice_server_get_peak (server, "/bytes/101"), ==, 1);
  g_close (first, NULL);
}

/* Its thread sleeps for a second and knows nothing yet. */
static void
test_peak_without_those_gone (void)
{
  g_autoptr (SkeinPracticeServer) server = skein_practice_server_new (0, NULL, NULL);
  g_autoptr (RawAnswer) other = NULL;
  int gone = raw_connect (server);

  raw_send (gone, GET ("/bytes/100?rate=1"), -1);
  read_answer (gone, 0);
  g_assert_cmpint (shutdown (gone, SHUT_WR), ==, 0);
  other = raw_get (server, "/bytes/100?max-connections=1", NULL);
  raw_assert_pattern (other, 0, 0, 100);
  g_assert_cmpuint (skein_practice_server_get_peak (server, NULL), ==, 1);
  g_close (gone, NULL);
}

static void
test_stop_at_once (void)
{
  SkeinPracticeServer *server = skein_practice_server_new (0, NULL, NULL);
  static const char *const requests[] = {
    "", "GET /", GET ("/bytes/100?stall-headers=1"), GET ("/bytes/100?stall=40"), GET ("/bytes/100?delay=60000"),
    GET ("/bytes/100?rate=1"), GET ("/bytes/100?drip=60000"), GET ("/bytes/2G"), GET ("/?endless-headers=1"),
    GET ("/bytes/2G?reset=1G"), GET ("/bytes/64M?reset=3M"),
  };
  int fds[G_N_ELEMENTS (requests)];
  gint64 start;

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      fds[i] = raw_connect (server);
      raw_send (fds[i], requests[i], -1);
    }
  read_answer (fds[3], 40);

  start = g_get_monotonic_time ();
  skein_practice_server_stop (server);
  skein_practice_server_stop (server);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    g_close (fds[i], NULL);
  skein_practice_server_free (server);
}

static void
test_many (void)
{
  g_autoptr (SkeinPracticeServer) server = skein_practice_server_new (0, NULL, NULL);
  int fds[200];

  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    {
      g_autofree char *request = g_strdup_printf ("GET /bytes/20000?seed=%u&rate=200000&close=1 HTTP/1.1\r\n\r\n", i);

      fds[i] = raw_connect (server);
      raw_send (fds[i], request, -1);
    }

  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    {
      g_autoptr (RawAnswer) answer = raw_finish (fds[i]);

      raw_assert_pattern (answer, i, 0, 20000);
    }
}

static void
test_hostile (void)
{
  g_autoptr (SkeinPracticeServer) server = skein_practice_server_new (0, NULL, NULL);
  static const struct { const char *request; gssize length; const char *answer; } cases[] = {
    { "\r\n\r\n\r\n", 0, "" },
    { "garbage\r\n\r\n", 0, "HTTP/1.1 400 " },
    { "GET  / HTTP/1.1\r\n\r\n", 0, "HTTP/1.1 400 " },
    { "GET / HTTP/2.0\r\n\r\n", 0, "HTTP/1.1 400 " },
    { "GET /\0 HTTP/1.1\r\n\r\n", 19, "HTTP/1.1 400 " },
    { "GET / HTTP/1.1\r\nno colon\r\n\r\n", 0, "HTTP/1.1 400 " },
    { "GET / HTTP/1.1\r\n folded: 1\r\n\r\n", 0, "HTTP/1.1 400 " },
    { "GET / HTTP/1.1\r\n: 1\r\n\r\n", 0, "HTTP/1.1 400 " },
    { "GET ? HTTP/1.1\r\n\r\n", 0, "HTTP/1.1 200 " },
    { "GET http:// HTTP/1.1\r\n\r\n", 0, "HTTP/1.1 200 " },
    { "GET %%%&&&==?=&%zz=%&close HTTP/1.1\r\n\r\n", 0, "HTTP/1.1 404 " },
    { "GET /pictures/99999999999999999999.png HTTP/1.1\r\n\r\n", 0, "HTTP/1.1 404 " },
    { "GET /bytes/99999999999999999999999999 HTTP/1.1\r\n\r\n", 0, "HTTP/1.1 404 " },
    { "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nabcde", 0, "HTTP/1.1 501 " },
    { "\x16\x03\x01\x00\x05hello", 10, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int fd = raw_connect (server);
      g_autoptr (RawAnswer) answer = NULL;

      g_test_message ("case %u", i);
      raw_send (fd, cases[i].request, cases[i].length > 0 ? cases[i].length : -1);
      shutdown (fd, SHUT_WR);
      answer = raw_finish (fd);
      g_assert_true (g_str_has_prefix (answer->head, cases[i].answer));
      g_assert_cmpint (answer->all->len == 0, ==, cases[i].answer[0] == '\0');
    }
}

static void
test_long_heads (void)
{
  g_autoptr (SkeinPracticeServer) server = skein_practice_server_new (0, NULL, NULL);
  g_autofree char *filler = g_strnfill (60 * 1024, 'a');
  g_autofree char *fits = g_strconcat ("X: ", filler, "\r\n", NULL);
  g_autofree char *too_long = g_strconcat ("X: ", filler, "\r\n", "Y: ", filler, "\r\n", NULL);
  g_autoptr (RawAnswer) good = raw_get (server, "/bytes/10", fits);
  g_autoptr (RawAnswer) bad = raw_get (server, "/bytes/10", too_long);

  raw_assert_pattern (good, 0, 0, 10);
  g_assert_true (raw_has_line (bad, "HTTP/1.1 431 Request Header Fields Too Large"));
}

/* Random bytes, and requests with random bytes in them. */
static void
test_random (void)
{
  g_autoptr (SkeinPracticeServer) server = skein_practice_server_new (0, NULL, NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (GString) request = g_string_new ("GET /bytes/300?cut=9&x=1&header=X HTTP/1.1\r\n"
                                                  "Range: bytes=1-2\r\nIf-Range: a\r\n\r\n");
      g_autoptr (RawAnswer) answer = NULL;
      int fd = raw_connect (server);

      for (guint change = g_rand_int_range (rand, 1, 20); change > 0; change--)
        request->str[g_rand_int_range (rand, 0, request->len)] = g_rand_int (rand);
      raw_send (fd, request->str, request->len);
      shutdown (fd, SHUT_WR);
      answer = raw_finish (fd);
      g_assert_cmpuint (answer->all->len, <, 100 * 1024);
    }
}

static void
test_resources (void)
{
  g_autoptr (SkeinPracticeServer) server = skein_practice_server_new (0, NULL, NULL);
  g_autoptr (RawAnswer) page = raw_get (server, "/", NULL);
  g_autoptr (RawAnswer) list = raw_get (server, "/list?count=2&each=rate=9", NULL);
  g_autoptr (RawAnswer) all = raw_get (server, "/?format=list", NULL);
  g_autoptr (RawAnswer) one = raw_get (server, "/pictures/1.png", NULL);
  g_autoptr (RawAnswer) again = raw_get (server, "/pictures/1.png", NULL);
  g_autoptr (RawAnswer) two = raw_get (server, "/pictures/2.png", NULL);
  const char *address = skein_practice_server_get_address (server);
  g_autofree char *expected = g_strdup_printf ("%s/pictures/1.png?rate=9\n%s/pictures/2.png?rate=9\n", address, address);
  g_autofree char *last = g_strdup_printf ("%s/pictures/48.png\n", address);

  g_assert_true (raw_has_line (page, "Content-Type: text/html; charset=utf-8"));
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (page->body, NULL), g_bytes_get_size (page->body), "<code>rate=BYTES</code>"));
  raw_assert_body (list, expected, strlen (expected));
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (all->body, NULL), g_bytes_get_size (all->body), last));

  g_assert_true (raw_has_line (one, "Content-Type: image/png"));
  g_assert_cmpuint (g_bytes_get_size (one->body), >=, 350 * 1000);
  g_assert_cmpuint (g_bytes_get_size (one->body), <=, 450 * 1000);
  g_assert_cmpmem (g_bytes_get_data (one->body, NULL), 8, "\x89PNG\r\n\x1a\n", 8);
  g_assert_true (g_bytes_equal (one->body, again->body));
  g_assert_false (g_bytes_equal (one->body, two->body));
}

static void
test_port_in_use (void)
{
  g_autoptr (SkeinPracticeServer) server = skein_practice_server_new (0, NULL, NULL);
  g_autoptr (GError) error = NULL;
  SkeinPracticeServer *second = skein_practice_server_new (skein_practice_server_get_port (server), NULL, &error);

  g_assert_null (second);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/server/requests", test_requests);
  g_test_add_func ("/practice/server/pipelined", test_pipelined);
  g_test_add_func ("/practice/server/pace", test_pace);
  g_test_add_func ("/practice/server/pace-is-even", test_pace_is_even);
  g_test_add_func ("/practice/server/stall", test_stall);
  g_test_add_func ("/practice/server/late", test_late);
  g_test_add_func ("/practice/server/max-connections", test_max_connections);
  g_test_add_func ("/practice/server/peak-without-those-gone", test_peak_without_those_gone);
  g_test_add_func ("/practice/server/stop-at-once", test_stop_at_once);
  g_test_add_func ("/practice/server/many", test_many);
  g_test_add_func ("/practice/server/hostile", test_hostile);
  g_test_add_func ("/practice/server/long-heads", test_long_heads);
  g_test_add_func ("/practice/server/random", test_random);
  g_test_add_func ("/practice/server/resources", test_resources);
  g_test_add_func ("/practice/server/port-in-use", test_port_in_use);

  return g_test_run ();
}
