/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-meter.h"

#include <sys/resource.h>

/* How often the main context is asked to answer. */
#define ASK_EVERY 10

/* Lateness below this is no person's to notice. */
#define LEAST_GAP (20 * 1000)

/* Looking costs the kernel a walk through all pages. */
#define LOOK_EVERY (100 * 1000)

struct _SkeinMeter
{
  struct rusage before;
  struct rusage children_before;
  gint64        begin;

  GSource      *ask;
  gint64        asked;
  gint64        longest_gap;
  gint64        total_gap;

  GThread      *looker;

  GMutex        mutex;  /* for all below */
  GCond         over;
  gboolean      ended;
  GArray       *processes;  /* of int: child processes that run */
  guint         most_processes;
  guint         threads;
  guint64       memory;
};

static void
note_answer (SkeinMeter *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 gap = now - self->asked - ASK_EVERY * 1000;

  self->asked = now;
  if (gap < LEAST_GAP)
    return;

  self->longest_gap = MAX (self->longest_gap, gap);
  self->total_gap += gap;
}

static gboolean
answer_cb (gpointer user_data)
{
  note_answer (user_data);

  return G_SOURCE_CONTINUE;
}

/* The number after a key such as "Threads:"; 0 if the kernel does not tell. */
static guint64
read_number (const char *path,
             const char *key)
{
  g_autofree char *text = NULL;
  const char *found;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;

  found = g_strstr_len (text, -1, key);

  return found != NULL ? g_ascii_strtoull (found + strlen (key), NULL, 10) : 0;
}

static void
look_at (const char *process,
         guint64    *memory,
         guint      *threads)
{
  g_autofree char *rollup = g_build_filename ("/proc", process, "smaps_rollup", NULL);
  g_autofree char *status = g_build_filename ("/proc", process, "status", NULL);

  *memory += read_number (rollup, "\nPss:") * 1024;
  *threads += (guint) read_number (status, "\nThreads:");
}

static GArray *
dup_processes (SkeinMeter *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_array_copy (self->processes);
}

static void
look (SkeinMeter *self)
{
  g_autoptr (GArray) processes = dup_processes (self);
  guint64 memory = 0;
  guint threads = 0;

  look_at ("self", &memory, &threads);
  for (guint i = 0; i < processes->len; i++)
    {
      g_autofree char *process = g_strdup_printf ("%d", g_array_index (processes, int, i));

      look_at (process, &memory, &threads);
    }

  g_mutex_lock (&self->mutex);
  self->memory = MAX (self->memory, memory);
  /* Without the one that looks. */
  self->threads = MAX (self->threads, MAX (threads, 1) - 1);
  g_mutex_unlock (&self->mutex);
}

static gpointer
looker_thread (gpointer data)
{
  SkeinMeter *self = data;
  gboolean ended = FALSE;

  while (!ended)
    {
      look (self);
      g_mutex_lock (&self->mutex);
      if (!self->ended)
        g_cond_wait_until (&self->over, &self->mutex, g_get_monotonic_time () + LOOK_EVERY);
      ended = self->ended;
      g_mutex_unlock (&self->mutex);
    }

  return NULL;
}

SkeinMeter *
skein_meter_start (void)
{
  SkeinMeter *self = g_new0 (SkeinMeter, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->over);
  self->processes = g_array_new (FALSE, FALSE, sizeof (int));
  self->most_processes = 1;
  self->looker = g_thread_new ("skein meter", looker_thread, self);

  self->ask = g_timeout_source_new (ASK_EVERY);
  g_source_set_priority (self->ask, G_PRIORITY_HIGH);
  g_source_set_callback (self->ask, answer_cb, self, NULL);
  g_source_set_static_name (self->ask, "[skein] meter");
  g_source_attach (self->ask, g_main_context_get_thread_default ());

  getrusage (RUSAGE_SELF, &self->before);
  getrusage (RUSAGE_CHILDREN, &self->children_before);
  self->asked = self->begin = g_get_monotonic_time ();

  return self;
}

void
skein_meter_add_process (SkeinMeter *self,
                         int         process)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_array_append_val (self->processes, process);
  self->most_processes = MAX (self->most_processes, self->processes->len + 1);
}

void
skein_meter_remove_process (SkeinMeter *self,
                            int         process)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  for (guint i = 0; i < self->processes->len; i++)
    if (g_array_index (self->processes, int, i) == process)
      {
        g_array_remove_index_fast (self->processes, i);
        return;
      }
}

static gint64
time_between (const struct timeval *before,
              const struct timeval *after)
{
  return (gint64) (after->tv_sec - before->tv_sec) * G_USEC_PER_SEC + (after->tv_usec - before->tv_usec);
}

static void
add_usage (SkeinFigures        *figures,
           const struct rusage *before,
           const struct rusage *after)
{
  figures->processor += time_between (&before->ru_utime, &after->ru_utime) +
                        time_between (&before->ru_stime, &after->ru_stime);
  figures->switches += (guint64) (after->ru_nvcsw - before->ru_nvcsw + after->ru_nivcsw - before->ru_nivcsw);
}

void
skein_meter_stop (SkeinMeter   *self,
                  SkeinFigures *figures)
{
  struct rusage after;
  struct rusage children_after;

  figures->wall = g_get_monotonic_time () - self->begin;
  getrusage (RUSAGE_SELF, &after);
  getrusage (RUSAGE_CHILDREN, &children_after);
  /* The last result may have come while the main context was late. */
  note_answer (self);
  g_source_destroy (self->ask);
  g_source_unref (self->ask);

  g_mutex_lock (&self->mutex);
  self->ended = TRUE;
  g_cond_signal (&self->over);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->looker);

  figures->longest_gap = self->longest_gap;
  figures->total_gap = self->total_gap;
  add_usage (figures, &self->before, &after);
  add_usage (figures, &self->children_before, &children_after);
  figures->processes = self->most_processes;
  figures->threads = self->threads;
  figures->memory = self->memory;

  g_array_unref (self->processes);
  g_cond_clear (&self->over);
  g_mutex_clear (&self->mutex);
  g_free (self);
}
