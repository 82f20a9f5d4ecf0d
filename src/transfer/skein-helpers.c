/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-helpers.h"

#include "skein-error.h"
#include "skein-pace.h"
#include "skein-retry-policy.h"
#include "skein-segment-lease.h"
#include "skein-sources.h"
#include "skein-uri.h"

/* Long enough to tell whether the first connection keeps a core busy, short enough to lose nothing. */
#define LOOK_AFTER (15 * 1000)
#define LOOK_AGAIN (500 * 1000)
#define MOST_WAITING 0.3

/* Bytes per second from which on one connection is enough: copying that much keeps a core busy, whoever
 * is waited for meanwhile. */
#define ENOUGH (300 * 1000 * 1000)

/* Errors in a row after which a helper leaves the work to the others. */
#define MOST_ERRORS 2

static void
stopped_cb (GCancellable *all,
            GCancellable *stop)
{
  g_cancellable_cancel (stop);
}

void
skein_helpers_add (SkeinTransfer *transfer,
                   SkeinSegment  *segment)
{
  segment->stop = g_cancellable_new ();
  segment->stop_handler = g_cancellable_connect (transfer->stop, G_CALLBACK (stopped_cb), segment->stop,
                                                 NULL);

  g_mutex_lock (&transfer->mutex);
  g_ptr_array_add (transfer->segments, segment);
  skein_progress_set_connections (transfer->progress, transfer->segments->len);
  g_mutex_unlock (&transfer->mutex);
}

void
skein_helpers_remove (SkeinTransfer *transfer,
                      SkeinSegment  *segment)
{
  g_mutex_lock (&transfer->mutex);
  g_ptr_array_remove_fast (transfer->segments, segment);
  skein_progress_set_connections (transfer->progress, transfer->segments->len);
  if (segment->is_helper)
    g_cond_broadcast (&transfer->changed);
  g_mutex_unlock (&transfer->mutex);

  g_cancellable_disconnect (transfer->stop, segment->stop_handler);
  g_clear_object (&segment->stop);
}

void
skein_helpers_dismiss (SkeinSegment *last)
{
  SkeinTransfer *transfer = last->transfer;
  g_autoptr (GPtrArray) stops = g_ptr_array_new_with_free_func (g_object_unref);

  g_mutex_lock (&transfer->mutex);
  for (guint i = 0; i < transfer->segments->len; i++)
    {
      SkeinSegment *other = g_ptr_array_index (transfer->segments, i);

      if (other != last)
        g_ptr_array_add (stops, g_object_ref (other->stop));
    }
  g_mutex_unlock (&transfer->mutex);

  for (guint i = 0; i < stops->len; i++)
    g_cancellable_cancel (g_ptr_array_index (stops, i));
}

static void
set_fatal (SkeinTransfer *transfer,
           const GError  *error)
{
  g_mutex_lock (&transfer->mutex);
  if (transfer->fatal == NULL)
    transfer->fatal = g_error_copy (error);
  g_mutex_unlock (&transfer->mutex);

  g_cancellable_cancel (transfer->stop);
}

gboolean
skein_helpers_concerns_all (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return TRUE;

  return error->domain == SKEIN_ERROR &&
         (error->code == SKEIN_ERROR_CHANGED ||
          error->code == SKEIN_ERROR_NO_SPACE ||
          error->code == SKEIN_ERROR_READ_ONLY ||
          error->code == SKEIN_ERROR_TOO_LARGE ||
          error->code == SKEIN_ERROR_DIGEST ||
          error->code == SKEIN_ERROR_IO);
}

static gboolean
is_refusal (const GError *error)
{
  return error->domain == SKEIN_HTTP_STATUS &&
         (error->code == 403 || error->code == 429 || error->code == 503);
}

/* The host gave as many as are alive without this one: it is not asked for more. */
static void
note_refusal (SkeinSegment *segment)
{
  SkeinTransfer *transfer = segment->transfer;
  SkeinSource *source = segment->source;
  g_autofree char *host = NULL;
  guint given;

  g_mutex_lock (&transfer->mutex);
  host = skein_uri_dup_host_key (source->answered ? source->final_uri : source->uri);
  given = MAX (source->connections, 2) - 1;
  g_mutex_unlock (&transfer->mutex);

  skein_host_table_limit (transfer->context->hosts, host, given);
  skein_progress_note (transfer->progress, SKEIN_NOTE_CONNECTIONS_REFUSED, given);
}

/* Nobody wants it any more: no error is one. */
static gboolean
is_dismissed (SkeinSegment *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->transfer->mutex);

  return self->let_go || skein_range_map_is_complete (self->transfer->map);
}

static gboolean
goes_on (SkeinSegment *self,
         const GError *error,
         guint        *errors)
{
  if (is_dismissed (self))
    return FALSE;

  if (skein_helpers_concerns_all (error))
    set_fatal (self->transfer, error);
  if (is_refusal (error))
    note_refusal (self);

  if (self->fetched >= SKEIN_SEGMENT_LEAST_PROGRESS)
    *errors = 0;

  return !is_refusal (error) && ++*errors < MOST_ERRORS &&
         skein_retry_policy_judge (error, TRUE) == SKEIN_VERDICT_TRANSIENT;
}

/* Each takes half of what another one has. Who asks only when all have taken their part asks for what it will really
 * fetch, and its connection is still good for more afterwards. */
static gboolean
choose_together (SkeinSegment *self)
{
  SkeinTransfer *transfer = self->transfer;
  gboolean chosen = skein_segment_next_lease (self);

  skein_task_context_enter (transfer->context, SKEIN_OPERATION_WAIT);
  g_mutex_lock (&transfer->mutex);
  transfer->n_choosing--;
  g_cond_broadcast (&transfer->changed);
  while (transfer->joining || transfer->n_choosing > 0)
    g_cond_wait (&transfer->changed, &transfer->mutex);
  g_mutex_unlock (&transfer->mutex);
  skein_task_context_leave (transfer->context, SKEIN_OPERATION_WAIT);

  return chosen;
}

