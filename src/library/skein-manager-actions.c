/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-manager-private.h"

/* What a person does to one row. Those that run change when their task has ended. */

static void
interrupt (SkeinDownload *download,
           SkeinIntent    intent)
{
  download->intent = intent;
  g_cancellable_cancel (download->cancellable);
}

static gboolean
waits (SkeinDownload *download)
{
  return download->state == SKEIN_DOWNLOAD_WAITING || download->state == SKEIN_DOWNLOAD_DELAYED;
}

void
skein_manager_pause (SkeinManager  *self,
                     SkeinDownload *download)
{
  g_return_if_fail (SKEIN_IS_MANAGER (self));
  g_return_if_fail (SKEIN_IS_DOWNLOAD (download));

  if (download->state == SKEIN_DOWNLOAD_RUNNING && download->row != NULL)
    interrupt (download, SKEIN_INTENT_PAUSE);
  else if (waits (download) && download->row != NULL)
    {
      skein_manager_dequeue (self, download);
      skein_download_take_error (download, NULL);
      skein_manager_move (self, download, SKEIN_DOWNLOAD_PAUSED);
      skein_manager_advance (self);
    }
}

/* Who wants it again begins a new row of attempts. */
static void
enqueue_afresh (SkeinManager  *self,
                SkeinDownload *download,
                gboolean       at_end)
{
  download->failed = 0;
  download->lacking = 0;
  skein_manager_enqueue (self, download, at_end);
}

void
skein_manager_resume (SkeinManager  *self,
                      SkeinDownload *download)
{
  g_return_if_fail (SKEIN_IS_MANAGER (self));
  g_return_if_fail (SKEIN_IS_DOWNLOAD (download));

  if (download->row == NULL)
    return;

  if (download->state == SKEIN_DOWNLOAD_RUNNING
      && (download->intent == SKEIN_INTENT_PAUSE || download->intent == SKEIN_INTENT_CANCEL))
    /* About to stop, and wanted again before it did. */
    download->intent = SKEIN_INTENT_REQUEUE;
  else if (download->state == SKEIN_DOWNLOAD_PAUSED)
    enqueue_afresh (self, download, FALSE);
  else if (download->state == SKEIN_DOWNLOAD_FAILED || download->state == SKEIN_DOWNLOAD_CANCELLED)
    enqueue_afresh (self, download, TRUE);
  else
    return;

  skein_manager_advance (self);
}

void
skein_manager_cancel (SkeinManager  *self,
                      SkeinDownload *download)
{
  g_return_if_fail (SKEIN_IS_MANAGER (self));
  g_return_if_fail (SKEIN_IS_DOWNLOAD (download));

  if (download->row == NULL)
    return;

  if (download->state == SKEIN_DOWNLOAD_RUNNING)
    interrupt (download, SKEIN_INTENT_CANCEL);
  else if (waits (download) || download->state == SKEIN_DOWNLOAD_PAUSED)
    {
      skein_manager_dequeue (self, download);
      skein_download_take_error (download, NULL);
      skein_manager_move (self, download, SKEIN_DOWNLOAD_CANCELLED);
      skein_manager_discard (self, download);
      skein_manager_advance (self);
    }
}

void
skein_manager_again (SkeinManager  *self,
                     SkeinDownload *download)
{
  g_return_if_fail (SKEIN_IS_MANAGER (self));
  g_return_if_fail (SKEIN_IS_DOWNLOAD (download));

  if (download->row == NULL)
    return;

  if (download->state == SKEIN_DOWNLOAD_FINISHED
      || download->state == SKEIN_DOWNLOAD_FAILED
      || download->state == SKEIN_DOWNLOAD_CANCELLED)
    {
      enqueue_afresh (self, download, TRUE);
      skein_manager_advance (self);
    }
}

void
skein_manager_fail (SkeinManager  *self,
                    SkeinDownload *download,
                    const GError  *error)
{
  g_return_if_fail (SKEIN_IS_MANAGER (self));
  g_return_if_fail (SKEIN_IS_DOWNLOAD (download));
  g_return_if_fail (error != NULL);

  if (download->row == NULL || !waits (download))
    return;

  skein_manager_dequeue (self, download);
  skein_download_take_error (download, g_error_copy (error));
  skein_manager_move (self, download, SKEIN_DOWNLOAD_FAILED);
  skein_manager_tell_ended (self, download);
  skein_manager_advance (self);
}

void
skein_manager_set_download_limit (SkeinManager  *self,
                                  SkeinDownload *download,
                                  guint64        limit)
{
  g_return_if_fail (SKEIN_IS_MANAGER (self));
  g_return_if_fail (SKEIN_IS_DOWNLOAD (download));

  download->limit = limit;
  if (download->transfer != NULL)
    skein_transfer_set_limit (download->transfer, limit);
}

/* Nothing of it starts or goes on; the row is there still. */
static void
let_go (SkeinManager  *self,
        SkeinDownload *download)
{
  if (download->state == SKEIN_DOWNLOAD_RUNNING)
    interrupt (download, SKEIN_INTENT_REMOVE);
  else
    skein_manager_dequeue (self, download);
}

