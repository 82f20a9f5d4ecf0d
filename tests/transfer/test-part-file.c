/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-part-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "skein-error.h"
#include "skein-file-name.h"

typedef struct
{
  char *folder;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("skein-part-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
}

static void
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
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

static char *
in_folder (Fixture    *fixture,
           const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static void
test_finish (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SkeinPartFile) file = skein_part_file_create (fixture->folder, "a.txt", &error);
  g_autofree char *path = NULL;
  g_autofree char *contents = NULL;
  GStatBuf info;

  g_assert_no_error (error);
  g_assert_true (skein_part_file_write (file, (const guint8 *) "world", 5, 6, &error));
  g_assert_true (skein_part_file_write (file, (const guint8 *) "hello ", 6, 0, &error));
  g_assert_true (skein_part_file_sync (file, &error));
  path = skein_part_file_finish (file, &error);
  g_assert_no_error (error);

  g_assert_true (g_str_has_suffix (path, "/a.txt"));
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "hello world");
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0640);
}

static void
test_name_taken_meanwhile (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autoptr (SkeinPartFile) file = skein_part_file_create (fixture->folder, "a.txt", NULL);
  g_autofree char *theirs = in_folder (fixture, "a.txt");
  g_autofree char *contents = NULL;
  g_autofree char *path = NULL;

  g_assert_true (g_file_set_contents (theirs, "theirs", -1, NULL));
  path = skein_part_file_finish (file, NULL);
  g_assert_true (g_str_has_suffix (path, "/a (2).txt"));
  g_assert_true (g_file_get_contents (theirs, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "theirs");
}

/* Many threads want one name: each gets one of its own, and nothing is lost. */
static gpointer
finish_thread (gpointer data)
{
  Fixture *fixture = data;

  for (guint i = 0; i < 25; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SkeinPartFile) file = skein_part_file_create (fixture->folder, "same.bin", &error);
      g_autofree char *path = NULL;

      g_assert_no_error (error);
      path = skein_part_file_finish (file, &error);
      g_assert_no_error (error);
    }

  return NULL;
}

static void
test_one_name_for_many (Fixture       *fixture,
                        gconstpointer  data)
{
  GThread *threads[4];
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("finish", finish_thread, fixture);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);

  dir = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_assert_true (g_str_has_suffix (name, ".bin"));
      n++;
    }
  g_assert_cmpuint (n, ==, 100);
}

static void
fill_with (Fixture    *fixture,
           const char *name,
           guint       most)
{
  for (guint i = 1; i <= most; i++)
    {
      g_autofree char *numbered = i > 1 ? skein_file_name_numbered (name, i) : g_strdup (name);
      g_autofree char *path = in_folder (fixture, numbered);
      int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

      g_assert_cmpint (fd, >=, 0);
      close (fd);
    }
}

/* Processor time of this thread, in nanoseconds, for the next files of a name. */
static gint64
time_next (Fixture    *fixture,
           const char *name,
           guint       first)
{
  struct timespec begin;
  struct timespec end;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &begin);
  for (guint i = first; i < first + 50; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SkeinPartFile) file = skein_part_file_create (fixture->folder, name, &error);
      g_autofree char *expected = skein_file_name_numbered (name, i);
      g_autofree char *path = NULL;

      g_assert_no_error (error);
      path = skein_part_file_finish (file, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (skein_part_file_get_name (file), ==, expected);
    }
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &end);

  return (end.tv_sec - begin.tv_sec) * G_GINT64_CONSTANT (1000000000) + end.tv_nsec - begin.tv_nsec;
}

/* The next of thousands of one name does not ask for each of them: that would take a thousand times as long. */
static void
test_thousands_of_one_name (Fixture       *fixture,
                            gconstpointer  data)
{
  gint64 few;
  gint64 many;

  fill_with (fixture, "few.bin", 8);
  fill_with (fixture, "many.bin", 12000);
  few = time_next (fixture, "few.bin", 9);
  many = time_next (fixture, "many.bin", 12001);
  g_test_message ("%" G_GINT64_FORMAT " and %" G_GINT64_FORMAT " ns", few, many);
  g_assert_cmpint (many, <, 50 * few);
}

static void
test_locked (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SkeinPartFile) file = skein_part_file_create (fixture->folder, "a.txt", NULL);
  SkeinPartId id;

  skein_part_file_get_id (file, &id);
  g_assert_null (skein_part_file_reopen (fixture->folder, &id, &error));
  g_assert_error (error, SKEIN_ERROR, SKEIN_ERROR_IN_USE);
  skein_part_id_clear (&id);
}

