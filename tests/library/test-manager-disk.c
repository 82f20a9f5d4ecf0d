/* SPDX-License-Identifier: GPL-3.0-or-later */
/* F1, F2, F7: a disk that is full, on a small file system of our own, and a folder that goes. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include "skein-error.h"
#include "skein-manager.h"
#include "skein-practice-server.h"
#include "skein-threads-runner.h"
#include "skein-transfer.h"

#define DEADLINE_SECONDS 60

typedef struct
{
  SkeinPracticeServer *server;
  SkeinHostTable *hosts;
  SkeinRunner *threads;
  SkeinManager *manager;
  char *folder;
} Fixture;

/* Whether we may mount: seen by this process alone. Before there are threads. */
static gboolean
make_namespace (void)
{
  uid_t uid = getuid ();
  g_autofree char *map = g_strdup_printf ("0 %u 1\n", uid);
  int fd;

  if (unshare (CLONE_NEWNS | (uid != 0 ? CLONE_NEWUSER : 0)) != 0)
    return FALSE;
  if (uid != 0)
    {
      fd = open ("/proc/self/uid_map", O_WRONLY | O_CLOEXEC);
      if (fd < 0 || write (fd, map, strlen (map)) != (gssize) strlen (map))
        return FALSE;
      close (fd);
    }

  return mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;
}

static gboolean
resize (Fixture    *fixture,
        const char *size,
        gulong      flags)
{
  return mount ("tmpfs", fixture->folder, "tmpfs", flags, size) == 0;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  alarm (DEADLINE_SECONDS);
  fixture->server = skein_practice_server_new (0, NULL, NULL);
  g_assert_nonnull (fixture->server);
  fixture->hosts = skein_host_table_new (SKEIN_HOST_TABLE_DEFAULT_PER_HOST, SKEIN_HOST_TABLE_DEFAULT_IN_ALL);
  fixture->threads = skein_threads_runner_new (5, fixture->hosts);
  fixture->manager = skein_manager_new (fixture->threads);
  fixture->folder = g_dir_make_tmp ("skein-XXXXXX", NULL);
  g_assert_true (resize (fixture, "size=4m", 0));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  skein_runner_shutdown (fixture->threads);
  g_assert_finalize_object (fixture->manager);
  g_object_unref (fixture->threads);
  skein_host_table_unref (fixture->hosts);
  skein_practice_server_free (fixture->server);
  umount2 (fixture->folder, MNT_DETACH);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  alarm (0);
}

static SkeinDownload *
add (Fixture    *fixture,
     const char *rest)
{
  g_autofree char *address = g_strconcat (skein_practice_server_get_address (fixture->server), rest, NULL);
  const SkeinDownloadOptions options = { .connections = 1 };

  return skein_manager_add_full (fixture->manager, address, fixture->folder, &options);
}

static void
wait_for_state (SkeinDownload      *download,
                SkeinDownloadState  state)
{
  while (skein_download_get_state (download) != state)
    g_main_context_iteration (NULL, TRUE);
}

static guint
count_requests (Fixture *fixture)
{
  g_autoptr (GPtrArray) requests = skein_practice_server_dup_requests (fixture->server);

  return requests->len;
}

static void
assert_full (SkeinDownload *download)
{
  g_assert_error (skein_download_get_error (download), SKEIN_ERROR, SKEIN_ERROR_NO_SPACE);
  g_assert_cmpstr (skein_download_get_facts (download), ==, "The disk is full. Free some space, then resume.");
}

/* The length is known, so it is not even begun. */
static void
test_no_room (Fixture       *fixture,
              gconstpointer  data)
{
  SkeinDownload *download = add (fixture, "/bytes/6M");

  wait_for_state (download, SKEIN_DOWNLOAD_PAUSED);
  assert_full (download);
  g_assert_cmpuint (skein_download_get_received (download), <, 1024 * 1024);
  g_assert_cmpuint (count_requests (fixture), ==, 1);

  g_assert_true (resize (fixture, "size=8m", MS_REMOUNT));
  skein_manager_resume (fixture->manager, download);
  wait_for_state (download, SKEIN_DOWNLOAD_FINISHED);
}

