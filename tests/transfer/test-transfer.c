/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transfer-fixture.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "skein-error.h"

static void
test_sizes (Fixture       *fixture,
            gconstpointer  data)
{
  const guint64 sizes[] = { 0, 1, 65535, 65536, 1048575, 1048576, 1048577, 5000000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *target = g_strdup_printf ("/bytes/%" G_GUINT64_FORMAT, sizes[i]);

      fixture_run (fixture, target);
      fixture_assert_file (fixture, sizes[i]);
      g_assert_true (skein_transfer_get_length_known (fixture->transfer));
    }
}

static void
test_connection_is_kept (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (GPtrArray) requests = NULL;
  guint64 connection;

  for (guint i = 0; i < 5; i++)
    {
      fixture_run (fixture, "/bytes/20000");
      fixture_assert_file (fixture, 20000);
    }

  requests = skein_practice_server_dup_requests (fixture->server);
  g_assert_cmpuint (requests->len, ==, 5);
  connection = skein_practice_request_get_connection (g_ptr_array_index (requests, 0));
  for (guint i = 1; i < requests->len; i++)
    g_assert_cmpuint (skein_practice_request_get_connection (g_ptr_array_index (requests, i)),
                      ==, connection);
}

static void
test_request_headers (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (GPtrArray) requests = NULL;
  SkeinPracticeRequest *request;

  fixture_run (fixture, "/bytes/10");
  requests = skein_practice_server_dup_requests (fixture->server);
  request = g_ptr_array_index (requests, 0);

  g_assert_cmpstr (skein_practice_request_get_header (request, "accept-encoding"), ==, "identity");
  g_assert_true (g_str_has_prefix (skein_practice_request_get_header (request, "user-agent"),
                                   "Skein/"));
  g_assert_null (skein_practice_request_get_header (request, "authorization"));
  g_assert_null (skein_practice_request_get_header (request, "cookie"));
  g_assert_null (skein_practice_request_get_header (request, "referer"));
}

static void
test_unknown_length (Fixture       *fixture,
                     gconstpointer  data)
{
  fixture_run (fixture, "/bytes/300000?no-length=1&ranges=no");
  fixture_assert_file (fixture, 300000);
  g_assert_false (skein_transfer_get_length_known (fixture->transfer));

  fixture_run (fixture, "/bytes/300000?chunked=1&ranges=no");
  fixture_assert_file (fixture, 300000);
  g_assert_true (skein_transfer_get_length_known (fixture->transfer));
}

