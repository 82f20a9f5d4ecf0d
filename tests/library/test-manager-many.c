/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-error.h"
#include "skein-fake-runner.h"
#include "skein-manager.h"

#define N_ROWS 10000

typedef struct
{
  SkeinFakeRunner *runner;
  SkeinManager *manager;
  GAsyncResult *result;
  guint slices;      /* items-changed */
  guint between;     /* turns of the loop while adding */
  guint length;      /* as items-changed tells */
} Fixture;

static void
items_changed_cb (Fixture *fixture,
                  guint    position,
                  guint    removed,
                  guint    added)
{
  g_assert_cmpuint (position + removed, <=, fixture->length);
  fixture->length += added - removed;
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->manager)), ==, fixture->length);
  fixture->slices++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->runner = skein_fake_runner_new (5);
  fixture->manager = skein_manager_new (SKEIN_RUNNER (fixture->runner));
  skein_manager_set_tries (fixture->manager, 1);
  g_signal_connect_swapped (fixture->manager, "items-changed", G_CALLBACK (items_changed_cb), fixture);
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
  Fixture *fixture = user_data;

  fixture->result = g_object_ref (result);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->result);
  skein_manager_stop_all_async (fixture->manager, result_cb, fixture);
  while (skein_fake_runner_get_n_tasks (fixture->runner) > 0)
    skein_fake_runner_fail (fixture->runner, 0, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, ""));
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (&fixture->result);
  g_assert_finalize_object (fixture->manager);
  g_assert_finalize_object (fixture->runner);
}

static gboolean
turned_cb (gpointer user_data)
{
  guint *turns = user_data;

  (*turns)++;

  return G_SOURCE_CONTINUE;
}

/* From few hosts, so that the lines of the queue are long. */
static SkeinUriList *
make_list (guint first,
           guint n)
{
  GString *text = g_string_new (NULL);
  SkeinUriList *list;

  for (guint i = first; i < first + n; i++)
    g_string_append_printf (text, "http://host%u.example/file-%u.bin\n", i % 3, i);
  list = skein_uri_list_parse (text->str, text->len, SKEIN_URI_LIST_LINES);
  g_string_free (text, TRUE);

  return list;
}

static SkeinAdded *
add_list (Fixture      *fixture,
          SkeinUriList *list)
{
  guint turns = g_idle_add (turned_cb, &fixture->between);
  SkeinAdded *added;

  fixture->between = 0;
  fixture->slices = 0;
  skein_manager_add_list_async (fixture->manager, list, "/nowhere", result_cb, fixture);
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (turns);
  added = skein_manager_add_list_finish (fixture->manager, fixture->result);
  g_clear_object (&fixture->result);

  return added;
}

static void
test_slices (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (SkeinAdded) added = add_list (fixture, make_list (0, N_ROWS));
  g_autoptr (SkeinAdded) more = NULL;

  g_assert_cmpuint (added->added, ==, N_ROWS);
  g_assert_cmpuint (added->already->len, ==, 0);
  g_assert_cmpuint (fixture->slices, >, 1);
  g_assert_cmpuint (fixture->between, >=, fixture->slices);
  g_assert_cmpuint (skein_manager_get_n_running (fixture->manager), ==, 5);

  more = add_list (fixture, make_list (N_ROWS - 10, 20));
  g_assert_cmpuint (more->added, ==, 10);
  g_assert_cmpuint (more->already->len, ==, 10);
  g_assert_cmpuint (fixture->length, ==, N_ROWS + 10);
}

