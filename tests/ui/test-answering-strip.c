/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-answering-strip.h"

#include "skein-frame-wait.h"

#include "test-support.h"

typedef struct
{
  GtkWindow      *window;
  GtkWidget      *strip;
  SkeinHeartbeat *heartbeat;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  fixture->heartbeat = skein_heartbeat_new ();
  fixture->strip = skein_answering_strip_new ();
  g_object_ref (fixture->strip);
  gtk_box_append (GTK_BOX (box), fixture->strip);
  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (fixture->window, 400, 100);
  gtk_window_set_child (fixture->window, box);
  gtk_window_present (fixture->window);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (fixture->window);
  g_assert_finalize_object (fixture->strip);
  g_assert_finalize_object (fixture->heartbeat);
}

static gboolean
answers (gpointer user_data)
{
  const char *text = skein_answering_strip_get_text (user_data);

  return g_str_has_prefix (text, "Window answers in ") && g_str_has_suffix (text, "\u00a0ms");
}

static gboolean
was_frozen (gpointer user_data)
{
  return g_str_has_prefix (skein_answering_strip_get_text (user_data), "Window was frozen for ");
}

static void
test_says_what_was (Fixture       *fixture,
                    gconstpointer  data)
{
  SkeinAnsweringStrip *strip = SKEIN_ANSWERING_STRIP (fixture->strip);
  gint64 now;

  skein_answering_strip_set_heartbeat (strip, fixture->heartbeat);
  g_assert_false (gtk_widget_get_visible (fixture->strip));
  skein_heartbeat_set_active (fixture->heartbeat, TRUE);
  g_assert_true (gtk_widget_get_visible (fixture->strip));
  test_wait_until (answers, strip, 5);

  now = g_get_monotonic_time ();
  skein_heartbeat_note_freeze (fixture->heartbeat, now - 8400 * G_TIME_SPAN_MILLISECOND, now);
  test_wait_until (was_frozen, strip, 5);
  g_assert_cmpstr (skein_answering_strip_get_text (strip), ==, "Window was frozen for 8.4\u00a0s");
  gtk_test_accessible_assert_role (strip, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_test_accessible_assert_property (strip, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Window was frozen for 8.4\u00a0s");

  skein_answering_strip_set_heartbeat (strip, NULL);
  g_assert_false (gtk_widget_get_visible (fixture->strip));
}

static void
test_says_what_nobody_announced (Fixture       *fixture,
                                 gconstpointer  data)
{
  SkeinAnsweringStrip *strip = SKEIN_ANSWERING_STRIP (fixture->strip);

  skein_answering_strip_set_heartbeat (strip, fixture->heartbeat);
  skein_heartbeat_set_active (fixture->heartbeat, TRUE);
  test_wait_until (answers, strip, 5);
  test_block_for (1200 * G_TIME_SPAN_MILLISECOND);
  test_wait_until (was_frozen, strip, 5);
}

static guint
count_drawn (GtkWidget *strip)
{
  guint drawn = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (strip); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (gtk_widget_get_child_visible (child))
        drawn++;
    }
  return drawn;
}

static void
allocate (GtkWidget *strip,
          int        width)
{
  gtk_widget_allocate (strip, width, 20, -1, NULL);
}

static void
test_fits (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *graph = gtk_widget_get_first_child (fixture->strip);
  int minimum;
  int natural;

  skein_answering_strip_set_heartbeat (SKEIN_ANSWERING_STRIP (fixture->strip), fixture->heartbeat);
  skein_heartbeat_set_active (fixture->heartbeat, TRUE);
  test_wait_until (answers, fixture->strip, 5);
  gtk_widget_measure (fixture->strip, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, >, 0);
  g_assert_cmpint (minimum, <, 60);
  g_assert_cmpint (natural, >, 200);

  allocate (fixture->strip, minimum);
  g_assert_cmpuint (count_drawn (fixture->strip), ==, 1);
  g_assert_false (gtk_widget_get_child_visible (graph));
  allocate (fixture->strip, minimum + 100);
  g_assert_cmpuint (count_drawn (fixture->strip), ==, 2);
  g_assert_true (gtk_widget_get_child_visible (graph));
  allocate (fixture->strip, natural + 100);
  g_assert_cmpuint (count_drawn (fixture->strip), ==, 2);
  g_assert_cmpint (gtk_widget_get_width (graph), >=, 120 + 100);
}

typedef struct
{
  gboolean called;
  gboolean painted;
} Waited;

static void
waited_cb (gboolean painted,
           gpointer user_data)
{
  Waited *waited = user_data;

  g_assert_false (waited->called);
  waited->called = TRUE;
  waited->painted = painted;
}

static gboolean
is_called (gpointer user_data)
{
  return ((Waited *) user_data)->called;
}

static void
test_waits_for_a_frame (Fixture       *fixture,
                        gconstpointer  data)
{
  Waited waited = { FALSE, FALSE };
  Waited never = { FALSE, FALSE };
  gint64 begin;

  skein_frame_wait_start (GTK_WIDGET (fixture->window), waited_cb, &waited);
  g_assert_false (waited.called);
  test_wait_until (is_called, &waited, 5);
  g_assert_true (waited.painted);

  skein_frame_wait_cancel (skein_frame_wait_start (GTK_WIDGET (fixture->window), waited_cb, &never));

  gtk_widget_set_visible (GTK_WIDGET (fixture->window), FALSE);
  waited.called = FALSE;
  begin = g_get_monotonic_time ();
  skein_frame_wait_start (GTK_WIDGET (fixture->window), waited_cb, &waited);
  test_wait_until (is_called, &waited, 5);
  g_assert_false (waited.painted);
  g_assert_cmpint (g_get_monotonic_time () - begin, >=, SKEIN_FRAME_WAIT_LONGEST);
  g_assert_false (never.called);
}

int
main (int    argc,
      char **argv)
{
  char *home = test_use_own_folders ();
  int result;

  gtk_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/answering-strip/says-what-was", test_says_what_was);
  ADD ("/answering-strip/not-announced", test_says_what_nobody_announced);
  ADD ("/answering-strip/fits", test_fits);
  ADD ("/frame-wait/waits", test_waits_for_a_frame);
#undef ADD

  result = g_test_run ();
  test_remove_folders (home);
  return result;
}
