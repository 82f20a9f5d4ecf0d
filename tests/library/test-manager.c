/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-manager.h"

#include <glib/gstdio.h>

#include "skein-error.h"
#include "skein-fake-runner.h"
#include "skein-practice-server.h"
#include "skein-transfer.h"

#define SIZE 1000

typedef struct
{
  SkeinPracticeServer *server;
  SkeinFakeRunner *runner;
  SkeinManager *manager;
  char *folder;
  guint batches;
  guint batch_finished;
  guint batch_failed;
  guint ended;
} Fixture;

static void
batch_ended_cb (Fixture *fixture,
                guint    finished,
                guint    failed,
                gint64   microseconds)
{
  g_assert_cmpint (microseconds, >=, 0);
  fixture->batches++;
  fixture->batch_finished = finished;
  fixture->batch_failed = failed;
}

static void
download_ended_cb (Fixture       *fixture,
                   SkeinDownload *download)
{
  fixture->ended++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->server = skein_practice_server_new (0, NULL, NULL);
  g_assert_nonnull (fixture->server);
  fixture->runner = skein_fake_runner_new (2);
  fixture->manager = skein_manager_new (SKEIN_RUNNER (fixture->runner));
  skein_manager_set_tries (fixture->manager, 1);
  fixture->folder = g_dir_make_tmp ("skein-XXXXXX", NULL);
  g_signal_connect_swapped (fixture->manager, "batch-ended", G_CALLBACK (batch_ended_cb), fixture);
  g_signal_connect_swapped (fixture->manager, "download-ended", G_CALLBACK (download_ended_cb), fixture);
}

