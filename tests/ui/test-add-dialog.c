/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-add-dialog.h"
#include "skein-added-dialog.h"
#include "skein-blocking-runner.h"

typedef struct
{
  GtkWidget      *parent;
  SkeinHostTable *hosts;
  SkeinRunner    *runner;
  SkeinManager   *manager;
  GSettings      *settings;
  SkeinIntake    *intake;
  SkeinAddDialog *dialog;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->parent = gtk_window_new ();
  fixture->hosts = skein_host_table_new (1, 1);
  fixture->runner = skein_blocking_runner_new (fixture->hosts);
  fixture->manager = skein_manager_new (fixture->runner);
  fixture->settings = g_settings_new (SKEIN_APPLICATION_ID);
  fixture->intake = skein_intake_new (fixture->manager, fixture->settings);
  fixture->dialog = SKEIN_ADD_DIALOG (skein_add_dialog_new (GTK_WINDOW (fixture->parent), fixture->intake));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->dialog));
  gtk_window_destroy (GTK_WINDOW (fixture->parent));
  g_assert_finalize_object (fixture->intake);
  g_object_unref (fixture->settings);
  g_object_unref (fixture->manager);
  skein_runner_shutdown (fixture->runner);
  g_object_unref (fixture->runner);
  skein_host_table_unref (fixture->hosts);
}

static GtkWidget *
child (Fixture    *fixture,
       const char *name)
{
  GObject *object = gtk_widget_get_template_child (GTK_WIDGET (fixture->dialog), SKEIN_TYPE_ADD_DIALOG, name);

  g_assert_nonnull (object);
  return GTK_WIDGET (object);
}

static void
test_counts (Fixture       *fixture,
             gconstpointer  data)
{
  g_assert_cmpstr (skein_add_dialog_get_summary (fixture->dialog), ==, "0 addresses");
  g_assert_false (gtk_widget_get_sensitive (child (fixture, "add_button")));

  skein_add_dialog_set_text (fixture->dialog, "http://example.org/a\n");
  g_assert_cmpstr (skein_add_dialog_get_summary (fixture->dialog), ==, "1 address");
  g_assert_true (gtk_widget_get_sensitive (child (fixture, "add_button")));
  g_assert_false (gtk_widget_get_visible (child (fixture, "problem")));

  skein_add_dialog_set_text (fixture->dialog,
                             "http://example.org/a\n\n# comment\nftp://example.org/b\nhttps://example.org/c\n");
  g_assert_cmpstr (skein_add_dialog_get_summary (fixture->dialog), ==, "2 addresses, 1 not understood");

  skein_add_dialog_set_text (fixture->dialog, "");
  g_assert_cmpstr (skein_add_dialog_get_summary (fixture->dialog), ==, "0 addresses");
  g_assert_false (gtk_widget_get_sensitive (child (fixture, "add_button")));
}

static void
test_first_problem (Fixture       *fixture,
                    gconstpointer  data)
{
  const char *problem;

  skein_add_dialog_set_text (fixture->dialog, "http://example.org/a\n\nftp://example.org/b\nnonsense\n");
  g_assert_true (gtk_widget_get_visible (child (fixture, "problem")));
  problem = gtk_label_get_label (GTK_LABEL (child (fixture, "problem")));
  g_assert_true (g_str_has_prefix (problem, "Line 3, “ftp://example.org/b”: "));
}

static void
added_cb (GListModel *model,
          guint       position,
          guint       removed,
          guint       added,
          guint      *total)
{
  *total += added;
}

static void
test_add (Fixture       *fixture,
          gconstpointer  data)
{
  guint total = 0;
  GtkWidget *dialog = g_object_ref (GTK_WIDGET (fixture->dialog));

  g_signal_connect (fixture->manager, "items-changed", G_CALLBACK (added_cb), &total);
  skein_add_dialog_set_text (fixture->dialog, "http://127.0.0.1:1/a\nhttp://127.0.0.1:1/b\n");
  gtk_window_present (GTK_WINDOW (dialog));
  g_assert_true (gtk_widget_activate_action (dialog, "dialog.add", NULL));

  while (total < 2 || skein_intake_get_n_pending (fixture->intake) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (gtk_widget_get_visible (dialog));

  /* For tear_down(), which destroys it. */
  fixture->dialog = SKEIN_ADD_DIALOG (skein_add_dialog_new (GTK_WINDOW (fixture->parent), fixture->intake));
  g_object_unref (dialog);
}

static void
test_narrow (Fixture       *fixture,
             gconstpointer  data)
{
  int minimum;

  gtk_widget_measure (GTK_WIDGET (fixture->dialog), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
}

static void
test_details (Fixture       *fixture,
              gconstpointer  data)
{
  static const char text[] = "nonsense\nftp://example.org/<b>\n";
  g_autoptr(SkeinUriList) list = skein_uri_list_parse (text, sizeof text - 1, SKEIN_URI_LIST_LINES);
  GtkWidget *details = skein_added_dialog_new (GTK_WINDOW (fixture->parent), list->rejects);

  g_assert_cmpuint (list->rejects->len, ==, 2);
  gtk_window_present (GTK_WINDOW (details));
  gtk_test_widget_wait_for_draw (details);
  gtk_window_destroy (GTK_WINDOW (details));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(name, func) \
  g_test_add ("/add-dialog/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("counts", test_counts);
  ADD ("first-problem", test_first_problem);
  ADD ("add", test_add);
  ADD ("narrow", test_narrow);
  ADD ("details", test_details);
#undef ADD

  return g_test_run ();
}
