/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-freeze.h"

#include <adwaita.h>

#include "skein-practice-server.h"
#include "skein-threads-runner.h"
#include "skein-transfer.h"

#include "test-support.h"

#define SCHEMA "io.github.skein.Skein"

/* A window with one line of text in it, and what freezes it. */
typedef struct
{
  SkeinPracticeServer *server;
  SkeinHostTable      *hosts;
  SkeinRunner         *threads;
  SkeinManager        *manager;
  GSettings           *settings;
  char                *folder;
  GtkWindow           *window;
  GtkWidget           *label;
  SkeinFreeze         *freeze;
  GPtrArray           *messages;
  guint                thaws;
  guint                announcements;
  guint                frames;         /* painted since the last thaw or start */
  guint                unseen;         /* freezes before which their announcement was not painted */
  gboolean             seen;
  guint                nothing_waiting;
  guint                ended;
  guint                saved_first;    /* announcements with all addresses on the disk */
  gboolean             untick;
} Fixture;

static gboolean
is_announcement (const char *message)
{
  return message != NULL && g_str_has_prefix (message, "Frozen on purpose.");
}

static gboolean
is_saved (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "skein", "unfinished", NULL);
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) && strstr (text, "/bytes/") != NULL;
}

static void
message_cb (Fixture *fixture)
{
  const char *message = skein_freeze_get_message (fixture->freeze);

  gtk_label_set_text (GTK_LABEL (fixture->label), message != NULL ? message : "");
  g_ptr_array_add (fixture->messages, g_strdup (message != NULL ? message : ""));
  if (!is_announcement (message))
    return;
  fixture->announcements++;
  fixture->seen = FALSE;
  if (is_saved ())
    fixture->saved_first++;
  if (fixture->untick)
    skein_freeze_set_active (fixture->freeze, FALSE);
}

static void
after_paint_cb (Fixture *fixture)
{
  fixture->frames++;
  if (is_announcement (gtk_label_get_text (GTK_LABEL (fixture->label))))
    fixture->seen = TRUE;
}

static void
thawed_cb (Fixture *fixture)
{
  if (!fixture->seen || fixture->frames == 0)
    fixture->unseen++;
  fixture->seen = FALSE;
  fixture->frames = 0;
  fixture->thaws++;
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
ended_cb (Fixture *fixture)
{
  fixture->ended++;
}

static void
make_window (Fixture *fixture)
{
  GdkFrameClock *clock;

  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->label = gtk_label_new ("");
  gtk_label_set_wrap (GTK_LABEL (fixture->label), TRUE);
  gtk_window_set_default_size (fixture->window, 400, 200);
  gtk_window_set_child (fixture->window, fixture->label);
  gtk_window_present (fixture->window);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (fixture->window));
  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (after_paint_cb), fixture);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->server = skein_practice_server_new (0, NULL, &error);
  g_assert_no_error (error);
  fixture->folder = g_dir_make_tmp ("skein-freeze-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->hosts = skein_host_table_new (SKEIN_HOST_TABLE_DEFAULT_PER_HOST, SKEIN_HOST_TABLE_DEFAULT_IN_ALL);
  fixture->threads = skein_threads_runner_new (SKEIN_WORKERS_DEFAULT, fixture->hosts);
  fixture->manager = skein_manager_new (fixture->threads);
  fixture->settings = g_settings_new (SCHEMA);
  g_settings_set_boolean (fixture->settings, "explain-freeze", FALSE);
  g_settings_set_int (fixture->settings, "longest-freeze", 4);
  fixture->messages = g_ptr_array_new_with_free_func (g_free);
  make_window (fixture);
  fixture->freeze = skein_freeze_new (fixture->window, fixture->manager, fixture->threads, fixture->hosts,
                                      fixture->settings);
  g_signal_connect_swapped (fixture->freeze, "notify::message", G_CALLBACK (message_cb), fixture);
  g_signal_connect_swapped (fixture->freeze, "thawed", G_CALLBACK (thawed_cb), fixture);
  g_signal_connect_swapped (fixture->freeze, "nothing-waiting", G_CALLBACK (count_cb),
                            &fixture->nothing_waiting);
  g_signal_connect_swapped (fixture->manager, "batch-ended", G_CALLBACK (ended_cb), fixture);
}

