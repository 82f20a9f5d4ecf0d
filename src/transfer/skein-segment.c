/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-segment.h"

#include "skein-error.h"
#include "skein-helpers.h"
#include "skein-pieces.h"
#include "skein-retry-policy.h"
#include "skein-segment-lease.h"
#include "skein-sources.h"
#include "skein-wait.h"

/* Seconds: a server that wants to be left alone for longer is not waited for here, which would keep a
 * worker. */
#define LONGEST_RETRY_AFTER 5

/* Connections in a row that brought too little before a segment gives up. */
#define MOST_ATTEMPTS 3

/* How long the first segment sits by before it looks again whether it can help somebody. */
#define LOOK_AGAIN (200 * 1000)

static gboolean
is_complete (SkeinTransfer *transfer)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&transfer->mutex);

  return skein_range_map_is_complete (transfer->map);
}

/* Nothing to do for the first segment, but others still fetch: one of them may fail and leave something, or become so
 * slow that it is worth while to race it. */
static void
wait_for_others (SkeinTransfer *transfer)
{
  skein_progress_set_operation (transfer->progress, SKEIN_OPERATION_WAIT);
  skein_task_context_enter (transfer->context, SKEIN_OPERATION_WAIT);
  g_mutex_lock (&transfer->mutex);
  if (transfer->n_helpers > 0 && !skein_range_map_has_hole (transfer->map) &&
      !skein_range_map_is_complete (transfer->map))
    g_cond_wait_until (&transfer->changed, &transfer->mutex, g_get_monotonic_time () + LOOK_AGAIN);
  g_mutex_unlock (&transfer->mutex);
  skein_task_context_leave (transfer->context, SKEIN_OPERATION_WAIT);
}

static gboolean
may_try_again (SkeinSegment *self,
               const GError *error,
               guint        *attempts)
{
  /* What came behind bytes that turned out to be of another version is no progress. */
  if (self->fetched >= SKEIN_SEGMENT_LEAST_PROGRESS &&
      !g_error_matches (error, SKEIN_ERROR, SKEIN_ERROR_CHANGED))
    *attempts = 0;

  return self->transfer->ranges && ++*attempts < MOST_ATTEMPTS &&
         self->retry_after <= LONGEST_RETRY_AFTER &&
         skein_retry_policy_judge (error, TRUE) == SKEIN_VERDICT_TRANSIENT;
}

/* The first time at once: connections break. */
static gint64
pause_before (SkeinSegment *self,
              guint         attempts)
{
  if (attempts < 2 && self->retry_after <= 0)
    return 0;

  return skein_retry_policy_delay (MAX (attempts, 2) - 1, self->retry_after, g_random_double ());
}

/* Until there is something to fetch, all is there, or nobody is left who could help. */
static gboolean
find_work (SkeinSegment *self)
{
  SkeinTransfer *transfer = self->transfer;

  while (!skein_segment_next_lease (self))
    {
      if (is_complete (transfer))
        return FALSE;
      if (skein_helpers_are_all_gone (transfer))
        return skein_segment_next_lease (self);
      wait_for_others (transfer);
    }

  return TRUE;
}

/* A host that refuses this connection may well let the others go on: they get what is left, and only when
 * none of them is left it is this one's turn again. */
static gboolean
leave_to_others (SkeinSegment *self)
{
  if (skein_helpers_are_all_gone (self->transfer))
    return FALSE;

  skein_helpers_wait (self->transfer);

  return TRUE;
}

static gboolean
fetch_all (SkeinSegment     *self,
           SkeinConnection  *connection,
           GError          **error)
{
  SkeinTransfer *transfer = self->transfer;
  guint attempts = 0;

  do
    {
      g_autoptr (GError) local = NULL;

      if (skein_segment_fetch (self, g_steal_pointer (&connection), &local))
        attempts = 0;
      else if (is_complete (transfer))
        return TRUE;
      else if (may_try_again (self, local, &attempts))
        {
          if (!skein_wait (transfer->context, transfer->stop, pause_before (self, attempts), error))
            return FALSE;
        }
      else if (skein_helpers_concerns_all (local) || !leave_to_others (self))
        {
          transfer->retry_after = self->retry_after;
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  while (find_work (self));

  return TRUE;
}

/* Pieces that were there when it began, and those that a racer wrote last. */
static gboolean
check_pieces (SkeinTransfer  *transfer,
              GError        **error)
{
  return transfer->pieces == NULL ||
         skein_pieces_check (transfer, 0, (guint64) transfer->total, FALSE, error);
}

static gboolean
begin (SkeinSegment           *self,
       const SkeinAnswerPart  *part)
{
  SkeinTransfer *transfer = self->transfer;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&transfer->mutex);

  self->source = transfer->source;
  self->source->connections++;
  if (!skein_range_map_lease (transfer->map, GPOINTER_TO_UINT (self),
                              transfer->least, &self->lease))
    return FALSE;

  self->check_left = self->lease.start - part->start;
  self->check_unread = self->check_left;

  return TRUE;
}

/* A piece that turns out to be wrong when all the others have ended is this one's to fetch. */
static gboolean
fetch_and_check (SkeinSegment           *self,
                 SkeinConnection        *connection,
                 const SkeinAnswerPart  *part,
                 GError                **error)
{
  gboolean open = connection != NULL && begin (self, part);

  /* An empty file: reading its end keeps the connection. */
  if (!open)
    g_clear_pointer (&connection, skein_connection_close);

  do
    {
      if (open && !fetch_all (self, g_steal_pointer (&connection), error))
        return FALSE;
      skein_helpers_wait (self->transfer);
      if (!check_pieces (self->transfer, error))
        return FALSE;
      open = TRUE;
    }
  while (find_work (self));

  return is_complete (self->transfer) || skein_helpers_take_error (self->transfer, error);
}

gboolean
skein_segment_run_first (SkeinTransfer          *transfer,
                         SkeinConnection        *connection,
                         const SkeinAnswerPart  *part,
                         GError                **error)
{
  SkeinSegment self = { .transfer = transfer, .begun = g_get_monotonic_time (), .retry_after = -1 };
  g_autoptr (GError) local = NULL;
  gboolean good;

  skein_helpers_add (transfer, &self);
  good = fetch_and_check (&self, connection, part, &local);
  skein_helpers_end (transfer, local);
  skein_sources_release (&self);
  skein_helpers_remove (transfer, &self);

  /* Where a helper stopped all, its reason counts, not that this one was stopped. */
  return good || skein_helpers_take_error (transfer, error);
}