static void
result_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
turn (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static void
fail_cancelled (Fixture *fixture,
                guint    index)
{
  g_assert_true (skein_fake_runner_is_cancelled (fixture->runner, index));
  skein_fake_runner_fail (fixture->runner, index,
                          g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled"));
  turn ();
}

static void
stop_all (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;

  skein_manager_stop_all_async (fixture->manager, result_cb, &result);
  while (skein_fake_runner_get_n_tasks (fixture->runner) > 0)
    fail_cancelled (fixture, 0);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  skein_manager_stop_all_finish (fixture->manager, result);
}

static void
empty_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
}

static guint
count_files (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  stop_all (fixture);
  g_assert_finalize_object (fixture->manager);
  g_assert_finalize_object (fixture->runner);
  skein_practice_server_free (fixture->server);
  empty_folder (fixture->folder);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
}

static SkeinDownload *
add (Fixture    *fixture,
     const char *name)
{
  g_autofree char *address = g_strdup_printf ("%s/bytes/%u?%s", skein_practice_server_get_address (fixture->server),
                                              SIZE, name);

  return skein_manager_add (fixture->manager, address, NULL, fixture->folder, name);
}

static void
run (Fixture *fixture,
     guint    index)
{
  skein_fake_runner_run (fixture->runner, index);
  turn ();
}

static void
fail (Fixture *fixture,
      guint    index,
      int      code)
{
  skein_fake_runner_fail (fixture->runner, index, g_error_new_literal (SKEIN_ERROR, code, "told to"));
  turn ();
}

#define assert_state(download, STATE) \
  g_assert_cmpint (skein_download_get_state (download), ==, SKEIN_DOWNLOAD_##STATE)

static void
test_finish (Fixture       *fixture,
             gconstpointer  data)
{
  SkeinDownload *download = add (fixture, "a");
  g_autofree char *path = g_build_filename (fixture->folder, "a", NULL);

  assert_state (download, RUNNING);
  g_assert_cmpstr (skein_fake_runner_get_name (fixture->runner, 0), ==, "a");
  run (fixture, 0);

  assert_state (download, FINISHED);
  g_assert_cmpstr (skein_download_get_path (download), ==, path);
  g_assert_cmpuint (skein_download_get_received (download), ==, SIZE);
  g_assert_cmpint (skein_download_get_total (download), ==, SIZE);
  g_assert_cmpfloat (skein_download_get_fraction (download), ==, 1);
  g_assert_true (skein_download_get_length_known (download));
  g_assert_cmpuint (skein_manager_get_received_on_threads (fixture->manager), ==, SIZE);
  g_assert_cmpuint (fixture->batches, ==, 1);
  g_assert_cmpuint (fixture->batch_finished, ==, 1);
}

static void
test_order_and_limits (Fixture       *fixture,
                       gconstpointer  data)
{
  SkeinDownload *a = add (fixture, "a");
  SkeinDownload *b = add (fixture, "b");
  SkeinDownload *c = add (fixture, "c");

  assert_state (a, RUNNING);
  assert_state (b, RUNNING);
  assert_state (c, WAITING);
  g_assert_cmpuint (skein_manager_get_n_waiting (fixture->manager), ==, 1);

  skein_fake_runner_set_capacity (fixture->runner, 3);
  skein_manager_pump (fixture->manager);
  assert_state (c, RUNNING);

  skein_manager_set_per_host (fixture->manager, 1);
  add (fixture, "d");
  fail (fixture, 0, SKEIN_ERROR_STALLED);
  fail (fixture, 0, SKEIN_ERROR_STALLED);
  g_assert_cmpuint (skein_fake_runner_get_n_tasks (fixture->runner), ==, 1);
  fail (fixture, 0, SKEIN_ERROR_STALLED);
  g_assert_cmpstr (skein_fake_runner_get_name (fixture->runner, 0), ==, "d");
}

static void
test_fail_and_resume (Fixture       *fixture,
                      gconstpointer  data)
{
  SkeinDownload *download = add (fixture, "a");

  fail (fixture, 0, SKEIN_ERROR_STALLED);
  assert_state (download, FAILED);
  g_assert_error (skein_download_get_error (download), SKEIN_ERROR, SKEIN_ERROR_STALLED);
  g_assert_cmpuint (fixture->batch_failed, ==, 1);
  g_assert_cmpuint (fixture->ended, ==, 1);

  skein_manager_resume (fixture->manager, download);
  assert_state (download, RUNNING);
  g_assert_null (skein_download_get_error (download));
  run (fixture, 0);
  assert_state (download, FINISHED);
  g_assert_cmpuint (fixture->batches, ==, 2);
  g_assert_cmpuint (fixture->batch_failed, ==, 0);
}

static void
test_pause (Fixture       *fixture,
            gconstpointer  data)
{
  SkeinDownload *a = add (fixture, "a");
  SkeinDownload *b = add (fixture, "b");
  SkeinDownload *c = add (fixture, "c");
  SkeinDownload *d = add (fixture, "d");

  skein_manager_pause (fixture->manager, c);
  assert_state (c, PAUSED);
  skein_manager_pause (fixture->manager, a);
  assert_state (a, RUNNING);
  fail_cancelled (fixture, 0);
  assert_state (a, PAUSED);
  assert_state (d, RUNNING);

  /* Back to their places: a before c, whichever is resumed first. */
  skein_manager_resume (fixture->manager, c);
  skein_manager_resume (fixture->manager, a);
  assert_state (a, WAITING);
  skein_manager_pause (fixture->manager, b);
  fail_cancelled (fixture, 0);
  assert_state (a, RUNNING);
  assert_state (c, WAITING);
}

static void
test_pause_and_resume_at_once (Fixture       *fixture,
                               gconstpointer  data)
{
  SkeinDownload *download = add (fixture, "a");

  skein_manager_pause (fixture->manager, download);
  skein_manager_resume (fixture->manager, download);
  fail_cancelled (fixture, 0);
  assert_state (download, RUNNING);
  g_assert_false (skein_fake_runner_is_cancelled (fixture->runner, 0));
}

static void
test_paused_too_late (Fixture       *fixture,
                      gconstpointer  data)
{
  SkeinDownload *download = add (fixture, "a");

  skein_fake_runner_run (fixture->runner, 0);
  skein_manager_pause (fixture->manager, download);
  turn ();
  assert_state (download, FINISHED);
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  SkeinDownload *a = add (fixture, "a");
  SkeinDownload *b = add (fixture, "b");
  SkeinDownload *c = add (fixture, "c");

  skein_manager_cancel (fixture->manager, c);
  assert_state (c, CANCELLED);
  skein_manager_cancel (fixture->manager, a);
  fail_cancelled (fixture, 0);
  assert_state (a, CANCELLED);
  skein_manager_pause (fixture->manager, b);
  fail_cancelled (fixture, 0);
  skein_manager_cancel (fixture->manager, b);
  assert_state (b, CANCELLED);
  g_assert_cmpuint (fixture->batches, ==, 0);

  /* Its part file may still be going away; it runs all the same. */
  skein_manager_again (fixture->manager, b);
  assert_state (b, WAITING);
  while (skein_download_get_state (b) == SKEIN_DOWNLOAD_WAITING)
    g_main_context_iteration (NULL, TRUE);
  run (fixture, 0);
  assert_state (b, FINISHED);
}

/* A real part file, left by a body that ends too early. */
static SkeinDownload *
add_cut (Fixture *fixture)
{
  g_autofree char *address = g_strdup_printf ("%s/bytes/100000?cut=5000",
                                              skein_practice_server_get_address (fixture->server));
  SkeinDownload *download = skein_manager_add (fixture->manager, address, NULL, fixture->folder, "cut");

  run (fixture, 0);
  assert_state (download, FAILED);
  g_assert_error (skein_download_get_error (download), SKEIN_ERROR, SKEIN_ERROR_TRUNCATED);

  return download;
}

static void
test_part_file (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (SkeinDownload) download = g_object_ref (add_cut (fixture));
  guint position;

  g_assert_cmpuint (count_files (fixture), >, 0);
  position = skein_manager_remove (fixture->manager, download);
  g_assert_cmpuint (count_files (fixture), >, 0);
  skein_manager_restore (fixture->manager, download, position);
  assert_state (download, FAILED);

  skein_manager_remove (fixture->manager, download);
  skein_manager_forget (fixture->manager, download);
  stop_all (fixture);
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

static void
test_cancel_discards (Fixture       *fixture,
                      gconstpointer  data)
{
  SkeinDownload *download = add_cut (fixture);

  skein_manager_resume (fixture->manager, download);
  skein_manager_cancel (fixture->manager, download);
  fail_cancelled (fixture, 0);
  assert_state (download, CANCELLED);
  stop_all (fixture);
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

static void
test_preempted (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (SkeinFakeRunner) other = skein_fake_runner_new (1);
  SkeinDownload *a = add (fixture, "a");
  SkeinDownload *b = add (fixture, "b");
  SkeinDownload *c = add (fixture, "c");

  skein_manager_set_runner (fixture->manager, SKEIN_RUNNER (other));
  assert_state (c, RUNNING);
  g_assert_cmpstr (skein_fake_runner_get_name (other, 0), ==, "c");
  add (fixture, "d");
  fail (fixture, 1, SKEIN_ERROR_PREEMPTED);
  assert_state (a, RUNNING);
  assert_state (b, WAITING);

  /* Before the one that waited longer. */
  skein_fake_runner_run (other, 0);
  turn ();
  assert_state (b, RUNNING);
  g_assert_cmpstr (skein_fake_runner_get_name (other, 0), ==, "b");
  skein_manager_set_runner (fixture->manager, SKEIN_RUNNER (fixture->runner));
  skein_fake_runner_run (other, 0);
  turn ();
}

static void
test_runner_gone (Fixture       *fixture,
                  gconstpointer  data)
{
  SkeinDownload *download = add (fixture, "a");

  skein_fake_runner_fail (fixture->runner, 0,
                          g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "shut down"));
  turn ();
  assert_state (download, PAUSED);
}

static void
test_again (Fixture       *fixture,
            gconstpointer  data)
{
  SkeinDownload *download = add (fixture, "a");
  g_autofree char *first = NULL;

  run (fixture, 0);
  first = g_strdup (skein_download_get_path (download));
  skein_manager_again (fixture->manager, download);
  assert_state (download, RUNNING);
  g_assert_null (skein_download_get_path (download));
  run (fixture, 0);
  assert_state (download, FINISHED);
  g_assert_cmpstr (skein_download_get_path (download), !=, first);
  g_assert_cmpuint (count_files (fixture), ==, 2);
}

static void
test_duplicates (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (SkeinDownload) download = NULL;

  g_set_object (&download, add (fixture, "a"));
  g_assert_null (add (fixture, "a"));
  run (fixture, 0);
  g_assert_null (add (fixture, "a"));

  skein_manager_remove (fixture->manager, download);
  g_assert_nonnull (add (fixture, "a"));
  skein_manager_restore (fixture->manager, download, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->manager)), ==, 2);

  /* The one that came back is gone again: the other one still counts. */
  skein_manager_remove (fixture->manager, download);
  g_assert_null (add (fixture, "a"));
}

static void
test_remove_running (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (SkeinDownload) download = g_object_ref (add (fixture, "a"));
  guint position = skein_manager_remove (fixture->manager, download);

  g_assert_cmpuint (skein_manager_get_n_running (fixture->manager), ==, 0);
  fail_cancelled (fixture, 0);
  assert_state (download, WAITING);
  g_assert_cmpuint (skein_fake_runner_get_n_tasks (fixture->runner), ==, 0);

  skein_manager_restore (fixture->manager, download, position);
  assert_state (download, RUNNING);
  g_assert_cmpuint (skein_manager_get_n_running (fixture->manager), ==, 1);
}

static void
test_restored_before_it_ended (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr (SkeinDownload) download = g_object_ref (add (fixture, "a"));
  guint position = skein_manager_remove (fixture->manager, download);

  skein_manager_restore (fixture->manager, download, position);
  fail_cancelled (fixture, 0);
  assert_state (download, RUNNING);
  g_assert_false (skein_fake_runner_is_cancelled (fixture->runner, 0));
}

static void
test_forget_running (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (SkeinDownload) download = g_object_ref (add_cut (fixture));

  skein_manager_resume (fixture->manager, download);
  skein_manager_remove (fixture->manager, download);
  skein_manager_forget (fixture->manager, download);
  fail_cancelled (fixture, 0);
  stop_all (fixture);
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

static void
test_clear_finished (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (GPtrArray) cleared = NULL;
  g_autofree char *names = NULL;
  GListModel *model = G_LIST_MODEL (fixture->manager);
  GString *order = g_string_new (NULL);

  add (fixture, "a");
  add (fixture, "b");
  run (fixture, 1);
  add (fixture, "c");
  run (fixture, 1);
  add (fixture, "d");
  add (fixture, "e");
  run (fixture, 1);
  fail (fixture, 1, SKEIN_ERROR_STALLED);

  cleared = skein_manager_clear_finished (fixture->manager);
  g_assert_cmpuint (cleared->len, ==, 3);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 2);
  g_assert_cmpuint (skein_manager_get_n_finished (fixture->manager), ==, 0);

  skein_manager_restore_cleared (fixture->manager, cleared);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (SkeinDownload) download = g_list_model_get_item (model, i);

      g_string_append (order, skein_download_get_name (download));
    }
  names = g_string_free (order, FALSE);
  g_assert_cmpstr (names, ==, "abcde");
  g_assert_cmpuint (skein_manager_get_n_finished (fixture->manager), ==, 3);
}

