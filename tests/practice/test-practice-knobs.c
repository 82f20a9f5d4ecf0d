/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "raw-client.h"

#include <string.h>

static SkeinPracticeServer *server;

/* Lines of the head; "!" before one that must not be there. */
typedef struct
{
  const char *target;
  const char *lines[5];
} HeadCase;

static const HeadCase head_cases[] = {
  { "/bytes/10", { "HTTP/1.1 200 OK", "Content-Length: 10", "Content-Type: application/octet-stream", "Accept-Ranges: bytes" } },
  { "/nothing", { "HTTP/1.1 404 Not Found" } },
  { "/bytes/x", { "HTTP/1.1 404 Not Found" } },
  { "/bytes/5T", { "HTTP/1.1 404 Not Found" } },
  { "/pictures/49.png", { "HTTP/1.1 404 Not Found" } },
  { "/pictures/0.png", { "HTTP/1.1 404 Not Found" } },
  { "/bytes/1?rate=abc", { "HTTP/1.1 400 Bad Request", "Connection: close" } },
  { "/bytes/1?delay=99999999999", { "HTTP/1.1 400 Bad Request" } },
  { "/bytes/1?status=503&retry-after=7", { "HTTP/1.1 503 Service Unavailable", "Retry-After: 7" } },
  { "/bytes/1?status=7", { "HTTP/1.1 007 Unknown" } },
  { "/bytes/1?retry-after=7", { "HTTP/1.1 200 OK", "!Retry-After: 7" } },
  { "/bytes/1?redirect=http%3A%2F%2Fx%2Fa%20b", { "HTTP/1.1 302 Found", "Location: http://x/a b" } },
  { "/bytes/1?redirect=", { "HTTP/1.1 302 Found", "Location: " } },
  { "/bytes/1?redirect=/a&location2=/b&redirect-status=308", { "HTTP/1.1 308 Permanent Redirect", "Location: /a", "Location: /b" } },
  { "/bytes/1?no-location=1", { "HTTP/1.1 302 Found", "!Location: " } },
  { "/bytes/1?a=b&hops=2&c=d", { "HTTP/1.1 302 Found", "Location: /bytes/1?a=b&hops=1&c=d" } },
  { "/bytes/1?hops=0", { "HTTP/1.1 200 OK" } },
  { "/bytes/1?loop=1", { "HTTP/1.1 302 Found", "Location: /bytes/1?loop=1" } },
  { "/bytes/1?redirect=/&redirect-body=77", { "Content-Length: 77" } },
  { "/bytes/1?length=-1", { "Content-Length: -1", "!Content-Length: 1" } },
  { "/bytes/1?length=", { "Content-Length: " } },
  { "/bytes/1?length2=55", { "Content-Length: 1", "Content-Length: 55" } },
  { "/bytes/1?no-length=1", { "!Content-Length: 1", "!Transfer-Encoding: chunked", "!Connection: close" } },
  { "/bytes/1?http10=1", { "HTTP/1.0 200 OK", "Content-Length: 1" } },
  { "/bytes/1?close=1", { "Connection: close" } },
  { "/bytes/1?chunked=1", { "Transfer-Encoding: chunked", "!Content-Length: 1" } },
  { "/bytes/1?transfer-encoding=gzip,%20chunked", { "Transfer-Encoding: gzip, chunked", "!Content-Length: 1" } },
  { "/bytes/1?te-and-length=1", { "Transfer-Encoding: chunked", "Content-Length: 1" } },
  { "/bytes/1?encoding=gzip", { "Content-Encoding: gzip", "Content-Length: 1" } },
  { "/bytes/1?header=X-A:1&header=X-B:%202%0D%0AX-C:3", { "X-A:1", "X-B: 2", "X-C:3" } },
  { "/bytes/1?disposition=attachment%3B%20filename=%22a%22", { "Content-Disposition: attachment; filename=\"a\"" } },
  { "/bytes/1?type=text/plain", { "Content-Type: text/plain" } },
  { "/bytes/1?header-count=3", { "X-Many-0: yes", "X-Many-2: yes", "!X-Many-3: yes" } },
  { "/bytes/1?header-bytes=5", { "X-Large: xxxxx" } },
  { "/bytes/1?status-line=ICY%20200%20OK", { "ICY 200 OK", "!HTTP/1.1 200 OK" } },
  { "/bytes/1?etag=none&modified=none", { "HTTP/1.1 200 OK", "!ETag: ", "!Last-Modified: " } },
  { "/bytes/1?etag=%22mine%22", { "ETag: \"mine\"" } },
  { "/bytes/1?etag=weak", { "ETag: W/" } },
  { "/bytes/1?auth=a:b", { "HTTP/1.1 401 Unauthorized", "WWW-Authenticate: Basic realm=\"Skein practice\"" } },
  { "http://other.example/bytes/1", { "HTTP/1.1 200 OK", "Content-Length: 1" } },
};

