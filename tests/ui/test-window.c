/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-window.h"

#include "skein-download-list.h"
#include "skein-download-private.h"
#include "skein-manager-private.h"
#include "skein-preferences.h"
#include "skein-window-private.h"

#define LONG_NAME "http://127.0.0.1:1/a-name-that-goes-on-and-on-and-on-until-nobody-can-read-it-any-more.tar.xz"

/* One for all tests: a process cannot put its actions on the bus twice. */
static AdwApplication *application;

typedef struct
{
  SkeinServices *services;
  SkeinWindow   *window;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->services = skein_services_new ();
  fixture->window = skein_window_new (GTK_APPLICATION (application), fixture->services);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
}

static void
stopped_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  skein_manager_stop_all_finish (SKEIN_MANAGER (source), result);
  *(gboolean *) user_data = TRUE;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gboolean stopped = FALSE;

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  skein_manager_stop_all_async (fixture->services->manager, stopped_cb, &stopped);
  while (!stopped)
    g_main_context_iteration (NULL, TRUE);
  skein_services_unref (fixture->services);
}

static void
activate (Fixture    *fixture,
          const char *action)
{
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), action, NULL);
}

static guint
get_length (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->services->manager));
}

/* Rows that start nothing. */
static SkeinDownload *
add (Fixture    *fixture,
     const char *address)
{
  return skein_manager_add_paused (fixture->services->manager, address, g_get_tmp_dir ());
}

static const char *
get_page (Fixture *fixture)
{
  return gtk_stack_get_visible_child_name (fixture->window->stack);
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  SkeinDownload *download;

  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "Skein");
  g_assert_cmpstr (get_page (fixture), ==, "empty");

  download = add (fixture, "http://127.0.0.1:1/a");
  g_assert_cmpstr (get_page (fixture), ==, "list");

  skein_manager_remove (fixture->services->manager, download);
  g_assert_cmpstr (get_page (fixture), ==, "empty");
}

static void
test_actions (Fixture       *fixture,
              gconstpointer  data)
{
  static const char *const always[] = {
    "add", "paste", "practice", "continue", "pause-all", "resume-all", "download-all-again", "clear-finished",
    "without-threads", "with-threads",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (always); i++)
    g_assert_true (g_action_group_has_action (G_ACTION_GROUP (fixture->window), always[i]));

  add (fixture, "http://127.0.0.1:1/a");
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), "remove"));
  skein_download_list_select (fixture->window->list, 0);
  for (int command = 0; command < SKEIN_N_COMMANDS; command++)
    g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window),
                                                      skein_command_get_action ((SkeinCommand) command)));

  activate (fixture, "remove");
  g_assert_cmpuint (get_length (fixture), ==, 0);
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), "remove"));
}

static void
test_commands (Fixture       *fixture,
               gconstpointer  data)
{
  SkeinDownload *download = add (fixture, "http://127.0.0.1:1/a");

  skein_download_list_select (fixture->window->list, 0);
  activate (fixture, "cancel");
  g_assert_cmpint (skein_download_get_state (download), ==, SKEIN_DOWNLOAD_CANCELLED);

  /* Nothing that applies to it: nothing happens. */
  activate (fixture, "pause");
  activate (fixture, "open");
  g_assert_cmpint (skein_download_get_state (download), ==, SKEIN_DOWNLOAD_CANCELLED);
}

static AdwToast *
find_toast (GtkWidget *widget)
{
  for (GtkWidget *c = gtk_widget_get_first_child (widget); c != NULL; c = gtk_widget_get_next_sibling (c))
    {
      AdwToast *toast = NULL;

      if (g_str_equal (G_OBJECT_TYPE_NAME (c), "AdwToastWidget"))
        {
          g_object_get (c, "toast", &toast, NULL);
          g_object_unref (toast);
          return toast;
        }
    }

  return NULL;
}

static void
test_undo (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GPtrArray) removed = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(SkeinDownload) first = NULL;
  AdwToast *toast;

  g_ptr_array_add (removed, g_object_ref (add (fixture, "http://127.0.0.1:1/a")));
  add (fixture, "http://127.0.0.1:1/b");
  g_ptr_array_add (removed, g_object_ref (add (fixture, "http://127.0.0.1:1/c")));

  skein_window_run_command (fixture->window, SKEIN_COMMAND_REMOVE, removed);
  g_assert_cmpuint (get_length (fixture), ==, 1);

  toast = find_toast (GTK_WIDGET (fixture->window->toasts));
  g_assert_nonnull (toast);
  g_assert_cmpstr (adw_toast_get_title (toast), ==, "2 downloads removed");
  g_signal_emit_by_name (toast, "button-clicked");
  g_assert_cmpuint (get_length (fixture), ==, 3);
  first = g_list_model_get_item (G_LIST_MODEL (fixture->services->manager), 0);
  g_assert_cmpstr (skein_download_get_address (first), ==, "http://127.0.0.1:1/a");
}

