/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checksum files beside the address, from a server of a few lines that has just what a test says. */
#include "transfer-fixture.h"

#include <string.h>

#include "skein-checksum-search.h"
#include "skein-error.h"

#define CONTENT      "hello"
#define SHA256       "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
#define OTHER_SHA256 "486ea46224d1bb4faacfcc4bf8de0a4d3ce5c4d4b4e9d2b1a8cfd1e3e3a2f1aa"
#define MD5          "5d41402abc4b2a76b9719d911017c592"

/* What the file and each path besides it are answered with; of those that are not there: 404. */
typedef struct
{
  const char *path;
  const char *body;    /* nullable: one that never ends */
  const char *head;    /* nullable: the whole head in place of the usual one */
} Page;

/* A body that comes so slowly that it never ends. */
static const char dripping[] = "";

typedef struct
{
  Fixture         fixture;
  GSocketService *service;
  char           *address;
  const Page     *pages;   /* the last has no path */
  GCancellable   *stopper; /* nullable: cancelled when anything is asked for */
  GMutex          mutex;
  GPtrArray      *asked;   /* paths; under the mutex */
} Site;

static char *
read_path (GInputStream *stream)
{
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (stream);
  g_autofree char *first = NULL;
  g_auto (GStrv) words = NULL;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  g_data_input_stream_set_newline_type (lines, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  first = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
  if (first == NULL)
    return NULL;

  for (;;)
    {
      g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);

      if (line == NULL || *line == '\0')
        break;
    }
  words = g_strsplit (first, " ", 3);

  return g_strdup (words[1]);
}

/* A byte now and then, until the other side has had enough. */
static void
drip (GSocketConnection *connection)
{
  GSocket *socket = g_socket_connection_get_socket (connection);
  GOutputStream *stream = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  while (!g_socket_condition_timed_wait (socket, G_IO_IN | G_IO_HUP, 50 * 1000, NULL, NULL) &&
         g_output_stream_write (stream, "#", 1, NULL, NULL) == 1)
    ;
}

static void
send_page (GSocketConnection *connection,
           const Page        *page)
{
  GOutputStream *stream = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_autofree char *usual = NULL;
  const char *head = page->head;
  gsize n;

  if (head == NULL && page->body == dripping)
    head = "HTTP/1.1 200 OK\r\n";
  else if (head == NULL && page->body != NULL)
    head = usual = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n", strlen (page->body));
  else if (head == NULL)
    head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n";
  g_output_stream_write_all (stream, head, strlen (head), &n, NULL, NULL);
  g_output_stream_write_all (stream, "Connection: close\r\n\r\n", 21, &n, NULL, NULL);
  if (page->body == dripping)
    drip (connection);
  else if (page->body != NULL)
    g_output_stream_write_all (stream, page->body, strlen (page->body), &n, NULL, NULL);
  else
    while (g_output_stream_write_all (stream, "41\r\n" SHA256 "\n\r\n", 71, &n, NULL, NULL))
      ;
}

static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection      *connection,
        GObject                *source,
        gpointer                user_data)
{
  Site *site = user_data;
  const Page missing = { "", "none", "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n" };
  const Page file = { "", CONTENT, NULL };
  g_autofree char *path = read_path (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  const Page *page = &missing;

  if (path == NULL)
    return TRUE;

  if (g_str_has_prefix (path, "/d/a%20file.iso") && (path[15] == '\0' || path[15] == '?'))
    page = &file;
  for (guint i = 0; site->pages[i].path != NULL; i++)
    if (g_str_equal (site->pages[i].path, path))
      page = &site->pages[i];

  g_mutex_lock (&site->mutex);
  g_ptr_array_add (site->asked, g_steal_pointer (&path));
  g_mutex_unlock (&site->mutex);
  g_cancellable_cancel (site->stopper);
  send_page (connection, page);

  return TRUE;
}

static void
set_up (Site          *site,
        gconstpointer  data)
{
  guint16 port;

  fixture_set_up (&site->fixture, data);
  g_mutex_init (&site->mutex);
  site->asked = g_ptr_array_new_with_free_func (g_free);
  site->service = g_threaded_socket_service_new (16);
  port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (site->service), NULL, NULL);
  g_assert_cmpuint (port, !=, 0);
  g_signal_connect (site->service, "run", G_CALLBACK (run_cb), site);
  site->address = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_socket_service_start (site->service);
}