/* A line that ends in ": " or "/" stands for all lines that begin so. */
static gboolean
has_line (RawAnswer  *answer,
          const char *line)
{
  g_autofree char *start = g_strconcat ("\n", line, NULL);

  if (raw_has_line (answer, line))
    return TRUE;

  return (g_str_has_suffix (line, ": ") || g_str_has_suffix (line, "/")) && strstr (answer->head, start) != NULL;
}

static void
test_heads (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (head_cases); i++)
    {
      const HeadCase *one = &head_cases[i];
      g_autoptr (RawAnswer) answer = raw_get (server, one->target, NULL);

      for (guint j = 0; j < G_N_ELEMENTS (one->lines) && one->lines[j] != NULL; j++)
        {
          const char *line = one->lines[j];

          g_test_message ("%s: %s", one->target, line);
          g_assert_cmpint (has_line (answer, line + (line[0] == '!')), ==, line[0] != '!');
        }
    }
}

static void
assert_pattern (const char *target,
                gsize       length,
                gboolean    reset)
{
  g_autoptr (RawAnswer) answer = raw_get (server, target, NULL);

  g_test_message ("%s", target);
  g_assert_cmpint (answer->reset, ==, reset);
  raw_assert_pattern (answer, 0, 0, length);
}

static void
test_ends (void)
{
  g_autoptr (RawAnswer) hangup = raw_get (server, "/bytes/9?hangup=1", NULL);

  assert_pattern ("/bytes/3M", 3 * 1024 * 1024, FALSE);
  assert_pattern ("/bytes/1000?cut=0", 0, FALSE);
  assert_pattern ("/bytes/1000?cut=999", 999, FALSE);
  assert_pattern ("/bytes/1000?cut=5000", 1000, FALSE);
  assert_pattern ("/bytes/3M?cut=2M", 2 * 1024 * 1024, FALSE);
  assert_pattern ("/bytes/1000?reset=0", 0, TRUE);
  assert_pattern ("/bytes/3M?reset=1M", 1024 * 1024, TRUE);
  assert_pattern ("/bytes/1000?length=5", 1000, FALSE);
  assert_pattern ("/bytes/1000?no-length=1", 1000, FALSE);
  g_assert_cmpuint (hangup->all->len, ==, 0);
}

static void
test_bodies (void)
{
  g_autoptr (RawAnswer) extra = raw_get (server, "/bytes/0?extra=4", NULL);
  g_autoptr (RawAnswer) redirect = raw_get (server, "/bytes/9?redirect=/&redirect-body=3", NULL);
  g_autoptr (RawAnswer) status = raw_get (server, "/bytes/9?status=404", NULL);
  g_autoptr (RawAnswer) bare = raw_get (server, "/bytes/100?no-headers=1", NULL);
  g_autoptr (RawAnswer) raw = raw_get (server, "/?raw=AAH_-k9L", NULL);
  guint8 expected[100];

  raw_assert_body (extra, "....", 4);
  raw_assert_body (redirect, "...", 3);
  raw_assert_body (status, "404 Not Found\n", 14);
  skein_practice_pattern_fill (0, 0, expected, sizeof expected);
  g_assert_cmpmem (bare->all->data, bare->all->len, expected, sizeof expected);
  g_assert_cmpmem (raw->all->data, raw->all->len, "\x00\x01\xff\xfa" "OK", 6);
}

