/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "skein-download-private.h"
#include "skein-download-row.h"
#include "skein-error.h"

#define LONG_NAME \
  "a name that goes on and on and on until nobody can read it any more, but has an extension.tar.xz"

typedef struct
{
  GtkWidget     *row;
  SkeinDownload *download;
  int            command;
} Fixture;

static void
command_cb (Fixture *fixture,
            int      command)
{
  fixture->command = command;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->row = g_object_ref_sink (skein_download_row_new ());
  fixture->download = skein_download_new ("http://example.org/moon.png", NULL, "/tmp", NULL);
  fixture->command = -1;
  g_signal_connect_swapped (fixture->row, "command", G_CALLBACK (command_cb), fixture);
  skein_download_row_set_download (SKEIN_DOWNLOAD_ROW (fixture->row), fixture->download);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_unref (fixture->row);
  g_assert_finalize_object (fixture->download);
}

static gpointer
child (Fixture    *fixture,
       const char *name)
{
  GObject *object = gtk_widget_get_template_child (GTK_WIDGET (fixture->row), SKEIN_TYPE_DOWNLOAD_ROW, name);

  g_assert_nonnull (object);
  return object;
}

static void
assert_label (Fixture    *fixture,
              const char *name,
              const char *text)
{
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (child (fixture, name))), ==, text);
}

static const char *
get_tooltip (Fixture    *fixture,
             const char *name)
{
  /* One that is set, and not asked for, makes the display answer at each change. */
  g_assert_null (gtk_widget_get_tooltip_text (child (fixture, name)));
  g_assert_true (gtk_widget_get_has_tooltip (child (fixture, name)));

  return skein_download_row_get_tooltip (SKEIN_DOWNLOAD_ROW (fixture->row), child (fixture, name));
}

static void
assert_buttons (Fixture    *fixture,
                const char *first,
                const char *second)
{
  g_assert_cmpstr (get_tooltip (fixture, "first_button"), ==, first);
  g_assert_cmpstr (get_tooltip (fixture, "second_button"), ==, second);
}

static double
get_fraction (Fixture *fixture)
{
  return gtk_progress_bar_get_fraction (child (fixture, "bar"));
}

static void
set_amount (Fixture *fixture,
            guint64  received,
            gint64   total)
{
  skein_download_set_amount (fixture->download, received, total);
  skein_download_refresh_facts (fixture->download);
}

static void
test_waiting (Fixture       *fixture,
              gconstpointer  data)
{
  assert_label (fixture, "name", "moon.png");
  assert_label (fixture, "host", "example.org");
  assert_label (fixture, "facts", "Waiting");
  assert_buttons (fixture, "Pause", "Cancel");
  g_assert_cmpfloat (get_fraction (fixture), ==, 0);
}

static void
test_running (Fixture       *fixture,
              gconstpointer  data)
{
  skein_download_set_state (fixture->download, SKEIN_DOWNLOAD_RUNNING);
  set_amount (fixture, 250, 1000);

  g_assert_cmpfloat_with_epsilon (get_fraction (fixture), 0.25, 0.001);
  g_assert_false (gtk_widget_has_css_class (child (fixture, "bar"), "striped"));
  assert_buttons (fixture, "Pause", "Cancel");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (child (fixture, "bar")),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "moon.png");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (child (fixture, "first_button")),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Pause moon.png");
}

static void
test_unknown_size (Fixture       *fixture,
                   gconstpointer  data)
{
  skein_download_set_state (fixture->download, SKEIN_DOWNLOAD_RUNNING);
  g_assert_false (gtk_widget_has_css_class (child (fixture, "bar"), "striped"));

  set_amount (fixture, 5000, -1);
  g_assert_true (gtk_widget_has_css_class (child (fixture, "bar"), "striped"));
  g_assert_cmpfloat (get_fraction (fixture), ==, 1);

  set_amount (fixture, 5000, 5000);
  skein_download_set_state (fixture->download, SKEIN_DOWNLOAD_FINISHED);
  g_assert_false (gtk_widget_has_css_class (child (fixture, "bar"), "striped"));
  g_assert_cmpfloat (get_fraction (fixture), ==, 1);
}

