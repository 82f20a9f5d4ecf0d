/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-wayland-guard.h"

#include <signal.h>
#include <sys/prctl.h>

#include <gio/gio.h>
#include <gtk/gtk.h>

#include "skein-frame-wait.h"

#include "test-support.h"

#define MOST_WAITS 100

/* It must not outlive a test that fails. */
static void
child_setup_cb (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

/* A compositor of the test's own, without a screen. */
static GSubprocess *
start_weston (const char *runtime_dir)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *weston;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_setenv (launcher, "XDG_RUNTIME_DIR", runtime_dir, TRUE);
  g_subprocess_launcher_set_child_setup (launcher, child_setup_cb, NULL, NULL);
  weston = g_subprocess_launcher_spawn (launcher, &error, "weston", "--backend=headless-backend.so",
                                        "--socket=skein-test", "--idle-time=0", "--no-config", NULL);
  g_assert_no_error (error);
  return weston;
}

static gboolean
is_there (gpointer user_data)
{
  return g_file_test (user_data, G_FILE_TEST_EXISTS);
}

static void
open_display (const char *runtime_dir)
{
  g_autofree char *socket = g_build_filename (runtime_dir, "skein-test", NULL);

  test_wait_until (is_there, socket, 20);
  g_setenv ("XDG_RUNTIME_DIR", runtime_dir, TRUE);
  g_setenv ("WAYLAND_DISPLAY", "skein-test", TRUE);
  gdk_set_allowed_backends ("wayland");
  gtk_init ();
}

typedef struct
{
  gboolean called;
  gboolean painted;
} Frame;

static void
painted_cb (gboolean painted,
            gpointer user_data)
{
  Frame *frame = user_data;

  frame->called = TRUE;
  frame->painted = painted;
}

static gboolean
is_called (gpointer user_data)
{
  return ((Frame *) user_data)->called;
}

/* On a busy machine the compositor may need longer than one wait lasts. */
static void
wait_for_frame (GtkWidget *window)
{
  Frame frame = { FALSE, FALSE };

  for (guint i = 0; i < MOST_WAITS && !frame.painted; i++)
    {
      frame.called = FALSE;
      skein_frame_wait_start (window, painted_cb, &frame);
      test_wait_until (is_called, &frame, 10);
    }
  g_assert_true (frame.painted);
}

static GtkWidget *
open_window (void)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 200, 100);
  gtk_window_set_child (GTK_WINDOW (window), gtk_label_new ("moon.png"));
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  return window;
}

static void
test_start_stop (void)
{
  GtkWidget *window = open_window ();

  for (guint i = 0; i < 100; i++)
    {
      SkeinWaylandGuard *guard = skein_wayland_guard_start (gdk_display_get_default ());

      g_assert_nonnull (guard);
      /* Something to read while the main thread is away. */
      gdk_display_flush (gdk_display_get_default ());
      if (i % 10 == 0)
        test_block_for (20 * G_TIME_SPAN_MILLISECOND);
      skein_wayland_guard_stop (guard);
      wait_for_frame (window);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
freeze_cb (gpointer user_data)
{
  SkeinWaylandGuard *guard = skein_wayland_guard_start (gdk_display_get_default ());
  guint *frozen = user_data;

  test_block_for (500 * G_TIME_SPAN_MILLISECOND);
  skein_wayland_guard_stop (guard);
  *frozen += 1;
  return G_SOURCE_REMOVE;
}

static gboolean
is_one (gpointer user_data)
{
  return *(guint *) user_data == 1;
}

static void
test_inside_the_loop (void)
{
  GtkWidget *window = open_window ();
  const int priorities[] = { GDK_PRIORITY_EVENTS, GDK_PRIORITY_EVENTS + 10, G_PRIORITY_DEFAULT_IDLE };

  for (guint i = 0; i < G_N_ELEMENTS (priorities); i++)
    {
      guint frozen = 0;

      gtk_widget_queue_draw (window);
      g_idle_add_full (priorities[i], freeze_cb, &frozen, NULL);
      test_wait_until (is_one, &frozen, 10);
      wait_for_frame (window);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_nothing_to_stop (void)
{
  skein_wayland_guard_stop (NULL);
}

int
main (int    argc,
      char **argv)
{
  char *home = test_use_own_folders ();
  g_autoptr (GSubprocess) weston = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  weston = start_weston (home);
  open_display (home);

  g_test_add_func ("/wayland-guard/start-stop", test_start_stop);
  g_test_add_func ("/wayland-guard/inside-the-loop", test_inside_the_loop);
  g_test_add_func ("/wayland-guard/nothing-to-stop", test_nothing_to_stop);

  result = g_test_run ();
  g_subprocess_force_exit (weston);
  g_subprocess_wait (weston, NULL, NULL);
  test_remove_folders (home);
  return result;
}