static gpointer
helper_thread (gpointer data)
{
  SkeinTransfer *transfer = data;
  SkeinSegment self = { .transfer = transfer, .is_helper = TRUE, .retry_after = -1 };
  gboolean wanted;
  guint errors = 0;

  skein_helpers_add (transfer, &self);
  wanted = choose_together (&self);
  while (wanted)
    {
      g_autoptr (GError) error = NULL;

      if (skein_segment_fetch (&self, NULL, &error))
        errors = 0;
      else
        wanted = goes_on (&self, error, &errors);
      wanted = wanted && skein_segment_next_lease (&self);
    }
  skein_sources_release (&self);
  skein_helpers_remove (transfer, &self);

  g_mutex_lock (&transfer->mutex);
  transfer->n_helpers--;
  g_cond_broadcast (&transfer->changed);
  g_mutex_unlock (&transfer->mutex);
  skein_transfer_unref (transfer);

  return NULL;
}

/* Processor time would not do: on a busy machine a thread that is always ready gets little of it. */
static gboolean
is_fast_enough (SkeinSegment *first,
              gint64        now)
{
  double time = (double) (now - first->looked) / G_USEC_PER_SEC;
  double rate = (double) (first->fetched - first->fetched_before) / time;
  gboolean hardly = (double) first->waited / G_USEC_PER_SEC < MOST_WAITING * time;

  first->waited = 0;
  first->looked = now;
  first->fetched_before = first->fetched;

  return hardly || rate > ENOUGH;
}

/* One more, unless there are enough, or nothing is left to share. */
static gboolean
join_one (SkeinTransfer *transfer)
{
  guint64 left;
  gboolean wanted;

  g_mutex_lock (&transfer->mutex);
  left = skein_range_map_get_total (transfer->map) - skein_range_map_get_n_done_bytes (transfer->map);
  wanted = transfer->n_helpers < MIN (transfer->most_helpers, transfer->connections - 1) &&
           skein_pace_has_room (transfer, transfer->n_helpers + 1) &&
           left / (transfer->n_helpers + 2) >= transfer->least;
  if (wanted)
    {
      transfer->n_helpers++;
      transfer->n_choosing++;
    }
  g_mutex_unlock (&transfer->mutex);
  if (!wanted)
    return FALSE;

  if (skein_task_context_spawn_helper (transfer->context, helper_thread,
                                       skein_transfer_ref (transfer)))
    return TRUE;

  g_mutex_lock (&transfer->mutex);
  transfer->n_helpers--;
  transfer->n_choosing--;
  g_mutex_unlock (&transfer->mutex);
  skein_transfer_unref (transfer);

  return FALSE;
}

/* Who finds no connection free ends at once, so none is started then, and never more than are allowed: else
 * threads would come and go for as long as the loop runs. */
static void
set_joining (SkeinTransfer *transfer,
             gboolean       joining)
{
  g_mutex_lock (&transfer->mutex);
  transfer->joining = joining;
  g_cond_broadcast (&transfer->changed);
  g_mutex_unlock (&transfer->mutex);
}

static void
join_all (SkeinTransfer *transfer)
{
  g_autofree char *host = skein_uri_dup_host_key (transfer->source->final_uri);
  gboolean joined = TRUE;

  set_joining (transfer, TRUE);
  for (guint i = 1; i < transfer->connections && joined; i++)
    joined = skein_host_table_has_room (transfer->context->hosts, host) && join_one (transfer);
  set_joining (transfer, FALSE);
}

void
skein_helpers_consider (SkeinSegment *first)
{
  SkeinTransfer *transfer = first->transfer;
  gint64 now = g_get_monotonic_time ();

  if (!transfer->ranges || transfer->connections <= 1 ||
      (skein_validators_get_if_range (&transfer->source->validators) == NULL &&
       !transfer->spread && transfer->pieces == NULL))
    return;

  if (first->looked == 0)
    {
      first->looked = now;
      first->waited = 0;
    }
  if (now - first->looked < (first->looked_before ? LOOK_AGAIN : LOOK_AFTER))
    return;

  first->looked_before = TRUE;
  if (!is_fast_enough (first, now))
    join_all (transfer);
}

gboolean
skein_helpers_are_all_gone (SkeinTransfer *transfer)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&transfer->mutex);

  return transfer->n_helpers == 0;
}

gboolean
skein_helpers_take_error (SkeinTransfer  *transfer,
                          GError        **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&transfer->mutex);

  if (transfer->fatal != NULL)
    g_propagate_error (error, g_steal_pointer (&transfer->fatal));
  else
    g_set_error_literal (error, SKEIN_ERROR, SKEIN_ERROR_TRUNCATED, "Some ranges did not come");

  return FALSE;
}

void
skein_helpers_wait (SkeinTransfer *transfer)
{
  skein_task_context_enter (transfer->context, SKEIN_OPERATION_WAIT);
  g_mutex_lock (&transfer->mutex);
  while (transfer->n_helpers > 0)
    g_cond_wait (&transfer->changed, &transfer->mutex);
  g_mutex_unlock (&transfer->mutex);
  skein_task_context_leave (transfer->context, SKEIN_OPERATION_WAIT);
}

void
skein_helpers_end (SkeinTransfer *transfer,
                   const GError  *error)
{
  if (error != NULL)
    set_fatal (transfer, error);

  skein_helpers_wait (transfer);
}
