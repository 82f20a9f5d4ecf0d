/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-sources.h"

#include <string.h>

#include "skein-error.h"
#include "skein-range-set.h"
#include "skein-retry-policy.h"

/* More addresses are not taken from answers, however many were dropped: a server can name new ones for ever. */
#define MOST_SOURCES 32

/* Errors in a row after which a source is dropped. */
#define MOST_FAILURES 3

/* Attempts at the source that gave the bytes there are, before all of them are fetched elsewhere. */
#define PATIENT_ATTEMPTS 3

/* How often a file that was wrong is fetched once more from a single source. */
#define MOST_ALONE 2

/* Wrong pieces after which it is. */
#define MOST_LIES 2

static SkeinSource *
nth (SkeinTransfer *transfer,
     guint          i)
{
  return g_ptr_array_index (transfer->sources, i);
}

static gboolean
is_listed (SkeinTransfer *transfer,
           const char    *uri)
{
  for (guint i = 0; i < transfer->sources->len; i++)
    if (strcmp (nth (transfer, i)->uri, uri) == 0)
      return TRUE;

  return FALSE;
}

gboolean
skein_sources_add (SkeinTransfer *transfer,
                   const char    *uri)
{
  if (transfer->sources->len >= MOST_SOURCES || is_listed (transfer, uri))
    return FALSE;

  g_ptr_array_add (transfer->sources, skein_source_new (uri, NULL));

  return TRUE;
}

void
skein_sources_open (SkeinTransfer *transfer)
{
  SkeinSourceSet *set = transfer->set;

  transfer->alone = NULL;
  transfer->n_alone = 0;
  g_ptr_array_set_size (transfer->sources, 0);
  g_ptr_array_add (transfer->sources, skein_source_new (transfer->uri, transfer->login));
  for (guint i = 0; set != NULL && i < set->addresses->len; i++)
    {
      SkeinSourceAddress *address = g_ptr_array_index (set->addresses, i);

      if (!is_listed (transfer, address->uri))
        g_ptr_array_add (transfer->sources, skein_source_new (address->uri, address->login));
    }
}

void
skein_sources_forget (SkeinTransfer *transfer)
{
  for (guint i = 0; i < transfer->sources->len; i++)
    skein_source_forget (nth (transfer, i));
  transfer->source = NULL;
  transfer->spread = FALSE;
}

gboolean
skein_sources_are_proven (SkeinTransfer *transfer,
                          gint64         total)
{
  return transfer->digest != NULL || transfer->found != NULL || transfer->found != NULL || transfer->announced != NULL ||
         (transfer->set != NULL && skein_source_set_get_n_pieces (transfer->set, total) > 0);
}

SkeinSource *
skein_sources_next (SkeinTransfer *transfer)
{
  if (transfer->alone != NULL && transfer->alone->dropped == NULL)
    return transfer->alone;

  for (guint i = 0; i < transfer->sources->len; i++)
    if (nth (transfer, i)->dropped == NULL)
      return nth (transfer, i);

  return NULL;
}

SkeinSource *
skein_sources_find (SkeinTransfer *transfer,
                    const char    *uri)
{
  for (guint i = 0; i < transfer->sources->len; i++)
    if (nth (transfer, i)->dropped == NULL && strcmp (nth (transfer, i)->uri, uri) == 0)
      return nth (transfer, i);

  return NULL;
}

static guint
count_alive_locked (SkeinTransfer *transfer)
{
  guint n = 0;

  for (guint i = 0; i < transfer->sources->len; i++)
    n += nth (transfer, i)->dropped == NULL;

  return n;
}

static void
drop_locked (SkeinSource  *source,
             const GError *error)
{
  if (source->dropped != NULL)
    return;

  g_debug ("No more from %s: %s", source->uri, error->message);
  source->dropped = g_error_copy (error);
  g_atomic_int_set (&source->gone, TRUE);
}

void
skein_sources_begin (SkeinTransfer *transfer)
{
  transfer->spread = transfer->ranges && transfer->alone == NULL &&
                     count_alive_locked (transfer) > 1 &&
                     skein_sources_are_proven (transfer, transfer->total);
}

/* Another address might do better: not if the disk or the person is behind it. */
static gboolean
is_to_blame (const GError *error)
{
  static const SkeinError codes[] = {
    SKEIN_ERROR_HOST_NOT_FOUND, SKEIN_ERROR_CONNECT, SKEIN_ERROR_CERTIFICATE, SKEIN_ERROR_TLS,
    SKEIN_ERROR_NO_ANSWER, SKEIN_ERROR_STALLED, SKEIN_ERROR_TOO_SLOW, SKEIN_ERROR_PROTOCOL,
    SKEIN_ERROR_TRUNCATED, SKEIN_ERROR_RANGE, SKEIN_ERROR_CHANGED, SKEIN_ERROR_SIZE,
    SKEIN_ERROR_TOO_MANY_REDIRECTS, SKEIN_ERROR_BAD_REDIRECT, SKEIN_ERROR_REDIRECT_REFUSED,
  };

  for (guint i = 0; error->domain == SKEIN_ERROR && i < G_N_ELEMENTS (codes); i++)
    if (error->code == (int) codes[i])
      return TRUE;

  return error->domain == SKEIN_HTTP_STATUS;
}

gboolean
skein_sources_may_go_on (SkeinTransfer *transfer,
                         guint64        kept,
                         const GError  *error)
{
  gboolean patient = kept > 0 && transfer->attempt < PATIENT_ATTEMPTS &&
                     !skein_sources_are_proven (transfer, transfer->total) &&
                     skein_retry_policy_judge (error, TRUE) == SKEIN_VERDICT_TRANSIENT;

  if (transfer->source == NULL || patient || !is_to_blame (error) || count_alive_locked (transfer) < 2)
    return FALSE;

  drop_locked (transfer->source, error);

  return TRUE;
}