/* Ends them all: quadratic work would take minutes, so that the time limit of the test finds it. */
static void
test_fail_and_resume_all (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autoptr (SkeinAdded) added = add_list (fixture, make_list (0, N_ROWS));

  for (guint i = 0; i < N_ROWS; i++)
    {
      skein_fake_runner_fail (fixture->runner, 0, g_error_new_literal (SKEIN_ERROR, SKEIN_ERROR_STALLED, ""));
      turn ();
    }
  g_assert_cmpuint (skein_manager_get_n_waiting (fixture->manager), ==, 0);
  g_assert_cmpuint (skein_manager_get_n_running (fixture->manager), ==, 0);

  for (guint i = 0; i < N_ROWS; i++)
    {
      g_autoptr (SkeinDownload) download = g_list_model_get_item (G_LIST_MODEL (fixture->manager), i);

      skein_manager_resume (fixture->manager, download);
    }
  g_assert_cmpuint (skein_manager_get_n_waiting (fixture->manager), ==, N_ROWS - 5);
}

static void
test_remove_all (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (SkeinAdded) added = add_list (fixture, make_list (0, N_ROWS));
  g_autoptr (GPtrArray) removed = g_ptr_array_new_with_free_func (g_object_unref);

  /* From the middle outwards, so that neither end helps. */
  while (fixture->length > 0)
    {
      SkeinDownload *download = g_list_model_get_item (G_LIST_MODEL (fixture->manager), fixture->length / 2);
      guint length = fixture->length;

      g_ptr_array_add (removed, download);
      g_assert_cmpuint (skein_manager_remove (fixture->manager, download), ==, length / 2);
    }
  g_assert_cmpuint (skein_manager_get_n_waiting (fixture->manager), ==, 0);
  while (skein_fake_runner_get_n_tasks (fixture->runner) > 0)
    {
      skein_fake_runner_fail (fixture->runner, 0, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, ""));
      turn ();
    }

  for (guint i = 0; i < removed->len; i++)
    skein_manager_restore (fixture->manager, g_ptr_array_index (removed, i), 0);
  g_assert_cmpuint (fixture->length, ==, N_ROWS);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

/* At once: what watches the list has to look at it once, and nothing starts that goes next. */
static void
test_clear_all (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (SkeinAdded) added = add_list (fixture, make_list (0, N_ROWS));
  g_autoptr (GPtrArray) all = skein_manager_dup_unfinished (fixture->manager);
  g_autoptr (GPtrArray) cleared = NULL;
  guint tasks = skein_fake_runner_get_n_tasks (fixture->runner);
  guint changes = 0;

  g_assert_cmpuint (all->len, ==, N_ROWS);
  g_assert_cmpuint (tasks, >, 0);
  g_signal_connect_swapped (fixture->manager, "items-changed", G_CALLBACK (count_cb), &changes);
  cleared = skein_manager_clear (fixture->manager, all);
  g_assert_cmpuint (changes, ==, 1);
  g_assert_cmpuint (fixture->length, ==, 0);
  g_assert_cmpuint (skein_fake_runner_get_n_tasks (fixture->runner), ==, tasks);
  g_assert_cmpuint (skein_manager_get_n_waiting (fixture->manager), ==, 0);

  skein_manager_restore_cleared (fixture->manager, cleared);
  g_assert_cmpuint (changes, ==, 2);
  g_assert_cmpuint (fixture->length, ==, N_ROWS);
  g_assert_cmpuint (skein_manager_get_n_waiting (fixture->manager), ==, N_ROWS - tasks);

  /* The tasks that were about to stop end, and what they carried waits and starts again. */
  while (skein_fake_runner_get_n_tasks (fixture->runner) > 0
         && skein_manager_get_n_running (fixture->manager) > 0 && tasks-- > 0)
    {
      skein_fake_runner_fail (fixture->runner, 0, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, ""));
      turn ();
    }
  g_assert_cmpuint (skein_manager_get_n_waiting (fixture->manager)
                    + skein_manager_get_n_running (fixture->manager), ==, N_ROWS);

  g_signal_handlers_disconnect_by_func (fixture->manager, count_cb, &changes);
}

#define ADD_TEST(path, func) g_test_add ("/manager-many/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_TEST ("slices", test_slices);
  ADD_TEST ("fail-and-resume-all", test_fail_and_resume_all);
  ADD_TEST ("remove-all", test_remove_all);
  ADD_TEST ("clear-all", test_clear_all);

  return g_test_run ();
}
