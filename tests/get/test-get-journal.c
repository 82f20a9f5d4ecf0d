/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list that is downloaded again fetches only what is missing, also after the program was killed.
 * SKEIN_KILL_ROUNDS=10 SKEIN_KILL_FILES=2000 for a long run. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "get-fixture.h"
#include "skein-get-status.h"
#include "skein-practice-pattern.h"

#define LIST    "list.txt"
#define JOURNAL "list.txt.skein"

static char *
in_folder (Fixture    *fixture,
           const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static void
put (Fixture    *fixture,
     const char *name,
     const char *text)
{
  g_autofree char *path = in_folder (fixture, name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
append (Fixture    *fixture,
        const char *name,
        const char *text)
{
  g_autofree char *path = in_folder (fixture, name);
  FILE *file = fopen (path, "a");

  g_assert_nonnull (file);
  g_assert_cmpint (fputs (text, file), >=, 0);
  fclose (file);
}

static void
drop (Fixture    *fixture,
      const char *name)
{
  g_autofree char *path = in_folder (fixture, name);

  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* Files of as many sizes, so that each has a name of its own. */
static void
put_list (Fixture *fixture,
          guint    first,
          guint    files)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < files; i++)
    g_string_append_printf (text, "%s/bytes/%u\n", fixture->address, first + i);
  put (fixture, LIST, text->str);
}

/* What was asked for since the last time. */
static guint
take_requests (Fixture *fixture)
{
  g_autoptr (GPtrArray) requests = skein_practice_server_dup_requests (fixture->server);

  skein_practice_server_clear_requests (fixture->server);

  return requests->len;
}

static guint
count_files (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static void
assert_run (Fixture *fixture,
            guint    requests)
{
  run (fixture, "-i", LIST, "--progress", "lines");
  g_assert_cmpstr (fixture->err, ==, "");
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_GOOD);
  g_assert_cmpuint (take_requests (fixture), ==, requests);
}

static void
test_again (Fixture       *fixture,
            gconstpointer  data)
{
  put_list (fixture, 1000, 20);
  assert_run (fixture, 20);
  assert_run (fixture, 0);
  assert_contains (fixture->out, "All 20 files are there already");

  /* An edited list: what is new, and what stands elsewhere. */
  put_list (fixture, 1000, 22);
  assert_run (fixture, 2);
  assert_contains (fixture->out, "20 files were there already");
  g_assert_cmpuint (count_files (fixture), ==, 24);

  run (fixture, "-i", LIST, "--no-continue");
  g_assert_cmpuint (take_requests (fixture), ==, 22);
  g_assert_true (exists (fixture, "1000 (2)"));
  assert_run (fixture, 0);
}

/* What is not as it was noted is fetched again; what was only moved along with its folder is not. */
static void
test_changed_files (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *grown = in_folder (fixture, "1001");
  g_autofree char *other = in_folder (fixture, "1002");
  g_autofree char *moved = g_strconcat (fixture->folder, "-moved", NULL);
  const struct timespec old[2] = { { 1, 0 }, { 1, 0 } };

  put_list (fixture, 1000, 4);
  assert_run (fixture, 4);

  drop (fixture, "1000");
  append (fixture, "1001", "more");
  g_assert_true (g_file_set_contents (other, "of another size", -1, NULL));
  g_assert_cmpint (utimensat (AT_FDCWD, other, old, 0), ==, 0);
  assert_run (fixture, 3);
  assert_equal (fixture, "1000", 1000);
  assert_equal (fixture, "1001 (2)", 1001);
  assert_equal (fixture, "1002 (2)", 1002);

  g_assert_cmpint (g_rename (fixture->folder, moved), ==, 0);
  g_free (fixture->folder);
  fixture->folder = g_steal_pointer (&moved);
  assert_run (fixture, 0);
}

/* The same address under another name, or in another folder, is another file. */
static void
test_other_names (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *one = g_strdup_printf ("%s/bytes/1000\n", fixture->address);
  g_autofree char *two = g_strdup_printf ("%s/bytes/1000\n  out=moon\n", fixture->address);

  put (fixture, LIST, one);
  assert_run (fixture, 1);
  put (fixture, LIST, two);
  assert_run (fixture, 1);
  assert_run (fixture, 0);
  assert_equal (fixture, "moon", 1000);
  put (fixture, LIST, one);
  assert_run (fixture, 0);
}

/* A journal may come from anybody, and be cut anywhere. */
static void
test_damaged (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *path = in_folder (fixture, JOURNAL);
  g_autofree char *text = NULL;
  gsize length;

  put_list (fixture, 1000, 4);
  assert_run (fixture, 4);
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));

  /* The last line is torn. */
  g_assert_cmpint (truncate (path, (off_t) length - 3), ==, 0);
  assert_run (fixture, 1);
  assert_run (fixture, 0);

  /* Rubbish between good lines. */
  append (fixture, JOURNAL, "rubbish\n\n0 0 0 0 /etc/passwd\n%00\n");
  assert_run (fixture, 0);
  append (fixture, JOURNAL, "\xff\xfe torn");
  put_list (fixture, 1000, 5);
  assert_run (fixture, 1);
  assert_run (fixture, 0);

  /* Something else, or of a newer version: it is left alone, and said. */
  put (fixture, JOURNAL, "Skein journal 2\n");
  run (fixture, "-i", LIST);
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_GOOD);
  assert_contains (fixture->err, "The journal list.txt.skein is not kept: ");
  g_free (text);
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  g_assert_cmpstr (text, ==, "Skein journal 2\n");

  /* A planted link is not followed. */
  put (fixture, "target", "");
  drop (fixture, JOURNAL);
  g_assert_cmpint (symlink ("target", path), ==, 0);
  run (fixture, "-i", LIST);
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_GOOD);
  assert_contains (fixture->err, "The journal list.txt.skein is not kept: ");
  g_clear_pointer (&text, g_free);
  {
    g_autofree char *target = in_folder (fixture, "target");

    g_assert_true (g_file_get_contents (target, &text, &length, NULL));
    g_assert_cmpuint (length, ==, 0);
  }
}

