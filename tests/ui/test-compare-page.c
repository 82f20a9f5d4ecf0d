/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-window.h"

#include "skein-timeline-view.h"
#include "skein-window-private.h"

/* One for all tests: a process cannot put its actions on the bus twice. */
static AdwApplication *application;

typedef struct
{
  SkeinServices *services;
  SkeinWindow   *window;
  gpointer       page;     /* NULL when it has gone */
  GPtrArray     *messages; /* what was said about freezes; "-" for the end of one */
} Fixture;

static void
freeze_cb (SkeinComparePage *page,
           const char       *message,
           Fixture          *fixture)
{
  g_ptr_array_add (fixture->messages, g_strdup (message != NULL ? message : "-"));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  explain)
{
  fixture->services = skein_services_new ();
  g_settings_set_boolean (fixture->services->settings, "explain-freeze", explain != NULL);
  fixture->window = skein_window_new (GTK_APPLICATION (application), fixture->services);
  fixture->messages = g_ptr_array_new_with_free_func (g_free);
  fixture->page = fixture->window->compare;
  g_object_add_weak_pointer (fixture->page, &fixture->page);
  g_signal_connect (fixture->window->compare, "freeze", G_CALLBACK (freeze_cb), fixture);
  adw_view_stack_set_visible_child_name (fixture->window->pages, "compare");
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  if (fixture->window != NULL)
    gtk_window_destroy (GTK_WINDOW (fixture->window));
  /* A comparison that was cancelled still has its tasks to end. */
  while (fixture->page != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_ptr_array_unref (fixture->messages);
  skein_services_unref (fixture->services);
}

typedef gboolean (*Matcher) (GtkWidget  *widget,
                             const char *what);

static gboolean
is_of_type (GtkWidget  *widget,
            const char *what)
{
  return g_str_equal (G_OBJECT_TYPE_NAME (widget), what);
}

static gboolean
has_label (GtkWidget  *widget,
           const char *what)
{
  return GTK_IS_LABEL (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), what) != NULL;
}

static guint
count (GtkWidget  *widget,
       Matcher     matches,
       const char *what)
{
  guint n = matches (widget, what);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count (child, matches, what);

  return n;
}

static GtkWidget *
find (GtkWidget  *widget,
      const char *type)
{
  GtkWidget *found = is_of_type (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type);

  return found;
}

static GtkWidget *
get_page (Fixture *fixture)
{
  return GTK_WIDGET (fixture->window->compare);
}

static void
choose (Fixture *fixture,
        guint    work,
        guint    tasks)
{
  adw_combo_row_set_selected (ADW_COMBO_ROW (find (get_page (fixture), "AdwComboRow")), work);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (find (get_page (fixture), "GtkSpinButton")), tasks);
}

static void
wait_for_label (Fixture    *fixture,
                const char *label)
{
  while (count (get_page (fixture), has_label, label) == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_results (Fixture       *fixture,
              gconstpointer  data)
{
  g_test_summary ("All three ways are drawn, told in words and put in a table, and the window said before that it freezes");

  choose (fixture, 3, 6);
  skein_compare_page_run (fixture->window->compare);
  wait_for_label (fixture, "All ways came to the same result.");

  g_assert_cmpuint (count (get_page (fixture), is_of_type, "SkeinTimelineView"), ==, 4);
  g_assert_cmpuint (count (get_page (fixture), has_label, "Without Threads: "), ==, 1);
  g_assert_cmpuint (count (get_page (fixture), has_label, "Threads, One Lock"), ==, 2);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (find (get_page (fixture), "SkeinTimelineView")),
                                   GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));

  g_assert_cmpstr (g_ptr_array_index (fixture->messages, 0), ==,
                   "Frozen on purpose. Running tiny task 1 on the window’s thread (1 of 6).");
  g_assert_cmpstr (g_ptr_array_index (fixture->messages, 5), ==,
                   "Frozen on purpose. Running tiny task 6 on the window’s thread (6 of 6).");
  g_assert_cmpstr (g_ptr_array_index (fixture->messages, fixture->messages->len - 1), ==, "-");
  g_assert_false (gtk_widget_get_visible (fixture->window->freeze_notice));
}

static void
test_again (Fixture       *fixture,
            gconstpointer  data)
{
  choose (fixture, 3, 3);
  for (guint i = 0; i < 2; i++)
    {
      skein_compare_page_run (fixture->window->compare);
      g_assert_cmpuint (count (get_page (fixture), is_of_type, "SkeinTimelineView"), ==, 0);
      wait_for_label (fixture, "All ways came to the same result.");
    }
}

static void
test_stop (Fixture       *fixture,
           gconstpointer  data)
{
  choose (fixture, 1, 8);
  skein_compare_page_run (fixture->window->compare);
  while (fixture->messages->len < 3)
    g_main_context_iteration (NULL, TRUE);
  skein_compare_page_run (fixture->window->compare);
  wait_for_label (fixture, "Stopped.");

  g_assert_cmpuint (count (get_page (fixture), is_of_type, "SkeinTimelineView"), ==, 0);
  g_assert_cmpuint (count (get_page (fixture), has_label, "Run"), ==, 1);
}

static void
test_window_closed_meanwhile (Fixture       *fixture,
                              gconstpointer  data)
{
  choose (fixture, 1, 8);
  skein_compare_page_run (fixture->window->compare);
  while (fixture->messages->len < 2)
    g_main_context_iteration (NULL, TRUE);
  gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&fixture->window)));
}

static void
test_explains_first (Fixture       *fixture,
                     gconstpointer  data)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint before = g_list_model_get_n_items (windows);

  g_test_summary ("Nobody's window freezes before they were asked once");

  choose (fixture, 3, 3);
  skein_compare_page_run (fixture->window->compare);
  g_assert_cmpuint (g_list_model_get_n_items (windows), ==, before + 1);
  /* Asked again, the same question is raised. */
  skein_compare_page_run (fixture->window->compare);
  g_assert_cmpuint (g_list_model_get_n_items (windows), ==, before + 1);
  g_assert_cmpuint (fixture->messages->len, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  application = ADW_APPLICATION (adw_application_new (SKEIN_APPLICATION_ID ".Test", G_APPLICATION_NON_UNIQUE));
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));

#define ADD_TEST(path, data, func) g_test_add ("/compare-page/" path, Fixture, data, set_up, func, tear_down)
  ADD_TEST ("results", NULL, test_results);
  ADD_TEST ("again", NULL, test_again);
  ADD_TEST ("stop", NULL, test_stop);
  ADD_TEST ("window-closed-meanwhile", NULL, test_window_closed_meanwhile);
  ADD_TEST ("explains-first", GINT_TO_POINTER (1), test_explains_first);

  status = g_test_run ();
  g_object_unref (application);

  return status;
}
