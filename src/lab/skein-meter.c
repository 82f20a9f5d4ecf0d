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
  gint64        begin;

  GSource      *ask;
  gint64        asked;
  gint64        longest_gap;
  gint64        total_gap;

  GThread      *looker;

  GMutex        mutex;  /* for all below */
  GCond         over;
  gboolean      ended;
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
look (SkeinMeter *self)
{
  guint64 memory = read_number ("/proc/self/smaps_rollup", "\nPss:") * 1024;
  guint threads = (guint) read_number ("/proc/self/status", "\nThreads:");

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
  self->looker = g_thread_new ("skein meter", looker_thread, self);

  self->ask = g_timeout_source_new (ASK_EVERY);
  g_source_set_priority (self->ask, G_PRIORITY_HIGH);
  g_source_set_callback (self->ask, answer_cb, self, NULL);
  g_source_set_static_name (self->ask, "[skein] meter");
  g_source_attach (self->ask, g_main_context_get_thread_default ());

  getrusage (RUSAGE_SELF, &self->before);
  self->asked = self->begin = g_get_monotonic_time ();

  return self;
}

static gint64
time_between (const struct timeval *before,
              const struct timeval *after)
{
  return (gint64) (after->tv_sec - before->tv_sec) * G_USEC_PER_SEC + (after->tv_usec - before->tv_usec);
}

void
skein_meter_stop (SkeinMeter   *self,
                  SkeinFigures *figures)
{
  struct rusage after;

  figures->wall = g_get_monotonic_time () - self->begin;
  getrusage (RUSAGE_SELF, &after);
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
  figures->processor = time_between (&self->before.ru_utime, &after.ru_utime) +
                       time_between (&self->before.ru_stime, &after.ru_stime);
  figures->switches = (guint64) (after.ru_nvcsw - self->before.ru_nvcsw + after.ru_nivcsw - self->before.ru_nivcsw);
  figures->threads = self->threads;
  figures->memory = self->memory;

  g_cond_clear (&self->over);
  g_mutex_clear (&self->mutex);
  g_free (self);
}
