/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "get-fixture.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "skein-practice-pattern.h"

/* Far beyond what a run takes: a test that hangs ends here. */
#define DEADLINE_SECONDS 60

void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  alarm (DEADLINE_SECONDS);
  fixture->server = skein_practice_server_new (0, NULL, NULL);
  g_assert_nonnull (fixture->server);
  fixture->address = skein_practice_server_get_address (fixture->server);
  fixture->folder = g_dir_make_tmp ("skein-XXXXXX", NULL);
}

void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  skein_practice_server_free (fixture->server);
  g_free (fixture->folder);
  g_free (fixture->out);
  g_free (fixture->err);
  alarm (0);
}

static GPtrArray *
make_command (const char *first,
              va_list     args)
{
  GPtrArray *argv = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (argv, g_strdup (g_getenv ("SKEIN_GET")));
  for (const char *word = first; word != NULL; word = va_arg (args, const char *))
    g_ptr_array_add (argv, g_strdup (word));
  g_ptr_array_add (argv, NULL);

  return argv;
}

GSubprocess *
start (Fixture    *fixture,
       const char *first,
       ...)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GPtrArray) argv = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *process;
  va_list args;

  va_start (args, first);
  argv = make_command (first, args);
  va_end (args);

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE
                                        | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                        | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_set_cwd (launcher, fixture->folder);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);

  return process;
}

void
finish (Fixture     *fixture,
        GSubprocess *process,
        const char  *input)
{
  g_autoptr (GSubprocess) owned = process;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->out, g_free);
  g_clear_pointer (&fixture->err, g_free);
  g_subprocess_communicate_utf8 (process, input, NULL, &fixture->out, &fixture->err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  fixture->status = g_subprocess_get_exit_status (process);
}

char *
make_address (Fixture    *fixture,
              const char *rest)
{
  return g_strconcat (fixture->address, rest, NULL);
}

gboolean
exists (Fixture    *fixture,
        const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

void
assert_equal (Fixture    *fixture,
              const char *name,
              guint64     size)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *content = NULL;
  g_autofree char *sum = NULL;
  g_autofree char *expected = skein_practice_pattern_sha256 (0, size);
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (path, &content, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (length, ==, size);
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) content, length);
  g_assert_cmpstr (sum, ==, expected);
}