/* As the list has them, and not as they ended. */
static void
test_again (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(GPtrArray) ended = g_ptr_array_new_with_free_func (g_object_unref);
  SkeinDownload *first = add (fixture, "http://127.0.0.1:1/a");
  SkeinDownload *second = add (fixture, "http://127.0.0.1:1/b");

  skein_manager_move (fixture->services->manager, second, SKEIN_DOWNLOAD_FINISHED);
  g_ptr_array_add (ended, g_object_ref (second));
  skein_manager_move (fixture->services->manager, first, SKEIN_DOWNLOAD_FINISHED);
  g_ptr_array_add (ended, g_object_ref (first));

  skein_window_again (fixture->window, ended, FALSE);
  g_assert_cmpint (first->order, <, second->order);
}

static void
test_toast_of_added (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(GPtrArray) already = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) rejects = g_ptr_array_new ();
  const SkeinAdded all = { 12, already, rejects };
  AdwToast *toast;

  g_ptr_array_add (already, g_object_ref (add (fixture, "http://127.0.0.1:1/a")));
  skein_window_toast_added (fixture->window, &all);
  toast = find_toast (GTK_WIDGET (fixture->window->toasts));
  g_assert_cmpstr (adw_toast_get_title (toast), ==, "12 added, 1 already in the list");
  g_assert_null (adw_toast_get_button_label (toast));
}

static gboolean
says (AdwToast   *toast,
      const char *text)
{
  return toast != NULL && g_str_equal (adw_toast_get_title (toast), text);
}

/* Somebody may have moved the file meanwhile. */
static void
test_open_missing (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(GPtrArray) downloads = g_ptr_array_new_with_free_func (g_object_unref);
  SkeinDownload *download = add (fixture, "http://127.0.0.1:1/a.txt");

  g_ptr_array_add (downloads, g_object_ref (download));
  skein_manager_move (fixture->services->manager, download, SKEIN_DOWNLOAD_FINISHED);
  skein_download_set_path (download, "/proc/no-such-folder/a.txt", TRUE);
  skein_window_run_command (fixture->window, SKEIN_COMMAND_OPEN, downloads);
  while (find_toast (GTK_WIDGET (fixture->window->toasts)) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (says (find_toast (GTK_WIDGET (fixture->window->toasts)), "It is not there any more."));
}

static void
toast_batch (Fixture    *fixture,
             const char *text)
{
  skein_window_toast_batch (fixture->window, text, g_ptr_array_new_with_free_func (g_object_unref), FALSE);
}

/* The end of a short batch does not wait for long behind "12 added"; of several batches the last one is told. */
static void
test_toast_of_batch (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(GPtrArray) already = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) rejects = g_ptr_array_new ();
  const SkeinAdded added = { 12, already, rejects };
  gint64 begin = g_get_monotonic_time ();

  skein_window_toast_added (fixture->window, &added);
  g_assert_true (says (find_toast (GTK_WIDGET (fixture->window->toasts)), "12 added"));
  toast_batch (fixture, "One.");
  toast_batch (fixture, "Two.");
  while (says (find_toast (GTK_WIDGET (fixture->window->toasts)), "12 added")
         || find_toast (GTK_WIDGET (fixture->window->toasts)) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 5 * G_TIME_SPAN_SECOND);
  g_assert_true (says (find_toast (GTK_WIDGET (fixture->window->toasts)), "Two."));

  toast_batch (fixture, "Three.");
  g_assert_true (says (find_toast (GTK_WIDGET (fixture->window->toasts)), "Three."));
}

/* Nothing of what is said is cut off. */
static void
test_narrow_toast (Fixture       *fixture,
                   gconstpointer  data)
{
  AdwToast *toast;

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 560);
  while (gtk_widget_get_width (GTK_WIDGET (fixture->window)) > 360)
    g_main_context_iteration (NULL, TRUE);
  skein_window_toast (fixture->window, "Nothing is waiting. Use Download Again to see the difference.");
  toast = find_toast (GTK_WIDGET (fixture->window->toasts));
  g_assert_true (gtk_label_get_wrap (GTK_LABEL (adw_toast_get_custom_title (toast))));
}

static void
test_unfinished (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(GPtrArray) unfinished = g_ptr_array_new_with_free_func (g_object_unref);
  SkeinDownload *download = add (fixture, "http://127.0.0.1:1/a");

  g_ptr_array_add (unfinished, g_object_ref (download));
  g_assert_false (gtk_widget_get_visible (fixture->window->unfinished_notice));
  skein_window_offer_unfinished (fixture->window, unfinished);
  g_assert_true (gtk_widget_get_visible (fixture->window->unfinished_notice));
  g_assert_cmpstr (gtk_label_get_label (fixture->window->unfinished_label), ==, "1 download was unfinished.");

  activate (fixture, "continue");
  g_assert_false (gtk_widget_get_visible (fixture->window->unfinished_notice));
  g_assert_cmpint (skein_download_get_state (download), !=, SKEIN_DOWNLOAD_PAUSED);
}