static void
tear_down (Site          *site,
           gconstpointer  data)
{
  g_socket_service_stop (site->service);
  g_socket_listener_close (G_SOCKET_LISTENER (site->service));
  g_object_unref (site->service);
  g_ptr_array_unref (site->asked);
  g_mutex_clear (&site->mutex);
  g_free (site->address);
  fixture_tear_down (&site->fixture, data);
}

typedef struct
{
  Site         *site;
  GCancellable *cancellable;
  gboolean      over;
} Run;

static gpointer
run_thread (gpointer data)
{
  Run *run = data;
  Fixture *fixture = &run->site->fixture;

  skein_transfer_run (fixture->transfer, &fixture->context, run->cancellable, &fixture->error);
  g_atomic_int_set (&run->over, TRUE);
  g_main_context_wakeup (NULL);

  return NULL;
}

/* On a thread of its own: connections are accepted on this one. */
static void
run_to_end (Site         *site,
            GCancellable *cancellable)
{
  Run run = { .site = site, .cancellable = cancellable };
  GThread *thread = g_thread_new ("run", run_thread, &run);

  while (!g_atomic_int_get (&run.over))
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);
}

static void
fetch (Site       *site,
       const Page *pages,
       const char *target)
{
  Fixture *fixture = &site->fixture;
  g_autofree char *uri = g_strconcat (site->address, target, NULL);

  g_clear_pointer (&fixture->transfer, skein_transfer_unref);
  g_clear_error (&fixture->error);
  site->pages = pages;
  g_mutex_lock (&site->mutex);
  g_ptr_array_set_size (site->asked, 0);
  g_mutex_unlock (&site->mutex);
  fixture->transfer = skein_transfer_new (uri, NULL, fixture->folder, NULL);
  skein_transfer_set_timeouts (fixture->transfer, &fixture->timeouts);
  skein_transfer_set_digest (fixture->transfer, fixture->digest);
  skein_transfer_set_find_checksum (fixture->transfer, TRUE);
  run_to_end (site, NULL);
}

static void
assert_verified (Site              *site,
                 SkeinDigestSource  source,
                 GChecksumType      kind,
                 gboolean           missing)
{
  SkeinVerification verification = skein_transfer_get_verification (site->fixture.transfer);

  g_assert_no_error (site->fixture.error);
  g_assert_cmpint (verification.source, ==, source);
  g_assert_cmpint (verification.missing, ==, missing);
  if (source != SKEIN_DIGEST_SOURCE_NONE)
    g_assert_cmpint (verification.kind, ==, kind);
}

#define TARGET "/d/a%20file.iso?token=1"

static void
test_found (Site          *site,
            gconstpointer  data)
{
  static const struct { Page pages[3]; GChecksumType kind; } cases[] = {
    { { { "/d/a%20file.iso.sha256", SHA256 "\n", NULL } }, G_CHECKSUM_SHA256 },
    { { { "/d/a%20file.iso.md5", MD5 "  a file.iso\n", NULL } }, G_CHECKSUM_MD5 },
    { { { "/d/SHA256SUMS", OTHER_SHA256 "  b\n" SHA256 " *a file.iso\n" OTHER_SHA256 "  c\n", NULL } }, G_CHECKSUM_SHA256 },
    { { { "/d/sha256sum.txt", "SHA256 (./a file.iso) = " SHA256 "\n", NULL } }, G_CHECKSUM_SHA256 },
    { { { "/d/MD5SUMS", MD5 "  a file.iso", NULL } }, G_CHECKSUM_MD5 },
    /* What does not name the file is passed over. */
    { { { "/d/a%20file.iso.sha256", OTHER_SHA256 "  another\n", NULL },
        { "/d/SHA256SUMS", SHA256 "  a file.iso\n", NULL } }, G_CHECKSUM_SHA256 },
    { { { "/d/a%20file.iso.sha256", "<html>Welcome!</html>", NULL },
        { "/d/SHA256SUMS", SHA256 "  a file.iso\n", NULL } }, G_CHECKSUM_SHA256 },
    /* Moved within the same place. */
    { { { "/d/SHA256SUMS", "", "HTTP/1.1 302 Found\r\nLocation: /sums\r\nContent-Length: 0\r\n" },
        { "/sums", SHA256 "  a file.iso\n", NULL } }, G_CHECKSUM_SHA256 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].pages[0].path);
      fetch (site, cases[i].pages, TARGET);
      assert_verified (site, SKEIN_DIGEST_SOURCE_FILE, cases[i].kind, FALSE);
    }
}