static void
stopped_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  skein_manager_stop_all_finish (SKEIN_MANAGER (source), result);
  *(gboolean *) user_data = TRUE;
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *) user_data;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gboolean stopped = FALSE;
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (fixture->window));

  skein_manager_stop_all_async (fixture->manager, stopped_cb, &stopped);
  test_wait_until (is_true, &stopped, 10);
  g_signal_handlers_disconnect_by_data (clock, fixture);
  g_signal_handlers_disconnect_by_data (fixture->manager, fixture);
  g_assert_finalize_object (fixture->freeze);
  gtk_window_destroy (fixture->window);
  skein_runner_shutdown (fixture->threads);
  g_object_unref (fixture->manager);
  g_object_unref (fixture->threads);
  skein_host_table_unref (fixture->hosts);
  g_object_unref (fixture->settings);
  g_ptr_array_unref (fixture->messages);
  skein_practice_server_free (fixture->server);
  test_remove_folders (fixture->folder);
}

static void
add (Fixture    *fixture,
     const char *query,
     guint       n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *address = g_strdup_printf ("%s/bytes/100k?%s&number=%u",
                                                  skein_practice_server_get_address (fixture->server),
                                                  query, i);
      g_autofree char *name = g_strdup_printf ("%u.bin", i + 1);

      g_assert_nonnull (skein_manager_add (fixture->manager, address, NULL, fixture->folder, name));
    }
}

static gboolean
has_ended (gpointer user_data)
{
  Fixture *fixture = user_data;

  return fixture->ended > 0;
}

static gboolean
has_answered (gpointer user_data)
{
  Fixture *fixture = user_data;
  const char *message = skein_freeze_get_message (fixture->freeze);

  return has_ended (user_data) && message != NULL && g_str_has_prefix (message, "Answered again");
}

static gboolean
is_not_saved (gpointer user_data)
{
  return !is_saved ();
}

static guint
count_freezes (Fixture *fixture,
               gint64   at_least)
{
  SkeinHeartbeat *heartbeat = skein_freeze_get_heartbeat (fixture->freeze);
  const SkeinHeartbeatSample *samples;
  guint n;
  guint freezes = 0;

  samples = skein_heartbeat_get_samples (heartbeat, &n);
  for (guint i = 0; i < n; i++)
    {
      if (samples[i].freeze && samples[i].lateness >= at_least)
        freezes++;
    }
  return freezes;
}

/* Nothing may start on threads before the box is ticked. */
static void
hold (Fixture *fixture)
{
  skein_manager_set_per_host (fixture->manager, 1);
}