/* P2: what a killed program left without a record does not keep the name for ever. */
static void
test_orphan (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *record = in_folder (fixture, "a.txt.part.skein");
  SkeinPartFile *file = skein_part_file_create (fixture->folder, "a.txt", NULL);
  SkeinPartId old;
  SkeinPartId id;

  skein_part_file_get_id (file, &old);
  skein_part_file_close (file);
  file = skein_part_file_create (fixture->folder, "a.txt", NULL);
  g_assert_cmpstr (skein_part_file_get_name (file), ==, "a.txt");
  skein_part_file_get_id (file, &id);
  g_assert_cmpuint (id.inode, !=, old.inode);
  skein_part_file_close (file);

  g_assert_true (g_file_set_contents (record, "anything", -1, NULL));
  file = skein_part_file_create (fixture->folder, "a.txt", NULL);
  g_assert_cmpstr (skein_part_file_get_name (file), ==, "a (2).txt");
  skein_part_file_close (file);
  skein_part_id_clear (&old);
  skein_part_id_clear (&id);
}

/* A part file of another program is left alone. */
static void
test_foreign_part (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *part = in_folder (fixture, "a.txt.part");
  g_autofree char *contents = NULL;
  g_autoptr (SkeinPartFile) file = NULL;

  g_assert_true (g_file_set_contents_full (part, "theirs", -1, 0, 0600, NULL));
  file = skein_part_file_create (fixture->folder, "a.txt", NULL);
  g_assert_cmpstr (skein_part_file_get_name (file), ==, "a (2).txt");
  g_assert_true (g_file_get_contents (part, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "theirs");
}

static void
test_reopen_only_ours (Fixture       *fixture,
                       gconstpointer  data)
{
  SkeinPartFile *file = skein_part_file_create (fixture->folder, "a.txt", NULL);
  g_autofree char *part = in_folder (fixture, "a.txt.part");
  g_autofree char *linked = in_folder (fixture, "linked");
  g_autoptr (SkeinPartFile) again = NULL;
  g_autoptr (GError) error = NULL;
  SkeinPartId id;

  skein_part_file_get_id (file, &id);
  skein_part_file_close (file);

  g_assert_cmpint (link (part, linked), ==, 0);
  g_assert_null (skein_part_file_reopen (fixture->folder, &id, NULL));
  g_unlink (linked);

  again = skein_part_file_reopen (fixture->folder, &id, &error);
  g_assert_no_error (error);
  g_clear_pointer (&again, skein_part_file_close);

  g_assert_cmpint (g_rename (part, linked), ==, 0);
  g_assert_true (g_file_set_contents (part, "other", -1, NULL));
  g_assert_null (skein_part_file_reopen (fixture->folder, &id, NULL));
  g_assert_true (skein_part_file_discard (fixture->folder, &id, NULL));
  g_assert_true (g_file_test (part, G_FILE_TEST_EXISTS));

  g_unlink (part);
  g_assert_cmpint (mkfifo (part, 0600), ==, 0);
  g_assert_null (skein_part_file_reopen (fixture->folder, &id, NULL));
  skein_part_id_clear (&id);
}

static void
test_replaced_before_the_end (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autoptr (SkeinPartFile) file = skein_part_file_create (fixture->folder, "a.txt", NULL);
  g_autofree char *part = in_folder (fixture, "a.txt.part");
  g_autofree char *target = in_folder (fixture, "a.txt");
  g_autoptr (GError) error = NULL;

  g_unlink (part);
  g_assert_true (g_file_set_contents (part, "planted", -1, NULL));
  g_assert_null (skein_part_file_finish (file, &error));
  g_assert_error (error, SKEIN_ERROR, SKEIN_ERROR_IO);
  g_assert_false (g_file_test (target, G_FILE_TEST_EXISTS));
}

static void
test_planted_link (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *part = in_folder (fixture, "a.txt.part");
  g_autofree char *victim = in_folder (fixture, "victim");
  g_autoptr (SkeinPartFile) file = NULL;

  g_assert_cmpint (symlink (victim, part), ==, 0);
  file = skein_part_file_create (fixture->folder, "a.txt", NULL);
  g_assert_cmpstr (skein_part_file_get_name (file), ==, "a (2).txt");
  g_assert_false (g_file_test (victim, G_FILE_TEST_EXISTS));
}

static void
test_file_size_limit (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (SkeinPartFile) file = skein_part_file_create (fixture->folder, "a.txt", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *bytes = g_malloc0 (100000);
  struct rlimit before;
  struct rlimit limit;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  limit = before;
  limit.rlim_cur = 50000;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_false (skein_part_file_write (file, bytes, 100000, 0, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_error (error, SKEIN_ERROR, SKEIN_ERROR_TOO_LARGE);
  /* As much as went stays: a short write is gone on from. */
  g_assert_cmpuint (skein_part_file_get_size (file), ==, 50000);
}

static guint64
get_reserved (Fixture    *fixture,
              const char *name)
{
  g_autofree char *path = in_folder (fixture, name);
  struct stat info;

  g_assert_cmpint (stat (path, &info), ==, 0);

  return (guint64) info.st_blocks * 512;
}

static void
test_no_space (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (SkeinPartFile) file = skein_part_file_create (fixture->folder, "a.txt", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (skein_part_file_check_space (file, 4096, NULL));
  g_assert_false (skein_part_file_check_space (file, G_MAXINT64, &error));
  g_assert_error (error, SKEIN_ERROR, SKEIN_ERROR_NO_SPACE);
}

/* F4: said before the first byte, not after the last that fits. */
static void
test_too_large (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (SkeinPartFile) file = skein_part_file_create (fixture->folder, "a.txt", NULL);
  g_autoptr (GError) error = NULL;
  struct rlimit before;
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  limit = before;
  limit.rlim_cur = 50000;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_true (skein_part_file_check_space (file, 50000, NULL));
  g_assert_false (skein_part_file_check_space (file, 50001, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_error (error, SKEIN_ERROR, SKEIN_ERROR_TOO_LARGE);
}

static void
test_odd_file_systems (void)
{
  static const struct { struct statvfs info; guint64 bytes; gboolean fits; } cases[] = {
    { { .f_frsize = 4096, .f_bsize = 4096, .f_blocks = 100, .f_bavail = 10 }, 10 * 4096, TRUE },
    { { .f_frsize = 4096, .f_bsize = 4096, .f_blocks = 100, .f_bavail = 10 }, 11 * 4096, FALSE },
    { { .f_frsize = 4096, .f_bsize = 1024 * 1024, .f_blocks = 100, .f_bavail = 0 }, 4096, FALSE },
    { { .f_frsize = 4096, .f_bsize = 4096, .f_blocks = 100, .f_bavail = 0 }, 0, TRUE },
    /* Those that say nothing, or half of it. */
    { { .f_frsize = 0 }, G_MAXINT64, TRUE },
    { { .f_frsize = 4096, .f_bsize = 4096 }, G_MAXINT64, TRUE },
    { { .f_frsize = 0, .f_bsize = 0, .f_blocks = 100, .f_bavail = 10 }, G_MAXINT64, TRUE },
    { { .f_frsize = 0, .f_bsize = 512, .f_blocks = 100, .f_bavail = 10 }, 11 * 512, FALSE },
    { { .f_frsize = 512, .f_bsize = 512, .f_blocks = G_MAXUINT64, .f_bavail = G_MAXUINT64 }, G_MAXINT64, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (skein_part_space_fits (&cases[i].info, cases[i].bytes), ==, cases[i].fits);
}

static void
test_reserve (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (SkeinPartFile) file = skein_part_file_create (fixture->folder, "a.txt", NULL);
  g_autoptr (GError) error = NULL;
  const guint64 size = 1024 * 1024;

  g_assert_true (skein_part_file_reserve (file, size, &error));
  g_assert_no_error (error);
  if (get_reserved (fixture, "a.txt.part") < size)
    {
      g_test_skip ("this file system cannot");
      return;
    }
  g_assert_cmpuint (skein_part_file_get_size (file), ==, 0);

  /* What is there is not asked for again, and what is not wanted is given back. */
  g_assert_true (skein_part_file_write (file, (const guint8 *) "abc", 3, 0, NULL));
  g_assert_false (skein_part_file_reserve (file, G_GUINT64_CONSTANT (1) << 42, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (skein_part_file_get_size (file), ==, 3);
  g_assert_cmpuint (get_reserved (fixture, "a.txt.part"), <, size);
}

static void
test_full_disk (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  skein_error_set_from_errno (&error, ENOSPC, "Writing");
  g_assert_error (error, SKEIN_ERROR, SKEIN_ERROR_NO_SPACE);
  g_clear_error (&error);
  skein_error_set_from_errno (&error, EROFS, "Writing");
  g_assert_error (error, SKEIN_ERROR, SKEIN_ERROR_READ_ONLY);
  g_clear_error (&error);
  skein_error_set_from_errno (&error, EIO, "Writing");
  g_assert_error (error, SKEIN_ERROR, SKEIN_ERROR_IO);
}

int
main (int   argc,
      char *argv[])
{
  umask (027);
  skein_part_file_init ();
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/part-file/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("finish", test_finish);
  ADD ("name-taken-meanwhile", test_name_taken_meanwhile);
  ADD ("one-name-for-many", test_one_name_for_many);
  ADD ("thousands-of-one-name", test_thousands_of_one_name);
  ADD ("locked", test_locked);
  ADD ("orphan", test_orphan);
  ADD ("foreign-part", test_foreign_part);
  ADD ("reopen-only-ours", test_reopen_only_ours);
  ADD ("replaced-before-the-end", test_replaced_before_the_end);
  ADD ("planted-link", test_planted_link);
  ADD ("file-size-limit", test_file_size_limit);
  ADD ("no-space", test_no_space);
  ADD ("too-large", test_too_large);
  g_test_add_func ("/part-file/odd-file-systems", test_odd_file_systems);
  ADD ("reserve", test_reserve);
  ADD ("errno", test_full_disk);

  return g_test_run ();
}
