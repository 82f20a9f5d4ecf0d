/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-targets.h"

#include <string.h>

#include "skein-digest-spec.h"
#include "skein-disposition.h"
#include "skein-http-headers.h"

#define NOW G_GINT64_CONSTANT (1700000000)
#define DAY 86400

static void
check_length (const char *value)
{
  g_autoptr (GError) error = NULL;
  gint64 length = -2;
  gboolean good = skein_http_parse_content_length (value, &length, &error);

  g_assert_true (good == (error == NULL));
  g_assert_cmpint (length, >=, good ? 0 : -1);
}

static void
check_range (const char *value)
{
  g_autoptr (GError) error = NULL;
  gint64 start = -2;
  gint64 end = -2;
  gint64 total = -2;
  gboolean good = skein_http_parse_content_range (value, &start, &end, &total, &error);

  g_assert_true (good == (error == NULL));
  if (!good)
    g_assert_true (start == -1 && end == -1 && total == -1);
  else if (start == -1)
    g_assert_true (end == -1 && total >= 0);
  else
    g_assert_true (start >= 0 && end >= start && (total == -1 || total > end));
}

static void
check_times (const char *value)
{
  gint64 wait = skein_http_parse_retry_after (value, NOW);
  gint64 date = skein_http_parse_date (value, NOW);

  g_assert_true (wait >= -1 && wait <= DAY);
  g_assert_true (date >= -1 && date <= NOW + DAY);
}

static void
check_disposition (const char *value)
{
  g_autofree char *extended = NULL;
  g_autofree char *plain = NULL;

  skein_disposition_parse (value, &extended, &plain);
  g_assert_true (extended == NULL || g_utf8_validate (extended, -1, NULL));
  g_assert_true (plain == NULL || g_utf8_validate (plain, -1, NULL));
}

static void
check_digest (SkeinDigest *digest)
{
  if (digest == NULL)
    return;

  g_assert_cmpuint (strlen (digest->hex), ==, 2 * (gsize) g_checksum_type_get_length (digest->kind));
  g_assert_cmpuint (strspn (digest->hex, "0123456789abcdef"), ==, strlen (digest->hex));
  skein_digest_free (digest);
}

static void
check_digests (const char *value,
               gsize       length)
{
  check_digest (skein_digest_parse (value));
  check_digest (skein_digest_parse_repr_digest (value));
  check_digest (skein_digest_parse_digest (value));
  check_digest (skein_digest_parse_content_md5 (value));
  check_digest (skein_digest_find (value, length, "x", TRUE));
  check_digest (skein_digest_find (value, length, "x", FALSE));
}

void
fuzz_http_headers (const guint8 *bytes,
                   gsize         length)
{
  g_autofree char *value = g_strndup ((const char *) bytes, length);
  g_autoptr (GError) error = NULL;
  gboolean chunked = FALSE;

  check_length (value);
  check_range (value);
  check_times (value);
  check_disposition (value);
  check_digests (value, strlen (value));
  g_assert_true (skein_http_parse_transfer_encoding (value, &chunked, &error) == (error == NULL));
  if (skein_http_etag_is_strong (value) || skein_http_is_token (value))
    g_assert_true (skein_http_is_header_value (value));
}