static void
test_stop_all (Fixture       *fixture,
               gconstpointer  data)
{
  SkeinDownload *a = add (fixture, "a");
  SkeinDownload *b = add (fixture, "b");
  SkeinDownload *c = add (fixture, "c");
  g_autoptr (GPtrArray) unfinished = NULL;

  skein_manager_pause (fixture->manager, b);
  stop_all (fixture);
  assert_state (a, WAITING);
  assert_state (b, PAUSED);
  assert_state (c, WAITING);
  unfinished = skein_manager_dup_unfinished (fixture->manager);
  g_assert_cmpuint (unfinished->len, ==, 3);
  g_assert_true (g_ptr_array_index (unfinished, 0) == a);
}

static void
test_interrupt (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GCancellable) interrupt = g_cancellable_new ();
  SkeinDownload *download;
  SkeinDownload *next;

  skein_manager_set_interrupt (fixture->manager, interrupt);
  skein_fake_runner_set_capacity (fixture->runner, 1);
  download = add (fixture, "a");
  next = add (fixture, "b");
  g_cancellable_cancel (interrupt);
  fail_cancelled (fixture, 0);
  assert_state (download, PAUSED);
  assert_state (next, WAITING);
}

static char *
resolve (const char *address,
         gpointer    user_data)
{
  return g_strdup (*(char **) user_data);
}

