/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-recorder.h"

#include "skein-error.h"
#include "skein-record-index.h"

#define INTERVAL (2 * G_USEC_PER_SEC)

/* Bytes that make room for a record on a full disk. */
#define GIVEN_BACK (128 * 1024)

/* Addresses by which a part file can be found again. */
#define MOST_ADDRESSES 32

void
skein_recorder_start (SkeinTransfer *transfer)
{
  transfer->record_due = g_get_monotonic_time () + INTERVAL;
  if (transfer->created == 0)
    transfer->created = g_get_real_time () / G_USEC_PER_SEC;
}

/* First the one that gave the bytes: without a digest nobody else may add to them. */
static void
add_addresses (SkeinResumeRecord *record,
               SkeinTransfer     *transfer)
{
  guint gave = 0;

  g_ptr_array_add (record->addresses, g_strdup (transfer->source->uri));
  for (guint i = 0; i < transfer->sources->len; i++)
    {
      SkeinSource *source = g_ptr_array_index (transfer->sources, i);

      if (source != transfer->source && record->addresses->len < MOST_ADDRESSES)
        g_ptr_array_add (record->addresses, g_strdup (source->uri));
      gave += source->gave;
    }
  record->mixed = transfer->mixed || gave > 1;
}

static SkeinResumeRecord *
make_record (SkeinTransfer *transfer)
{
  SkeinResumeRecord *record = skein_resume_record_new ();

  record->final_uri = g_strdup (transfer->source->final_uri);
  record->etag = g_strdup (transfer->source->validators.etag);
  record->modified = g_strdup (transfer->source->validators.modified);
  record->modified_is_strong = transfer->source->validators.modified_is_strong;
  record->total = transfer->total;
  record->created = transfer->created;
  record->updated = g_get_real_time () / G_USEC_PER_SEC;

  g_mutex_lock (&transfer->mutex);
  add_addresses (record, transfer);
  g_clear_pointer (&record->done, g_array_unref);
  record->done = skein_range_map_dup_done (transfer->map);
  g_mutex_unlock (&transfer->mutex);

  return record;
}

static gboolean
put (SkeinTransfer      *transfer,
     SkeinResumeRecord  *record,
     GError            **error)
{
  g_autofree char *text = NULL;
  gsize length;

  text = skein_resume_record_to_text (record, &length);
  if (!skein_part_file_save_record (transfer->file, text, length, error))
    return FALSE;

  skein_record_index_note (transfer->folder, transfer->uri, transfer->part.name);

  return TRUE;
}

/* Without a record the transfer goes on; with bytes that are lost it does not. */
static gboolean
save (SkeinTransfer  *transfer,
      GError        **error)
{
  g_autoptr (SkeinResumeRecord) record = make_record (transfer);
  g_autoptr (GError) local = NULL;

  if (record->done->len == 0)
    return TRUE;

  if (!skein_part_file_sync (transfer->file, error))
    return FALSE;

  if (!put (transfer, record, &local))
    g_debug ("Resume record of %s: %s", transfer->uri, local->message);

  return TRUE;
}

gboolean
skein_recorder_tick (SkeinTransfer  *transfer,
                     GError        **error)
{
  gint64 now = g_get_monotonic_time ();
  gboolean due;
  gboolean good;

  if (!transfer->ranges)
    return TRUE;

  g_mutex_lock (&transfer->mutex);
  due = !transfer->recording && now >= transfer->record_due;
  transfer->recording |= due;
  g_mutex_unlock (&transfer->mutex);
  if (!due)
    return TRUE;

  good = save (transfer, error);

  g_mutex_lock (&transfer->mutex);
  transfer->recording = FALSE;
  transfer->record_due = g_get_monotonic_time () + INTERVAL;
  g_mutex_unlock (&transfer->mutex);

  return good;
}

static void
give_back (SkeinTransfer     *transfer,
           SkeinResumeRecord *record)
{
  SkeinRange *last = &g_array_index (record->done, SkeinRange, record->done->len - 1);
  guint64 end = last->end;

  last->end = end - MIN (end - last->start, GIVEN_BACK);
  skein_part_file_give_back (transfer->file, last->end, end);
  if (last->end == last->start)
    g_array_set_size (record->done, record->done->len - 1);
}

/* On a full disk the record that tells of all bytes but a few is worth more than these few. */
void
skein_recorder_stop (SkeinTransfer *transfer)
{
  g_autoptr (SkeinResumeRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  if (!transfer->ranges || transfer->map == NULL)
    return;

  record = make_record (transfer);
  if (record->done->len == 0 || !skein_part_file_sync (transfer->file, &error) || put (transfer, record, &error))
    return;

  if (g_error_matches (error, SKEIN_ERROR, SKEIN_ERROR_NO_SPACE))
    {
      g_clear_error (&error);
      give_back (transfer, record);
      if (record->done->len == 0 || put (transfer, record, &error))
        return;
    }
  g_debug ("Resume record of %s: %s", transfer->uri, error->message);
}
