/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-practice-history.h"

/* The key of all paths together; no path is empty. */
#define ALL ""

struct _SkeinPracticeHistory
{
  GMutex      mutex;     /* for all below */
  GPtrArray  *requests;
  GHashTable *asked;     /* target → requests */
  GHashTable *under_way; /* path → answers; no entry for none */
  GHashTable *peak;      /* path → most answers */
};

SkeinPracticeHistory *
skein_practice_history_new (void)
{
  SkeinPracticeHistory *self = g_new0 (SkeinPracticeHistory, 1);

  g_mutex_init (&self->mutex);
  self->requests = g_ptr_array_new_with_free_func ((GDestroyNotify) skein_practice_request_unref);
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->under_way = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->peak = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

void
skein_practice_history_free (SkeinPracticeHistory *self)
{
  g_hash_table_unref (self->asked);
  g_hash_table_unref (self->under_way);
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

static guint
enter_locked (SkeinPracticeHistory *self,
              const char           *path)
{
  guint n = get (self->under_way, path) + 1;

  set (self->under_way, path, n);
  if (n > get (self->peak, path))
    set (self->peak, path, n);

  return n;
}

guint
skein_practice_history_enter (SkeinPracticeHistory *self,
                              const char           *path)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  enter_locked (self, ALL);

  return enter_locked (self, path);
}

void
skein_practice_history_leave (SkeinPracticeHistory *self,
                              const char           *path)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  set (self->under_way, ALL, get (self->under_way, ALL) - 1);
  set (self->under_way, path, get (self->under_way, path) - 1);
}

guint
skein_practice_history_get_peak (SkeinPracticeHistory *self,
                                 const char           *path)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return get (self->peak, path != NULL ? path : ALL);
}
