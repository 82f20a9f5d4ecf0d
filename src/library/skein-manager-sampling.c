/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-manager-private.h"

#define SAMPLING_MILLISECONDS 100

/* A figure that changes more often cannot be read. */
#define RATE_INTERVAL (G_USEC_PER_SEC / 2)

static gboolean
sample_speed (SkeinDownload *download,
              gint64         now,
              gint64         remaining)
{
  guint64 rate;

  if (now - download->rated < RATE_INTERVAL)
    return FALSE;

  download->rated = now;
  rate = (guint64) skein_speed_meter_get_rate (&download->meter, now);

  return skein_download_set_speed (download, rate,
                                   skein_speed_meter_estimate (&download->meter, now, remaining));
}

void
skein_manager_sample (SkeinDownload *download,
                      gint64         now)
{
  SkeinProgress *progress = skein_transfer_get_progress (download->transfer);
  SkeinProgressSnapshot snapshot;
  gint64 remaining = -1;
  gboolean changed;

  skein_progress_get (progress, &snapshot);

  if (snapshot.named && !download->named)
    {
      g_autofree char *name = skein_progress_dup_name (progress);

      skein_download_set_name (download, name);
      download->named = TRUE;
    }

  /* What an earlier attempt had brought is no speed. */
  download->brought = snapshot.received - snapshot.resumed;
  skein_speed_meter_add (&download->meter, now, download->brought);
  if (snapshot.notes != download->n_noted)
    {
      g_clear_pointer (&download->notes, g_array_unref);
      download->notes = skein_progress_dup_notes (progress);
      download->n_noted = snapshot.notes;
    }
  if (snapshot.total >= 0 && (guint64) snapshot.total >= snapshot.received)
    remaining = snapshot.total - (gint64) snapshot.received;

  changed = skein_download_set_amount (download, snapshot.received, snapshot.total);
  changed = skein_download_set_checked (download, snapshot.checked) || changed;
  changed = sample_speed (download, now, remaining) || changed;
  if (changed)
    skein_download_refresh_facts (download);
}

static gboolean
sample_all_cb (gpointer user_data)
{
  SkeinManager *self = user_data;
  gint64 now = g_get_monotonic_time ();
  guint64 rate = 0;

  for (guint i = 0; i < self->running->len; i++)
    {
      SkeinDownload *download = g_ptr_array_index (self->running, i);

      skein_manager_sample (download, now);
      rate += download->rate;
    }
  skein_manager_set_rate (self, rate);

  return G_SOURCE_CONTINUE;
}

void
skein_manager_start_sampling (SkeinManager *self)
{
  if (self->sampling == 0)
    self->sampling = g_timeout_add (SAMPLING_MILLISECONDS, sample_all_cb, self);
}

guint64
skein_manager_get_received_on_threads (SkeinManager *self)
{
  guint64 received;

  g_return_val_if_fail (SKEIN_IS_MANAGER (self), 0);

  received = self->received_on_threads;
  for (guint i = 0; i < self->running->len; i++)
    {
      SkeinDownload *download = g_ptr_array_index (self->running, i);
      SkeinProgressSnapshot snapshot;

      if (download->frozen)
        continue;

      skein_progress_get (skein_transfer_get_progress (download->transfer), &snapshot);
      received += snapshot.received - snapshot.resumed;
    }

  return received;
}