guint
skein_manager_remove (SkeinManager  *self,
                      SkeinDownload *download)
{
  g_autoptr (SkeinDownload) alive = NULL;
  guint position;

  g_return_val_if_fail (SKEIN_IS_MANAGER (self), G_MAXUINT);
  g_return_val_if_fail (SKEIN_IS_DOWNLOAD (download), G_MAXUINT);
  g_return_val_if_fail (download->row != NULL, G_MAXUINT);

  alive = g_object_ref (download);
  position = (guint) g_sequence_iter_get_position (download->row);
  let_go (self, download);
  skein_manager_take_row (self, download);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  skein_manager_advance (self);

  return position;
}

static void
revive (SkeinManager  *self,
        SkeinDownload *download)
{
  if (waits (download))
    skein_manager_enqueue (self, download, FALSE);
  else if (download->state == SKEIN_DOWNLOAD_RUNNING)
    download->intent = SKEIN_INTENT_REQUEUE;
}

void
skein_manager_restore (SkeinManager  *self,
                       SkeinDownload *download,
                       guint          position)
{
  g_return_if_fail (SKEIN_IS_MANAGER (self));
  g_return_if_fail (SKEIN_IS_DOWNLOAD (download));
  g_return_if_fail (download->row == NULL && !download->forgotten);

  position = skein_manager_put_row (self, download, position);
  revive (self, download);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
  skein_manager_advance (self);
}

void
skein_manager_forget (SkeinManager  *self,
                      SkeinDownload *download)
{
  g_return_if_fail (SKEIN_IS_MANAGER (self));
  g_return_if_fail (SKEIN_IS_DOWNLOAD (download));
  g_return_if_fail (download->row == NULL);

  download->forgotten = TRUE;
  if (download->cancellable == NULL)
    skein_manager_discard (self, download);
}

/* Whether a row is one of those that are meant. */
typedef gboolean (*Match) (SkeinDownload *download,
                           gpointer       data);

static void
reverse (GPtrArray *array)
{
  for (guint i = 0; i < array->len / 2; i++)
    {
      gpointer *a = &g_ptr_array_index (array, i);
      gpointer *b = &g_ptr_array_index (array, array->len - 1 - i);
      gpointer swapped = *a;

      *a = *b;
      *b = swapped;
    }
}

static GPtrArray *
clear_matching (SkeinManager *self,
                Match         match,
                gpointer      data)
{
  GPtrArray *cleared = g_ptr_array_new_with_free_func (g_object_unref);
  GSequenceIter *iter = g_sequence_get_end_iter (self->rows);
  guint position = (guint) g_sequence_get_length (self->rows);
  guint removed = 0;

  g_object_freeze_notify (G_OBJECT (self));

  /* From the end, so that the positions before stay what they were. */
  while (position > 0)
    {
      SkeinDownload *download;

      iter = g_sequence_iter_prev (iter);
      position--;
      download = g_sequence_get (iter);
      if (match (download, data))
        {
          iter = g_sequence_iter_next (iter);
          download->cleared_from = position;
          g_ptr_array_add (cleared, g_object_ref (download));
          let_go (self, download);
          skein_manager_take_row (self, download);
          removed++;
        }
      else if (removed > 0)
        {
          g_list_model_items_changed (G_LIST_MODEL (self), position + 1, removed, 0);
          removed = 0;
        }
    }
  if (removed > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, removed, 0);

  g_object_thaw_notify (G_OBJECT (self));
  skein_manager_advance (self);
  reverse (cleared);

  return cleared;
}

static gboolean
is_finished (SkeinDownload *download,
             gpointer       data)
{
  return download->state == SKEIN_DOWNLOAD_FINISHED;
}

static gboolean
is_wanted (SkeinDownload *download,
           gpointer       data)
{
  return g_hash_table_contains (data, download);
}

GPtrArray *
skein_manager_clear_finished (SkeinManager *self)
{
  g_return_val_if_fail (SKEIN_IS_MANAGER (self), NULL);

  return clear_matching (self, is_finished, NULL);
}

GPtrArray *
skein_manager_clear (SkeinManager *self,
                     GPtrArray    *downloads)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new (NULL, NULL);

  g_return_val_if_fail (SKEIN_IS_MANAGER (self), NULL);
  g_return_val_if_fail (downloads != NULL, NULL);

  for (guint i = 0; i < downloads->len; i++)
    g_hash_table_add (wanted, g_ptr_array_index (downloads, i));

  return clear_matching (self, is_wanted, wanted);
}

void
skein_manager_restore_cleared (SkeinManager *self,
                               GPtrArray    *downloads)
{
  guint begin = 0;

  g_return_if_fail (SKEIN_IS_MANAGER (self));

  g_object_freeze_notify (G_OBJECT (self));
  while (begin < downloads->len)
    {
      SkeinDownload *first = g_ptr_array_index (downloads, begin);
      guint position = skein_manager_put_row (self, first, first->cleared_from);
      guint n = 1;

      revive (self, first);
      while (begin + n < downloads->len)
        {
          SkeinDownload *next = g_ptr_array_index (downloads, begin + n);

          if (next->cleared_from != first->cleared_from + n)
            break;
          skein_manager_put_row (self, next, position + n);
          revive (self, next);
          n++;
        }

      g_list_model_items_changed (G_LIST_MODEL (self), position, 0, n);
      begin += n;
    }
  g_object_thaw_notify (G_OBJECT (self));
  skein_manager_advance (self);
}
