/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <unistd.h>

#include "skein-blocking-runner.h"
#include "skein-manager.h"
#include "skein-practice-link.h"
#include "skein-practice-server.h"
#include "skein-threads-runner.h"
#include "skein-transfer.h"

/* Far beyond what a test takes: one that hangs ends here. */
#define DEADLINE_SECONDS 60

typedef struct
{
  SkeinPracticeServer *server;
  SkeinHostTable *hosts;
  SkeinRunner *threads;
  SkeinRunner *blocking;
  SkeinManager *manager;
  char *folder;
  guint batches;
  guint finished;
  guint failed;
} Fixture;

static void
batch_ended_cb (Fixture *fixture,
                guint    finished,
                guint    failed,
                gint64   microseconds)
{
  g_assert_cmpint (microseconds, >, 0);
  fixture->batches++;
  fixture->finished = finished;
  fixture->failed = failed;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  alarm (DEADLINE_SECONDS);
  fixture->server = skein_practice_server_new (0, NULL, NULL);
  g_assert_nonnull (fixture->server);
  fixture->hosts = skein_host_table_new (SKEIN_HOST_TABLE_DEFAULT_PER_HOST, SKEIN_HOST_TABLE_DEFAULT_IN_ALL);
  fixture->threads = skein_threads_runner_new (5, fixture->hosts);
  fixture->blocking = skein_blocking_runner_new (fixture->hosts);
  fixture->manager = skein_manager_new (fixture->threads);
  skein_manager_set_tries (fixture->manager, 1);
  fixture->folder = g_dir_make_tmp ("skein-XXXXXX", NULL);
  g_signal_connect_swapped (fixture->manager, "batch-ended", G_CALLBACK (batch_ended_cb), fixture);
}

static void
result_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;

  skein_manager_stop_all_async (fixture->manager, result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  skein_manager_stop_all_finish (fixture->manager, result);
  g_clear_object (&result);

  skein_runner_shutdown (fixture->threads);
  skein_runner_shutdown (fixture->blocking);
  g_assert_finalize_object (fixture->manager);
  g_object_unref (fixture->threads);
  g_object_unref (fixture->blocking);
  skein_host_table_unref (fixture->hosts);
  skein_practice_server_free (fixture->server);

  dir = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  alarm (0);
}

static SkeinDownload *
add (Fixture    *fixture,
     const char *rest)
{
  g_autofree char *address = g_strconcat (skein_practice_server_get_address (fixture->server), rest, NULL);

  return skein_manager_add (fixture->manager, address, NULL, fixture->folder, NULL);
}

static void
wait_for_batch (Fixture *fixture)
{
  while (fixture->batches == 0)
    g_main_context_iteration (NULL, TRUE);
  fixture->batches = 0;
}

