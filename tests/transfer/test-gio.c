/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "skein-error.h"
#include "skein-resume-record.h"
#include "transfer-fixture.h"

#define SIZE (3 * 1000 * 1000)

static char *
in_folder (Fixture    *fixture,
           const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static char *
address_of (Fixture    *fixture,
            const char *name)
{
  g_autofree char *path = in_folder (fixture, name);

  return g_filename_to_uri (path, NULL, NULL);
}

static guint8 *
make_pattern (guint64 seed)
{
  guint8 *bytes = g_malloc (SIZE);

  skein_practice_pattern_fill (seed, 0, bytes, SIZE);

  return bytes;
}

static void
put_source (Fixture *fixture,
            guint64  seed)
{
  g_autofree char *path = in_folder (fixture, "source.bin");
  g_autofree guint8 *bytes = make_pattern (seed);

  g_assert_true (g_file_set_contents (path, (const char *) bytes, SIZE, NULL));
}

static void
assert_content (Fixture    *fixture,
                const char *name,
                guint64     seed)
{
  g_autofree char *path = in_folder (fixture, name);
  g_autofree guint8 *expected = make_pattern (seed);
  g_autofree char *content = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_cmpmem (content, length, expected, SIZE);
}

static void
assert_names (Fixture    *fixture,
              const char *expected)
{
  g_autofree char *names = fixture_dup_names (fixture);

  g_assert_cmpstr (names, ==, expected);
}

/* Into the very folder it comes from: it is left as it is. */
static void
test_file (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *uri = address_of (fixture, "source.bin");

  put_source (fixture, 1);
  g_assert_true (fixture_run (fixture, uri));
  g_assert_true (skein_transfer_get_length_known (fixture->transfer));
  assert_content (fixture, "source.bin", 1);
  assert_content (fixture, "source (2).bin", 1);
  assert_names (fixture, "source (2).bin source.bin");
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *path = in_folder (fixture, "empty");
  g_autofree char *uri = address_of (fixture, "empty");

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_assert_true (fixture_run_full (fixture, uri, NULL, "other", NULL));
  assert_names (fixture, "empty other");
}

static void
assert_refused (Fixture    *fixture,
                const char *uri,
                SkeinError  code)
{
  g_test_message ("%s", uri);
  g_assert_false (fixture_run (fixture, uri));
  g_assert_error (fixture->error, SKEIN_ERROR, (int) code);
}

/* What would never end, never begin, or is no file. */
static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *pipe_path = in_folder (fixture, "pipe");
  g_autofree char *pipe_uri = address_of (fixture, "pipe");
  g_autofree char *closed_path = in_folder (fixture, "closed");
  g_autofree char *closed_uri = address_of (fixture, "closed");
  g_autofree char *missing_uri = address_of (fixture, "missing");

  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  assert_refused (fixture, pipe_uri, SKEIN_ERROR_NOT_A_FILE);
  assert_refused (fixture, "file:///dev/zero", SKEIN_ERROR_NOT_A_FILE);
  assert_refused (fixture, "file:///tmp", SKEIN_ERROR_NOT_A_FILE);
  assert_refused (fixture, missing_uri, SKEIN_ERROR_NOT_FOUND);

  g_assert_true (g_file_set_contents (closed_path, "x", 1, NULL));
  g_assert_cmpint (g_chmod (closed_path, 0), ==, 0);
  if (access (closed_path, R_OK) != 0)
    assert_refused (fixture, closed_uri, SKEIN_ERROR_UNREADABLE);
  assert_names (fixture, "closed pipe");
}

/* The tests have no GVfs. */
static void
test_no_mounts (Fixture       *fixture,
                gconstpointer  data)
{
  static const char *const schemes[] = { "ftp", "ftps", "sftp", "smb", "dav", "davs" };

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      g_autofree char *uri = g_strconcat (schemes[i], "://127.0.0.1/a", NULL);

      assert_refused (fixture, uri, SKEIN_ERROR_NO_BACKEND);
    }
  assert_names (fixture, "");
}

static void
test_data (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *path = in_folder (fixture, "download.png");
  g_autofree char *content = NULL;

  g_assert_true (fixture_run (fixture, "data:image/png;base64,aGVsbG8="));
  g_assert_true (skein_transfer_get_length_known (fixture->transfer));
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "hello");
  g_assert_true (fixture_run (fixture, "data:,"));
  assert_names (fixture, "download.png download.txt");
}

/* Slowly, and ended behind the first megabyte: with a record of that. */
static SkeinTransfer *
run_in_part (Fixture *fixture)
{
  g_autofree char *uri = address_of (fixture, "source.bin");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  SkeinTransfer *transfer = skein_transfer_new (uri, NULL, fixture->folder, "target.bin");
  GThread *canceller;

  skein_transfer_set_limit (transfer, SIZE);
  canceller = fixture_cancel_at (transfer, cancellable, SIZE / 3);
  g_assert_false (skein_transfer_run (transfer, &fixture->context, cancellable, &error));
  g_thread_join (canceller);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  return transfer;
}

static guint64
run_rest (Fixture       *fixture,
          SkeinTransfer *previous)
{
  g_autoptr (SkeinTransfer) transfer = skein_transfer_new_after (previous);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = in_folder (fixture, "target.bin.part");
  SkeinProgressSnapshot now;
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  skein_transfer_set_limit (transfer, 0);
  g_assert_true (skein_transfer_run (transfer, &fixture->context, NULL, &error));
  g_assert_no_error (error);
  skein_progress_get (skein_transfer_get_progress (transfer), &now);
  g_assert_cmpuint (now.received, ==, SIZE);

  return (guint64) info.st_size;
}

static void
test_resume (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (SkeinTransfer) first = NULL;
  g_autofree char *record = in_folder (fixture, "target.bin.part.skein");

  put_source (fixture, 1);
  first = run_in_part (fixture);
  g_assert_true (g_file_test (record, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (run_rest (fixture, first), >=, SIZE / 3);
  assert_content (fixture, "target.bin", 1);
  assert_names (fixture, "source.bin target.bin");
}

/* Another file of the same size, and, with data, of the same time: never half of each. */
static void
test_changed (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (SkeinTransfer) first = NULL;
  g_autofree char *path = in_folder (fixture, "source.bin");
  struct stat info;

  put_source (fixture, 1);
  first = run_in_part (fixture);
  g_assert_cmpint (stat (path, &info), ==, 0);
  put_source (fixture, 2);
  if (data != NULL)
    {
      const struct timespec same[2] = { info.st_atim, info.st_mtim };

      g_assert_cmpint (utimensat (AT_FDCWD, path, same, 0), ==, 0);
    }
  run_rest (fixture, first);
  assert_content (fixture, "target.bin", 2);
  assert_names (fixture, "source.bin target.bin");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, data, func) g_test_add ("/gio/" name, Fixture, data, fixture_set_up, func, fixture_tear_down)
  ADD ("file", NULL, test_file);
  ADD ("empty", NULL, test_empty);
  ADD ("refused", NULL, test_refused);
  ADD ("no-mounts", NULL, test_no_mounts);
  ADD ("data", NULL, test_data);
  ADD ("resume", NULL, test_resume);
  ADD ("changed", NULL, test_changed);
  ADD ("changed-in-secret", "same time", test_changed);

  return g_test_run ();
}
