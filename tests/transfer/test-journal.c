/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-journal.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "skein-error.h"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("skein-journal-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "journal", NULL);
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
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static SkeinJournal *
open_journal (Fixture *fixture)
{
  GError *problem = NULL;
  SkeinJournal *journal = skein_journal_open (fixture->path, TRUE, &problem);

  g_assert_no_error (problem);

  return journal;
}

static SkeinKey
key_of (SkeinJournal *journal,
        Fixture      *fixture,
        const char   *address)
{
  return skein_journal_key_of (journal, address, fixture->folder, NULL);
}

/* As a transfer does it; without @finish it was killed before the rename. */
static void
download (Fixture      *fixture,
          SkeinJournal *journal,
          const char   *address,
          gboolean      finishes)
{
  g_autoptr (SkeinPartFile) file = skein_part_file_create (fixture->folder, "name", NULL);
  SkeinKey key = key_of (journal, fixture, address);
  g_autofree char *path = NULL;

  g_assert_true (skein_part_file_write (file, (const guint8 *) "hello", 5, 0, NULL));
  skein_journal_note (journal, &key, file);
  if (finishes)
    path = skein_part_file_finish (file, NULL);
}

/* Noted and not there is not there, even if another file of the same size has got the name since. */
static void
test_before_the_rename (Fixture       *fixture,
                        gconstpointer  data)
{
  SkeinJournal *journal = open_journal (fixture);
  SkeinKey a = key_of (journal, fixture, "a");
  SkeinKey b = key_of (journal, fixture, "b");

  download (fixture, journal, "a", FALSE);
  skein_journal_unref (journal);
  journal = open_journal (fixture);
  g_assert_false (skein_journal_has (journal, &a));

  download (fixture, journal, "b", TRUE);
  skein_journal_unref (journal);
  journal = open_journal (fixture);
  g_assert_false (skein_journal_has (journal, &a));
  g_assert_true (skein_journal_has (journal, &b));
  skein_journal_unref (journal);
}

/* What a kill behind the rename leaves goes away. */
static void
test_behind_the_rename (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autofree char *record = g_build_filename (fixture->folder, "name.part.skein", NULL);
  g_autofree char *old = g_build_filename (fixture->folder, "name.part.old", NULL);
  SkeinJournal *journal = open_journal (fixture);
  SkeinKey a = key_of (journal, fixture, "a");

  download (fixture, journal, "a", TRUE);
  skein_journal_unref (journal);
  g_assert_true (g_file_set_contents (record, "anything", -1, NULL));
  g_assert_true (g_file_set_contents (old, "anything", -1, NULL));
  journal = open_journal (fixture);
  g_assert_true (skein_journal_has (journal, &a));
  g_assert_false (g_file_test (record, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (old, G_FILE_TEST_EXISTS));
  skein_journal_unref (journal);
}

/* A copy on another disk has other inodes, one that was touched other times. */
static void
test_one_mark_is_enough (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "name", NULL);
  g_autofree char *copy = g_build_filename (fixture->folder, "copy", NULL);
  const struct timespec old[2] = { { 1, 0 }, { 1, 0 } };
  SkeinJournal *journal = open_journal (fixture);
  SkeinKey a = key_of (journal, fixture, "a");
  struct stat info;

  download (fixture, journal, "a", TRUE);
  skein_journal_unref (journal);

  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_true (g_file_set_contents (copy, "olleh", -1, NULL));
  {
    const struct timespec same[2] = { info.st_atim, info.st_mtim };

    g_assert_cmpint (utimensat (AT_FDCWD, copy, same, 0), ==, 0);
  }
  g_assert_cmpint (g_rename (copy, path), ==, 0);
  journal = open_journal (fixture);
  g_assert_true (skein_journal_has (journal, &a));
  skein_journal_unref (journal);

  g_assert_cmpint (utimensat (AT_FDCWD, path, old, 0), ==, 0);
  journal = open_journal (fixture);
  g_assert_false (skein_journal_has (journal, &a));
  skein_journal_unref (journal);
}

static void
assert_left_alone (Fixture *fixture)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (SkeinJournal) journal = skein_journal_open (fixture->path, TRUE, &problem);
  SkeinKey a = key_of (journal, fixture, "a");

  g_assert_error (problem, SKEIN_ERROR, SKEIN_ERROR_BAD_RECORD);
  g_assert_false (skein_journal_has (journal, &a));
}

static void
test_no_journal (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *linked = g_build_filename (fixture->folder, "linked", NULL);

  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  assert_left_alone (fixture);
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);

  skein_journal_unref (open_journal (fixture));
  g_assert_cmpint (link (fixture->path, linked), ==, 0);
  assert_left_alone (fixture);
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);

  g_assert_true (g_file_set_contents (fixture->path, "http://example.org/\n", -1, NULL));
  assert_left_alone (fixture);

  /* Killed while it wrote the first line. */
  g_assert_true (g_file_set_contents (fixture->path, "Skein jou", -1, NULL));
  skein_journal_unref (open_journal (fixture));
  skein_journal_unref (open_journal (fixture));
}

int
main (int   argc,
      char *argv[])
{
  skein_part_file_init ();
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/journal/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("before-the-rename", test_before_the_rename);
  ADD ("behind-the-rename", test_behind_the_rename);
  ADD ("one-mark-is-enough", test_one_mark_is_enough);
  ADD ("no-journal", test_no_journal);

  return g_test_run ();
}
