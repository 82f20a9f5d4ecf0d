/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-support.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

gboolean
test_wait (TestCondition condition,
           gpointer      user_data,
           int           seconds)
{
  gint64 deadline = g_get_monotonic_time () + seconds * G_TIME_SPAN_SECOND;
  /* Looks now and then, even if nothing else turns the loop. */
  guint wake = g_timeout_add (10, wake_cb, NULL);
  gboolean met;

  while (!(met = condition (user_data)) && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (wake);
  return met;
}

static gboolean
is_past (gpointer user_data)
{
  return g_get_monotonic_time () >= *(gint64 *) user_data;
}

void
test_turn_for (gint64 microseconds)
{
  gint64 end = g_get_monotonic_time () + microseconds;

  test_wait (is_past, &end, (int) (microseconds / G_TIME_SPAN_SECOND) + 10);
}

void
test_block_for (gint64 microseconds)
{
  gint64 end = g_get_monotonic_time () + microseconds;

  while (g_get_monotonic_time () < end)
    ;
}

char *
test_use_own_folders (void)
{
  g_autoptr (GError) error = NULL;
  char *home = g_dir_make_tmp ("skein-ui-XXXXXX", &error);

  g_assert_no_error (error);
  g_setenv ("HOME", home, TRUE);
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_setenv ("XDG_CONFIG_HOME", home, TRUE);
  g_setenv ("XDG_CACHE_HOME", home, TRUE);
  return home;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

void
test_remove_folders (char *home)
{
  remove_tree (home);
  g_free (home);
}
