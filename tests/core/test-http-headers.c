/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-http-headers.h"

#include "skein-error.h"

#define NOW G_GINT64_CONSTANT (1700000000) /* 2023-11-14 22:13:20 */
#define DAY (24 * 60 * 60)

typedef struct
{
  const char *value;
  gint64      length; /* -2: refused */
} LengthCase;

static void
test_content_length (void)
{
  static const LengthCase cases[] = {
    { NULL, -1 },
    { "0", 0 },
    { "1", 1 },
    { " 42\t", 42 },
    { "2147483647", G_MAXINT32 },
    { "2147483648", G_GINT64_CONSTANT (1) << 31 },
    { "4294967296", G_GINT64_CONSTANT (1) << 32 },
    { "9007199254740993", (G_GINT64_CONSTANT (1) << 53) + 1 },
    { "9223372036854775807", G_MAXINT64 },
    { "0000000000000000000000000000000000042", 42 },
    { "5, 5", 5 },
    { "5,5 ,\t5", 5 },
    { "5, 6", -2 },
    { "5, 5, 6", -2 },
    { "0, 1", -2 },
    { "9223372036854775808", -2 },
    { "18446744073709551616", -2 },
    { "99999999999999999999999999999999", -2 },
    { "", -2 },
    { " ", -2 },
    { ",", -2 },
    { "5,", -2 },
    { ",5", -2 },
    { "-1", -2 },
    { "+1", -2 },
    { "1 2", -2 },
    { "0x10", -2 },
    { "1e3", -2 },
    { "12abc", -2 },
    { "abc", -2 },
    { "1.5", -2 },
    { "\xd9\xa1", -2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 length = 7;
      gboolean taken = skein_http_parse_content_length (cases[i].value, &length, &error);

      g_test_message ("%s", cases[i].value);
      g_assert_cmpint (taken, ==, cases[i].length != -2);
      g_assert_cmpint (length, ==, taken ? cases[i].length : -1);
      if (!taken)
        g_assert_error (error, SKEIN_ERROR, SKEIN_ERROR_PROTOCOL);
    }
}

typedef struct
{
  const char *value;
  gint64      start;
  gint64      end;
  gint64      total;
} RangeCase;

static void
test_content_range (void)
{
  static const RangeCase cases[] = {
    { "bytes 0-0/1", 0, 0, 1 },
    { "bytes 0-499/1234", 0, 499, 1234 },
    { "Bytes 0-499/1234", 0, 499, 1234 },
    { " BYTES \t 1-2/3 ", 1, 2, 3 },
    { "bytes 5-9/*", 5, 9, -1 },
    { "bytes */1234", -1, -1, 1234 },
    { "bytes */0", -1, -1, 0 },
    { "bytes 2147483648-4294967296/9007199254740993",
      G_GINT64_CONSTANT (2147483648), G_GINT64_CONSTANT (4294967296),
      G_GINT64_CONSTANT (9007199254740993) },
    { "bytes 9223372036854775806-9223372036854775806/9223372036854775807",
      G_MAXINT64 - 1, G_MAXINT64 - 1, G_MAXINT64 },
    { "bytes */9223372036854775807", -1, -1, G_MAXINT64 },
    { "bytes 0-9223372036854775807/*", 0, G_MAXINT64, -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 start;
      gint64 end;
      gint64 total;

      skein_http_parse_content_range (cases[i].value, &start, &end, &total, &error);
      g_assert_no_error (error);
      g_assert_cmpint (start, ==, cases[i].start);
      g_assert_cmpint (end, ==, cases[i].end);
      g_assert_cmpint (total, ==, cases[i].total);
    }
}

static void
test_content_range_refused (void)
{
  static const char * const values[] = {
    NULL, "", "bytes", "bytes ", "0-1/2", "items 0-1/2", "bytes0-1/2", "bytes=0-1/2", "bytes 0-1",
    "bytes 0-1/", "bytes 0-/5000", "bytes -1/5", "bytes 5-4/10", "bytes 0-10/10", "bytes 0-10/5",
    "bytes */*", "bytes *", "bytes 0 - 1/2", "bytes 0-1 /2", "bytes 0-1/2x", "bytes 0-1/2, bytes 3-4/5",
    "bytes 0-1/-2", "bytes +0-1/2", "bytes 0x0-0x1/2", "bytes 0-9223372036854775808/*",
    "bytes 0-1/9223372036854775808", "bytes 18446744073709551616-18446744073709551617/*",
    "bytes 0-9223372036854775807/9223372036854775807", "multipart/byteranges",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 start = 7;
      gint64 end = 7;
      gint64 total = 7;

      g_test_message ("%s", values[i]);
      g_assert_false (skein_http_parse_content_range (values[i], &start, &end, &total, &error));
      g_assert_error (error, SKEIN_ERROR, SKEIN_ERROR_PROTOCOL);
      g_assert_cmpint (start, ==, -1);
      g_assert_cmpint (end, ==, -1);
      g_assert_cmpint (total, ==, -1);
    }
}

/* Whatever bytes come: what is accepted keeps the promise. */
static void
test_content_range_property (void)
{
  static const char pieces[][24] = {
    "bytes", " ", "0", "1", "-", "/", "*", "9223372036854775807", "9223372036854775808", "\xff", ",",
  };
  guint taken = 0;

  for (guint round = 0; round < 50000; round++)
    {
      GString *value = g_string_new ("bytes ");
      int n = g_test_rand_int_range (0, 8);
      gint64 start;
      gint64 end;
      gint64 total;

      for (int i = 0; i < n; i++)
        g_string_append (value, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      if (skein_http_parse_content_range (value->str, &start, &end, &total, NULL))
        {
          taken++;
          g_assert_true (start == -1 ? end == -1 && total >= 0
                                     : start >= 0 && start <= end && (total == -1 || end < total));
        }
      g_string_free (value, TRUE);
    }

  g_assert_cmpuint (taken, >, 0);
}

static void
test_transfer_encoding (void)
{
  static const char * const refused[] = {
    "", " ", "identity", "gzip", "gzip, chunked", "chunked, gzip", "chunked, chunked", "chunked;a=b",
    "xchunked", "chunkedx", "chunked,",
  };
  gboolean chunked = TRUE;

  g_assert_true (skein_http_parse_transfer_encoding (NULL, &chunked, NULL));
  g_assert_false (chunked);
  g_assert_true (skein_http_parse_transfer_encoding ("chunked", &chunked, NULL));
  g_assert_true (chunked);
  g_assert_true (skein_http_parse_transfer_encoding (" Chunked\t", &chunked, NULL));
  g_assert_true (chunked);

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (skein_http_parse_transfer_encoding (refused[i], &chunked, &error));
      g_assert_error (error, SKEIN_ERROR, SKEIN_ERROR_PROTOCOL);
      g_assert_false (chunked);
    }
}

typedef struct
{
  const char *value;
  gint64      seconds;
} TimeCase;

static void
test_date (void)
{
  static const TimeCase cases[] = {
    { "Sun, 06 Nov 1994 08:49:37 GMT", 784111777 },
    { " Sun, 06 Nov 1994 08:49:37 GMT ", 784111777 },
    { "Sunday, 06-Nov-94 08:49:37 GMT", 784111777 },
    { "Sun Nov  6 08:49:37 1994", 784111777 },
    { "Sun Nov 16 08:49:37 1994", 784975777 },
    { "Thu, 01 Jan 1970 00:00:00 GMT", 0 },
    { "Wed, 31 Dec 1969 23:59:59 GMT", 0 },
    { "Mon, 01 Jan 0001 00:00:00 GMT", 0 },
    { "Tue, 14 Nov 2023 22:13:20 GMT", NOW },
    { "Fri, 31 Dec 9999 23:59:59 GMT", NOW + DAY },
    { "Sat, 31 Dec 2016 23:59:60 GMT", 1483228799 },
    { "Friday, 01-Jan-74 00:00:00 GMT", 126230400 },
    { "Friday, 01-Jan-73 00:00:00 GMT", NOW + DAY },
    { NULL, -1 },
    { "", -1 },
    { "0", -1 },
    { "-1", -1 },
    { "yesterday", -1 },
    { "Sun, 06 Nov 1994", -1 },
    { "Sun, 32 Nov 1994 08:49:37 GMT", -1 },
    { "Sun, 30 Feb 1994 08:49:37 GMT", -1 },
    { "Sun, 06 Nox 1994 08:49:37 GMT", -1 },
    { "Sun, 06 Nov 0000 08:49:37 GMT", -1 },
    { "Sun, 06 Nov 99999 08:49:37 GMT", -1 },
    { "Sun, 06 Nov 1994 24:49:37 GMT", -1 },
    { "Sun, 06 Nov 1994 -1:49:37 GMT", -1 },
    { "Sun, 06 Nov 1994 08:60:37 GMT", -1 },
    { "Sun, 06 Nov 1994 08:49:61 GMT", -1 },
    { "Sun, 06 Nov 1994 08:49:37 PST", -1 },
    { "Sun, 06 Nov 1994 08:49:37 GMT+1", -1 },
    { "Sun, 06 Nov 1994 08:49:37", -1 },
    { "Sun, 06 Nov 1994 08:49:37 GMT\xff", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (skein_http_parse_date (cases[i].value, NOW), ==, cases[i].seconds);
    }
}

static void
test_retry_after (void)
{
  static const TimeCase cases[] = {
    { "0", 0 },
    { "120", 120 },
    { " 7 ", 7 },
    { "86400", DAY },
    { "86401", DAY },
    { "4294967296", DAY },
    { "9223372036854775807", DAY },
    { "99999999999999999999999999", DAY },
    { "Tue, 14 Nov 2023 22:13:50 GMT", 30 },
    { "Tue, 14 Nov 2023 22:13:00 GMT", 0 },
    { "Fri, 31 Dec 9999 23:59:59 GMT", DAY },
    { "Mon, 01 Jan 0001 00:00:00 GMT", 0 },
    { NULL, -1 },
    { "", -1 },
    { "-5", -1 },
    { "+5", -1 },
    { "1.5", -1 },
    { "5s", -1 },
    { "1 2", -1 },
    { "soon", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].value);
      g_assert_cmpint (skein_http_parse_retry_after (cases[i].value, NOW), ==, cases[i].seconds);
    }
}

static void
test_etag (void)
{
  static const char * const strong[] = { "\"abc\"", "\"\"", "\"W/x\"", "\"\xe4!#\\\"" };
  static const char * const other[] = {
    NULL, "", "\"", "abc", "W/\"abc\"", "w/\"abc\"", "\"abc", "abc\"", "\"a\"b\"", "\"a b\"", "\"a\nb\"",
    "\"a\x7f\"", " \"a\"", "\"a\", \"b\"", "*",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (strong); i++)
    g_assert_true (skein_http_etag_is_strong (strong[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (other); i++)
    g_assert_false (skein_http_etag_is_strong (other[i]));
}

static void
test_token_and_value (void)
{
  static const char * const tokens[] = { "GET", "X-Api-Key", "!#$%&'*+-.^_`|~09az" };
  static const char * const no_tokens[] = {
    NULL, "", "a b", "a:", "a\r\nb", "a\x7f", "\xe4", "(a)", "a/b", "a\"", "a\t", " a",
  };
  static const char * const values[] = { "", "a", "a b\tc", "\xe4\xf6", "\xc3\xa4", "x: y; \"z\"" };
  static const char * const no_values[] = {
    NULL, " ", "a ", " a", "\ta", "a\r\nX: y", "a\nb", "a\rb", "a\x01", "a\x7f" "b", "\033[1m",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++)
    g_assert_true (skein_http_is_token (tokens[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (no_tokens); i++)
    g_assert_false (skein_http_is_token (no_tokens[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    g_assert_true (skein_http_is_header_value (values[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (no_values); i++)
    g_assert_false (skein_http_is_header_value (no_values[i]));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/http-headers/content-length", test_content_length);
  g_test_add_func ("/http-headers/content-range", test_content_range);
  g_test_add_func ("/http-headers/content-range/refused", test_content_range_refused);
  g_test_add_func ("/http-headers/content-range/property", test_content_range_property);
  g_test_add_func ("/http-headers/transfer-encoding", test_transfer_encoding);
  g_test_add_func ("/http-headers/date", test_date);
  g_test_add_func ("/http-headers/retry-after", test_retry_after);
  g_test_add_func ("/http-headers/etag", test_etag);
  g_test_add_func ("/http-headers/token-and-value", test_token_and_value);

  return g_test_run ();
}