static void
test_frozen (Fixture       *fixture,
             gconstpointer  data)
{
  skein_download_set_frozen (fixture->download, TRUE);
  skein_download_set_state (fixture->download, SKEIN_DOWNLOAD_RUNNING);
  g_assert_true (gtk_widget_has_css_class (child (fixture, "bar"), "striped"));
  assert_label (fixture, "facts", "On the window’s thread");
}

static void
test_finished_and_again (Fixture       *fixture,
                         gconstpointer  data)
{
  set_amount (fixture, 1000, 1000);
  skein_download_set_state (fixture->download, SKEIN_DOWNLOAD_FINISHED);
  assert_buttons (fixture, "Open", "Show in Folder");
  g_assert_cmpfloat (get_fraction (fixture), ==, 1);
  g_assert_true (gtk_widget_has_css_class (fixture->row, "finished"));

  skein_download_set_state (fixture->download, SKEIN_DOWNLOAD_WAITING);
  g_assert_cmpfloat (get_fraction (fixture), ==, 0);
  g_assert_false (gtk_widget_has_css_class (fixture->row, "finished"));
}

static void
test_failed (Fixture       *fixture,
             gconstpointer  data)
{
  skein_download_take_error (fixture->download,
                             g_error_new_literal (SKEIN_HTTP_STATUS, 404, "404 Not Found"));
  skein_download_set_state (fixture->download, SKEIN_DOWNLOAD_FAILED);

  assert_buttons (fixture, "Retry", "Remove");
  g_assert_true (gtk_widget_has_css_class (child (fixture, "facts"), "error"));
  g_assert_nonnull (strstr (gtk_label_get_label (child (fixture, "facts")), "404"));
  g_assert_cmpstr (get_tooltip (fixture, "facts"), ==,
                   gtk_label_get_label (child (fixture, "facts")));

  skein_download_take_error (fixture->download, NULL);
  skein_download_set_state (fixture->download, SKEIN_DOWNLOAD_WAITING);
  g_assert_false (gtk_widget_has_css_class (child (fixture, "facts"), "error"));
  g_assert_null (get_tooltip (fixture, "facts"));
}

/* What came stays on the bar, the wait is told, and it can be cut short. */
static void
test_delayed (Fixture       *fixture,
              gconstpointer  data)
{
  set_amount (fixture, 500, 1000);
  skein_download_set_state (fixture->download, SKEIN_DOWNLOAD_RUNNING);
  fixture->download->failed = 1;
  fixture->download->most = 8;
  skein_download_take_error (fixture->download, g_error_new_literal (SKEIN_HTTP_STATUS, 503, "busy"));
  skein_download_set_delay (fixture->download, SKEIN_DELAY_TIME, 12);
  skein_download_set_state (fixture->download, SKEIN_DOWNLOAD_DELAYED);
  assert_buttons (fixture, "Try Now", "Cancel");
  assert_label (fixture, "facts", "Trying again in 12\302\240s (2 of 8)");
  g_assert_cmpfloat (get_fraction (fixture), ==, 0.5);
  g_assert_nonnull (strstr (get_tooltip (fixture, "facts"), "503"));

  skein_download_set_delay (fixture->download, SKEIN_DELAY_TIME, 11);
  assert_label (fixture, "facts", "Trying again in 11\302\240s (2 of 8)");
  g_signal_emit_by_name (child (fixture, "first_button"), "clicked");
  g_assert_cmpint (fixture->command, ==, SKEIN_COMMAND_TRY_NOW);
}