static void
test_resolve (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *address = g_strdup_printf ("%s/bytes/%u", skein_practice_server_get_address (fixture->server), SIZE);
  const char *answer = NULL;
  SkeinDownload *practice;
  SkeinDownload *other;

  skein_manager_set_resolve (fixture->manager, resolve, &answer);
  practice = skein_manager_add (fixture->manager, "practice:1.png", NULL, fixture->folder, NULL);
  g_assert_cmpstr (skein_download_get_host (practice), ==, "Practice server on this computer");
  g_assert_cmpstr (skein_download_get_name (practice), ==, "1.png");
  other = add (fixture, "b");
  assert_state (practice, WAITING);
  assert_state (other, RUNNING);
  run (fixture, 0);
  g_assert_cmpuint (fixture->batches, ==, 0);

  answer = address;
  skein_manager_pump (fixture->manager);
  assert_state (practice, RUNNING);
  run (fixture, 0);
  assert_state (practice, FINISHED);
  g_assert_cmpuint (fixture->batch_finished, ==, 2);
}

static void
test_fail_waiting (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "no server");
  SkeinDownload *practice = skein_manager_add (fixture->manager, "practice:1.png", NULL, fixture->folder, NULL);

  skein_manager_fail (fixture->manager, practice, error);
  assert_state (practice, FAILED);
  g_assert_cmpstr (skein_download_get_facts (practice), ==, "The download failed: no server");
  g_assert_cmpuint (fixture->batch_failed, ==, 1);
}

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
passed_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