static void
wait_for_state (SkeinDownload      *download,
                SkeinDownloadState  state)
{
  while (skein_download_get_state (download) != state)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_threads (Fixture       *fixture,
              gconstpointer  data)
{
  guint64 sum = 0;

  for (guint i = 1; i <= 20; i++)
    {
      g_autofree char *rest = g_strdup_printf ("/bytes/%u", i * 1000);

      add (fixture, rest);
      sum += i * 1000;
    }
  add (fixture, "/bytes/1?status=503");
  wait_for_batch (fixture);
  g_assert_cmpuint (fixture->finished, ==, 20);
  g_assert_cmpuint (fixture->failed, ==, 1);
  g_assert_cmpuint (skein_manager_get_received_on_threads (fixture->manager), ==, sum);
  g_assert_cmpuint (skein_practice_server_get_peak (fixture->server, NULL), <=, 5);
}

static void
test_pause_keeps_part_file (Fixture       *fixture,
                            gconstpointer  data)
{
  SkeinDownload *download = add (fixture, "/bytes/200000?rate=200000");
  g_autofree char *part = g_build_filename (fixture->folder, "200000.part", NULL);

  while (skein_download_get_received (download) == 0)
    g_main_context_iteration (NULL, TRUE);
  skein_manager_pause (fixture->manager, download);
  wait_for_state (download, SKEIN_DOWNLOAD_PAUSED);
  g_assert_true (g_file_test (part, G_FILE_TEST_EXISTS));
  g_assert_cmpstr (skein_download_get_facts (download), ==, "Paused");

  skein_manager_resume (fixture->manager, download);
  wait_for_batch (fixture);
  g_assert_cmpint (skein_download_get_state (download), ==, SKEIN_DOWNLOAD_FINISHED);
  g_assert_cmpuint (skein_download_get_received (download), ==, 200000);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
}

static void
test_cancel_removes_part_file (Fixture       *fixture,
                               gconstpointer  data)
{
  SkeinDownload *download = add (fixture, "/bytes/2000000?rate=200000");
  g_autofree char *part = g_build_filename (fixture->folder, "2000000.part", NULL);

  while (skein_download_get_received (download) == 0)
    g_main_context_iteration (NULL, TRUE);
  skein_manager_cancel (fixture->manager, download);
  wait_for_state (download, SKEIN_DOWNLOAD_CANCELLED);
  while (g_file_test (part, G_FILE_TEST_EXISTS))
    g_main_context_iteration (NULL, FALSE);
}

static void
frozen_cb (SkeinDownload *download,
           GParamSpec    *pspec,
           guint         *n)
{
  if (skein_download_get_frozen (download))
    (*n)++;
}

static void
test_blocking_beside_threads (Fixture       *fixture,
                              gconstpointer  data)
{
  SkeinDownload *running = add (fixture, "/bytes/300000?rate=300000");
  SkeinDownload *blocked;
  guint frozen = 0;

  skein_manager_set_runner (fixture->manager, fixture->blocking);
  blocked = add (fixture, "/bytes/100000?rate=400000");
  g_assert_true (skein_download_get_frozen (blocked));
  g_assert_false (skein_download_get_frozen (running));
  g_assert_cmpstr (skein_download_get_facts (blocked), ==, "On the window’s thread");
  g_signal_connect (blocked, "notify::frozen", G_CALLBACK (frozen_cb), &frozen);

  wait_for_batch (fixture);
  g_assert_cmpuint (fixture->finished, ==, 2);
  g_assert_cmpuint (frozen, ==, 0);
  g_assert_false (skein_download_get_frozen (blocked));
  g_assert_cmpuint (skein_manager_get_received_on_threads (fixture->manager), ==, 300000);
}

static void
thawed_cb (SkeinRunner *runner,
           gint64       microseconds,
           gboolean     preempted,
           Fixture     *fixture)
{
  if (preempted)
    skein_manager_set_runner (fixture->manager, fixture->threads);
}

static void
test_preempted_goes_on_with_threads (Fixture       *fixture,
                                     gconstpointer  data)
{
  SkeinDownload *first;

  skein_blocking_runner_set_longest (SKEIN_BLOCKING_RUNNER (fixture->blocking), 100000);
  g_signal_connect (fixture->blocking, "thawed", G_CALLBACK (thawed_cb), fixture);
  skein_manager_set_runner (fixture->manager, fixture->blocking);
  first = add (fixture, "/bytes/100000?rate=200000");
  add (fixture, "/bytes/1000");

  wait_for_batch (fixture);
  g_assert_cmpuint (fixture->finished, ==, 2);
  g_assert_cmpuint (skein_download_get_received (first), ==, 100000);
  /* What had come without threads did not come again. */
  g_assert_cmpuint (skein_manager_get_received_on_threads (fixture->manager), >, 1000);
  g_assert_cmpuint (skein_manager_get_received_on_threads (fixture->manager), <, 101000);
}

static char *
resolve (const char *address,
         gpointer    user_data)
{
  return skein_practice_link_resolve (user_data, address);
}

static void
test_practice_link (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (SkeinPracticeLink) link = skein_practice_link_new ();
  SkeinDownload *download;
  SkeinDownload *missing;

  skein_manager_set_resolve (fixture->manager, resolve, link);
  g_signal_connect_swapped (link, "changed", G_CALLBACK (skein_manager_pump), fixture->manager);
  download = skein_manager_add (fixture->manager, "practice:1.png", NULL, fixture->folder, NULL);
  missing = skein_manager_add (fixture->manager, "practice:no such thing", NULL, fixture->folder, NULL);
  g_assert_cmpint (skein_download_get_state (download), ==, SKEIN_DOWNLOAD_WAITING);

  wait_for_batch (fixture);
  g_assert_no_error (skein_practice_link_get_error (link));
  g_assert_cmpint (skein_download_get_state (download), ==, SKEIN_DOWNLOAD_FINISHED);
  g_assert_cmpint (skein_download_get_duration (download), >, G_USEC_PER_SEC);
  g_assert_cmpint (skein_download_get_state (missing), ==, SKEIN_DOWNLOAD_FAILED);

  g_signal_handlers_disconnect_by_data (link, fixture->manager);
  skein_manager_set_resolve (fixture->manager, NULL, NULL);
  g_assert_finalize_object (g_steal_pointer (&link));
}

static SkeinDownload *
add_limited (Fixture    *fixture,
             const char *rest,
             guint64     limit)
{
  g_autofree char *address = g_strconcat (skein_practice_server_get_address (fixture->server), rest, NULL);
  const SkeinDownloadOptions options = { .limit = limit };

  return skein_manager_add_full (fixture->manager, address, fixture->folder, &options);
}

/* At its first limit it would take the whole deadline, and more. */
static void
test_limit_changed_while_it_runs (Fixture       *fixture,
                                  gconstpointer  data)
{
  SkeinDownload *slow = add_limited (fixture, "/bytes/100000", 1000);
  SkeinDownload *free = add (fixture, "/bytes/3000000");

  wait_for_state (free, SKEIN_DOWNLOAD_FINISHED);
  while (skein_download_get_received (slow) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (skein_download_get_state (slow), ==, SKEIN_DOWNLOAD_RUNNING);
  g_assert_cmpuint (skein_download_get_received (slow), <, 50000);

  skein_manager_set_download_limit (fixture->manager, slow, 0);
  wait_for_batch (fixture);
  g_assert_cmpint (skein_download_get_state (slow), ==, SKEIN_DOWNLOAD_FINISHED);
}

static void
test_limit_set_while_it_runs (Fixture       *fixture,
                              gconstpointer  data)
{
  SkeinDownload *download = add (fixture, "/bytes/1000000?rate=2000000");
  gint64 begin;
  guint64 before;

  while (skein_download_get_received (download) == 0)
    g_main_context_iteration (NULL, TRUE);
  skein_manager_set_download_limit (fixture->manager, download, 1000000);
  before = skein_download_get_received (download);
  begin = g_get_monotonic_time ();
  wait_for_batch (fixture);

  /* A little that was not sampled yet came before the limit. */
  g_assert_cmpint (g_get_monotonic_time () - begin, >=, (gint64) (1000000 - before) - G_USEC_PER_SEC / 4);
}

#define ADD_TEST(path, func) g_test_add ("/manager-real/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  skein_transfer_init ();

  ADD_TEST ("threads", test_threads);
  ADD_TEST ("pause-keeps-part-file", test_pause_keeps_part_file);
  ADD_TEST ("cancel-removes-part-file", test_cancel_removes_part_file);
  ADD_TEST ("blocking-beside-threads", test_blocking_beside_threads);
  ADD_TEST ("preempted-goes-on-with-threads", test_preempted_goes_on_with_threads);
  ADD_TEST ("practice-link", test_practice_link);
  ADD_TEST ("limit-changed-while-it-runs", test_limit_changed_while_it_runs);
  ADD_TEST ("limit-set-while-it-runs", test_limit_set_while_it_runs);

  return g_test_run ();
}