/* A list in a place that cannot be written on, or that has no place. */
static void
test_elsewhere (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *text = g_strdup_printf ("%s/bytes/1000\n", fixture->address);

  finish (fixture, start (fixture, "-i", "-", NULL), text);
  g_assert_cmpuint (count_files (fixture), ==, 1);
  finish (fixture, start (fixture, "-i", "-", "--journal", "mine", NULL), text);
  g_assert_true (exists (fixture, "mine"));
  g_assert_true (exists (fixture, "1000 (2)"));
  take_requests (fixture);
  finish (fixture, start (fixture, "-i", "-", "--journal", "mine", NULL), text);
  g_assert_cmpuint (take_requests (fixture), ==, 0);

  put (fixture, LIST, text);
  run (fixture, "-i", LIST, "--no-journal");
  g_assert_false (exists (fixture, JOURNAL));
  take_requests (fixture);
  run (fixture, "-i", LIST, "--journal", "no/such/folder");
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_GOOD);
  g_assert_cmpuint (take_requests (fixture), ==, 1);
  assert_contains (fixture->err, "The journal no/such/folder is not kept: ");
}

/* Returns whether it ended by itself before. */
static gboolean
kill_after (GSubprocess *process,
            gint64       wait)
{
  g_autoptr (GSubprocess) owned = process;
  struct timespec limit = { wait / G_USEC_PER_SEC, (wait % G_USEC_PER_SEC) * 1000 };
  struct pollfd fd = { .events = POLLIN };

  fd.fd = (int) syscall (SYS_pidfd_open, atoi (g_subprocess_get_identifier (process)), 0);
  g_assert_cmpint (fd.fd, >=, 0);
  if (ppoll (&fd, 1, &limit, NULL) == 0)
    g_subprocess_force_exit (process);
  close (fd.fd);
  g_subprocess_wait (process, NULL, NULL);

  return g_subprocess_get_if_exited (process);
}

static guint
get_number (const char *name,
            guint       usual)
{
  const char *wanted = g_getenv (name);

  return wanted != NULL ? (guint) g_ascii_strtoull (wanted, NULL, 10) : usual;
}

static void
count_requests (Fixture    *fixture,
                GHashTable *times,
                guint      *twice)
{
  g_autoptr (GPtrArray) requests = skein_practice_server_dup_requests (fixture->server);

  skein_practice_server_clear_requests (fixture->server);
  for (guint i = 0; i < requests->len; i++)
    if (!g_hash_table_add (times, g_strdup (skein_practice_request_get_target (g_ptr_array_index (requests, i)))))
      ++*twice;
}

/* Killed again and again, it ends with all files, each once, and asks for hardly any of them twice. */
static void
test_killed (Fixture       *fixture,
             gconstpointer  data)
{
  guint files = get_number ("SKEIN_KILL_FILES", 1000);
  guint rounds = get_number ("SKEIN_KILL_ROUNDS", 5);
  g_autoptr (GHashTable) times = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gint64 whole;
  guint killed = 0;
  guint twice = 0;
  gint64 begin;

  alarm (600);
  /* How long it takes without being killed, for a part of it. */
  put_list (fixture, 10000, files / rounds);
  begin = g_get_monotonic_time ();
  g_assert_true (kill_after (start (fixture, "-j", "8", "-q", "-i", LIST, NULL), 60 * G_USEC_PER_SEC));
  whole = g_get_monotonic_time () - begin;
  count_requests (fixture, times, &twice);

  put_list (fixture, 20000, files);
  for (guint i = 0; i < rounds; i++)
    {
      killed += !kill_after (start (fixture, "-j", "8", "-q", "-i", LIST, NULL),
                             (gint64) ((double) whole * g_test_rand_double_range (0.2, 1)));
      count_requests (fixture, times, &twice);
    }
  run (fixture, "-j", "8", "-i", LIST);
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_GOOD);
  g_assert_cmpstr (fixture->err, ==, "");
  count_requests (fixture, times, &twice);

  g_test_message ("killed %u times, %u of %u fetched twice", killed, twice, files);
  g_assert_cmpuint (killed, >, 0);
  g_assert_cmpuint (twice, <=, files / 20);
  for (guint i = 0; i < files; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", 20000 + i);

      assert_equal (fixture, name, 20000 + i);
    }
  /* And the list and its journal. */
  g_assert_cmpuint (count_files (fixture), ==, files + files / rounds + 2);
  assert_run (fixture, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_TEST ("journal/again", NULL, test_again);
  ADD_TEST ("journal/changed-files", NULL, test_changed_files);
  ADD_TEST ("journal/other-names", NULL, test_other_names);
  ADD_TEST ("journal/damaged", NULL, test_damaged);
  ADD_TEST ("journal/elsewhere", NULL, test_elsewhere);
  ADD_TEST ("journal/killed", NULL, test_killed);

  return g_test_run ();
}
