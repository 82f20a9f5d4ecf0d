/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "raw-client.h"

#include <string.h>

#define SIZE 100000

static SkeinPracticeServer *server;

static char *
dup_field (RawAnswer  *answer,
           const char *name)
{
  g_autofree char *start = g_strdup_printf ("\n%s: ", name);
  const char *found = strstr (answer->head, start);

  g_assert_nonnull (found);
  found += strlen (start);

  return g_strndup (found, strcspn (found, "\r"));
}

static void
test_parts (void)
{
  static const struct { const char *range; guint64 first; guint64 last; } cases[] = {
    { "0-", 0, SIZE - 1 }, { "0-0", 0, 0 }, { "99999-", 99999, 99999 }, { "99999-99999", 99999, 99999 },
    { "4095-4096", 4095, 4096 }, { "500-100000", 500, SIZE - 1 }, { "7-18446744073709551615", 7, SIZE - 1 },
    { "7-99999999999999999999999", 7, SIZE - 1 }, { "-1", 99999, 99999 }, { "-100000", 0, SIZE - 1 },
    { "-100001", 0, SIZE - 1 }, { "65530-65545", 65530, 65545 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *header = g_strdup_printf ("Range: bytes=%s\r\n", cases[i].range);
      g_autofree char *expected = g_strdup_printf ("Content-Range: bytes %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT "/100000",
                                                   cases[i].first, cases[i].last);
      g_autofree char *length = g_strdup_printf ("Content-Length: %" G_GUINT64_FORMAT, cases[i].last - cases[i].first + 1);
      g_autoptr (RawAnswer) answer = raw_get (server, "/bytes/100000?seed=4", header);

      g_test_message ("%s", cases[i].range);
      g_assert_true (raw_has_line (answer, "HTTP/1.1 206 Partial Content"));
      g_assert_true (raw_has_line (answer, expected));
      g_assert_true (raw_has_line (answer, length));
      raw_assert_pattern (answer, 4, cases[i].first, cases[i].last - cases[i].first + 1);
    }
}

static void
test_not_satisfiable (void)
{
  static const char *const ranges[] = { "100000-", "100000-100001", "99999999999999999999-", "-0" };

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      g_autofree char *header = g_strdup_printf ("Range: bytes=%s\r\n", ranges[i]);
      g_autoptr (RawAnswer) answer = raw_get (server, "/bytes/100000", header);

      g_assert_true (raw_has_line (answer, "HTTP/1.1 416 Range Not Satisfiable"));
      g_assert_true (raw_has_line (answer, "Content-Range: bytes */100000"));
    }
}

static void
test_ignored (void)
{
  static const char *const ranges[] = { "bytes=", "bytes=a-b", "bytes=5-4", "bytes=0-1,4-5", "lines=0-1", "bytes=--1", "bytes=1-2x", "" };

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      g_autofree char *header = g_strdup_printf ("Range: %s\r\n", ranges[i]);
      g_autoptr (RawAnswer) answer = raw_get (server, "/bytes/1000", header);

      g_assert_true (raw_has_line (answer, "HTTP/1.1 200 OK"));
      raw_assert_pattern (answer, 0, 0, 1000);
    }
}

static void
test_empty_resource (void)
{
  g_autoptr (RawAnswer) whole = raw_get (server, "/bytes/0", NULL);
  g_autoptr (RawAnswer) part = raw_get (server, "/bytes/0", "Range: bytes=0-\r\n");
  g_autoptr (RawAnswer) suffix = raw_get (server, "/bytes/0", "Range: bytes=-5\r\n");

  g_assert_true (raw_has_line (whole, "HTTP/1.1 200 OK"));
  g_assert_true (raw_has_line (whole, "Content-Length: 0"));
  g_assert_true (raw_has_line (part, "HTTP/1.1 416 Range Not Satisfiable"));
  g_assert_true (raw_has_line (suffix, "HTTP/1.1 416 Range Not Satisfiable"));
}

static void
assert_condition (const char *target,
                  const char *condition,
                  gboolean    holds)
{
  g_autofree char *headers = g_strdup_printf ("Range: bytes=10-19\r\nIf-Range: %s\r\n", condition);
  g_autoptr (RawAnswer) answer = raw_get (server, target, headers);

  g_assert_cmpint (raw_has_line (answer, "HTTP/1.1 206 Partial Content"), ==, holds);
  raw_assert_pattern (answer, 0, holds ? 10 : 0, holds ? 10 : 1000);
}

static void
test_if_range (void)
{
  g_autoptr (RawAnswer) answer = raw_get (server, "/bytes/1000", NULL);
  g_autofree char *etag = dup_field (answer, "ETag");
  g_autofree char *modified = dup_field (answer, "Last-Modified");
  g_autofree char *weak = g_strconcat ("W/", etag, NULL);

  g_assert_true (g_str_has_prefix (etag, "\"") && g_str_has_suffix (etag, "\""));
  assert_condition ("/bytes/1000", etag, TRUE);
  assert_condition ("/bytes/1000", modified, TRUE);
  assert_condition ("/bytes/1000", weak, FALSE);
  assert_condition ("/bytes/1000", "\"other\"", FALSE);
  assert_condition ("/bytes/1000", "Mon, 01 Jan 2001 00:00:00 GMT", FALSE);
  assert_condition ("/bytes/1000?etag=none", etag, FALSE);
  assert_condition ("/bytes/1000?etag=weak", weak, FALSE);
  assert_condition ("/bytes/1000?modified=none", modified, FALSE);
}

