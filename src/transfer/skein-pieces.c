/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-pieces.h"

#include "skein-error.h"
#include "skein-sources.h"

/* Bytes hashed at once. */
#define BLOCK (256 * 1024)

/* How often one piece is fetched before there is no hope for it. */
#define MOST_TRIES 4

typedef enum
{
  STATE_UNKNOWN,
  STATE_CHECKING,
  STATE_STALE,     /* being checked, and written to meanwhile */
  STATE_GOOD,
} State;

struct _SkeinPieces
{
  SkeinSourceSet *set;
  guint           n;

  /* Under the transfer's mutex. */
  guint8         *states;
  guint8         *tries;
};

SkeinPieces *
skein_pieces_new (SkeinSourceSet *set,
                  gint64          total)
{
  guint n = set != NULL ? skein_source_set_get_n_pieces (set, total) : 0;
  SkeinPieces *self;

  if (n == 0)
    return NULL;

  self = g_new0 (SkeinPieces, 1);
  self->set = skein_source_set_ref (set);
  self->n = n;
  self->states = g_new0 (guint8, n);
  self->tries = g_new0 (guint8, n);

  return self;
}

void
skein_pieces_free (SkeinPieces *self)
{
  skein_source_set_unref (self->set);
  g_free (self->states);
  g_free (self->tries);
  g_free (self);
}

static SkeinRange
range_of (SkeinTransfer *transfer,
          guint          piece)
{
  guint64 length = transfer->pieces->set->piece_length;
  guint64 start = piece * length;

  return (SkeinRange) { start, MIN (start + length, (guint64) transfer->total) };
}

/* Whether it is this thread's to hash. */
static gboolean
claim (SkeinTransfer *transfer,
       guint          piece,
       gboolean       again)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&transfer->mutex);
  guint8 *state = &transfer->pieces->states[piece];
  SkeinRange range = range_of (transfer, piece);

  if (!skein_range_map_is_done (transfer->map, range.start, range.end))
    return FALSE;
  if (*state == STATE_CHECKING && again)
    *state = STATE_STALE;
  if (*state == STATE_CHECKING || *state == STATE_STALE || (*state == STATE_GOOD && !again))
    return FALSE;

  *state = STATE_CHECKING;

  return TRUE;
}

static gboolean
add_block (SkeinTransfer  *transfer,
           GChecksum      *checksum,
           guint8         *bytes,
           gsize           length,
           guint64         offset,
           GError        **error)
{
  gboolean good;

  /* Waiting for the disk is no hashing: bracketed as such it would keep others from theirs. */
  skein_task_context_enter (transfer->context, SKEIN_OPERATION_WAIT);
  good = skein_part_file_read (transfer->file, bytes, length, offset, error);
  skein_task_context_leave (transfer->context, SKEIN_OPERATION_WAIT);
  if (!good)
    return FALSE;

  skein_task_context_enter (transfer->context, SKEIN_OPERATION_HASH);
  g_checksum_update (checksum, bytes, (gssize) length);
  skein_task_context_leave (transfer->context, SKEIN_OPERATION_HASH);

  return !g_cancellable_set_error_if_cancelled (transfer->stop, error);
}

static char *
hash (SkeinTransfer  *transfer,
      SkeinRange      range,
      GError        **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (transfer->pieces->set->piece_kind);
  gsize size = (gsize) MIN (range.end - range.start, BLOCK);
  g_autofree guint8 *bytes = g_malloc (size);

  skein_progress_set_operation (transfer->progress, SKEIN_OPERATION_HASH);
  while (range.start < range.end)
    {
      gsize length = (gsize) MIN (range.end - range.start, size);

      if (!add_block (transfer, checksum, bytes, length, range.start, error))
        return NULL;
      range.start += length;
    }

  return g_strdup (g_checksum_get_string (checksum));
}

static gboolean
lose_locked (SkeinTransfer  *transfer,
             guint           piece,
             const char     *hex,
             GError        **error)
{
  SkeinPieces *self = transfer->pieces;
  SkeinRange range = range_of (transfer, piece);
  g_autoptr (GError) wrong = NULL;
  guint64 lost;

  wrong = g_error_new (SKEIN_ERROR, SKEIN_ERROR_DIGEST, "Piece %u is %s, not %s", piece, hex,
                       (char *) g_ptr_array_index (self->set->piece_hashes, piece));
  skein_sources_note_lie_locked (transfer, range.start, range.end, wrong);
  transfer->lost = TRUE;
  lost = skein_range_map_lose (transfer->map, range.start, range.end);
  skein_progress_add_received (transfer->progress, -(gint64) lost);
  self->states[piece] = STATE_UNKNOWN;
  g_cond_broadcast (&transfer->changed);

  if (++self->tries[piece] < MOST_TRIES)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&wrong));

  return FALSE;
}

/* %FALSE without an error: it was written to meanwhile. */
static gboolean
settle (SkeinTransfer  *transfer,
        guint           piece,
        const char     *hex,
        GError        **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&transfer->mutex);
  SkeinPieces *self = transfer->pieces;

  if (self->states[piece] == STATE_STALE)
    {
      self->states[piece] = STATE_CHECKING;
      return FALSE;
    }

  if (g_strcmp0 (hex, g_ptr_array_index (self->set->piece_hashes, piece)) != 0)
    return lose_locked (transfer, piece, hex, error);

  self->states[piece] = STATE_GOOD;

  return TRUE;
}

static void
give_up (SkeinTransfer *transfer,
         guint          piece)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&transfer->mutex);

  transfer->pieces->states[piece] = STATE_UNKNOWN;
}

static gboolean
check_one (SkeinTransfer  *transfer,
           guint           piece,
           GError        **error)
{
  for (;;)
    {
      g_autoptr (GError) local = NULL;
      g_autofree char *hex = hash (transfer, range_of (transfer, piece), &local);

      if (hex == NULL)
        give_up (transfer, piece);
      else if (settle (transfer, piece, hex, &local))
        return TRUE;

      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
}

gboolean
skein_pieces_check (SkeinTransfer  *transfer,
                    guint64         start,
                    guint64         end,
                    gboolean        again,
                    GError        **error)
{
  guint64 length = transfer->pieces->set->piece_length;

  for (guint64 piece = start / length; piece * length < end; piece++)
    if (claim (transfer, (guint) piece, again) && !check_one (transfer, (guint) piece, error))
      return FALSE;

  return TRUE;
}