static void
test_none (Site          *site,
           gconstpointer  data)
{
  static const Page cases[][3] = {
    { { NULL, NULL, NULL } },
    { { "/d/SHA256SUMS", OTHER_SHA256 "\n", NULL } },
    { { "/d/SHA256SUMS", OTHER_SHA256 "  A file.iso\n" OTHER_SHA256 "  d/a file.iso\n", NULL } },
    { { "/d/SHA256SUMS", OTHER_SHA256 "  a%20file.iso\n", NULL } },
    { { "/SHA256SUMS", OTHER_SHA256 "  a file.iso\n", NULL } },
    { { "/d/a%20file.iso.sha256", "12345", NULL } },
    { { "/d/a%20file.iso.sha256", OTHER_SHA256 "\n", "HTTP/1.1 500 Oh no\r\nContent-Length: 65\r\n" } },
    { { "/d/a%20file.iso.sha256", "", "HTTP/1.1 302 Found\r\nContent-Length: 0\r\n" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      fetch (site, cases[i], TARGET);
      assert_verified (site, SKEIN_DIGEST_SOURCE_NONE, 0, TRUE);
    }
  /* All of them were asked for, and then the file. */
  g_assert_cmpuint (site->asked->len, ==, 9);
  g_assert_cmpstr (g_ptr_array_index (site->asked, 8), ==, TARGET);
}

/* The wrong one at another place says nothing. */
static void
test_other_origin (Site          *site,
                   gconstpointer  data)
{
  g_autofree char *head = NULL;
  Page pages[3] = { 0 };
  Site other = { 0 };
  const Page lies[] = { { "/sums", OTHER_SHA256 "  a file.iso\n", NULL }, { NULL, NULL, NULL } };

  set_up (&other, NULL);
  other.pages = lies;
  head = g_strdup_printf ("HTTP/1.1 302 Found\r\nLocation: %s/sums\r\nContent-Length: 0\r\n", other.address);
  pages[0] = (Page) { "/d/SHA256SUMS", "", head };
  fetch (site, pages, TARGET);
  assert_verified (site, SKEIN_DIGEST_SOURCE_NONE, 0, TRUE);
  tear_down (&other, NULL);
}

/* None of them keeps the file away for long. */
static void
test_hostile (Site          *site,
              gconstpointer  data)
{
  g_autofree char *huge = g_strnfill (SKEIN_CHECKSUM_SEARCH_MAX_LENGTH + 1, 'a');
  const Page cases[][2] = {
    { { "/d/a%20file.iso.sha256", huge, NULL } },
    { { "/d/a%20file.iso.sha256", NULL, NULL } },
    { { "/d/a%20file.iso.sha256", "", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999\r\n" } },
    { { "/d/a%20file.iso.sha256", "short", "HTTP/1.1 200 OK\r\nContent-Length: 64\r\n" } },
    { { "/d/a%20file.iso.sha256", "\r\n", "no HTTP at all" } },
    { { "/d/a%20file.iso.sha256", "zz\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" } },
    { { "/d/a%20file.iso.sha256", huge, "HTTP/1.1 404 Not Found\r\n" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i][0].head);
      fetch (site, cases[i], TARGET);
      assert_verified (site, SKEIN_DIGEST_SOURCE_NONE, 0, TRUE);
    }
}

/* There is always a byte in time, but not for ever. */
static void
test_slow (Site          *site,
           gconstpointer  data)
{
  const Page pages[] = { { "/d/a%20file.iso.sha256", dripping, NULL }, { NULL, NULL, NULL } };
  gint64 begin = g_get_monotonic_time ();

  site->fixture.timeouts.answer = G_USEC_PER_SEC / 2;
  fetch (site, pages, TARGET);
  assert_verified (site, SKEIN_DIGEST_SOURCE_NONE, 0, TRUE);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 20 * G_USEC_PER_SEC);
}

static void
test_mismatch (Site          *site,
               gconstpointer  data)
{
  const Page pages[] = { { "/d/SHA256SUMS", OTHER_SHA256 "  a file.iso\n", NULL }, { NULL, NULL, NULL } };
  g_autofree char *names = NULL;

  fetch (site, pages, TARGET);
  g_assert_error (site->fixture.error, SKEIN_ERROR, SKEIN_ERROR_DIGEST);
  g_assert_nonnull (strstr (site->fixture.error->message, OTHER_SHA256));
  names = fixture_dup_names (&site->fixture);
  g_assert_cmpstr (names, ==, "a file.iso.part");
}

/* What was given goes before, and the file before the header. */
static void
test_order (Site          *site,
            gconstpointer  data)
{
  const Page pages[] = {
    { "/d/SHA256SUMS", SHA256 "  a file.iso\n", NULL },
    { TARGET, CONTENT, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-MD5: 1B2M2Y8AsgTpgAmY7PhCfg==\r\n" },
    { NULL, NULL, NULL },
  };

  fetch (site, pages, TARGET);
  assert_verified (site, SKEIN_DIGEST_SOURCE_FILE, G_CHECKSUM_SHA256, FALSE);

  site->fixture.digest = skein_digest_parse (MD5);
  fetch (site, pages, TARGET);
  assert_verified (site, SKEIN_DIGEST_SOURCE_GIVEN, G_CHECKSUM_MD5, FALSE);
  g_assert_cmpuint (site->asked->len, ==, 1);
}

/* The next attempt knows what the last one found. */
static void
test_once (Site          *site,
           gconstpointer  data)
{
  const Page pages[] = {
    { "/d/SHA256SUMS", SHA256 "  a file.iso\n", NULL },
    { TARGET, "hel", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n" },
    { NULL, NULL, NULL },
  };
  SkeinTransfer *again;

  fetch (site, pages, TARGET);
  g_assert_error (site->fixture.error, SKEIN_ERROR, SKEIN_ERROR_TRUNCATED);
  g_clear_error (&site->fixture.error);

  again = skein_transfer_new_after (site->fixture.transfer);
  skein_transfer_unref (site->fixture.transfer);
  site->fixture.transfer = again;
  site->pages = &pages[2];
  g_ptr_array_set_size (site->asked, 0);
  run_to_end (site, NULL);
  assert_verified (site, SKEIN_DIGEST_SOURCE_FILE, G_CHECKSUM_SHA256, FALSE);
  g_assert_cmpuint (site->asked->len, ==, 1);
}

static void
test_cancel (Site          *site,
             gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  const Page pages[] = { { "/d/a%20file.iso.sha256", NULL, NULL }, { NULL, NULL, NULL } };
  g_autofree char *uri = g_strconcat (site->address, TARGET, NULL);

  site->pages = pages;
  site->stopper = cancellable;
  site->fixture.transfer = skein_transfer_new (uri, NULL, site->fixture.folder, NULL);
  skein_transfer_set_find_checksum (site->fixture.transfer, TRUE);
  run_to_end (site, cancellable);
  g_assert_error (site->fixture.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (site->asked->len, ==, 1);
}

/* An address without a name has none beside it. */
static void
test_no_name (Site          *site,
              gconstpointer  data)
{
  const Page pages[] = { { "/d/", CONTENT, NULL }, { NULL, NULL, NULL } };

  fetch (site, pages, "/d/");
  assert_verified (site, SKEIN_DIGEST_SOURCE_NONE, 0, TRUE);
  g_assert_cmpuint (site->asked->len, ==, 1);
}

#define ADD_TEST(path, func) g_test_add ("/checksum-search/" path, Site, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  skein_transfer_init ();

  ADD_TEST ("found", test_found);
  ADD_TEST ("none", test_none);
  ADD_TEST ("other-origin", test_other_origin);
  ADD_TEST ("hostile", test_hostile);
  ADD_TEST ("slow", test_slow);
  ADD_TEST ("mismatch", test_mismatch);
  ADD_TEST ("order", test_order);
  ADD_TEST ("once", test_once);
  ADD_TEST ("cancel", test_cancel);
  ADD_TEST ("no-name", test_no_name);

  return g_test_run ();
}