static void
test_raw_is_bounded (void)
{
  static const char *const values[] = { "", "A", "AB", "ABC", "A%00BCD", "!!!!", "=", "%00%00%00" };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *target = g_strconcat ("/?raw=", values[i], NULL);
      g_autoptr (RawAnswer) answer = raw_get (server, target, NULL);

      g_assert_cmpuint (answer->all->len, <=, 3);
    }
}

/* What is sent for ten bytes in chunks with a fault; "*" stands for a byte of content. */
static const struct { const char *query; const char *wire; gsize length; } chunk_cases[] = {
  { "chunked=1", "a\r\n**********\r\n0\r\n\r\n", 0 },
  { "chunked=1&cut=4", "4\r\n****", 0 },
  { "chunk-fault=boundary", "5\r\n*****\r\n", 0 },
  { "chunk-fault=boundary&cut=0", "", 0 },
  { "chunk-fault=boundary&cut=10", "a\r\n**********\r\n", 0 },
  { "chunk-fault=before-crlf&cut=3", "3\r\n***", 0 },
  { "chunk-fault=mid&cut=3", "13\r\n***", 0 },
  { "chunk-fault=no-end", "a\r\n**********\r\n0\r\n", 0 },
  { "chunk-fault=size-garbage", "5\r\n*****\r\nZZZ\r\n*****\r\n0\r\n\r\n", 0 },
  { "chunk-fault=size-negative", "5\r\n*****\r\n-5\r\n*****\r\n0\r\n\r\n", 0 },
  { "chunk-fault=size-huge", "5\r\n*****\r\nFFFFFFFFFFFFFFFF\r\n*****\r\n0\r\n\r\n", 0 },
  { "chunk-fault=size-overflow", "5\r\n*****\r\nFFFFFFFFFFFFFFFFF\r\n*****\r\n0\r\n\r\n", 0 },
  { "chunk-fault=size-empty", "5\r\n*****\r\n\r\n*****\r\n0\r\n\r\n", 0 },
  { "chunk-fault=after-data-garbage", "5\r\n*****garbage\r\n5\r\n*****\r\n0\r\n\r\n", 0 },
  { "chunk-fault=trailers", "a\r\n**********\r\n0\r\nX-Trailer: first\r\nX-Second-Trailer: second\r\n\r\n", 0 },
  { "chunk-fault=folded-trailer", "a\r\n**********\r\n0\r\nX-Trailer: first\r\n  and folded\r\n\r\n", 0 },
  { "chunk-fault=nul-trailer", "a\r\n**********\r\n0\r\nX-Trailer: a\0b\r\n\r\n", 36 },
  { "transfer-encoding=identity", "**********", 0 },
};

static void
test_chunks (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (chunk_cases); i++)
    {
      g_autofree char *target = g_strconcat ("/bytes/10?", chunk_cases[i].query, NULL);
      g_autoptr (RawAnswer) answer = raw_get (server, target, NULL);
      gsize length = chunk_cases[i].length > 0 ? chunk_cases[i].length : strlen (chunk_cases[i].wire);
      g_autofree char *expected = g_malloc (length + 1);
      guint8 content[10];
      guint next = 0;

      skein_practice_pattern_fill (0, 0, content, sizeof content);
      memcpy (expected, chunk_cases[i].wire, length);
      for (gsize j = 0; j < length; j++)
        if (expected[j] == '*')
          expected[j] = content[next++];

      g_test_message ("%s", chunk_cases[i].query);
      raw_assert_body (answer, expected, length);
    }
}

static void
test_informational (void)
{
  static const char hint[] = "HTTP/1.1 103 Early Hints\r\nX-Skein: wait\r\n\r\n";
  g_autoptr (RawAnswer) answer = raw_get (server, "/bytes/1?informational=2", NULL);
  g_autofree char *expected = g_strconcat (hint, hint, "HTTP/1.1 200 OK\r\n", NULL);

  g_assert_cmpuint (answer->all->len, >, strlen (expected));
  g_assert_cmpmem (answer->all->data, strlen (expected), expected, strlen (expected));
}

