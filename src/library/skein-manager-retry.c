/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-manager-private.h"

#include "skein-error.h"
#include "skein-uri.h"

/* What a failed attempt means, and how the next one is put off. */

/* Bytes more than ever before for a failed attempt not to count: less is what a server that breaks off at
 * once leaves in the buffers on the way. */
#define LEAST_PROGRESS (64 * 1024)

/* Without a network it is tried so often all the same: whoever says that there is none may be wrong. */
#define LOOK_AGAIN (60 * G_USEC_PER_SEC)

/* The seconds that a row shows are counted down so often. */
#define TICK G_USEC_PER_SEC

void
skein_manager_set_tries (SkeinManager *self,
                         guint         tries)
{
  g_return_if_fail (SKEIN_IS_MANAGER (self));

  self->tries = tries > 0 ? tries : G_MAXUINT;
}

void
skein_manager_set_unattended (SkeinManager *self,
                              gboolean      unattended)
{
  g_return_if_fail (SKEIN_IS_MANAGER (self));

  self->unattended = unattended;
}

void
skein_manager_set_network_monitor (SkeinManager    *self,
                                   GNetworkMonitor *monitor)
{
  g_return_if_fail (SKEIN_IS_MANAGER (self));
  g_return_if_fail (G_IS_NETWORK_MONITOR (monitor));

  skein_network_set_monitor (self->network, monitor);
}

void
skein_manager_set_clock (SkeinManager *self,
                         gint64      (*get_time) (void))
{
  self->get_time = get_time;
}

gboolean
skein_manager_needs_network (const char *address)
{
  return !skein_uri_is_loopback (address) && !skein_uri_is_local (address);
}

