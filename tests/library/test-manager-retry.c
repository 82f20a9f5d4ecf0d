/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attempts that failed, and those that follow: by a clock that the test turns, and a network that it cuts. */
#include "skein-manager-private.h"

#include <glib/gstdio.h>

#include "skein-error.h"
#include "skein-fake-monitor.h"
#include "skein-fake-runner.h"
#include "skein-transfer.h"

#define SECOND G_USEC_PER_SEC

typedef struct
{
  SkeinFakeRunner *runner;
  SkeinFakeMonitor *monitor;
  SkeinManager *manager;
  char *folder;
  guint batches;
  guint failed;
  guint ended;
  guint delayed;
} Fixture;

static gint64 now;

static gint64
get_time (void)
{
  return now;
}

static void
batch_ended_cb (Fixture *fixture,
                guint    finished,
                guint    failed,
                gint64   microseconds)
{
  fixture->batches++;
  fixture->failed = failed;
}

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  now = 1000 * SECOND;
  fixture->runner = skein_fake_runner_new (2);
  fixture->monitor = data == NULL ? skein_fake_monitor_new () : NULL;
  fixture->manager = skein_manager_new (SKEIN_RUNNER (fixture->runner));
  fixture->folder = g_dir_make_tmp ("skein-XXXXXX", NULL);
  skein_manager_set_clock (fixture->manager, get_time);
  if (fixture->monitor != NULL)
    skein_manager_set_network_monitor (fixture->manager, G_NETWORK_MONITOR (fixture->monitor));
  g_signal_connect_swapped (fixture->manager, "batch-ended", G_CALLBACK (batch_ended_cb), fixture);
  g_signal_connect_swapped (fixture->manager, "download-ended", G_CALLBACK (count_cb), &fixture->ended);
  g_signal_connect_swapped (fixture->manager, "download-delayed", G_CALLBACK (count_cb), &fixture->delayed);
}

