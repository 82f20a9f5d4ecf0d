/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-application.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "skein-application-private.h"
#include "skein-practice-server.h"

/* Seconds. */
#define LONGEST 30

/* Each case is a process of its own: the program ends in it. */

typedef struct
{
  SkeinPracticeServer *server;
  SkeinApplication    *application;
  char                *folder;
  gboolean             closed;
  gboolean             stayed;
} Fixture;

static SkeinManager *
get_manager (Fixture *fixture)
{
  return skein_application_get_services (fixture->application)->manager;
}

static GtkWindow *
get_window (Fixture *fixture)
{
  return gtk_application_get_windows (GTK_APPLICATION (fixture->application))->data;
}

static char *
dup_address (Fixture    *fixture,
             const char *what)
{
  return g_strdup_printf ("http://127.0.0.1:%u/bytes/%s", skein_practice_server_get_port (fixture->server), what);
}

static gboolean
close_cb (gpointer user_data)
{
  Fixture *fixture = user_data;

  gtk_window_close (get_window (fixture));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (get_window (fixture))));
  fixture->closed = TRUE;

  return G_SOURCE_REMOVE;
}

static void
active_cb (Fixture *fixture)
{
  if (skein_manager_get_n_running (get_manager (fixture)) > 0 && !fixture->closed)
    g_idle_add (close_cb, fixture);
}

/* What is on its way out starts nothing more. */
static gboolean
try_one_more_cb (gpointer user_data)
{
  Fixture *fixture = user_data;
  g_autofree char *address = dup_address (fixture, "1k?delay=20000");

  skein_manager_add (get_manager (fixture), address, NULL, fixture->folder, NULL);
  fixture->stayed = skein_manager_get_n_running (get_manager (fixture)) == 1;
  g_action_group_activate_action (G_ACTION_GROUP (fixture->application), "stop", NULL);

  return G_SOURCE_REMOVE;
}

static void
failed_batch_cb (Fixture *fixture)
{
  if (skein_manager_get_n_finished (get_manager (fixture)) == 0)
    g_idle_add (try_one_more_cb, fixture);
}

static void
startup_cb (Fixture *fixture)
{
  GSettings *settings = skein_application_get_services (fixture->application)->settings;

  g_settings_set_string (settings, "folder", fixture->folder);
  g_settings_set_string (settings, "on-close", "keep");
  g_signal_connect_swapped (get_manager (fixture), "notify::n-running", G_CALLBACK (active_cb), fixture);
  g_signal_connect_swapped (get_manager (fixture), "batch-ended", G_CALLBACK (failed_batch_cb), fixture);
}

static void
run (Fixture    *fixture,
     const char *what)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *address = NULL;

  alarm (LONGEST);
  fixture->server = skein_practice_server_new (0, NULL, &error);
  g_assert_no_error (error);
  fixture->folder = g_build_filename (g_get_home_dir (), "downloads", NULL);
  g_assert_cmpint (g_mkdir_with_parents (fixture->folder, 0700), ==, 0);
  address = dup_address (fixture, what);

  fixture->application = skein_application_new ();
  g_signal_connect_data (fixture->application, "startup", G_CALLBACK (startup_cb), fixture, NULL,
                         G_CONNECT_AFTER | G_CONNECT_SWAPPED);
  g_assert_cmpint (g_application_run (G_APPLICATION (fixture->application), 2,
                                      (char *[]) { (char *) "skein", address, NULL }), ==, 0);
  g_assert_true (fixture->closed);

  g_assert_finalize_object (fixture->application);
  skein_practice_server_free (fixture->server);
}

static void
test_background_ends (void)
{
  if (g_test_subprocess ())
    {
      Fixture fixture = { 0 };
      g_autofree char *path = NULL;

      run (&fixture, "64k?delay=300");
      path = g_build_filename (fixture.folder, "64k", NULL);
      g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
      g_free (fixture.folder);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

/* The window has still to say what failed, and why. */
static void
test_background_failed (void)
{
  if (g_test_subprocess ())
    {
      Fixture fixture = { 0 };

      run (&fixture, "64k?delay=300&status=404");
      g_assert_true (fixture.stayed);
      g_free (fixture.folder);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  /* Nobody takes notifications on the bus of a test, and GIO warns of that. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);

  g_test_add_func ("/application/background-ends", test_background_ends);
  g_test_add_func ("/application/background-failed", test_background_failed);

  return g_test_run ();
}
