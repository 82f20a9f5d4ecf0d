/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Going on where an earlier attempt stopped, and only there. */
#include "transfer-fixture.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "skein-error.h"

#define SIZE (4 * 1024 * 1024)

static const char *
range_of_request (Fixture *fixture,
                  guint    index)
{
  g_autoptr (GPtrArray) requests = skein_practice_server_dup_requests (fixture->server);

  g_assert_cmpuint (requests->len, >, index);

  return g_intern_string (skein_practice_request_get_header (g_ptr_array_index (requests, index),
                                                             "range"));
}

static const char *
if_range_of_request (Fixture *fixture,
                     guint    index)
{
  g_autoptr (GPtrArray) requests = skein_practice_server_dup_requests (fixture->server);

  return g_intern_string (skein_practice_request_get_header (g_ptr_array_index (requests, index),
                                                             "if-range"));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture_set_up (fixture, data);
  fixture->connections = 1;
  fixture->timeouts.stall = 300000;
}

static void
test_goes_on (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *names = NULL;

  /* Each attempt gets 2 MiB and stalls; its own reconnects count as attempts too. */
  fixture_run (fixture, "/bytes/4M?stall=2097152");
  fixture_assert_file (fixture, SIZE);
  names = fixture_dup_names (fixture);
  g_assert_cmpstr (names, ==, "4M");

  g_assert_cmpstr (range_of_request (fixture, 0), ==, "bytes=0-");
  g_assert_cmpstr (range_of_request (fixture, 1), ==, "bytes=2097152-4194303");
  g_assert_nonnull (if_range_of_request (fixture, 1));
}

/* Cancelled after half of it: part file and record stay. */
static void
run_half (Fixture    *fixture,
          const char *target)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *uri = g_strconcat (skein_practice_server_get_address (fixture->server), target, NULL);
  GThread *thread;

  g_clear_pointer (&fixture->transfer, skein_transfer_unref);
  g_clear_error (&fixture->error);
  fixture->transfer = skein_transfer_new (uri, NULL, fixture->folder, NULL);
  skein_transfer_set_timeouts (fixture->transfer, &fixture->timeouts);
  skein_transfer_set_connections (fixture->transfer, 1);
  thread = fixture_cancel_at (fixture->transfer, cancellable, SIZE / 2);
  g_assert_false (skein_transfer_run (fixture->transfer, &fixture->context, cancellable,
                                      &fixture->error));
  g_thread_join (thread);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  skein_practice_server_clear_requests (fixture->server);
}

static void
test_next_attempt (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *names = NULL;

  run_half (fixture, "/bytes/4M?stall=2500000");
  names = fixture_dup_names (fixture);
  g_assert_cmpstr (names, ==, "4M.part 4M.part.skein");

  fixture_run_again (fixture);
  fixture_assert_file (fixture, SIZE);
  g_assert_cmpstr (range_of_request (fixture, 0), !=, "bytes=0-");
  g_free (names);
  names = fixture_dup_names (fixture);
  g_assert_cmpstr (names, ==, "4M");
}

/* As after a restart of the program: nothing but the folder knows. */
static void
test_next_run (Fixture       *fixture,
               gconstpointer  data)
{
  run_half (fixture, "/bytes/4M?stall=2500000");
  fixture_run (fixture, "/bytes/4M?stall=2500000");
  fixture_assert_file (fixture, SIZE);
  g_assert_cmpstr (range_of_request (fixture, 0), !=, "bytes=0-");
}

/* Nobody's bytes are trusted: a record for a file that has become shorter, longer, or another. */
static void
test_part_tampered (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *part = g_build_filename (fixture->folder, "4M.part", NULL);

  run_half (fixture, "/bytes/4M?stall=2500000");
  g_assert_cmpint (truncate (part, 1000000), ==, 0);
  fixture_run_again (fixture);
  fixture_assert_file (fixture, SIZE);
}

/* What is behind the end of the file is cut off, and what was there before is not fetched again. */
static void
test_part_longer (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *part = g_build_filename (fixture->folder, "4M.part", NULL);

  run_half (fixture, "/bytes/4M?stall=2500000");
  g_assert_cmpint (truncate (part, SIZE + 1000000), ==, 0);
  g_assert_true (fixture_run_again (fixture));
  fixture_assert_file (fixture, SIZE);
  g_assert_cmpstr (range_of_request (fixture, 0), !=, "bytes=0-");
}

static void
test_record_tampered (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree char *record = g_build_filename (fixture->folder, "4M.part.skein", NULL);

  run_half (fixture, "/bytes/4M?stall=2500000");
  g_assert_true (g_file_set_contents (record, "skein-resume 1\naddress x\n", -1, NULL));
  fixture_run_again (fixture);
  g_clear_error (&fixture->error);
  fixture_run (fixture, "/bytes/4M");
  fixture_assert_file (fixture, SIZE);
}

/* V3: without a validator the bytes before the hole are fetched again and compared. */
static void
test_without_validator (Fixture       *fixture,
                        gconstpointer  data)
{
  run_half (fixture, "/bytes/4M?stall=2500000&etag=none&modified=none");
  fixture_run_again (fixture);
  fixture_assert_file (fixture, SIZE);
  g_assert_null (if_range_of_request (fixture, 0));
}

static void
overwrite (const char *path,
           const char *contents,
           gsize       length)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileIOStream) stream = g_file_open_readwrite (file, NULL, NULL);

  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (stream)),
                                            contents, length, NULL, NULL, NULL));
}

/* V2: validators that lie are found out by the bytes. */
static void
test_changed_silently (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autofree char *part = g_build_filename (fixture->folder, "4M.part", NULL);
  g_autofree char *contents = NULL;
  gsize length;

  run_half (fixture, "/bytes/4M?stall=2500000&etag=none&modified=none");
  g_assert_true (g_file_get_contents (part, &contents, &length, NULL));
  memset (contents, 'x', length);
  overwrite (part, contents, length);
  fixture_run_again (fixture);
  fixture_assert_file (fixture, SIZE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) \
  g_test_add ("/resume/" name, Fixture, NULL, set_up, func, fixture_tear_down)
  ADD ("goes-on", test_goes_on);
  ADD ("next-attempt", test_next_attempt);
  ADD ("next-run", test_next_run);
  ADD ("part-tampered", test_part_tampered);
  ADD ("part-longer", test_part_longer);
  ADD ("record-tampered", test_record_tampered);
  ADD ("without-validator", test_without_validator);
  ADD ("changed-silently", test_changed_silently);

  return g_test_run ();
}