static void
turn (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static void
result_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
fail_with (Fixture *fixture,
           GQuark   domain,
           int      code)
{
  skein_fake_runner_fail (fixture->runner, 0, g_error_new_literal (domain, code, "told to"));
  turn ();
}

static void
fail (Fixture *fixture,
      int      code)
{
  fail_with (fixture, SKEIN_ERROR, code);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;

  skein_manager_stop_all_async (fixture->manager, result_cb, &result);
  while (skein_fake_runner_get_n_tasks (fixture->runner) > 0)
    fail_with (fixture, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  skein_manager_stop_all_finish (fixture->manager, result);
  g_clear_object (&result);

  g_assert_cmpuint (fixture->manager->clock, ==, 0);
  g_assert_finalize_object (fixture->manager);
  g_assert_finalize_object (fixture->runner);
  if (fixture->monitor != NULL)
    g_assert_finalize_object (fixture->monitor);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
}

static SkeinDownload *
add (Fixture    *fixture,
     const char *name)
{
  g_autofree char *address = g_strconcat ("http://files.example/", name, NULL);

  return skein_manager_add (fixture->manager, address, NULL, fixture->folder, NULL);
}

/* As if the attempt that runs had got so many bytes. */
static void
receive (SkeinDownload *download,
         gint64         bytes)
{
  skein_progress_add_received (skein_transfer_get_progress (download->transfer), bytes);
}

static void
pass (Fixture *fixture,
      gint64   seconds)
{
  now += seconds * SECOND;
  skein_manager_pump (fixture->manager);
  skein_manager_show_delays (fixture->manager);
  turn ();
}

static gboolean
is_active (Fixture *fixture)
{
  gboolean active;

  g_object_get (fixture->manager, "active", &active, NULL);

  return active;
}

#define assert_state(download, STATE) \
  g_assert_cmpint (skein_download_get_state (download), ==, SKEIN_DOWNLOAD_##STATE)

static void
assert_retry_in (SkeinDownload *download,
                 gint64         least,
                 gint64         most)
{
  assert_state (download, DELAYED);
  g_assert_cmpint (skein_download_get_delay (download), ==, SKEIN_DELAY_TIME);
  g_assert_cmpint (skein_download_get_retry_in (download), >=, least);
  g_assert_cmpint (skein_download_get_retry_in (download), <=, most);
}

/* P16: bounded, spaced; it pins no worker meanwhile, and the batch is not over. */
static void
test_backoff (Fixture       *fixture,
              gconstpointer  data)
{
  SkeinDownload *download = add (fixture, "a");
  const gint64 longest[] = { 2, 3, 5, 10, 20, 40, 80 };
  guint most;

  for (guint i = 0; i < G_N_ELEMENTS (longest); i++)
    {
      assert_state (download, RUNNING);
      fail (fixture, SKEIN_ERROR_CONNECT);
      assert_retry_in (download, MAX (longest[i] / 2, 1), longest[i]);
      g_assert_error (skein_download_get_error (download), SKEIN_ERROR, SKEIN_ERROR_CONNECT);
      g_assert_cmpuint (skein_download_get_attempt (download, &most), ==, i + 2);
      g_assert_cmpuint (most, ==, 8);
      g_assert_cmpuint (skein_fake_runner_get_n_tasks (fixture->runner), ==, 0);
      g_assert_cmpuint (skein_manager_get_n_delayed (fixture->manager), ==, 1);
      g_assert_cmpuint (fixture->delayed, ==, i + 1);
      g_assert_cmpuint (fixture->manager->clock, !=, 0);
      g_assert_true (is_active (fixture));
      pass (fixture, longest[i]);
    }

  fail (fixture, SKEIN_ERROR_CONNECT);
  assert_state (download, FAILED);
  g_assert_cmpuint (fixture->ended, ==, 1);
  g_assert_cmpuint (fixture->batches, ==, 1);
  g_assert_cmpuint (fixture->failed, ==, 1);
  g_assert_cmpuint (fixture->manager->clock, ==, 0);
  g_assert_false (is_active (fixture));
}

/* C1: some errors are rarely cured by waiting. */
static void
test_few (Fixture       *fixture,
          gconstpointer  data)
{
  SkeinDownload *download = add (fixture, "a");

  fail (fixture, SKEIN_ERROR_HOST_NOT_FOUND);
  g_assert_true (g_str_has_suffix (skein_download_get_facts (download), "\302\240s (2 of 3)"));
  pass (fixture, 2);
  fail (fixture, SKEIN_ERROR_HOST_NOT_FOUND);
  pass (fixture, 3);
  fail (fixture, SKEIN_ERROR_HOST_NOT_FOUND);
  assert_state (download, FAILED);
}

static void
test_tries (Fixture       *fixture,
            gconstpointer  data)
{
  SkeinDownload *download;

  skein_manager_set_tries (fixture->manager, 1);
  download = add (fixture, "a");
  fail (fixture, SKEIN_ERROR_CONNECT);
  assert_state (download, FAILED);
  g_assert_cmpuint (fixture->delayed, ==, 0);

  skein_manager_set_tries (fixture->manager, 0);
  skein_manager_resume (fixture->manager, download);
  for (guint i = 0; i < 50; i++)
    {
      fail (fixture, SKEIN_ERROR_CONNECT);
      assert_state (download, DELAYED);
      pass (fixture, 400);
    }
  fail (fixture, SKEIN_ERROR_CONNECT);
  g_assert_true (g_str_has_suffix (skein_download_get_facts (download), " (attempt 52)"));
}

static void
test_final (Fixture       *fixture,
            gconstpointer  data)
{
  SkeinDownload *download = add (fixture, "a");

  fail_with (fixture, SKEIN_HTTP_STATUS, 404);
  assert_state (download, FAILED);
  g_assert_cmpint (skein_download_get_verdict (download), ==, SKEIN_VERDICT_FINAL);
  g_assert_cmpuint (fixture->delayed, ==, 0);
}

/* C6, C7: as long as something comes, the count begins anew; what comes again and again does not count. */
static void
test_progress (Fixture       *fixture,
               gconstpointer  data)
{
  SkeinDownload *download = add (fixture, "a");

  for (guint i = 1; i < 30; i++)
    {
      receive (download, i * 100000);
      fail (fixture, SKEIN_ERROR_TRUNCATED);
      assert_retry_in (download, 1, 2);
      g_assert_cmpuint (skein_download_get_attempt (download, NULL), ==, 2);
      pass (fixture, 2);
    }

  for (guint i = 2; i <= 8; i++)
    {
      receive (download, 29 * 100000);
      fail (fixture, SKEIN_ERROR_TRUNCATED);
      if (i < 8)
        g_assert_cmpuint (skein_download_get_attempt (download, NULL), ==, i + 1);
      pass (fixture, 400);
    }
  assert_state (download, FAILED);
}

/* What got on keeps its place; a dead server's downloads do not stand before those of others for ever. */
static void
test_order (Fixture       *fixture,
            gconstpointer  data)
{
  SkeinDownload *a = add (fixture, "a");
  SkeinDownload *b = add (fixture, "b");
  SkeinDownload *c = add (fixture, "c");
  SkeinDownload *d = add (fixture, "d");

  skein_fake_runner_set_capacity (fixture->runner, 1);
  receive (a, 1000000);
  fail (fixture, SKEIN_ERROR_TRUNCATED);
  assert_state (b, RUNNING);
  assert_state (c, WAITING);
  pass (fixture, 2);
  assert_state (a, WAITING);
  fail (fixture, SKEIN_ERROR_CONNECT);
  assert_state (a, RUNNING);
  pass (fixture, 2);

  fail (fixture, SKEIN_ERROR_CONNECT);
  assert_state (b, RUNNING);
  fail (fixture, SKEIN_ERROR_CONNECT);
  pass (fixture, 10);
  assert_state (c, RUNNING);
  assert_state (d, WAITING);
  fail_with (fixture, SKEIN_HTTP_STATUS, 404);
  assert_state (d, RUNNING);
  assert_state (a, WAITING);
  assert_state (b, WAITING);
}

/* K3: none is spent while the network is gone. */
static void
test_network_gone (Fixture       *fixture,
                   gconstpointer  data)
{
  SkeinDownload *download = add (fixture, "a");

  fail (fixture, SKEIN_ERROR_CONNECT);
  g_assert_cmpuint (skein_download_get_attempt (download, NULL), ==, 2);
  skein_fake_monitor_set (fixture->monitor, FALSE, G_NETWORK_CONNECTIVITY_LOCAL);
  assert_retry_in (download, 1, 2);
  pass (fixture, 2);
  fail (fixture, SKEIN_ERROR_HOST_NOT_FOUND);

  assert_state (download, DELAYED);
  g_assert_cmpint (skein_download_get_delay (download), ==, SKEIN_DELAY_NETWORK);
  g_assert_cmpint (skein_download_get_retry_in (download), ==, -1);
  g_assert_cmpstr (skein_download_get_facts (download), ==, "Waiting for the network");
  g_assert_cmpuint (skein_download_get_attempt (download, NULL), ==, 2);
  g_assert_true (is_active (fixture));
  pass (fixture, 59);
  assert_state (download, DELAYED);

  skein_fake_monitor_set (fixture->monitor, TRUE, G_NETWORK_CONNECTIVITY_FULL);
  assert_state (download, RUNNING);
}

/* Whoever says that there is no network may be wrong, and never say anything else. */
static void
test_network_gone_by_mistake (Fixture       *fixture,
                              gconstpointer  data)
{
  SkeinDownload *download = add (fixture, "a");

  skein_fake_monitor_set (fixture->monitor, FALSE, G_NETWORK_CONNECTIVITY_LOCAL);
  for (guint i = 0; i < 50; i++)
    {
      fail (fixture, SKEIN_ERROR_HOST_NOT_FOUND);
      assert_state (download, DELAYED);
      g_assert_cmpint (skein_download_get_delay (download), ==, SKEIN_DELAY_NETWORK);
      g_assert_cmpuint (skein_download_get_attempt (download, NULL), ==, 1);
      pass (fixture, 60);
      assert_state (download, RUNNING);
    }

  fail_with (fixture, SKEIN_HTTP_STATUS, 503);
  assert_retry_in (download, 1, 2);
}

/* With nobody there it ends; what was tried meanwhile is not missing once the network is back. */
static void
test_network_gone_unattended (Fixture       *fixture,
                              gconstpointer  data)
{
  SkeinDownload *download = add (fixture, "a");

  skein_manager_set_unattended (fixture->manager, TRUE);
  skein_fake_monitor_set (fixture->monitor, FALSE, G_NETWORK_CONNECTIVITY_LOCAL);
  for (guint i = 1; i < 8; i++)
    {
      fail (fixture, SKEIN_ERROR_HOST_NOT_FOUND);
      assert_state (download, DELAYED);
      if (i < 7)
        pass (fixture, 60);
    }

  skein_fake_monitor_set (fixture->monitor, TRUE, G_NETWORK_CONNECTIVITY_FULL);
  fail (fixture, SKEIN_ERROR_HOST_NOT_FOUND);
  assert_retry_in (download, 1, 2);
  pass (fixture, 2);

  skein_fake_monitor_set (fixture->monitor, FALSE, G_NETWORK_CONNECTIVITY_LOCAL);
  skein_manager_set_tries (fixture->manager, 2);
  fail (fixture, SKEIN_ERROR_CONNECT);
  assert_state (download, FAILED);
  g_assert_cmpuint (fixture->ended, ==, 1);
}

static void
test_network_gone_for_all (Fixture       *fixture,
                           gconstpointer  data)
{
  SkeinDownload *downloads[20];

  for (guint i = 0; i < G_N_ELEMENTS (downloads); i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      downloads[i] = add (fixture, name);
    }
  skein_fake_monitor_set (fixture->monitor, FALSE, G_NETWORK_CONNECTIVITY_LOCAL);
  for (guint i = 0; i < G_N_ELEMENTS (downloads); i++)
    fail (fixture, SKEIN_ERROR_CONNECT);
  g_assert_cmpuint (skein_manager_get_n_delayed (fixture->manager), ==, G_N_ELEMENTS (downloads));

  skein_fake_monitor_set (fixture->monitor, TRUE, G_NETWORK_CONNECTIVITY_LIMITED);
  assert_state (downloads[0], RUNNING);
  assert_state (downloads[1], RUNNING);
  g_assert_cmpuint (skein_manager_get_n_waiting (fixture->manager), ==, G_N_ELEMENTS (downloads) - 2);
}

/* A server on this computer needs no network, and what a server answers is no matter of the network. */
static void
test_network_does_not_matter (Fixture       *fixture,
                              gconstpointer  data)
{
  static const char *const near[] = {
    "http://127.0.0.1:1/a", "http://192.168.1.2/a", "http://[fd00::1]/a", "http://[fe80::1]/a", "http://nas.local/a",
  };
  static const SkeinError answers[] = {
    SKEIN_ERROR_TRUNCATED, SKEIN_ERROR_STALLED, SKEIN_ERROR_TLS, SKEIN_ERROR_NO_ANSWER,
  };
  SkeinDownload *download;

  skein_fake_monitor_set (fixture->monitor, FALSE, G_NETWORK_CONNECTIVITY_LOCAL);
  for (guint i = 0; i < G_N_ELEMENTS (near); i++)
    {
      download = skein_manager_add (fixture->manager, near[i], NULL, fixture->folder, NULL);
      fail (fixture, SKEIN_ERROR_CONNECT);
      assert_retry_in (download, 1, 2);
    }
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      download = add (fixture, name);
      fail (fixture, (int) answers[i]);
      assert_retry_in (download, 1, 2);
    }

  download = add (fixture, "far");
  fail_with (fixture, SKEIN_HTTP_STATUS, 503);
  assert_retry_in (download, 1, 2);
  download = add (fixture, "begun");
  receive (download, 1000);
  fail (fixture, SKEIN_ERROR_CONNECT);
  assert_retry_in (download, 1, 2);

  skein_manager_set_tries (fixture->manager, 1);
  download = skein_manager_add (fixture->manager, "http://10.0.0.1/once", NULL, fixture->folder, NULL);
  fail (fixture, SKEIN_ERROR_CONNECT);
  assert_state (download, FAILED);
}

/* The desktop that answers late, as one with a stuck bus does, holds nobody up. */
static void
test_network_asked_late (Fixture       *fixture,
                         gconstpointer  data)
{
  SkeinDownload *download;
  GMutex gate;
  GNetworkMonitor *monitor;

  g_mutex_init (&gate);
  g_mutex_lock (&gate);
  skein_fake_monitor_be_default (&gate);
  download = add (fixture, "a");
  fail (fixture, SKEIN_ERROR_CONNECT);
  assert_retry_in (download, 1, 2);

  g_mutex_unlock (&gate);
  monitor = g_network_monitor_get_default ();
  g_assert_true (SKEIN_IS_FAKE_MONITOR (monitor));
  while (!g_signal_has_handler_pending (monitor, g_signal_lookup ("notify", G_TYPE_OBJECT),
                                        g_quark_from_static_string ("network-available"), TRUE))
    g_main_context_iteration (NULL, TRUE);
  skein_fake_monitor_set (SKEIN_FAKE_MONITOR (monitor), FALSE, G_NETWORK_CONNECTIVITY_LOCAL);
  pass (fixture, 2);
  fail (fixture, SKEIN_ERROR_CONNECT);
  g_assert_cmpint (skein_download_get_delay (download), ==, SKEIN_DELAY_NETWORK);
  skein_fake_monitor_set (SKEIN_FAKE_MONITOR (monitor), TRUE, G_NETWORK_CONNECTIVITY_FULL);
  assert_state (download, RUNNING);
  g_mutex_clear (&gate);
}

/* A6 */
static void
test_sign_in (Fixture       *fixture,
              gconstpointer  data)
{
  SkeinDownload *download = add (fixture, "a");

  skein_fake_monitor_set (fixture->monitor, TRUE, G_NETWORK_CONNECTIVITY_PORTAL);
  fail (fixture, SKEIN_ERROR_CERTIFICATE);
  assert_state (download, DELAYED);
  g_assert_cmpint (skein_download_get_delay (download), ==, SKEIN_DELAY_SIGN_IN);
  g_assert_nonnull (strstr (skein_download_get_facts (download), "sign-in"));

  skein_fake_monitor_set (fixture->monitor, FALSE, G_NETWORK_CONNECTIVITY_LOCAL);
  g_assert_cmpstr (skein_download_get_facts (download), ==, "Waiting for the network");
  skein_fake_monitor_set (fixture->monitor, TRUE, G_NETWORK_CONNECTIVITY_FULL);
  assert_state (download, RUNNING);
  fail (fixture, SKEIN_ERROR_CERTIFICATE);
  assert_state (download, FAILED);
}

/* F1, F7, A6: somebody has to put it right. */
static void
test_paused_with_reason (Fixture       *fixture,
                         gconstpointer  data)
{
  const struct { GQuark domain; int code; const char *text; } cases[] = {
    { SKEIN_ERROR, SKEIN_ERROR_NO_SPACE, "The disk is full. Free some space, then resume." },
    { SKEIN_ERROR, SKEIN_ERROR_READ_ONLY,
      "The folder is on a disk that cannot be written to. Change that, then resume." },
    { SKEIN_ERROR, SKEIN_ERROR_FOLDER,
      "The folder is not there. Create it again or connect its disk, then resume." },
    { SKEIN_ERROR, SKEIN_ERROR_IO, "The disk could not be read or written. Check it, then resume." },
    { SKEIN_HTTP_STATUS, 511, "This network asks for a sign-in (511). Sign in with a web browser, then resume." },
  };
  SkeinDownload *download = add (fixture, "a");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      fail_with (fixture, cases[i].domain, cases[i].code);
      assert_state (download, PAUSED);
      g_assert_error (skein_download_get_error (download), cases[i].domain, cases[i].code);
      g_assert_cmpstr (skein_download_get_facts (download), ==, cases[i].text);
      g_assert_cmpuint (fixture->ended, ==, 0);
      g_assert_false (is_active (fixture));
      skein_manager_resume (fixture->manager, download);
      assert_state (download, RUNNING);
      g_assert_no_error (skein_download_get_error (download));
    }

  skein_manager_set_unattended (fixture->manager, TRUE);
  fail (fixture, SKEIN_ERROR_NO_SPACE);
  assert_state (download, FAILED);
  g_assert_cmpuint (fixture->ended, ==, 1);
}

static void
test_expired (Fixture       *fixture,
              gconstpointer  data)
{
  SkeinDownload *fresh = add (fixture, "fresh");
  SkeinDownload *begun;

  fail_with (fixture, SKEIN_HTTP_STATUS, 403);
  assert_state (fresh, FAILED);
  g_assert_cmpint (skein_download_get_verdict (fresh), ==, SKEIN_VERDICT_FINAL);

  begun = add (fixture, "begun");
  receive (begun, 1000);
  fail (fixture, SKEIN_ERROR_TRUNCATED);
  pass (fixture, 2);
  fail_with (fixture, SKEIN_HTTP_STATUS, 403);
  assert_state (begun, FAILED);
  g_assert_cmpint (skein_download_get_verdict (begun), ==, SKEIN_VERDICT_EXPIRED);
  g_assert_nonnull (strstr (skein_download_get_facts (begun), "What came is kept"));

  skein_manager_resume (fixture->manager, begun);
  fail_with (fixture, SKEIN_HTTP_STATUS, 401);
  g_assert_cmpint (skein_download_get_verdict (begun), ==, SKEIN_VERDICT_LOGIN);
}

static void
test_try_now (Fixture       *fixture,
              gconstpointer  data)
{
  SkeinDownload *a = add (fixture, "a");
  SkeinDownload *b;

  fail (fixture, SKEIN_ERROR_CONNECT);
  skein_manager_try_now (fixture->manager, a);
  assert_state (a, RUNNING);
  g_assert_no_error (skein_download_get_error (a));
  g_assert_cmpuint (skein_download_get_attempt (a, NULL), ==, 2);
  g_assert_cmpuint (fixture->manager->clock, ==, 0);

  skein_fake_monitor_set (fixture->monitor, FALSE, G_NETWORK_CONNECTIVITY_LOCAL);
  b = add (fixture, "b");
  fail (fixture, SKEIN_ERROR_CONNECT);
  fail (fixture, SKEIN_ERROR_CONNECT);
  skein_manager_try_now (fixture->manager, b);
  assert_state (a, DELAYED);
  assert_state (b, RUNNING);
}

/* Whatever a person does to one that is delayed, it does not start behind their back. */
static void
test_commands (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (SkeinDownload) a = g_object_ref (add (fixture, "a"));
  guint position;

  fail (fixture, SKEIN_ERROR_CONNECT);
  skein_manager_pause (fixture->manager, a);
  assert_state (a, PAUSED);
  g_assert_cmpstr (skein_download_get_facts (a), ==, "Paused");
  g_assert_cmpuint (fixture->manager->clock, ==, 0);
  pass (fixture, 100);
  assert_state (a, PAUSED);

  skein_manager_resume (fixture->manager, a);
  g_assert_cmpuint (skein_download_get_attempt (a, NULL), ==, 1);
  fail (fixture, SKEIN_ERROR_CONNECT);
  position = skein_manager_remove (fixture->manager, a);
  pass (fixture, 100);
  g_assert_cmpuint (skein_fake_runner_get_n_tasks (fixture->runner), ==, 0);
  skein_manager_restore (fixture->manager, a, position);
  assert_state (a, RUNNING);

  fail (fixture, SKEIN_ERROR_CONNECT);
  skein_manager_cancel (fixture->manager, a);
  assert_state (a, CANCELLED);
  pass (fixture, 100);
  turn ();
  assert_state (a, CANCELLED);
}

/* The list of what is unfinished has them, and the end of the program does not wait for them. */
static void
test_stop_all (Fixture       *fixture,
               gconstpointer  data)
{
  SkeinDownload *download = add (fixture, "a");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) unfinished = NULL;

  fail (fixture, SKEIN_ERROR_CONNECT);
  unfinished = skein_manager_dup_unfinished (fixture->manager);
  g_assert_cmpuint (unfinished->len, ==, 1);

  skein_manager_stop_all_async (fixture->manager, result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  skein_manager_stop_all_finish (fixture->manager, result);
  g_assert_cmpuint (fixture->manager->clock, ==, 0);
  g_assert_false (is_active (fixture));
  pass (fixture, 100);
  assert_state (download, DELAYED);
}

static void
count_facts_cb (SkeinDownload *download,
                GParamSpec    *pspec,
                guint         *n)
{
  (*n)++;
}

static void
test_countdown (Fixture       *fixture,
                gconstpointer  data)
{
  SkeinDownload *download = add (fixture, "a");
  guint n = 0;
  gint64 seconds;

  for (guint i = 0; i < 5; i++)
    {
      fail (fixture, SKEIN_ERROR_CONNECT);
      seconds = skein_download_get_retry_in (download);
      if (i < 4)
        pass (fixture, seconds);
    }
  g_assert_cmpint (seconds, >=, 12);

  g_signal_connect (download, "notify::facts", G_CALLBACK (count_facts_cb), &n);
  for (guint i = 1; i < 10; i++)
    {
      g_autofree char *text = g_strdup_printf ("Trying again in %u\302\240s (6 of 8)", (guint) seconds - i);

      pass (fixture, 1);
      g_assert_cmpuint (n, ==, i);
      g_assert_cmpstr (skein_download_get_facts (download), ==, text);
      skein_manager_show_delays (fixture->manager);
      g_assert_cmpuint (n, ==, i);
    }
}

#define ADD_TEST(path, func) g_test_add ("/manager-retry/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("GIO_USE_NETWORK_MONITOR", "skein-fake", TRUE);
  skein_transfer_init ();

  ADD_TEST ("backoff", test_backoff);
  ADD_TEST ("few", test_few);
  ADD_TEST ("tries", test_tries);
  ADD_TEST ("final", test_final);
  ADD_TEST ("progress", test_progress);
  ADD_TEST ("order", test_order);
  ADD_TEST ("network-gone", test_network_gone);
  ADD_TEST ("network-gone-by-mistake", test_network_gone_by_mistake);
  ADD_TEST ("network-gone-unattended", test_network_gone_unattended);
  ADD_TEST ("network-gone-for-all", test_network_gone_for_all);
  ADD_TEST ("network-does-not-matter", test_network_does_not_matter);
  g_test_add ("/manager-retry/network-asked-late", Fixture, "no monitor yet", set_up, test_network_asked_late, tear_down);
  ADD_TEST ("sign-in", test_sign_in);
  ADD_TEST ("paused-with-reason", test_paused_with_reason);
  ADD_TEST ("expired", test_expired);
  ADD_TEST ("try-now", test_try_now);
  ADD_TEST ("commands", test_commands);
  ADD_TEST ("stop-all", test_stop_all);
  ADD_TEST ("countdown", test_countdown);

  return g_test_run ();
}