static void
test_narrow (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(GPtrArray) unfinished = g_ptr_array_new_with_free_func (g_object_unref);
  int minimum;

  g_ptr_array_add (unfinished, g_object_ref (add (fixture, LONG_NAME)));
  skein_window_offer_unfinished (fixture->window, unfinished);
  gtk_label_set_label (fixture->window->rate, "↓ 999.9 MB/s");
  gtk_widget_set_visible (GTK_WIDGET (fixture->window->rate), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (fixture->window->strip), TRUE);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));

  gtk_widget_measure (GTK_WIDGET (fixture->window->overlay), GTK_ORIENTATION_HORIZONTAL, -1,
                      &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
}

static GtkAdjustment *
get_scroll (Fixture *fixture)
{
  GObject *scrolled = gtk_widget_get_template_child (GTK_WIDGET (fixture->window->list),
                                                     SKEIN_TYPE_DOWNLOAD_LIST, "scrolled");

  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
}

static gboolean
is_at_end (Fixture *fixture)
{
  GtkAdjustment *scroll = get_scroll (fixture);

  return gtk_adjustment_get_value (scroll) + gtk_adjustment_get_page_size (scroll)
         >= gtk_adjustment_get_upper (scroll) - 1;
}

/* Each new row comes into sight, also the second and third of them. */
static void
test_reveal (Fixture       *fixture,
             gconstpointer  data)
{
  for (int i = 0; i < 24; i++)
    {
      g_autofree char *address = g_strdup_printf ("http://127.0.0.1:1/%d", i);

      add (fixture, address);
      if (i < 20)
        continue;

      skein_download_list_reveal_last (fixture->window->list, 1);
      for (int frames = 0; frames < 10; frames++)
        {
          gtk_widget_queue_draw (GTK_WIDGET (fixture->window));
          gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
        }
      g_assert_true (is_at_end (fixture));
    }
}

static void
stop_cb (gboolean *stopped)
{
  *stopped = TRUE;
}

/* With nothing running there is nothing to ask about. */
static void
test_close (Fixture       *fixture,
            gconstpointer  data)
{
  gboolean stopped = FALSE;

  g_signal_connect_swapped (fixture->window, "stop", G_CALLBACK (stop_cb), &stopped);
  gtk_window_close (GTK_WINDOW (fixture->window));
  g_assert_true (stopped);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->window)));
}

static void
test_preferences (Fixture       *fixture,
                  gconstpointer  data)
{
  GSettings *settings = fixture->services->settings;
  GtkWidget *preferences = skein_preferences_new (GTK_WINDOW (fixture->window), settings);
  GObject *on_close = gtk_widget_get_template_child (preferences, SKEIN_TYPE_PREFERENCES, "on_close");
  GObject *at_once = gtk_widget_get_template_child (preferences, SKEIN_TYPE_PREFERENCES, "at_once");
  g_autofree char *value = NULL;

  gtk_adjustment_set_value (GTK_ADJUSTMENT (at_once), 7);
  g_assert_cmpint (g_settings_get_int (settings, "downloads-at-once"), ==, 7);
  g_assert_cmpuint (skein_runner_get_capacity (fixture->services->threads), ==, 7);

  adw_combo_row_set_selected (ADW_COMBO_ROW (on_close), 2);
  value = g_settings_get_string (settings, "on-close");
  g_assert_cmpstr (value, ==, "stop");

  g_settings_reset (settings, "on-close");
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (on_close)), ==, 0);
  g_settings_reset (settings, "downloads-at-once");
  gtk_window_destroy (GTK_WINDOW (preferences));
}

int
main (int    argc,
      char **argv)
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  application = adw_application_new (SKEIN_APPLICATION_ID, G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));

#define ADD(name, func) \
  g_test_add ("/window/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("empty", test_empty);
  ADD ("actions", test_actions);
  ADD ("commands", test_commands);
  ADD ("undo", test_undo);
  ADD ("again", test_again);
  ADD ("toast-of-added", test_toast_of_added);
  ADD ("toast-of-batch", test_toast_of_batch);
  ADD ("open-missing", test_open_missing);
  ADD ("narrow-toast", test_narrow_toast);
  ADD ("unfinished", test_unfinished);
  ADD ("narrow", test_narrow);
  ADD ("reveal", test_reveal);
  ADD ("close", test_close);
  ADD ("preferences", test_preferences);
#undef ADD

  status = g_test_run ();
  g_object_unref (application);

  return status;
}