static void
test_freezes_one_by_one (Fixture       *fixture,
                         gconstpointer  data)
{
  hold (fixture);
  add (fixture, "delay=300", 4);
  skein_freeze_set_active (fixture->freeze, TRUE);
  g_assert_true (skein_freeze_get_active (fixture->freeze));
  test_wait_until (has_answered, fixture, 20);

  /* The first one ran on a thread already. */
  g_assert_cmpuint (skein_manager_get_n_finished (fixture->manager), ==, 4);
  g_assert_cmpuint (fixture->thaws, ==, 3);
  g_assert_cmpuint (fixture->announcements, ==, 3);
  g_assert_cmpuint (fixture->unseen, ==, 0);
  g_assert_cmpuint (fixture->saved_first, ==, 3);
  g_assert_cmpuint (count_freezes (fixture, 250 * G_TIME_SPAN_MILLISECOND), ==, 3);
  g_assert_cmpint (skein_freeze_get_frozen_in_batch (fixture->freeze), >=, 850 * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpstr (g_ptr_array_index (fixture->messages, 0), ==,
                   "Frozen on purpose. Downloading 2.bin on the window’s thread (1 of 3). "
                   "It answers again within 4\u00a0s.");
  g_assert_true (skein_freeze_get_active (fixture->freeze));
  g_assert_cmpuint (fixture->nothing_waiting, ==, 0);
  test_wait_until (is_not_saved, NULL, 5);

  skein_freeze_reset_batch (fixture->freeze);
  g_assert_cmpint (skein_freeze_get_frozen_in_batch (fixture->freeze), ==, 0);
  skein_freeze_dismiss_message (fixture->freeze);
  g_assert_null (skein_freeze_get_message (fixture->freeze));
}

static gboolean
is_on (gpointer user_data)
{
  Fixture *fixture = user_data;

  return fixture->nothing_waiting > 0;
}

/* Before anything is added, so that nothing of it begins on threads. */
static void
turn_on (Fixture *fixture)
{
  skein_freeze_set_active (fixture->freeze, TRUE);
  test_wait_until (is_on, fixture, 5);
  g_assert_true (skein_freeze_get_active (fixture->freeze));
  g_assert_cmpuint (fixture->nothing_waiting, ==, 1);
}

static void
test_limit_clears_the_box (Fixture       *fixture,
                           gconstpointer  data)
{
  gint64 frozen;

  g_settings_set_int (fixture->settings, "longest-freeze", 1);
  turn_on (fixture);
  add (fixture, "delay=1500", 3);
  test_wait_until (has_ended, fixture, 20);

  g_assert_false (skein_freeze_get_active (fixture->freeze));
  g_assert_cmpuint (fixture->thaws, ==, 1);
  g_assert_cmpstr (skein_freeze_get_message (fixture->freeze), ==,
                   "Stopped the freeze after 1\u00a0s. 1.bin and 2 others go on with threads.");
  g_assert_cmpuint (skein_manager_get_n_finished (fixture->manager), ==, 3);
  frozen = skein_freeze_get_frozen_in_batch (fixture->freeze);
  g_assert_cmpint (frozen, >=, 1000 * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpint (frozen, <, 1500 * G_TIME_SPAN_MILLISECOND);

  /* No news any more when the next ones run, on threads. */
  add (fixture, "next=1", 1);
  g_assert_null (skein_freeze_get_message (fixture->freeze));
}

static void
test_unticked_in_time (Fixture       *fixture,
                       gconstpointer  data)
{
  hold (fixture);
  fixture->untick = TRUE;
  add (fixture, "delay=100", 3);
  skein_freeze_set_active (fixture->freeze, TRUE);
  test_wait_until (has_ended, fixture, 20);

  g_assert_cmpuint (fixture->announcements, ==, 1);
  g_assert_cmpuint (fixture->thaws, ==, 0);
  g_assert_cmpint (skein_freeze_get_frozen_in_batch (fixture->freeze), ==, 0);
  g_assert_null (skein_freeze_get_message (fixture->freeze));
  g_assert_cmpuint (skein_manager_get_n_finished (fixture->manager), ==, 3);
}

static gboolean
is_running (gpointer user_data)
{
  Fixture *fixture = user_data;

  return skein_manager_get_n_running (fixture->manager) == 2
         && skein_manager_get_received_on_threads (fixture->manager) > 0;
}

static void
test_others_go_on (Fixture       *fixture,
                   gconstpointer  data)
{
  const char *message;

  skein_manager_set_per_host (fixture->manager, 2);
  add (fixture, "rate=50k", 2);
  test_wait_until (is_running, fixture, 10);
  turn_on (fixture);
  skein_manager_set_per_host (fixture->manager, 3);
  add (fixture, "delay=700", 1);
  test_wait_until (has_ended, fixture, 20);

  message = skein_freeze_get_message (fixture->freeze);
  g_assert_nonnull (message);
  g_assert_true (g_str_has_prefix (message, "Answered again after "));
  g_assert_nonnull (strstr (message, "Meanwhile 2 worker threads received "));
  g_assert_null (strstr (message, "waited"));
  g_assert_cmpuint (skein_manager_get_n_finished (fixture->manager), ==, 3);
}

static AdwMessageDialog *
find_dialog (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (toplevels, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_visible (GTK_WIDGET (window)))
        return ADW_MESSAGE_DIALOG (window);
    }
  return NULL;
}

static gboolean
has_dialog (gpointer user_data)
{
  return find_dialog () != NULL;
}

static gboolean
has_no_dialog (gpointer user_data)
{
  return find_dialog () == NULL;
}

static void
respond (const char *response)
{
  AdwMessageDialog *dialog = find_dialog ();

  adw_message_dialog_response (dialog, response);
  gtk_window_close (GTK_WINDOW (dialog));
  test_wait_until (has_no_dialog, NULL, 5);
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_settings_set_boolean (fixture->settings, "explain-freeze", TRUE);
  skein_freeze_set_active (fixture->freeze, TRUE);
  g_assert_true (skein_freeze_get_active (fixture->freeze));
  test_wait_until (has_dialog, NULL, 5);
  respond ("cancel");

  g_assert_false (skein_freeze_get_active (fixture->freeze));
  g_assert_true (g_settings_get_boolean (fixture->settings, "explain-freeze"));
  g_assert_cmpuint (fixture->nothing_waiting, ==, 0);

  /* Esc in the window clears the box, too. */
  skein_freeze_set_active (fixture->freeze, TRUE);
  test_wait_until (has_dialog, NULL, 5);
  skein_freeze_set_active (fixture->freeze, FALSE);
  test_wait_until (has_no_dialog, NULL, 5);
}

static GtkWidget *
find_drop_down (GtkWidget *widget)
{
  if (GTK_IS_DROP_DOWN (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_drop_down (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_accepted (Fixture       *fixture,
               gconstpointer  data)
{
  AdwMessageDialog *dialog;
  GtkWidget *choice;

  g_settings_set_boolean (fixture->settings, "explain-freeze", TRUE);
  skein_freeze_set_active (fixture->freeze, TRUE);
  test_wait_until (has_dialog, NULL, 5);
  dialog = find_dialog ();
  choice = find_drop_down (adw_message_dialog_get_extra_child (dialog));
  g_assert_cmpstr (adw_message_dialog_get_heading (dialog), ==, "Freeze the Window?");
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (choice)), ==, 0);

  /* Enter means Freeze. */
  g_assert_nonnull (gtk_window_get_default_widget (GTK_WINDOW (dialog)));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (dialog))
                 == gtk_window_get_default_widget (GTK_WINDOW (dialog)));
  g_assert_null (strstr (adw_message_dialog_get_body (dialog), "choose Wait"));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), 1);
  g_assert_nonnull (strstr (adw_message_dialog_get_body (dialog), "choose Wait"));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), 2);
  g_assert_nonnull (strstr (adw_message_dialog_get_body (dialog), "choose Wait"));
  respond ("freeze");

  g_assert_true (skein_freeze_get_active (fixture->freeze));
  g_assert_false (g_settings_get_boolean (fixture->settings, "explain-freeze"));
  g_assert_cmpint (g_settings_get_int (fixture->settings, "longest-freeze"), ==, 0);

  test_wait_until (is_on, fixture, 5);
  add (fixture, "delay=100", 1);
  test_wait_until (has_answered, fixture, 10);
  g_assert_cmpstr (g_ptr_array_index (fixture->messages, 0), ==,
                   "Frozen on purpose. Downloading 1.bin on the window’s thread (1 of 1).");
}

