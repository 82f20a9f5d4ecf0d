/* SPDX-License-Identifier: GPL-3.0-or-later */
/* P1, P2: a program that is killed at any moment leaves nothing wrong, loses at most what came since its last
 * record, and goes on from there. SKEIN_KILL_ROUNDS=1000 for a long run. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "skein-practice-pattern.h"
#include "skein-practice-server.h"
#include "skein-range-set.h"
#include "skein-resume-record.h"

#define MIB (1024 * 1024)

/* Its eight connections take three to four seconds; records are written every two. */
#define BIG_SIZE   (48 * MIB)
#define BIG_TARGET "/bytes/48M?rate=1600k"
#define BIG_NAME   "48M"

#define SMALL_SIZE   (256 * 1024)
#define SMALL_TARGET "/bytes/256k"
#define SMALL_NAME   "256k"

#define BIG_ROUNDS   50
#define SMALL_ROUNDS 50

/* Without the kills, a run takes a few seconds. */
#define DEADLINE_SECONDS 60

typedef struct
{
  SkeinPracticeServer *server;
  char *folder;
  const char *target;
  const char *name;
  guint64 size;
  GArray *recorded;  /* what the last record said */
} Fixture;

static void
forget_recorded (Fixture *fixture)
{
  g_array_set_size (fixture->recorded, 0);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  gboolean big = data != NULL;

  fixture->server = skein_practice_server_new (0, NULL, NULL);
  g_assert_nonnull (fixture->server);
  fixture->folder = g_dir_make_tmp ("skein-kill-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->target = big ? BIG_TARGET : SMALL_TARGET;
  fixture->name = big ? BIG_NAME : SMALL_NAME;
  fixture->size = big ? BIG_SIZE : SMALL_SIZE;
  fixture->recorded = g_array_new (FALSE, FALSE, sizeof (SkeinRange));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_array_unref (fixture->recorded);
  skein_practice_server_free (fixture->server);
  alarm (0);
}

static char *
in_folder (Fixture    *fixture,
           const char *suffix)
{
  return g_strconcat (fixture->folder, G_DIR_SEPARATOR_S, fixture->name, suffix, NULL);
}

static gboolean
exists (Fixture    *fixture,
        const char *suffix)
{
  g_autofree char *path = in_folder (fixture, suffix);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static GPid
start (Fixture *fixture)
{
  g_autofree char *address = g_strconcat (skein_practice_server_get_address (fixture->server),
                                          fixture->target, NULL);
  const char *argv[] = { g_getenv ("SKEIN_GET"), "-j", "1", "-d", fixture->folder, address, NULL };
  g_autoptr (GError) error = NULL;
  GPid pid = 0;

  alarm (DEADLINE_SECONDS);
  g_assert_nonnull (argv[0]);
  g_spawn_async (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL,
                 NULL, NULL, &pid, &error);
  g_assert_no_error (error);

  return pid;
}

/* Gives it so many microseconds. Returns whether it ended by itself before. */
static gboolean
kill_after (GPid   pid,
            gint64 wait)
{
  struct timespec limit = { wait / G_USEC_PER_SEC, (wait % G_USEC_PER_SEC) * 1000 };
  struct pollfd fd = { .fd = (int) syscall (SYS_pidfd_open, pid, 0), .events = POLLIN };
  int status;

  g_assert_cmpint (fd.fd, >=, 0);
  if (ppoll (&fd, 1, wait >= 0 ? &limit : NULL, NULL) == 0)
    kill (pid, SIGKILL);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  close (fd.fd);

  if (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL)
    return FALSE;
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);

  return TRUE;
}

/* From 0.3 to 3 seconds, short ones as often as long ones. */
static gint64
random_life (void)
{
  return (gint64) (0.3 * G_USEC_PER_SEC * pow (10, g_test_rand_double ()));
}

static void
assert_bytes (Fixture    *fixture,
              const char *suffix,
              guint64     begin,
              guint64     end)
{
  g_autofree char *path = in_folder (fixture, suffix);
  g_autofree guint8 *there = g_malloc (MIB);
  g_autofree guint8 *wanted = g_malloc (MIB);
  int fd = open (path, O_RDONLY | O_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  for (guint64 at = begin; at < end; at += MIB)
    {
      gsize n = (gsize) MIN ((guint64) MIB, end - at);

      g_assert_cmpint (pread (fd, there, n, (off_t) at), ==, (gssize) n);
      skein_practice_pattern_fill (0, at, wanted, n);
      g_assert_true (memcmp (there, wanted, n) == 0);
    }
  close (fd);
}

static gboolean
is_within (GArray           *ranges,
           const SkeinRange *one)
{
  for (guint i = 0; i < ranges->len; i++)
    if (g_array_index (ranges, SkeinRange, i).start <= one->start &&
        g_array_index (ranges, SkeinRange, i).end >= one->end)
      return TRUE;

  return FALSE;
}

/* What is recorded is there, and never less than before. */
static void
check_record (Fixture *fixture)
{
  g_autofree char *path = in_folder (fixture, ".part.skein");
  g_autoptr (SkeinResumeRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (!exists (fixture, ".part.skein"))
    {
      g_assert_cmpuint (fixture->recorded->len, ==, 0);
      return;
    }

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  record = skein_resume_record_parse (text, length, &error);
  g_assert_no_error (error);
  g_assert_cmpint (record->total, ==, (gint64) fixture->size);
  for (guint i = 0; i < fixture->recorded->len; i++)
    g_assert_true (is_within (record->done, &g_array_index (fixture->recorded, SkeinRange, i)));
  for (guint i = 0; i < record->done->len; i++)
    {
      SkeinRange *range = &g_array_index (record->done, SkeinRange, i);

      assert_bytes (fixture, ".part", range->start, range->end);
    }

  forget_recorded (fixture);
  g_array_append_vals (fixture->recorded, record->done->data, record->done->len);
}

/* The first request goes to the end of the file and is cut off at what is there; all others are exact. */
static void
check_request (Fixture              *fixture,
               SkeinPracticeRequest *request)
{
  const char *range = skein_practice_request_get_header (request, "range");
  SkeinRange asked = { 0, 0 };
  char *rest;

  g_assert_nonnull (range);
  g_assert_true (g_str_has_prefix (range, "bytes="));
  asked.start = g_ascii_strtoull (range + strlen ("bytes="), &rest, 10);
  g_assert_cmpint (*rest, ==, '-');
  asked.end = rest[1] != '\0' ? g_ascii_strtoull (rest + 1, NULL, 10) + 1 : asked.start + 1;

  for (guint i = 0; i < fixture->recorded->len; i++)
    {
      SkeinRange *known = &g_array_index (fixture->recorded, SkeinRange, i);

      g_assert_true (asked.end <= known->start || asked.start >= known->end);
    }
}

static void
check_requests (Fixture *fixture)
{
  g_autoptr (GPtrArray) requests = skein_practice_server_dup_requests (fixture->server);

  for (guint i = 0; i < requests->len; i++)
    check_request (fixture, g_ptr_array_index (requests, i));
  skein_practice_server_clear_requests (fixture->server);
}

static void
assert_whole (Fixture *fixture)
{
  g_autofree char *path = in_folder (fixture, "");
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_size, ==, (gint64) fixture->size);
  assert_bytes (fixture, "", 0, fixture->size);
}

/* Only the file itself, once, is in its folder; it is taken away. */
static void
take_whole (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  g_autofree char *path = in_folder (fixture, "");
  const char *name;

  assert_whole (fixture);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_cmpstr (name, ==, fixture->name);
  g_assert_cmpint (g_unlink (path), ==, 0);
  forget_recorded (fixture);
}

/* Killed after it was finished: what is left beside the file goes away with the next download there. */
static void
heal (Fixture *fixture)
{
  Fixture other = *fixture;

  other.target = "/bytes/1000";
  other.name = "1000";
  g_assert_true (kill_after (start (&other), -1));
  skein_practice_server_clear_requests (fixture->server);
  g_assert_false (exists (fixture, ".part.skein"));
  g_assert_false (exists (fixture, ".part.old"));

  {
    g_autofree char *path = in_folder (&other, "");

    g_assert_cmpint (g_unlink (path), ==, 0);
  }
}

/* Returns whether the file is there. */
static gboolean
check_after_kill (Fixture *fixture)
{
  check_requests (fixture);
  if (exists (fixture, ""))
    {
      assert_whole (fixture);
      g_assert_false (exists (fixture, ".part"));
      heal (fixture);
      take_whole (fixture);
      return TRUE;
    }
  check_record (fixture);

  return FALSE;
}

static void
run_to_the_end (Fixture *fixture)
{
  g_assert_true (kill_after (start (fixture), -1));
  check_requests (fixture);
  take_whole (fixture);
}

static guint
get_rounds (guint usual)
{
  const char *wanted = g_getenv ("SKEIN_KILL_ROUNDS");

  return wanted != NULL ? (guint) g_ascii_strtoull (wanted, NULL, 10) : usual;
}

static void
test_big (Fixture       *fixture,
          gconstpointer  data)
{
  guint rounds = get_rounds (BIG_ROUNDS);
  guint finished = 0;
  guint recorded = 0;

  for (guint i = 0; i < rounds; i++)
    {
      /* One at least lives so long that there is a record. */
      gint64 life = i == 1 ? 3 * G_USEC_PER_SEC : random_life ();

      if (kill_after (start (fixture), life))
        {
          check_requests (fixture);
          take_whole (fixture);
          finished++;
        }
      else
        finished += check_after_kill (fixture);
      recorded += fixture->recorded->len > 0;
    }
  g_assert_cmpuint (recorded + finished, >, 0);
  run_to_the_end (fixture);
  g_test_message ("%u rounds, %u with a record, %u finished", rounds, recorded, finished);
}

/* Until something happened to the file of that name, which may be gone again when we look. */
static void
wait_for_event (int         watch,
                const char *name)
{
  char buffer[4096] __attribute__ ((aligned (8)));

  for (;;)
    {
      gssize n = read (watch, buffer, sizeof buffer);

      for (char *at = buffer; at < buffer + n;)
        {
          const struct inotify_event *event = (const struct inotify_event *) at;

          if (g_str_equal (event->name, name))
            return;
          at += sizeof *event + event->len;
        }
    }
}

static GPid
start_and_wait_for_part (Fixture *fixture,
                         int      watch)
{
  g_autofree char *part = g_strconcat (fixture->name, ".part", NULL);
  GPid pid;

  g_assert_cmpint (inotify_add_watch (watch, fixture->folder, IN_CREATE), >=, 0);
  pid = start (fixture);
  wait_for_event (watch, part);

  return pid;
}

/* How long it takes from the part file to the rename, in microseconds. */
static gint64
measure (Fixture *fixture)
{
  int watch = inotify_init1 (IN_CLOEXEC);
  GPid pid = start_and_wait_for_part (fixture, watch);
  gint64 begin = g_get_monotonic_time ();
  gint64 life;

  g_assert_cmpint (inotify_add_watch (watch, fixture->folder, IN_MOVED_TO), >=, 0);
  if (!exists (fixture, ""))
    wait_for_event (watch, fixture->name);
  life = g_get_monotonic_time () - begin;
  close (watch);
  g_assert_true (kill_after (pid, -1));
  check_requests (fixture);
  take_whole (fixture);

  return life;
}

static void
test_around_the_rename (Fixture       *fixture,
                        gconstpointer  data)
{
  guint rounds = get_rounds (SMALL_ROUNDS);
  gint64 life = measure (fixture);
  guint finished = 0;

  for (guint i = 0; i < rounds; i++)
    {
      gint64 wait = (gint64) (1.3 * (double) life * g_test_rand_double ());
      int watch = inotify_init1 (IN_CLOEXEC);
      GPid pid = start_and_wait_for_part (fixture, watch);

      close (watch);
      if (kill_after (pid, wait))
        {
          check_requests (fixture);
          take_whole (fixture);
          finished++;
        }
      else
        finished += check_after_kill (fixture);
    }
  run_to_the_end (fixture);
  g_test_message ("%u rounds of %" G_GINT64_FORMAT " µs, %u finished", rounds, life, finished);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/kill/big", Fixture, "big", set_up, test_big, tear_down);
  g_test_add ("/kill/around-the-rename", Fixture, NULL, set_up, test_around_the_rename, tear_down);

  return g_test_run ();
}
