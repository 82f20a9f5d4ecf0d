/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-host-table.h"

struct _SkeinHostTable
{
  gatomicrefcount ref_count;
  guint           per_host;  /* constant */
  guint           in_all;    /* constant */

  GMutex          mutex;     /* for all below */
  GCond           changed;
  GHashTable     *used;      /* host → connections in use; no entry for none */
  GHashTable     *limits;    /* host → connections at the most, for those that want fewer */
  guint           total;
  guint           n_waiting;
};

SkeinHostTable *
skein_host_table_new (guint per_host,
                      guint in_all)
{
  SkeinHostTable *self = g_new0 (SkeinHostTable, 1);

  g_return_val_if_fail (per_host > 0 && in_all > 0, NULL);

  g_atomic_ref_count_init (&self->ref_count);
  self->per_host = per_host;
  self->in_all = in_all;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  self->used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->limits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

SkeinHostTable *
skein_host_table_ref (SkeinHostTable *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
skein_host_table_unref (SkeinHostTable *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_assert (self->total == 0);
  g_hash_table_unref (self->used);
  g_hash_table_unref (self->limits);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static guint
limit_of_locked (SkeinHostTable *self,
                 const char     *host)
{
  guint limit = GPOINTER_TO_UINT (g_hash_table_lookup (self->limits, host));

  return limit > 0 ? MIN (limit, self->per_host) : self->per_host;
}

static gboolean
has_room_locked (SkeinHostTable *self,
                 const char     *host)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->used, host));

  return n < limit_of_locked (self, host) && self->total < self->in_all;
}

static gboolean
acquire_locked (SkeinHostTable *self,
                const char     *host)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->used, host));

  if (!has_room_locked (self, host))
    return FALSE;

  g_hash_table_insert (self->used, g_strdup (host), GUINT_TO_POINTER (n + 1));
  self->total++;

  return TRUE;
}

gboolean
skein_host_table_acquire (SkeinHostTable *self,
                          const char     *host)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return acquire_locked (self, host);
}

gboolean
skein_host_table_has_room (SkeinHostTable *self,
                           const char     *host)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return has_room_locked (self, host);
}

void
skein_host_table_release (SkeinHostTable *self,
                          const char     *host)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->used, host));

  g_return_if_fail (n > 0);

  if (n == 1)
    g_hash_table_remove (self->used, host);
  else
    g_hash_table_insert (self->used, g_strdup (host), GUINT_TO_POINTER (n - 1));
  self->total--;
  if (self->n_waiting > 0)
    g_cond_broadcast (&self->changed);
}

static void
cancelled_cb (GCancellable   *cancellable,
              SkeinHostTable *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_cond_broadcast (&self->changed);
}

gboolean
skein_host_table_wait (SkeinHostTable  *self,
                       const char      *host,
                       GCancellable    *cancellable,
                       GError         **error)
{
  gboolean acquired = FALSE;
  gulong handler = 0;

  if (skein_host_table_acquire (self, host))
    return TRUE;

  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), self, NULL);

  g_mutex_lock (&self->mutex);
  self->n_waiting++;
  while (!g_cancellable_is_cancelled (cancellable) &&
         !(acquired = acquire_locked (self, host)))
    g_cond_wait (&self->changed, &self->mutex);
  self->n_waiting--;
  g_mutex_unlock (&self->mutex);

  /* Waits for a callback that is running, which may want the mutex: hence after unlocking. */
  g_cancellable_disconnect (cancellable, handler);

  if (!acquired)
    g_cancellable_set_error_if_cancelled (cancellable, error);

  return acquired;
}

guint
skein_host_table_get_in_use (SkeinHostTable *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->total;
}

void
skein_host_table_limit (SkeinHostTable *self,
                        const char     *host,
                        guint           per_host)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_return_if_fail (per_host > 0);

  if (per_host < limit_of_locked (self, host))
    g_hash_table_insert (self->limits, g_strdup (host), GUINT_TO_POINTER (per_host));
}