static gint64
seconds_until (SkeinManager *self,
               SkeinDelay    delay,
               gint64        time)
{
  if (delay != SKEIN_DELAY_TIME)
    return -1;

  return (MAX (time - self->get_time (), 0) + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;
}

static void
put_off (SkeinManager  *self,
         SkeinDownload *download,
         SkeinDelay     delay,
         gint64         until)
{
  /* What got on keeps its place. What got nothing again goes behind the others: else a server that is down
   * would keep the workers from those that are not. */
  gint64 order = download->failed <= 1 ? download->order : 0;

  download->retry_at = until;
  download->order = skein_queue_put_off (self->queue, download, download->host_key, order, until);
  skein_download_set_delay (download, delay, seconds_until (self, delay, until));
  skein_manager_move (self, download, SKEIN_DOWNLOAD_DELAYED);
}

static gboolean
lacks_network (SkeinManager  *self,
               SkeinDownload *download,
               const GError  *error,
               SkeinDelay    *delay)
{
  gboolean blamed = skein_retry_policy_blames_network (error, download->brought > 0);
  gboolean no_proof = g_error_matches (error, SKEIN_ERROR, SKEIN_ERROR_CERTIFICATE) ||
                      g_error_matches (error, SKEIN_ERROR, SKEIN_ERROR_TLS);

  if (!(blamed || no_proof) || !skein_manager_needs_network (download->fetched))
    return FALSE;

  switch (skein_network_get_state (self->network))
    {
    case SKEIN_NETWORK_GONE:
      *delay = SKEIN_DELAY_NETWORK;
      return blamed;
    case SKEIN_NETWORK_SIGN_IN:
      /* Whoever wants it answers in the place of all servers, and cannot prove to be any of them. */
      *delay = SKEIN_DELAY_SIGN_IN;
      return TRUE;
    case SKEIN_NETWORK_THERE:
    default:
      return FALSE;
    }
}

static void
count_attempt (SkeinManager  *self,
               SkeinDownload *download,
               const GError  *error)
{
  if (download->received >= download->best + LEAST_PROGRESS)
    download->failed = 0;
  download->best = MAX (download->best, download->received);
  download->failed++;
  download->most = skein_retry_policy_get_most (error, self->tries);
}

static gint64
choose_time (SkeinManager  *self,
             SkeinDownload *download,
             const GError  *error)
{
  gint64 asked = error->domain == SKEIN_HTTP_STATUS ? skein_transfer_get_retry_after (download->transfer) : -1;

  return self->get_time () + skein_retry_policy_delay (download->failed, asked, g_random_double ());
}

/* Not counted with the others: when the network is back, all of those are left. With nobody there they have an end
 * of their own. */
static void
wait_for_network (SkeinManager  *self,
                  SkeinDownload *download,
                  SkeinDelay     delay)
{
  download->failed--;
  download->lacking++;

  if (self->unattended && download->failed + download->lacking >= self->tries)
    skein_manager_move (self, download, SKEIN_DOWNLOAD_FAILED);
  else
    put_off (self, download, delay, self->get_time () + LOOK_AGAIN);
}

void
skein_manager_settle_failed (SkeinManager  *self,
                             SkeinDownload *download,
                             const GError  *error)
{
  SkeinDelay delay;

  count_attempt (self, download, error);
  download->verdict = skein_retry_policy_judge (error, download->best > 0);
  skein_download_take_error (download, g_error_copy (error));

  if (download->row == NULL && download->verdict == SKEIN_VERDICT_TRANSIENT)
    skein_manager_move (self, download, SKEIN_DOWNLOAD_WAITING);
  else if (download->row != NULL && lacks_network (self, download, error, &delay))
    {
      wait_for_network (self, download, delay);
      return;
    }
  else if (download->verdict == SKEIN_VERDICT_TRANSIENT && download->failed < download->most)
    put_off (self, download, SKEIN_DELAY_TIME, choose_time (self, download, error));
  else if (download->verdict == SKEIN_VERDICT_PAUSE && !self->unattended)
    skein_manager_move (self, download, SKEIN_DOWNLOAD_PAUSED);
  else
    skein_manager_move (self, download, SKEIN_DOWNLOAD_FAILED);

  download->lacking = 0;
}

static void
take_turn (SkeinManager  *self,
           SkeinDownload *download)
{
  skein_download_take_error (download, NULL);
  skein_manager_move (self, download, SKEIN_DOWNLOAD_WAITING);
}

void
skein_manager_ripen (SkeinManager *self)
{
  gint64 now = self->get_time ();
  SkeinDownload *download;

  while ((download = skein_queue_ripen (self->queue, now)) != NULL)
    take_turn (self, download);
}

static void
take_turn_after_all (gpointer item,
                     gpointer user_data)
{
  SkeinManager *self = user_data;
  SkeinDownload *download = item;

  if (download->delay == SKEIN_DELAY_TIME)
    return;

  skein_queue_recall (self->queue, download);
  take_turn (self, download);
}

static void
show_lack (gpointer item,
           gpointer user_data)
{
  SkeinDownload *download = item;

  if (download->delay != SKEIN_DELAY_TIME)
    skein_download_set_delay (download, *(SkeinDelay *) user_data, -1);
}

void
skein_manager_network_changed (SkeinManager *self)
{
  SkeinNetworkState state = skein_network_get_state (self->network);
  SkeinDelay delay = state == SKEIN_NETWORK_SIGN_IN ? SKEIN_DELAY_SIGN_IN : SKEIN_DELAY_NETWORK;
  g_autoptr (GPtrArray) delayed = NULL;

  if (state != SKEIN_NETWORK_THERE)
    {
      skein_queue_foreach_put_off (self->queue, show_lack, &delay);
      return;
    }

  g_object_freeze_notify (G_OBJECT (self));
  delayed = skein_manager_dup_delayed (self);
  g_ptr_array_foreach (delayed, take_turn_after_all, self);
  skein_manager_advance (self);
  g_object_thaw_notify (G_OBJECT (self));
}

void
skein_manager_try_now (SkeinManager  *self,
                       SkeinDownload *download)
{
  g_return_if_fail (SKEIN_IS_MANAGER (self));
  g_return_if_fail (SKEIN_IS_DOWNLOAD (download));

  if (download->row == NULL || download->state != SKEIN_DOWNLOAD_DELAYED)
    return;

  skein_manager_dequeue (self, download);
  skein_manager_enqueue (self, download, FALSE);
  skein_manager_advance (self);
}

static void
show_delay (gpointer item,
            gpointer user_data)
{
  SkeinDownload *download = item;

  skein_download_set_delay (download, download->delay, seconds_until (user_data, download->delay, download->retry_at));
}

void
skein_manager_show_delays (SkeinManager *self)
{
  skein_queue_foreach_put_off (self->queue, show_delay, self);
}

static gboolean
clock_cb (gpointer user_data)
{
  g_autoptr (SkeinManager) self = g_object_ref (user_data);

  self->clock = 0;
  skein_manager_advance (self);
  skein_manager_show_delays (self);

  return G_SOURCE_REMOVE;
}

void
skein_manager_update_clock (SkeinManager *self)
{
  gint64 next = skein_queue_get_next_time (self->queue);
  gint64 now = g_get_monotonic_time ();
  gint64 wait;

  if (next == SKEIN_QUEUE_NEVER || self->stopping || g_cancellable_is_cancelled (self->interrupt))
    {
      g_clear_handle_id (&self->clock, g_source_remove);
      return;
    }

  wait = CLAMP (next - self->get_time (), 0, TICK);
  if (self->clock != 0 && self->clock_due <= now + wait)
    return;

  g_clear_handle_id (&self->clock, g_source_remove);
  self->clock_due = now + wait;
  self->clock = g_timeout_add ((guint) ((wait + 999) / 1000), clock_cb, self);
}

static void
append_delayed (gpointer item,
                gpointer delayed)
{
  g_ptr_array_add (delayed, g_object_ref (item));
}

GPtrArray *
skein_manager_dup_delayed (SkeinManager *self)
{
  GPtrArray *delayed;

  g_return_val_if_fail (SKEIN_IS_MANAGER (self), NULL);

  delayed = g_ptr_array_new_with_free_func (g_object_unref);
  skein_queue_foreach_put_off (self->queue, append_delayed, delayed);

  return delayed;
}
