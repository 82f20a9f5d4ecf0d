/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-queue.h"

/*
 * Each host has a line of its own. The heads of those lines that have room stand in one more sequence,
 * sorted by their place, so that the next one is always its first: a full host with thousands in its line
 * costs nothing.
 */
typedef struct
{
  char          *key;
  GSequence     *line;  /* of Entry */
  GSequenceIter *ready; /* in SkeinQueue.ready, or NULL */
  guint          running;
  gboolean       held;
} Host;

typedef struct
{
  gpointer       item;
  gint64         order;
  Host          *host;
  GSequenceIter *place; /* in Host.line */
} Entry;

/* What does not stand in line yet. */
typedef struct
{
  gpointer       item;
  char          *host;
  gint64         order;
  gint64         until;
  GSequenceIter *place; /* in SkeinQueue.later */
} Later;

struct _SkeinQueue
{
  guint       per_host;
  gint64      first;
  gint64      last;
  GHashTable *hosts;   /* key → Host */
  GHashTable *entries; /* item → Entry */
  GHashTable *runners; /* runner → how many it runs */
  GSequence  *ready;   /* of Host, by the order of its head */
  GPtrArray  *held;    /* of Host */
  GSequence  *later;   /* of Later, by their time; owned by put_off */
  GHashTable *put_off; /* item → Later */
};

static void
host_free (gpointer data)
{
  Host *host = data;

  g_sequence_free (host->line);
  g_free (host->key);
  g_free (host);
}

static void
later_free (gpointer data)
{
  Later *later = data;

  g_free (later->host);
  g_free (later);
}

SkeinQueue *
skein_queue_new (guint per_host)
{
  SkeinQueue *self = g_new0 (SkeinQueue, 1);

  g_return_val_if_fail (per_host > 0, NULL);

  self->per_host = per_host;
  self->hosts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, host_free);
  self->entries = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->runners = g_hash_table_new (NULL, NULL);
  self->ready = g_sequence_new (NULL);
  self->held = g_ptr_array_new ();
  self->later = g_sequence_new (NULL);
  self->put_off = g_hash_table_new_full (NULL, NULL, NULL, later_free);

  return self;
}

void
skein_queue_free (SkeinQueue *self)
{
  g_sequence_free (self->ready);
  g_ptr_array_unref (self->held);
  g_sequence_free (self->later);
  g_hash_table_unref (self->put_off);
  g_hash_table_unref (self->entries);
  g_hash_table_unref (self->hosts);
  g_hash_table_unref (self->runners);
  g_free (self);
}

static int
compare_orders (gint64 a,
                gint64 b)
{
  return (a > b) - (a < b);
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  return compare_orders (((const Entry *) a)->order, ((const Entry *) b)->order);
}

static Entry *
host_get_head (const Host *host)
{
  return g_sequence_get (g_sequence_get_begin_iter (host->line));
}

static int
compare_hosts (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  return compare_orders (host_get_head (a)->order, host_get_head (b)->order);
}

/* Before the head of a host's line changes: the sequence is sorted by it. */
static void
take_from_ready (Host *host)
{
  if (host->ready != NULL)
    g_sequence_remove (host->ready);
  host->ready = NULL;
}

static void
update_ready (SkeinQueue *self,
              Host       *host)
{
  gboolean waiting = !g_sequence_is_empty (host->line);

  take_from_ready (host);

  if (waiting && !host->held && host->running < self->per_host)
    host->ready = g_sequence_insert_sorted (self->ready, host, compare_hosts, NULL);
  else if (!waiting && !host->held && host->running == 0)
    g_hash_table_remove (self->hosts, host->key);
}

static Host *
ensure_host (SkeinQueue *self,
             const char *key)
{
  Host *host = g_hash_table_lookup (self->hosts, key);

  if (host == NULL)
    {
      host = g_new0 (Host, 1);
      host->key = g_strdup (key);
      host->line = g_sequence_new (NULL);
      g_hash_table_insert (self->hosts, host->key, host);
    }

  return host;
}

void
skein_queue_set_per_host (SkeinQueue *self,
                          guint       per_host)
{
  g_autoptr (GList) hosts = NULL;

  g_return_if_fail (per_host > 0);

  self->per_host = per_host;
  hosts = g_hash_table_get_values (self->hosts);
  for (GList *l = hosts; l != NULL; l = l->next)
    update_ready (self, l->data);
}

void
skein_queue_insert (SkeinQueue *self,
                    gpointer    item,
                    const char *host_key,
                    gint64      order)
{
  Host *host = ensure_host (self, host_key);
  Entry *entry = g_new0 (Entry, 1);

  g_assert (!g_hash_table_contains (self->entries, item));

  entry->item = item;
  entry->order = order;
  entry->host = host;

  take_from_ready (host);
  entry->place = g_sequence_insert_sorted (host->line, entry, compare_entries, NULL);
  g_hash_table_insert (self->entries, item, entry);
  update_ready (self, host);
}

gint64
skein_queue_push_tail (SkeinQueue *self,
                       gpointer    item,
                       const char *host)
{
  skein_queue_insert (self, item, host, ++self->last);

  return self->last;
}