/* Somebody else fills it meanwhile: what came stays, and is not fetched again. */
static void
test_filled_meanwhile (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autofree char *other = g_build_filename (fixture->folder, "other", NULL);
  g_autofree char *filling = g_malloc0 (2 * 1024 * 1024);
  SkeinDownload *download = add (fixture, "/bytes/3M?rate=3M");
  g_autoptr (GPtrArray) requests = NULL;
  const char *range;

  while (skein_download_get_received (download) < 1024 * 1024)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_file_set_contents_full (other, filling, 2 * 1024 * 1024, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  wait_for_state (download, SKEIN_DOWNLOAD_PAUSED);
  assert_full (download);

  g_assert_cmpint (g_unlink (other), ==, 0);
  skein_manager_resume (fixture->manager, download);
  wait_for_state (download, SKEIN_DOWNLOAD_FINISHED);
  requests = skein_practice_server_dup_requests (fixture->server);
  g_assert_cmpuint (requests->len, ==, 2);
  range = skein_practice_request_get_header (g_ptr_array_index (requests, 1), "range");
  g_test_message ("went on with %s", range);
  g_assert_true (g_str_has_prefix (range, "bytes="));
  g_assert_cmpuint (g_ascii_strtoull (range + strlen ("bytes="), NULL, 10), >, 500000);
}

/* Others, on another disk, go on. */
static void
test_others_go_on (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *folder = g_dir_make_tmp ("skein-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "6M", NULL);
  g_autofree char *address = g_strconcat (skein_practice_server_get_address (fixture->server), "/bytes/6M?other", NULL);
  SkeinDownload *full = add (fixture, "/bytes/6M");
  SkeinDownload *other = skein_manager_add (fixture->manager, address, NULL, folder, NULL);

  wait_for_state (full, SKEIN_DOWNLOAD_PAUSED);
  wait_for_state (other, SKEIN_DOWNLOAD_FINISHED);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_read_only (Fixture       *fixture,
                gconstpointer  data)
{
  SkeinDownload *download;

  g_assert_true (resize (fixture, "size=4m", MS_REMOUNT | MS_RDONLY));
  download = add (fixture, "/bytes/1000");
  wait_for_state (download, SKEIN_DOWNLOAD_PAUSED);
  g_assert_error (skein_download_get_error (download), SKEIN_ERROR, SKEIN_ERROR_READ_ONLY);

  g_assert_true (resize (fixture, "size=4m", MS_REMOUNT));
  skein_manager_resume (fixture->manager, download);
  wait_for_state (download, SKEIN_DOWNLOAD_FINISHED);
}

static void
test_folder_gone (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *file = g_build_filename (fixture->folder, "file", NULL);
  g_autofree char *folder = g_build_filename (file, "sub", NULL);
  g_autofree char *address = g_strconcat (skein_practice_server_get_address (fixture->server), "/bytes/1000", NULL);
  SkeinDownload *download;

  g_assert_true (g_file_set_contents (file, "in the way", -1, NULL));
  download = skein_manager_add (fixture->manager, address, NULL, folder, NULL);
  wait_for_state (download, SKEIN_DOWNLOAD_PAUSED);
  g_assert_error (skein_download_get_error (download), SKEIN_ERROR, SKEIN_ERROR_FOLDER);
  g_assert_cmpint (g_unlink (file), ==, 0);
  skein_manager_resume (fixture->manager, download);
  wait_for_state (download, SKEIN_DOWNLOAD_FINISHED);
}

#define ADD_TEST(path, func) g_test_add ("/manager-disk/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  gboolean may_mount = make_namespace ();

  g_test_init (&argc, &argv, NULL);
  if (!may_mount)
    {
      g_print ("1..0 # SKIP nothing can be mounted here\n");
      return 0;
    }
  skein_transfer_init ();

  ADD_TEST ("no-room", test_no_room);
  ADD_TEST ("filled-meanwhile", test_filled_meanwhile);
  ADD_TEST ("others-go-on", test_others_go_on);
  ADD_TEST ("read-only", test_read_only);
  ADD_TEST ("folder-gone", test_folder_gone);

  return g_test_run ();
}
