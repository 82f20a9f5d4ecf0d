/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-unfinished.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "skein-download-private.h"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_build_filename (g_get_user_data_dir (), "skein", NULL);
  fixture->path = g_build_filename (fixture->folder, "unfinished", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_unlink (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
result_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *result;
}

static void
save (GPtrArray *downloads)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  skein_unfinished_save_async (downloads, result_cb, &result);
  skein_unfinished_save_finish (wait_for (&result), &error);
  g_assert_no_error (error);
}

static GPtrArray *
load (void)
{
  g_autoptr (GAsyncResult) result = NULL;

  skein_unfinished_load_async (result_cb, &result);

  return skein_unfinished_load_finish (wait_for (&result));
}

static GPtrArray *
make_downloads (void)
{
  GPtrArray *downloads = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (downloads, skein_download_new ("http://example.org/a", "user:secret", "/tmp", NULL));
  g_ptr_array_add (downloads, skein_download_new ("practice:1.png", NULL, "/tmp/tab\there\nand \377", NULL));

  return downloads;
}

static void
assert_unfinished (GPtrArray  *unfinished,
                   guint       index,
                   const char *address,
                   const char *folder)
{
  const SkeinUnfinished *found;

  g_assert_cmpuint (index, <, unfinished->len);
  found = g_ptr_array_index (unfinished, index);
  g_assert_cmpstr (found->address, ==, address);
  g_assert_cmpstr (found->folder, ==, folder);
}

static void
test_round_trip (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GPtrArray) downloads = make_downloads ();
  g_autoptr (GPtrArray) unfinished = NULL;
  g_autofree char *text = NULL;
  struct stat info;

  save (downloads);
  unfinished = load ();
  g_assert_cmpuint (unfinished->len, ==, 2);
  assert_unfinished (unfinished, 0, "http://example.org/a", "/tmp");
  assert_unfinished (unfinished, 1, "practice:1.png", "/tmp/tab\there\nand \377");

  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_null (strstr (text, "secret"));
}

static void
test_none_removes (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GPtrArray) downloads = make_downloads ();
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) unfinished = NULL;

  save (downloads);
  save (none);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  save (none);
  unfinished = load ();
  g_assert_cmpuint (unfinished->len, ==, 0);
}

static void
test_last_save_wins (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (GPtrArray) downloads = make_downloads ();
  g_autoptr (GPtrArray) unfinished = NULL;
  GAsyncResult *results[20] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autofree char *address = g_strdup_printf ("http://example.org/%u", i);

      g_ptr_array_add (downloads, skein_download_new (address, NULL, "/tmp", NULL));
      skein_unfinished_save_async (downloads, result_cb, &results[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_assert_true (skein_unfinished_save_finish (wait_for (&results[i]), NULL));
      g_object_unref (results[i]);
    }

  unfinished = load ();
  g_assert_cmpuint (unfinished->len, ==, downloads->len);
}

static void
test_hostile (Fixture       *fixture,
              gconstpointer  data)
{
  static const char text[] =
    "http://example.org/good\t/tmp\n"
    "http://example.org/good\t/var\n"
    "http://example.org/nul\0\t/tmp\n"
    "http://example.org/folder-nul\t/tmp%00/x\n"
    "http://user:secret@example.org/\t/tmp\n"
    "HTTP://EXAMPLE.org/not-clean\t/tmp\n"
    "file:///etc/passwd\t/tmp\n"
    "practice:../../etc\t/tmp\n"
    "practice:\t/tmp\n"
    "http://example.org/relative\tDownloads\n"
    "http://example.org/bad-escape\t/tmp%zz\n"
    "no tab\n"
    "\t\n"
    "\n"
    "\377\376\t/tmp\n"
    "practice:2.png\t/tmp";
  g_autoptr (GPtrArray) unfinished = NULL;

  g_assert_cmpint (g_mkdir_with_parents (fixture->folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (fixture->path, text, sizeof text - 1, NULL));
  unfinished = load ();
  g_assert_cmpuint (unfinished->len, ==, 2);
  assert_unfinished (unfinished, 0, "http://example.org/good", "/tmp");
  assert_unfinished (unfinished, 1, "practice:2.png", "/tmp");
}

static void
test_no_plain_file (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (GPtrArray) unfinished = NULL;
  g_autoptr (GPtrArray) followed = NULL;

  g_assert_cmpint (g_mkdir_with_parents (fixture->folder, 0700), ==, 0);
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  unfinished = load ();
  g_assert_cmpuint (unfinished->len, ==, 0);

  g_unlink (fixture->path);
  g_assert_cmpint (symlink ("/dev/zero", fixture->path), ==, 0);
  followed = load ();
  g_assert_cmpuint (followed->len, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *data_home = g_dir_make_tmp ("skein-XXXXXX", NULL);
  int status;

  g_assert_nonnull (data_home);
  g_setenv ("XDG_DATA_HOME", data_home, TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/unfinished/round-trip", Fixture, NULL, set_up, test_round_trip, tear_down);
  g_test_add ("/unfinished/none-removes", Fixture, NULL, set_up, test_none_removes, tear_down);
  g_test_add ("/unfinished/last-save-wins", Fixture, NULL, set_up, test_last_save_wins, tear_down);
  g_test_add ("/unfinished/hostile", Fixture, NULL, set_up, test_hostile, tear_down);
  g_test_add ("/unfinished/no-plain-file", Fixture, NULL, set_up, test_no_plain_file, tear_down);

  status = g_test_run ();
  g_rmdir (data_home);

  return status;
}