/* A sample comes ten times a second. */
static void
wait_for_samples (guint n)
{
  gboolean passed = FALSE;

  g_timeout_add_once (n * 100 + 60, passed_cb, &passed);
  while (!passed)
    g_main_context_iteration (NULL, TRUE);
}

/* How long the loop would sleep: -1 is for ever. */
static int
get_sleep (void)
{
  GMainContext *context = g_main_context_default ();
  int priority;
  int timeout;

  g_assert_true (g_main_context_acquire (context));
  g_main_context_prepare (context, &priority);
  g_main_context_query (context, priority, &timeout, NULL, 0);
  g_main_context_release (context);

  return timeout;
}

static void
test_notifies_only_changes (Fixture       *fixture,
                            gconstpointer  data)
{
  SkeinDownload *download = add (fixture, "a");
  guint of_download = 0;
  guint of_manager = 0;

  wait_for_samples (6);
  g_signal_connect_swapped (download, "notify", G_CALLBACK (count_cb), &of_download);
  g_signal_connect_swapped (fixture->manager, "notify", G_CALLBACK (count_cb), &of_manager);
  wait_for_samples (6);
  g_assert_cmpuint (of_download, ==, 0);
  g_assert_cmpuint (of_manager, ==, 0);
  g_assert_cmpint (get_sleep (), !=, -1);

  run (fixture, 0);
  g_assert_cmpuint (of_download, >, 0);
  g_assert_cmpint (get_sleep (), ==, -1);
}

#define ADD_TEST(path, func) g_test_add ("/manager/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  skein_transfer_init ();

  ADD_TEST ("finish", test_finish);
  ADD_TEST ("order-and-limits", test_order_and_limits);
  ADD_TEST ("fail-and-resume", test_fail_and_resume);
  ADD_TEST ("pause", test_pause);
  ADD_TEST ("pause-and-resume-at-once", test_pause_and_resume_at_once);
  ADD_TEST ("paused-too-late", test_paused_too_late);
  ADD_TEST ("cancel", test_cancel);
  ADD_TEST ("part-file", test_part_file);
  ADD_TEST ("cancel-discards", test_cancel_discards);
  ADD_TEST ("preempted", test_preempted);
  ADD_TEST ("runner-gone", test_runner_gone);
  ADD_TEST ("again", test_again);
  ADD_TEST ("duplicates", test_duplicates);
  ADD_TEST ("remove-running", test_remove_running);
  ADD_TEST ("restored-before-it-ended", test_restored_before_it_ended);
  ADD_TEST ("forget-running", test_forget_running);
  ADD_TEST ("clear-finished", test_clear_finished);
  ADD_TEST ("stop-all", test_stop_all);
  ADD_TEST ("interrupt", test_interrupt);
  ADD_TEST ("resolve", test_resolve);
  ADD_TEST ("fail-waiting", test_fail_waiting);
  ADD_TEST ("notifies-only-changes", test_notifies_only_changes);

  return g_test_run ();
}