gint64
skein_queue_push_head (SkeinQueue *self,
                       gpointer    item,
                       const char *host)
{
  skein_queue_insert (self, item, host, --self->first);

  return self->first;
}

static int
compare_times (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  return compare_orders (((const Later *) a)->until, ((const Later *) b)->until);
}

gint64
skein_queue_put_off (SkeinQueue *self,
                     gpointer    item,
                     const char *host,
                     gint64      order,
                     gint64      until)
{
  Later *later = g_new0 (Later, 1);

  g_assert (!g_hash_table_contains (self->entries, item) && !g_hash_table_contains (self->put_off, item));

  later->item = item;
  later->host = g_strdup (host);
  later->order = order != 0 ? order : ++self->last;
  later->until = until;
  later->place = g_sequence_insert_sorted (self->later, later, compare_times, NULL);
  g_hash_table_insert (self->put_off, item, later);

  return later->order;
}

static Later *
get_earliest (SkeinQueue *self)
{
  GSequenceIter *first = g_sequence_get_begin_iter (self->later);

  return g_sequence_iter_is_end (first) ? NULL : g_sequence_get (first);
}

static gpointer
stand_in_line (SkeinQueue *self,
               Later      *later)
{
  gpointer item = later->item;

  g_sequence_remove (later->place);
  skein_queue_insert (self, item, later->host, later->order);
  g_hash_table_remove (self->put_off, item);

  return item;
}

gpointer
skein_queue_ripen (SkeinQueue *self,
                   gint64      now)
{
  Later *first = get_earliest (self);

  return first != NULL && first->until <= now ? stand_in_line (self, first) : NULL;
}

void
skein_queue_recall (SkeinQueue *self,
                    gpointer    item)
{
  Later *later = g_hash_table_lookup (self->put_off, item);

  if (later != NULL)
    stand_in_line (self, later);
}

gint64
skein_queue_get_next_time (SkeinQueue *self)
{
  Later *first = get_earliest (self);

  return first != NULL ? first->until : SKEIN_QUEUE_NEVER;
}

void
skein_queue_foreach_put_off (SkeinQueue *self,
                             GFunc       func,
                             gpointer    user_data)
{
  for (GSequenceIter *iter = g_sequence_get_begin_iter (self->later);
       !g_sequence_iter_is_end (iter);
       iter = g_sequence_iter_next (iter))
    func (((Later *) g_sequence_get (iter))->item, user_data);
}

static gboolean
remove_later (SkeinQueue *self,
              gpointer    item)
{
  Later *later = g_hash_table_lookup (self->put_off, item);

  if (later == NULL)
    return FALSE;

  g_sequence_remove (later->place);
  g_hash_table_remove (self->put_off, item);

  return TRUE;
}

gboolean
skein_queue_remove (SkeinQueue *self,
                    gpointer    item)
{
  Entry *entry = g_hash_table_lookup (self->entries, item);
  Host *host;

  if (entry == NULL)
    return remove_later (self, item);

  host = entry->host;
  take_from_ready (host);
  g_sequence_remove (entry->place);
  g_hash_table_remove (self->entries, item);
  update_ready (self, host);

  return TRUE;
}

gpointer
skein_queue_peek (SkeinQueue    *self,
                  gconstpointer  runner,
                  guint          capacity)
{
  const Host *host;

  if (GPOINTER_TO_UINT (g_hash_table_lookup (self->runners, runner)) >= capacity
      || g_sequence_is_empty (self->ready))
    return NULL;

  host = g_sequence_get (g_sequence_get_begin_iter (self->ready));

  return host_get_head (host)->item;
}

static void
count_runner (SkeinQueue    *self,
              gconstpointer  runner,
              int            difference)
{
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (self->runners, runner)) + (guint) difference;

  if (count == 0)
    g_hash_table_remove (self->runners, runner);
  else
    g_hash_table_insert (self->runners, (gpointer) runner, GUINT_TO_POINTER (count));
}

void
skein_queue_start (SkeinQueue    *self,
                   gpointer       item,
                   gconstpointer  runner)
{
  Entry *entry = g_hash_table_lookup (self->entries, item);

  g_return_if_fail (entry != NULL);

  entry->host->running++;
  count_runner (self, runner, 1);
  skein_queue_remove (self, item);
}

void
skein_queue_end (SkeinQueue    *self,
                 const char    *host_key,
                 gconstpointer  runner)
{
  Host *host = g_hash_table_lookup (self->hosts, host_key);

  g_return_if_fail (host != NULL && host->running > 0);

  host->running--;
  count_runner (self, runner, -1);
  update_ready (self, host);
}

void
skein_queue_hold (SkeinQueue *self,
                  gpointer    item)
{
  Entry *entry = g_hash_table_lookup (self->entries, item);

  g_return_if_fail (entry != NULL);

  if (!entry->host->held)
    {
      entry->host->held = TRUE;
      g_ptr_array_add (self->held, entry->host);
      update_ready (self, entry->host);
    }
}

void
skein_queue_release_holds (SkeinQueue *self)
{
  for (guint i = 0; i < self->held->len; i++)
    {
      Host *host = g_ptr_array_index (self->held, i);

      host->held = FALSE;
      update_ready (self, host);
    }
  g_ptr_array_set_size (self->held, 0);
}