static void
click_cb (Fixture *fixture)
{
  const char *message = skein_freeze_get_message (fixture->freeze);
  /* Inside the freeze, which begins a frame later. */
  const char *command[] = { "xdotool", "sleep", "0.4", "mousemove", "100", "100",
                            "click", "1", "click", "1", NULL };

  if (is_announcement (message))
    g_spawn_async (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL);
}

static void
test_counts_clicks (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *xdotool = g_find_program_in_path ("xdotool");

  if (xdotool == NULL)
    {
      g_test_skip ("xdotool is not there");
      return;
    }
  g_signal_connect_swapped (fixture->freeze, "notify::message", G_CALLBACK (click_cb), fixture);
  turn_on (fixture);
  add (fixture, "delay=1500", 1);
  test_wait_until (has_answered, fixture, 10);
  g_assert_nonnull (strstr (skein_freeze_get_message (fixture->freeze), " 2 clicks waited."));
}

int
main (int    argc,
      char **argv)
{
  char *home = test_use_own_folders ();
  int result;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  skein_transfer_init ();

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/freeze/one-by-one", test_freezes_one_by_one);
  ADD ("/freeze/limit-clears-the-box", test_limit_clears_the_box);
  ADD ("/freeze/unticked-in-time", test_unticked_in_time);
  ADD ("/freeze/others-go-on", test_others_go_on);
  ADD ("/freeze/cancelled", test_cancelled);
  ADD ("/freeze/accepted", test_accepted);
  ADD ("/freeze/counts-clicks", test_counts_clicks);
#undef ADD

  result = g_test_run ();
  test_remove_folders (home);
  return result;
}