static void
test_names (Fixture       *fixture,
            gconstpointer  data)
{
  const struct { const char *target; const char *name; } cases[] = {
    { "/bytes/10", "10" },
    { "/bytes/10?disposition=attachment%3B%20filename%3D%22a%20b.txt%22", "a b.txt" },
    { "/bytes/10?disposition=attachment%3B%20filename%3D%22..%2F..%2Fx%22", "x" },
    { "/bytes/10?disposition=attachment%3B%20filename%3D%22..%22", "10 (2)" },
    { "/bytes/10?redirect=/pictures/1.png", "1.png" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *base = NULL;

      fixture_run (fixture, cases[i].target);
      g_assert_no_error (fixture->error);
      base = g_path_get_basename (skein_transfer_get_path (fixture->transfer));
      g_assert_cmpstr (base, ==, cases[i].name);
    }
}

static void
test_nothing_is_replaced (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autofree char *names = NULL;
  g_autofree char *theirs = g_build_filename (fixture->folder, "a.tar.gz", NULL);
  g_autofree char *other_part = g_build_filename (fixture->folder, "a (2).tar.gz.part", NULL);
  g_autofree char *contents = NULL;

  g_assert_true (g_file_set_contents (theirs, "mine", -1, NULL));
  g_assert_true (g_file_set_contents (other_part, "somebody's", -1, NULL));

  fixture_run_full (fixture, "/bytes/10", NULL, "a.tar.gz", NULL);
  fixture_assert_file (fixture, 10);
  names = fixture_dup_names (fixture);
  g_assert_cmpstr (names, ==, "a (2).tar.gz.part a (3).tar.gz a.tar.gz");
  g_assert_true (g_file_get_contents (theirs, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "mine");
}

static void
test_login_for_its_origin_alone (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SkeinPracticeServer) other = skein_practice_server_new (0, NULL, &error);
  g_autofree char *target = NULL;
  g_autoptr (GPtrArray) requests = NULL;

  g_assert_true (fixture_run_full (fixture, "/bytes/10?auth=me:secret", "me:secret", NULL, NULL));
  g_assert_false (fixture_run (fixture, "/bytes/10?auth=me:secret"));
  g_assert_error (fixture->error, SKEIN_HTTP_STATUS, 401);

  target = g_strdup_printf ("/bytes/10?redirect=%s/bytes/10",
                            skein_practice_server_get_address (other));
  g_assert_true (fixture_run_full (fixture, target, "me:secret", NULL, NULL));
  requests = skein_practice_server_dup_requests (other);
  g_assert_cmpuint (requests->len, ==, 1);
  g_assert_null (skein_practice_request_get_header (g_ptr_array_index (requests, 0),
                                                    "authorization"));
}

static void
test_status (Fixture       *fixture,
             gconstpointer  data)
{
  const int statuses[] = { 400, 401, 403, 404, 410, 416, 421, 429, 500, 503, 300, 304, 204, 205 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *target = g_strdup_printf ("/bytes/10?status=%d", statuses[i]);

      g_assert_false (fixture_run (fixture, target));
      g_assert_error (fixture->error, SKEIN_HTTP_STATUS, statuses[i]);
      fixture_assert_no_file (fixture);
    }
}

/* R7: a part that nobody asked for. */
static void
test_part_unasked (Fixture       *fixture,
                   gconstpointer  data)
{
  g_assert_false (fixture_run (fixture, "/bytes/10?status=206"));
  g_assert_error (fixture->error, SKEIN_ERROR, SKEIN_ERROR_PROTOCOL);
  fixture_assert_no_file (fixture);
}

static void
test_dead_hosts (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *refused = g_strdup (skein_practice_server_get_address (fixture->server));

  skein_practice_server_stop (fixture->server);
  g_assert_false (fixture_run (fixture, refused));
  g_assert_error (fixture->error, SKEIN_ERROR, SKEIN_ERROR_CONNECT);

  g_assert_false (fixture_run (fixture, "http://there-is-no-such-host.invalid/x"));
  g_assert_error (fixture->error, SKEIN_ERROR, SKEIN_ERROR_HOST_NOT_FOUND);
}

static void
test_times (Fixture       *fixture,
            gconstpointer  data)
{
  fixture->timeouts = (SkeinTimeouts) { 100000, 60 * G_USEC_PER_SEC, 60 * G_USEC_PER_SEC };
  g_assert_false (fixture_run (fixture, "/bytes/10?stall-headers=1"));
  g_assert_error (fixture->error, SKEIN_ERROR, SKEIN_ERROR_NO_ANSWER);

  fixture->timeouts = (SkeinTimeouts) { 60 * G_USEC_PER_SEC, 100000, 60 * G_USEC_PER_SEC };
  g_assert_false (fixture_run (fixture, "/bytes/100000?stall=5000&ranges=no"));
  g_assert_error (fixture->error, SKEIN_ERROR, SKEIN_ERROR_STALLED);
  fixture_assert_no_file (fixture);

  fixture->timeouts = (SkeinTimeouts) { 60 * G_USEC_PER_SEC, 60 * G_USEC_PER_SEC, 1500000 };
  g_assert_false (fixture_run (fixture, "/bytes/100000?drip=1400&ranges=no"));
  g_assert_error (fixture->error, SKEIN_ERROR, SKEIN_ERROR_TOO_SLOW);
  fixture_assert_no_file (fixture);
}

static void
test_bad_folders (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *kept = g_steal_pointer (&fixture->folder);
  g_autofree char *file = g_build_filename (kept, "file", NULL);

  g_assert_true (g_file_set_contents (file, "x", -1, NULL));
  fixture->folder = g_strdup (file);
  g_assert_false (fixture_run (fixture, "/bytes/10"));
  g_assert_error (fixture->error, SKEIN_ERROR, SKEIN_ERROR_FOLDER);

  g_free (fixture->folder);
  fixture->folder = g_strdup ("/proc/self/nowhere");
  g_assert_false (fixture_run (fixture, "/bytes/10"));
  g_assert_nonnull (fixture->error);

  g_free (fixture->folder);
  fixture->folder = g_build_filename (kept, "new", "deep", NULL);
  fixture_run (fixture, "/bytes/10");
  fixture_assert_file (fixture, 10);

  g_free (fixture->folder);
  fixture->folder = g_steal_pointer (&kept);
}

static void
test_next_attempt_takes_the_part_over (Fixture       *fixture,
                                       gconstpointer  data)
{
  g_autofree char *names = NULL;
  g_autofree char *part = g_build_filename (fixture->folder, "10000.part", NULL);
  SkeinTransfer *again;
  GStatBuf info;

  g_assert_false (fixture_run (fixture, "/bytes/10000?cut=5000&ranges=no"));
  names = fixture_dup_names (fixture);
  g_assert_cmpstr (names, ==, "10000.part");
  g_assert_cmpint (g_stat (part, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  again = skein_transfer_new_after (fixture->transfer);
  g_clear_error (&fixture->error);
  g_assert_false (skein_transfer_run (again, &fixture->context, NULL, &fixture->error));
  g_free (names);
  names = fixture_dup_names (fixture);
  g_assert_cmpstr (names, ==, "10000.part");

  g_assert_true (skein_transfer_discard (again, &fixture->context, NULL, NULL));
  g_free (names);
  names = fixture_dup_names (fixture);
  g_assert_cmpstr (names, ==, "");
  skein_transfer_unref (again);
}

static void
test_a_part_that_was_exchanged (Fixture       *fixture,
                                gconstpointer  data)
{
  g_autofree char *part = g_build_filename (fixture->folder, "10000.part", NULL);
  g_autofree char *victim = g_build_filename (fixture->folder, "victim", NULL);
  g_autofree char *contents = NULL;
  SkeinTransfer *again;

  g_assert_true (g_file_set_contents (victim, "untouched", -1, NULL));
  g_assert_false (fixture_run (fixture, "/bytes/10000?cut=5000&ranges=no"));
  g_assert_cmpint (g_unlink (part), ==, 0);
  g_assert_cmpint (symlink (victim, part), ==, 0);

  again = skein_transfer_new_after (fixture->transfer);
  g_clear_error (&fixture->error);
  g_assert_false (skein_transfer_run (again, &fixture->context, NULL, &fixture->error));
  g_assert_error (fixture->error, SKEIN_ERROR, SKEIN_ERROR_TRUNCATED);
  g_assert_true (skein_transfer_discard (again, &fixture->context, NULL, NULL));
  g_assert_true (g_file_get_contents (victim, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "untouched");
  g_assert_true (g_file_test (part, G_FILE_TEST_IS_SYMLINK));
  skein_transfer_unref (again);
}

static void
test_encoded (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *base = NULL;

  fixture_run (fixture, "/bytes/5000?encoding=gzip");
  fixture_assert_file (fixture, 5000);
  base = g_path_get_basename (skein_transfer_get_path (fixture->transfer));
  g_assert_cmpstr (base, ==, "5000.gz");
}

static gpointer
remove_folder_thread (gpointer data)
{
  Fixture *fixture = data;
  g_autofree char *part = g_build_filename (fixture->folder, "gone", "1M.part", NULL);
  g_autofree char *folder = g_path_get_dirname (part);
  SkeinProgressSnapshot now = { 0 };

  while (now.received == 0)
    {
      skein_progress_get (skein_transfer_get_progress (fixture->transfer), &now);
      g_thread_yield ();
    }
  g_assert_cmpint (g_unlink (part), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);

  return NULL;
}

/* F7: nothing is written elsewhere, and the next attempt makes the folder again. */
static void
test_folder_vanishes (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree char *uri = g_strconcat (skein_practice_server_get_address (fixture->server), "/bytes/1M?rate=1M", NULL);
  g_autofree char *folder = g_build_filename (fixture->folder, "gone", NULL);
  g_autofree char *names = NULL;
  GThread *thread;

  fixture->transfer = skein_transfer_new (uri, NULL, folder, NULL);
  thread = g_thread_new ("remove", remove_folder_thread, fixture);
  g_assert_false (skein_transfer_run (fixture->transfer, &fixture->context, NULL, &fixture->error));
  g_thread_join (thread);
  g_assert_error (fixture->error, SKEIN_ERROR, SKEIN_ERROR_FOLDER);
  names = fixture_dup_names (fixture);
  g_assert_cmpstr (names, ==, "");

  g_clear_error (&fixture->error);
  g_assert_true (fixture_run_again (fixture));
  fixture_assert_file (fixture, 1024 * 1024);
}

/* All the room is taken before the first bytes, and not once more by the next attempt. */
static void
test_preallocate (Fixture       *fixture,
                  gconstpointer  data)
{
  const guint64 size = 4 * 1024 * 1024;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *uri = g_strconcat (skein_practice_server_get_address (fixture->server), "/bytes/4M?rate=4M", NULL);
  g_autofree char *part = g_build_filename (fixture->folder, "4M.part", NULL);
  struct stat info;
  GThread *thread;

  fixture->transfer = skein_transfer_new (uri, NULL, fixture->folder, NULL);
  skein_transfer_set_preallocate (fixture->transfer, TRUE);
  thread = fixture_cancel_at (fixture->transfer, cancellable, 1);
  g_assert_false (skein_transfer_run (fixture->transfer, &fixture->context, cancellable, NULL));
  g_thread_join (thread);
  g_assert_cmpint (stat (part, &info), ==, 0);
  g_assert_cmpint (info.st_size, <, (goffset) size);
  g_assert_cmpint (info.st_blocks * 512, >=, (goffset) size);

  g_assert_true (fixture_run_again (fixture));
  fixture_assert_file (fixture, size);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) \
  g_test_add ("/transfer/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("sizes", test_sizes);
  ADD ("connection-is-kept", test_connection_is_kept);
  ADD ("request-headers", test_request_headers);
  ADD ("unknown-length", test_unknown_length);
  ADD ("names", test_names);
  ADD ("nothing-is-replaced", test_nothing_is_replaced);
  ADD ("login-for-its-origin-alone", test_login_for_its_origin_alone);
  ADD ("status", test_status);
  ADD ("part-unasked", test_part_unasked);
  ADD ("dead-hosts", test_dead_hosts);
  ADD ("times", test_times);
  ADD ("bad-folders", test_bad_folders);
  ADD ("next-attempt-takes-the-part-over", test_next_attempt_takes_the_part_over);
  ADD ("a-part-that-was-exchanged", test_a_part_that_was_exchanged);
  ADD ("encoded", test_encoded);
  ADD ("folder-vanishes", test_folder_vanishes);
  ADD ("preallocate", test_preallocate);

  return g_test_run ();
}