static void
test_nul_in_header (void)
{
  g_autoptr (RawAnswer) answer = raw_get (server, "/bytes/1?header=X:a%00b", NULL);

  g_assert_nonnull (memmem (answer->all->data, answer->all->len, "\r\nX:a\0b\r\n", 9));
}

static void
assert_endless (const char *target)
{
  int fd = raw_connect (server);
  g_autofree char *request = g_strdup_printf ("GET %s HTTP/1.1\r\n\r\n", target);
  g_autoptr (GBytes) bytes = NULL;

  raw_send (fd, request, -1);
  bytes = raw_read (fd, 1024 * 1024);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 1024 * 1024);
  g_close (fd, NULL);
}

static void
test_endless (void)
{
  assert_endless ("/bytes/1?endless=1");
  assert_endless ("/bytes/1?redirect=/&endless=1");
  assert_endless ("/bytes/1?status=401&endless=1&chunked=1");
  assert_endless ("/bytes/1?endless-headers=1");
  assert_endless ("/bytes/1?endless-informational=1");
}

static void
test_auth (void)
{
  g_autoptr (RawAnswer) good = raw_get (server, "/bytes/10?auth=user:password", "Authorization: Basic dXNlcjpwYXNzd29yZA==\r\n");
  g_autoptr (RawAnswer) bad = raw_get (server, "/bytes/10?auth=user:password", "Authorization: Basic dXNlcjpwYXNzd29yZB==\r\n");

  raw_assert_pattern (good, 0, 0, 10);
  g_assert_true (raw_has_line (bad, "HTTP/1.1 401 Unauthorized"));
}

static void
test_fail_first (void)
{
  static const char *const lines[] = { "HTTP/1.1 429 Too Many Requests", "HTTP/1.1 429 Too Many Requests", "HTTP/1.1 200 OK", "HTTP/1.1 200 OK" };

  skein_practice_server_clear_requests (server);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (RawAnswer) answer = raw_get (server, "/bytes/10?fail-first=2&status=429", NULL);
      g_autoptr (RawAnswer) other = raw_get (server, "/bytes/10?fail-first=2&hangup=1", NULL);

      g_assert_true (raw_has_line (answer, lines[i]));
      g_assert_cmpint (other->all->len == 0, ==, i < 2);
    }
}

static void
test_change (void)
{
  g_autoptr (RawAnswer) first = raw_get (server, "/bytes/100?change-after=1", NULL);
  g_autoptr (RawAnswer) second = raw_get (server, "/bytes/100?change-after=1", NULL);
  g_autoptr (RawAnswer) silent = raw_get (server, "/bytes/100?change-after=0&change-silently=1", NULL);
  g_autofree char *first_etag = g_strndup (strstr (first->head, "ETag: "), 30);
  g_autofree char *silent_etag = g_strndup (strstr (silent->head, "ETag: "), 30);

  raw_assert_pattern (first, 0, 0, 100);
  raw_assert_pattern (second, 1, 0, 100);
  raw_assert_pattern (silent, 1, 0, 100);
  g_assert_null (strstr (second->head, first_etag));
  g_assert_cmpstr (silent_etag, ==, first_etag);
}

int
main (int    argc,
      char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  server = skein_practice_server_new (0, NULL, NULL);
  g_test_add_func ("/practice/knobs/heads", test_heads);
  g_test_add_func ("/practice/knobs/ends", test_ends);
  g_test_add_func ("/practice/knobs/bodies", test_bodies);
  g_test_add_func ("/practice/knobs/raw-is-bounded", test_raw_is_bounded);
  g_test_add_func ("/practice/knobs/chunks", test_chunks);
  g_test_add_func ("/practice/knobs/informational", test_informational);
  g_test_add_func ("/practice/knobs/nul-in-header", test_nul_in_header);
  g_test_add_func ("/practice/knobs/endless", test_endless);
  g_test_add_func ("/practice/knobs/auth", test_auth);
  g_test_add_func ("/practice/knobs/fail-first", test_fail_first);
  g_test_add_func ("/practice/knobs/change", test_change);
  result = g_test_run ();
  skein_practice_server_free (server);

  return result;
}