static void
test_stuck (Fixture       *fixture,
            gconstpointer  data)
{
  skein_download_take_error (fixture->download, g_error_new_literal (SKEIN_ERROR, SKEIN_ERROR_NO_SPACE, "full"));
  skein_download_set_state (fixture->download, SKEIN_DOWNLOAD_PAUSED);
  assert_buttons (fixture, "Resume", "Cancel");
  assert_label (fixture, "facts", "The disk is full. Free some space, then resume.");
  g_assert_true (gtk_widget_has_css_class (child (fixture, "facts"), "warning"));
  g_assert_nonnull (get_tooltip (fixture, "facts"));

  skein_download_take_error (fixture->download, NULL);
  skein_download_set_state (fixture->download, SKEIN_DOWNLOAD_WAITING);
  g_assert_false (gtk_widget_has_css_class (child (fixture, "facts"), "warning"));
}

static void
test_commands (Fixture       *fixture,
               gconstpointer  data)
{
  g_signal_emit_by_name (child (fixture, "first_button"), "clicked");
  g_assert_cmpint (fixture->command, ==, SKEIN_COMMAND_PAUSE);

  skein_download_set_state (fixture->download, SKEIN_DOWNLOAD_PAUSED);
  g_signal_emit_by_name (child (fixture, "first_button"), "clicked");
  g_assert_cmpint (fixture->command, ==, SKEIN_COMMAND_RESUME);

  g_signal_emit_by_name (child (fixture, "second_button"), "clicked");
  g_assert_cmpint (fixture->command, ==, SKEIN_COMMAND_CANCEL);
}

/* A row that shows another download hears no more of the first one, and nothing of it stays. */
static void
test_recycled (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(SkeinDownload) other = skein_download_new ("http://example.net/sun.iso", NULL, "/tmp", NULL);

  skein_download_take_error (fixture->download, g_error_new_literal (SKEIN_ERROR, SKEIN_ERROR_NO_SPACE, "full"));
  skein_download_set_state (fixture->download, SKEIN_DOWNLOAD_FAILED);

  skein_download_row_set_download (SKEIN_DOWNLOAD_ROW (fixture->row), other);
  assert_label (fixture, "name", "sun.iso");
  assert_label (fixture, "host", "example.net");
  assert_label (fixture, "facts", "Waiting");
  assert_buttons (fixture, "Pause", "Cancel");
  g_assert_false (gtk_widget_has_css_class (child (fixture, "facts"), "error"));
  g_assert_false (gtk_widget_has_css_class (fixture->row, "failed"));

  skein_download_set_name (fixture->download, "venus.png");
  skein_download_set_state (fixture->download, SKEIN_DOWNLOAD_FINISHED);
  assert_label (fixture, "name", "sun.iso");
  assert_buttons (fixture, "Pause", "Cancel");
  g_assert_cmpfloat (get_fraction (fixture), ==, 0);

  skein_download_row_set_download (SKEIN_DOWNLOAD_ROW (fixture->row), NULL);
  g_assert_null (skein_download_row_get_download (SKEIN_DOWNLOAD_ROW (fixture->row)));
}

static void
test_narrow (Fixture       *fixture,
             gconstpointer  data)
{
  int minimum;

  skein_download_set_name (fixture->download, LONG_NAME);
  skein_download_take_error (fixture->download,
                             g_error_new_literal (SKEIN_ERROR, SKEIN_ERROR_HOST_NOT_FOUND, "no host"));
  skein_download_set_state (fixture->download, SKEIN_DOWNLOAD_FAILED);

  gtk_widget_measure (fixture->row, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 340);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(name, func) \
  g_test_add ("/download-row/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("waiting", test_waiting);
  ADD ("running", test_running);
  ADD ("unknown-size", test_unknown_size);
  ADD ("frozen", test_frozen);
  ADD ("finished-and-again", test_finished_and_again);
  ADD ("failed", test_failed);
  ADD ("delayed", test_delayed);
  ADD ("stuck", test_stuck);
  ADD ("commands", test_commands);
  ADD ("recycled", test_recycled);
  ADD ("narrow", test_narrow);
#undef ADD

  return g_test_run ();
}