static void
test_head (void)
{
  g_autoptr (RawAnswer) answer = raw_ask (server, "HEAD", "/bytes/2G", "Range: bytes=0-1\r\n");

  g_assert_true (raw_has_line (answer, "HTTP/1.1 200 OK"));
  g_assert_true (raw_has_line (answer, "Content-Length: 2147483648"));
  g_assert_true (raw_has_line (answer, "Accept-Ranges: bytes"));
  raw_assert_body (answer, "", 0);
}

static void
test_far (void)
{
  g_autoptr (RawAnswer) answer = raw_get (server, "/bytes/2G", "Range: bytes=2147483600-\r\n");

  raw_assert_pattern (answer, 0, 2147483600, 48);
}

static void
assert_lie (const char *how,
            const char *content_range,
            guint64     first,
            gsize       length)
{
  g_autofree char *target = g_strconcat ("/bytes/1000?ranges=", how, NULL);
  g_autoptr (RawAnswer) answer = raw_get (server, target, "Range: bytes=100-199\r\n");

  g_assert_true (raw_has_line (answer, "HTTP/1.1 206 Partial Content"));
  if (content_range != NULL)
    g_assert_true (raw_has_line (answer, content_range));
  else
    g_assert_null (strstr (answer->head, "Content-Range"));
  raw_assert_pattern (answer, 0, first, length);
}

static void
test_lies (void)
{
  assert_lie ("lie-start", "Content-Range: bytes 101-199/1000", 101, 99);
  assert_lie ("lie-end", "Content-Range: bytes 100-149/1000", 100, 50);
  assert_lie ("lie-long", "Content-Range: bytes 100-200/1000", 100, 101);
  assert_lie ("lie-total", "Content-Range: bytes 100-199/1001", 100, 100);
  assert_lie ("unknown-total", "Content-Range: bytes 100-199/*", 100, 100);
  assert_lie ("no-content-range", NULL, 100, 100);
  assert_lie ("yes&content-range=Bytes%20x", "Content-Range: Bytes x", 100, 100);
}

static void
test_no_ranges (void)
{
  g_autoptr (RawAnswer) no = raw_get (server, "/bytes/1000?ranges=no", "Range: bytes=100-199\r\n");
  g_autoptr (RawAnswer) ignore = raw_get (server, "/bytes/1000?ranges=ignore", "Range: bytes=100-199\r\n");

  g_assert_true (raw_has_line (no, "HTTP/1.1 200 OK"));
  g_assert_true (raw_has_line (no, "Accept-Ranges: none"));
  raw_assert_pattern (no, 0, 0, 1000);
  g_assert_true (raw_has_line (ignore, "HTTP/1.1 200 OK"));
  g_assert_true (raw_has_line (ignore, "Accept-Ranges: bytes"));
  raw_assert_pattern (ignore, 0, 0, 1000);
}

static void
test_multipart (void)
{
  static const char before[] = "\r\n--skein-practice-part\r\nContent-Type: application/octet-stream\r\n"
                               "Content-Range: bytes 100-109/1000\r\n\r\n";
  static const char after[] = "\r\n--skein-practice-part--\r\n";
  g_autoptr (RawAnswer) answer = raw_get (server, "/bytes/1000?ranges=multipart", "Range: bytes=100-109\r\n");
  g_autoptr (GByteArray) expected = g_byte_array_new ();
  guint8 content[10];

  skein_practice_pattern_fill (0, 100, content, sizeof content);
  g_byte_array_append (expected, (const guint8 *) before, strlen (before));
  g_byte_array_append (expected, content, sizeof content);
  g_byte_array_append (expected, (const guint8 *) after, strlen (after));
  g_assert_true (raw_has_line (answer, "Content-Type: multipart/byteranges; boundary=skein-practice-part"));
  raw_assert_body (answer, expected->data, expected->len);
}

int
main (int    argc,
      char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  server = skein_practice_server_new (0, NULL, NULL);
  g_test_add_func ("/practice/range/parts", test_parts);
  g_test_add_func ("/practice/range/not-satisfiable", test_not_satisfiable);
  g_test_add_func ("/practice/range/ignored", test_ignored);
  g_test_add_func ("/practice/range/empty-resource", test_empty_resource);
  g_test_add_func ("/practice/range/if-range", test_if_range);
  g_test_add_func ("/practice/range/head", test_head);
  g_test_add_func ("/practice/range/far", test_far);
  g_test_add_func ("/practice/range/lies", test_lies);
  g_test_add_func ("/practice/range/no-ranges", test_no_ranges);
  g_test_add_func ("/practice/range/multipart", test_multipart);
  result = g_test_run ();
  skein_practice_server_free (server);

  return result;
}
