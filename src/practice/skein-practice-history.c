/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-practice-history.h"

#include <poll.h>

/* The key of all paths together; no path is empty. */
#define ALL ""

struct _SkeinPracticeHistory
{
  GMutex      mutex;     /* for all below */
  GPtrArray  *requests;
  GHashTable *asked;     /* target → requests */
  GArray     *under_way; /* of Answer */
  GHashTable *peak;      /* path → most answers */
};

typedef struct
{
  char *path;
  int   fd;
} Answer;

static void
answer_clear (gpointer data)
{
  g_free (((Answer *) data)->path);
}

SkeinPracticeHistory *
skein_practice_history_new (void)
{
  SkeinPracticeHistory *self = g_new0 (SkeinPracticeHistory, 1);

  g_mutex_init (&self->mutex);
  self->requests = g_ptr_array_new_with_free_func ((GDestroyNotify) skein_practice_request_unref);
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->under_way = g_array_new (FALSE, FALSE, sizeof (Answer));
  g_array_set_clear_func (self->under_way, answer_clear);
  self->peak = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

void
skein_practice_history_free (SkeinPracticeHistory *self)
{
  g_hash_table_unref (self->asked);
  g_array_unref (self->under_way);
  g_hash_table_unref (self->peak);
  g_ptr_array_unref (self->requests);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static guint
get (GHashTable *table,
     const char *key)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (table, key));
}

static void
set (GHashTable *table,
     const char *key,
     guint       value)
{
  if (value > 0)
    g_hash_table_insert (table, g_strdup (key), GUINT_TO_POINTER (value));
  else
    g_hash_table_remove (table, key);
}

guint64
skein_practice_history_add (SkeinPracticeHistory *self,
                            SkeinPracticeRequest *request)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  const char *target = skein_practice_request_get_target (request);
  guint n = get (self->asked, target) + 1;

  /* Bounded, whatever comes: a server left running for days must not grow. */
  if (self->requests->len >= SKEIN_PRACTICE_HISTORY_MAX)
    g_ptr_array_remove_range (self->requests, 0, SKEIN_PRACTICE_HISTORY_MAX / 2);
  if (g_hash_table_size (self->asked) >= SKEIN_PRACTICE_HISTORY_MAX)
    g_hash_table_remove_all (self->asked);
  if (g_hash_table_size (self->peak) >= SKEIN_PRACTICE_HISTORY_MAX)
    g_hash_table_remove_all (self->peak);

  g_ptr_array_add (self->requests, skein_practice_request_ref (request));
  set (self->asked, target, n);

  return n;
}

static gpointer
copy_cb (gconstpointer request,
         gpointer      user_data)
{
  return skein_practice_request_ref ((SkeinPracticeRequest *) request);
}

GPtrArray *
skein_practice_history_dup_requests (SkeinPracticeHistory *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_ptr_array_copy (self->requests, copy_cb, NULL);
}

void
skein_practice_history_clear (SkeinPracticeHistory *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_ptr_array_set_size (self->requests, 0);
  g_hash_table_remove_all (self->asked);
  g_hash_table_remove_all (self->peak);
}

/* Who has hung up and then asks anew has one answer under way, however late the thread of the old one notices. */
static void
forget_gone (SkeinPracticeHistory *self)
{
  for (guint i = self->under_way->len; i > 0; i--)
    {
      struct pollfd fd = { .fd = g_array_index (self->under_way, Answer, i - 1).fd, .events = POLLRDHUP };

      if (poll (&fd, 1, 0) > 0)
        g_array_remove_index_fast (self->under_way, i - 1);
    }
}

static guint
count (SkeinPracticeHistory *self,
       const char           *path)
{
  guint n = 0;

  for (guint i = 0; i < self->under_way->len; i++)
    n += g_str_equal (g_array_index (self->under_way, Answer, i).path, path);

  return n;
}

static void
note_peak (SkeinPracticeHistory *self,
           const char           *path,
           guint                 n)
{
  if (n > get (self->peak, path))
    set (self->peak, path, n);
}

guint
skein_practice_history_enter (SkeinPracticeHistory *self,
                              const char           *path,
                              int                   fd)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  Answer answer = { g_strdup (path), fd };
  guint n;

  forget_gone (self);
  g_array_append_val (self->under_way, answer);
  n = count (self, path);
  note_peak (self, path, n);
  note_peak (self, ALL, self->under_way->len);

  return n;
}

void
skein_practice_history_leave (SkeinPracticeHistory *self,
                              int                   fd)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  for (guint i = 0; i < self->under_way->len; i++)
    if (g_array_index (self->under_way, Answer, i).fd == fd)
      {
        g_array_remove_index_fast (self->under_way, i);
        return;
      }
}

guint
skein_practice_history_get_peak (SkeinPracticeHistory *self,
                                 const char           *path)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return get (self->peak, path != NULL ? path : ALL);
}
