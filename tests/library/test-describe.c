/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-describe.h"

#include <locale.h>
#include <string.h>

#include "skein-download-private.h"
#include "skein-error.h"

#define MB 1000000

/* So that the tables can be read: the space that does not break becomes "_". */
static char *
show_spaces (char *text)
{
  g_autofree char *owned = text;
  g_auto (GStrv) parts = g_strsplit (owned, "\302\240", -1);

  return g_strjoinv ("_", parts);
}

#define assert_text(text, expected)                        \
  G_STMT_START                                             \
  {                                                        \
    g_autofree char *shown_ = show_spaces (text);          \
    g_assert_cmpstr (shown_, ==, (expected));              \
  }                                                        \
  G_STMT_END

static void
test_size (void)
{
  const struct { guint64 bytes; const char *text; } table[] = {
    { 0, "0_bytes" }, { 1, "1_byte" }, { 999, "999_bytes" }, { 1000, "1_kB" }, { 1049, "1_kB" },
    { 1050, "1.1_kB" }, { 12400000, "12.4_MB" }, { 100 * MB, "100_MB" }, { 999949999, "999.9_MB" },
    { 999950000, "1_GB" }, { G_GUINT64_CONSTANT (5700000000), "5.7_GB" },
    { G_GUINT64_CONSTANT (2000000000000), "2_TB" }, { G_GUINT64_CONSTANT (3000000000000000), "3_PB" },
    { G_MAXUINT64, "18.4_EB" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    assert_text (skein_describe_size (table[i].bytes), table[i].text);
}

static void
test_rate (void)
{
  assert_text (skein_describe_rate (0), "0_bytes/s");
  assert_text (skein_describe_rate (3000000), "3.0_MB/s");
  assert_text (skein_describe_rate (3249999), "3.2_MB/s");
}

static void
test_time_left (void)
{
  const struct { gint64 seconds; const char *text; } table[] = {
    { -5, "0_s left" }, { 27, "27_s left" }, { 60, "1_min left" }, { 94, "1_min_34_s left" },
    { 3600, "1_h_0_min left" }, { 7500, "2_h_5_min left" }, { 86400, "1_day left" }, { 200000, "2_days left" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *expected = g_strdelimit (g_strdup (table[i].text), "_", ' ');
      g_autofree char *text = g_strdelimit (show_spaces (skein_describe_time_left (table[i].seconds)), "_", ' ');

      g_assert_cmpstr (text, ==, expected);
    }
}

static void
test_duration (void)
{
  assert_text (skein_describe_duration (0), "0_ms");
  assert_text (skein_describe_duration (120400), "120_ms");
  assert_text (skein_describe_duration (999499), "999_ms");
  assert_text (skein_describe_duration (999500), "1.0_s");
  assert_text (skein_describe_duration (24300000), "24.3_s");
  assert_text (skein_describe_duration (59950000), "1_min");
  assert_text (skein_describe_duration (125 * G_USEC_PER_SEC), "2_min 5_s");
}

static SkeinDownload *
make_running (guint64 received,
              gint64  total,
              guint64 rate,
              gint64  time_left)
{
  SkeinDownload *download = skein_download_new ("http://example.org/moon.png", NULL, "/tmp", NULL);

  skein_download_set_state (download, SKEIN_DOWNLOAD_RUNNING);
  skein_download_set_amount (download, received, total);
  skein_download_set_speed (download, rate, time_left);

  return download;
}

static void
test_facts_running (void)
{
  const struct { guint64 received; gint64 total; guint64 rate; gint64 left; const char *text; } table[] = {
    { 0, -1, 0, -1, "Connecting…" },
    { 0, 100 * MB, 0, -1, "0_bytes of 100_MB" },
    { 12400000, 100 * MB, 3200000, 27, "12.4_MB of 100_MB · 3.2_MB/s · 27_s left" },
    { 12000000, 100 * MB, 3000000, -1, "12.0_MB of 100_MB · 3.0_MB/s" },
    { 12400000, -1, 3200000, -1, "12.4_MB of unknown size · 3.2_MB/s" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (SkeinDownload) download = make_running (table[i].received, table[i].total,
                                                         table[i].rate, table[i].left);

      assert_text (skein_describe_facts (download), table[i].text);
    }
}

static void
test_facts_states (void)
{
  g_autoptr (SkeinDownload) download = make_running (100 * MB, 100 * MB, 0, -1);

  skein_download_set_frozen (download, TRUE);
  assert_text (skein_describe_facts (download), "On the window’s thread");
  skein_download_set_frozen (download, FALSE);

  skein_download_set_state (download, SKEIN_DOWNLOAD_WAITING);
  g_assert_cmpstr (skein_download_get_facts (download), ==, "Waiting");
  skein_download_set_state (download, SKEIN_DOWNLOAD_PAUSED);
  g_assert_cmpstr (skein_download_get_facts (download), ==, "Paused");
  skein_download_set_state (download, SKEIN_DOWNLOAD_CANCELLED);
  g_assert_cmpstr (skein_download_get_facts (download), ==, "Cancelled");
  skein_download_take_error (download, g_error_new_literal (SKEIN_HTTP_STATUS, 404, "not found"));
  skein_download_set_state (download, SKEIN_DOWNLOAD_FAILED);
  g_assert_cmpstr (skein_download_get_facts (download), ==,
                   "The server says there is no such file (404). Check the address.");
  skein_download_set_path (download, "/tmp/moon.png", FALSE);
  skein_download_set_state (download, SKEIN_DOWNLOAD_FINISHED);
  assert_text (skein_describe_facts (download), "100_MB · the server did not say how long the file is");
  skein_download_set_path (download, "/tmp/moon.png", TRUE);
  assert_text (skein_describe_facts (download), "100_MB");
}

/* That a server says what its file is proves that it came whole, and no more. */
static void
test_checked (void)
{
  g_autoptr (SkeinDownload) download = make_running (100 * MB, 100 * MB, 0, -1);
  SkeinVerification verification = { SKEIN_DIGEST_SOURCE_GIVEN, G_CHECKSUM_SHA256 };

  g_assert_true (skein_download_set_checked (download, 45999999));
  g_assert_false (skein_download_set_checked (download, 45999999));
  assert_text (skein_describe_facts (download), "Checking, 45_%");
  assert_text (skein_describe_progress (download), "Checking, 45 percent");
  skein_download_set_checked (download, -1);
  assert_text (skein_describe_facts (download), "100.0_MB of 100_MB");

  skein_download_set_path (download, "/tmp/moon.png", FALSE);
  skein_download_set_state (download, SKEIN_DOWNLOAD_FINISHED);
  skein_download_set_verification (download, verification);
  assert_text (skein_describe_facts (download), "100_MB · the checksum is right");
  verification.source = SKEIN_DIGEST_SOURCE_FILE;
  skein_download_set_verification (download, verification);
  assert_text (skein_describe_facts (download), "100_MB · as the server’s checksum file says");
  verification.source = SKEIN_DIGEST_SOURCE_SERVER;
  skein_download_set_verification (download, verification);
  assert_text (skein_describe_facts (download), "100_MB");
  verification.missing = TRUE;
  skein_download_set_verification (download, verification);
  assert_text (skein_describe_facts (download), "100_MB · no checksum was found");
}

static void
test_progress (void)
{
  const struct { guint64 received; gint64 total; gint64 left; const char *text; } table[] = {
    { 21, 100, 90, "21 percent, 1 minute 30 seconds left" },
    { 0, 100, -1, "0 percent" },
    { 50, 100, 1, "50 percent, 1 second left" },
    { 50, 100, 120, "50 percent, 2 minutes left" },
    { 50, 100, 3660, "50 percent, 1 hour 1 minute left" },
    { 50, 100, 7200, "50 percent, 2 hours left" },
    { 50, -1, -1, "50_bytes of unknown size" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (SkeinDownload) download = make_running (table[i].received, table[i].total, 0, table[i].left);

      assert_text (skein_describe_progress (download), table[i].text);
    }
}

/* Every code has a text of its own that names the host where it is about one, and leaves nothing unfilled. */
static void
test_every_error (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int code = SKEIN_ERROR_INVALID_ADDRESS; code <= SKEIN_ERROR_BAD_RECORD; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (SKEIN_ERROR, code, "for the log only");
      char *text = skein_describe_error (error, "example.org");

      g_assert_null (strstr (text, "for the log only"));
      g_assert_null (strchr (text, '%'));
      g_assert_true (g_utf8_validate (text, -1, NULL));
      g_assert_true (g_hash_table_add (seen, text));
    }
}

/* A5: the proxy is named, and nothing more of the message. */
static void
test_proxies (void)
{
  g_autoptr (GError) refused = g_error_new_literal (SKEIN_ERROR, SKEIN_ERROR_PROXY, "proxy:8080: HTTP status 403");
  g_autoptr (GError) who = g_error_new_literal (SKEIN_HTTP_STATUS, 407, "proxy:8080");

  assert_text (skein_describe_error (refused, "example.org"),
               "There was no way to example.org through the proxy proxy:8080. Check the proxy.");
  assert_text (skein_describe_error (who, "example.org"),
               "The proxy proxy:8080 asks for a login (407). Check the address of the proxy.");
}

static void
test_statuses (void)
{
  const struct { int status; const char *text; } table[] = {
    { 401, "example.org asks for a login (401). Add the address with user name and password." },
    { 403, "example.org does not allow this download (403). It may need a login on its website." },
    { 404, "The server says there is no such file (404). Check the address." },
    { 410, "The server says the file is gone for good (410)." },
    { 416, "example.org has no such part of the file (416). Cancel it, then download it again." },
    { 429, "example.org has had too many requests (429). Wait a while, then try again." },
    { 500, "example.org has a problem of its own (500). Try again later." },
    { 503, "example.org is too busy or closed for repairs (503). Try again later." },
    { 599, "example.org has a problem of its own (599). Try again later." },
    { 418, "example.org did not give the file (status 418). Check the address." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (SKEIN_HTTP_STATUS, table[i].status, "");

      assert_text (skein_describe_error (error, "example.org"), table[i].text);
    }
}

static void
test_hostile_host (void)
{
  g_autoptr (GError) error = g_error_new_literal (SKEIN_ERROR, SKEIN_ERROR_CONNECT, "");
  g_autoptr (GError) other = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_BUSY, "100%s");

  assert_text (skein_describe_error (error, "%s%n"),
               "%s%n could not be reached. Check the network connection, or try again later.");
  assert_text (skein_describe_error (error, NULL),
               "The server could not be reached. Check the network connection, or try again later.");
  assert_text (skein_describe_error (other, "host"), "The download failed: 100%s");
  assert_text (skein_describe_error (NULL, NULL), "The download failed.");
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/describe/size", test_size);
  g_test_add_func ("/describe/rate", test_rate);
  g_test_add_func ("/describe/time-left", test_time_left);
  g_test_add_func ("/describe/duration", test_duration);
  g_test_add_func ("/describe/facts-running", test_facts_running);
  g_test_add_func ("/describe/facts-states", test_facts_states);
  g_test_add_func ("/describe/checked", test_checked);
  g_test_add_func ("/describe/progress", test_progress);
  g_test_add_func ("/describe/every-error", test_every_error);
  g_test_add_func ("/describe/statuses", test_statuses);
  g_test_add_func ("/describe/A5 proxies", test_proxies);
  g_test_add_func ("/describe/hostile-host", test_hostile_host);

  return g_test_run ();
}
