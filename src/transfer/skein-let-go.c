/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-let-go.h"

#include "skein-pace.h"
#include "skein-segment.h"

#define LOOK_AGAIN (G_USEC_PER_SEC / 4)

/* Who brought less than this part of an even share for so long is starved: some servers take more connections than
 * they serve. */
#define STARVED_PART 32
#define STARVED_TIME (5 * G_USEC_PER_SEC)

static guint
count_staying (SkeinTransfer *transfer)
{
  guint n = 0;

  for (guint i = 0; i < transfer->segments->len; i++)
    n += !((SkeinSegment *) g_ptr_array_index (transfer->segments, i))->let_go;

  return n;
}

static void
watch (SkeinSegment *segment,
       gint64        now)
{
  segment->watched = now;
  segment->watched_fetched = segment->brought;
  segment->watched_came = segment->transfer->came;
}

static gboolean
is_starved (SkeinSegment *segment,
            guint         n,
            gint64        now)
{
  guint64 own = segment->brought - segment->watched_fetched;
  guint64 all = segment->transfer->came - segment->watched_came;
  gboolean starved;

  if (segment->watched == 0)
    watch (segment, now);
  if (now - segment->watched < STARVED_TIME)
    return FALSE;

  starved = all > 0 && own < all / n / STARVED_PART;
  watch (segment, now);

  return starved;
}

static SkeinSegment *
find_starved (SkeinTransfer *transfer,
              guint          n,
              gint64         now)
{
  for (guint i = 0; i < transfer->segments->len; i++)
    {
      SkeinSegment *segment = g_ptr_array_index (transfer->segments, i);

      if (segment->is_helper && !segment->let_go && is_starved (segment, n, now))
        return segment;
    }

  return NULL;
}

static SkeinSegment *
find_least (SkeinTransfer *transfer)
{
  SkeinSegment *least = NULL;

  for (guint i = 0; i < transfer->segments->len; i++)
    {
      SkeinSegment *segment = g_ptr_array_index (transfer->segments, i);

      if (segment->is_helper && !segment->let_go && (least == NULL || segment->brought < least->brought))
        least = segment;
    }

  return least;
}

static void
note_let_go (SkeinTransfer *transfer)
{
  transfer->n_let_go++;
  skein_progress_note (transfer->progress, SKEIN_NOTE_CONNECTION_LET_GO, transfer->n_let_go);
}

static SkeinSegment *
ask_governor (SkeinTransfer *transfer,
              guint          n,
              gint64         now)
{
  guint64 left = skein_range_map_get_total (transfer->map) -
                 skein_range_map_get_n_done_bytes (transfer->map);

  switch (skein_governor_look (&transfer->governor, now, transfer->came, left, n))
    {
    case SKEIN_GOVERNOR_TRY_LESS:
      transfer->most_helpers = n - 2;
      return find_least (transfer);
    case SKEIN_GOVERNOR_TAKE_BACK:
      transfer->most_helpers = n;
      return NULL;
    case SKEIN_GOVERNOR_NOT_MISSED:
      note_let_go (transfer);
      return NULL;
    case SKEIN_GOVERNOR_GO_ON:
    default:
      return NULL;
    }
}

static SkeinSegment *
choose (SkeinTransfer *transfer,
        guint          n,
        gint64         now)
{
  guint allowed = skein_pace_most_connections (transfer);
  SkeinSegment *starved;

  if (n < 2)
    return NULL;

  /* Held back by a limit, nobody can show what it could add. */
  if (allowed < G_MAXUINT)
    return n > allowed ? find_least (transfer) : NULL;

  starved = find_starved (transfer, n, now);
  if (starved == NULL)
    return ask_governor (transfer, n, now);

  transfer->most_helpers = n - 2;
  note_let_go (transfer);

  return starved;
}

void
skein_let_go_consider (SkeinTransfer *transfer)
{
  gint64 now = g_get_monotonic_time ();
  g_autoptr (GCancellable) stop = NULL;
  SkeinSegment *chosen = NULL;

  g_mutex_lock (&transfer->mutex);
  if (now >= transfer->look_due)
    {
      transfer->look_due = now + LOOK_AGAIN;
      chosen = choose (transfer, count_staying (transfer), now);
    }
  if (chosen != NULL)
    {
      chosen->let_go = TRUE;
      stop = g_object_ref (chosen->stop);
    }
  g_mutex_unlock (&transfer->mutex);

  if (stop != NULL)
    g_cancellable_cancel (stop);
}