static guint
count_givers (SkeinTransfer *transfer)
{
  guint n = transfer->mixed;

  for (guint i = 0; i < transfer->sources->len; i++)
    n += nth (transfer, i)->gave;

  return n;
}

static SkeinSource *
find_other (SkeinTransfer *transfer)
{
  SkeinSource *other = NULL;

  for (guint i = 0; i < transfer->sources->len; i++)
    {
      SkeinSource *source = nth (transfer, i);

      if (source->dropped != NULL)
        continue;
      if (!source->gave)
        return source;
      if (other == NULL || other == transfer->source)
        other = source;
    }

  return other;
}

gboolean
skein_sources_after_lie (SkeinTransfer *transfer,
                         const GError  *error)
{
  guint givers = count_givers (transfer);

  if (transfer->pieces != NULL || transfer->n_alone >= MOST_ALONE)
    return FALSE;

  /* What a server says of its file holds for its own bytes alone. */
  if (transfer->digest == NULL && transfer->found == NULL)
    transfer->alone = givers > 1 ? transfer->source : NULL;
  else
    {
      if (givers < 2 && transfer->source != NULL)
        drop_locked (transfer->source, error);
      transfer->alone = find_other (transfer);
    }
  transfer->n_alone++;

  return transfer->alone != NULL;
}

/* Smaller is better; the order of the list decides between equals. */
static guint64
cost_locked (SkeinSegment *segment,
             SkeinSource  *source)
{
  gboolean mine = segment->source == source;
  guint others = source->connections - mine;

  if (others >= source->most)
    return G_MAXUINT64 - 1;

  /* A connection that is open is worth more than an even spread. */
  return ((guint64) source->lies << 40) + ((guint64) source->failures << 20) +
         (mine ? (others > 0 ? others - 1 : 0) : others * 2);
}

static SkeinSource *
choose_locked (SkeinSegment *segment)
{
  SkeinTransfer *transfer = segment->transfer;
  SkeinSource *best = NULL;
  guint64 least = G_MAXUINT64;

  if (!transfer->spread)
    return transfer->source;

  for (guint i = 0; i < transfer->sources->len; i++)
    {
      SkeinSource *source = nth (transfer, i);
      guint64 cost = source->dropped == NULL ? cost_locked (segment, source) : G_MAXUINT64;

      if (cost < least || (cost == least && source == segment->source))
        {
          best = source;
          least = cost;
        }
    }

  return best != NULL ? best : transfer->source;
}

static void
move_locked (SkeinSegment *segment,
             SkeinSource  *source)
{
  if (segment->source == source)
    return;

  if (segment->source != NULL)
    segment->source->connections--;
  if (source != NULL)
    source->connections++;
  segment->source = source;
}

void
skein_sources_take (SkeinSegment *segment)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&segment->transfer->mutex);

  move_locked (segment, choose_locked (segment));
}

void
skein_sources_release (SkeinSegment *segment)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&segment->transfer->mutex);

  move_locked (segment, NULL);
}

/* It gives to others what it does not give to this one. */
static gboolean
is_crowded (SkeinSource  *source,
            const GError *error)
{
  gboolean refused = error->domain == SKEIN_HTTP_STATUS &&
                     (error->code == 403 || error->code == 429 || error->code == 503);

  return g_error_matches (error, SKEIN_ERROR, SKEIN_ERROR_IN_USE) ||
         (refused && source->connections > 1);
}

static gboolean
has_room_locked (SkeinTransfer *transfer)
{
  for (guint i = 0; i < transfer->sources->len; i++)
    if (nth (transfer, i)->dropped == NULL && nth (transfer, i)->connections < nth (transfer, i)->most)
      return TRUE;

  return FALSE;
}

gboolean
skein_sources_blame (SkeinSegment *segment,
                     const GError *error)
{
  SkeinTransfer *transfer = segment->transfer;
  SkeinSource *source = segment->source;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&transfer->mutex);

  if (!transfer->spread)
    return FALSE;
  if (source->dropped != NULL)
    return !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  if (is_crowded (source, error))
    {
      source->most = source->connections - 1;
      return has_room_locked (transfer);
    }
  if (!is_to_blame (error) || count_alive_locked (transfer) < 2)
    return FALSE;

  if (segment->fetched >= SKEIN_SEGMENT_LEAST_PROGRESS)
    source->failures = 0;
  source->failures++;
  if (source->failures >= MOST_FAILURES || skein_retry_policy_judge (error, TRUE) != SKEIN_VERDICT_TRANSIENT ||
      g_error_matches (error, SKEIN_ERROR, SKEIN_ERROR_CHANGED))
    drop_locked (source, error);

  return TRUE;
}

static gboolean
gave_some (SkeinSource *source,
           guint64      start,
           guint64      end)
{
  guint i;

  if (source->wrote == NULL)
    return FALSE;

  i = skein_range_set_search (source->wrote, start);

  return i < source->wrote->len && g_array_index (source->wrote, SkeinRange, i).start < end;
}

void
skein_sources_note_lie_locked (SkeinTransfer *transfer,
                               guint64        start,
                               guint64        end,
                               const GError  *error)
{
  SkeinSource *liar = NULL;
  guint givers = 0;

  for (guint i = 0; i < transfer->sources->len; i++)
    if (gave_some (nth (transfer, i), start, end))
      {
        liar = nth (transfer, i);
        givers++;
        skein_range_set_remove (liar->wrote, start, end);
      }

  if (givers != 1)
    return;
  if (++liar->lies >= MOST_LIES && count_alive_locked (transfer) > 1)
    drop_locked (liar, error);
}
