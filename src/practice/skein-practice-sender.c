/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-practice-sender.h"

#include <string.h>

#define SLICE_MOST      (256 * 1024)
#define SLICES_A_SECOND 50
#define CATCH_UP_MOST   (100 * 1000)
#define MILLISECOND     1000

typedef struct
{
  SkeinPracticeConnection  *connection;
  SkeinPracticeBody        *body;
  const SkeinPracticeKnobs *knobs;
  guint64                   position;  /* bytes of the body sent */
  gint64                    start;     /* since when the pace is counted, */
  guint64                   paced;     /* and the bytes since then */
} Sending;

/* How the last chunk before a place ends. */
typedef struct
{
  const char *tail;    /* after the data, instead of CR LF */
  guint       missing; /* bytes the chunk's size tells of and that do not come */
} ChunkEnd;

static const ChunkEnd proper_end = { "\r\n", 0 };

static gsize
slice_length (const SkeinPracticeKnobs *knobs)
{
  if (knobs->drip > 0)
    return 1;
  if (knobs->rate > 0)
    return CLAMP (knobs->rate / SLICES_A_SECOND, 1, SLICE_MOST);

  return SLICE_MOST;
}

/* Waits until the last byte of the next slice is due. */
static gboolean
keep_pace (Sending *sending,
           gsize    length)
{
  const SkeinPracticeKnobs *knobs = sending->knobs;
  gint64 due;
  gint64 now;

  if (knobs->drip == 0 && knobs->rate == 0)
    return TRUE;

  sending->paced += length;
  due = sending->start;
  if (knobs->drip > 0)
    due += (gint64) (sending->paced * knobs->drip * MILLISECOND);
  else
    due += (gint64) ((double) sending->paced * G_USEC_PER_SEC / (double) knobs->rate);

  now = g_get_monotonic_time ();
  if (now > due + CATCH_UP_MOST)
    {
      /* A client that did not read for a while must not get all it missed at once. */
      sending->start = now;
      sending->paced = 0;
    }

  return skein_practice_connection_wait_until (sending->connection, due);
}

static const guint8 *
next_slice (Sending *sending,
            guint64  limit,
            gsize   *length)
{
  const guint8 *data = skein_practice_body_peek (sending->body,
                                                 skein_practice_connection_get_window (sending->connection),
                                                 sending->position,
                                                 length);

  *length = MIN (*length, slice_length (sending->knobs));
  *length = MIN (*length, limit - sending->position);

  return data;
}

static gboolean
send_plain (Sending *sending,
            guint64  limit)
{
  while (sending->position < limit)
    {
      gsize length;
      const guint8 *data = next_slice (sending, limit, &length);

      if (!keep_pace (sending, length) ||
          !skein_practice_connection_write (sending->connection, data, length))
        return FALSE;
      sending->position += length;
    }

  return TRUE;
}

static gboolean
send_chunks (Sending        *sending,
             guint64         limit,
             const ChunkEnd *last)
{
  while (sending->position < limit)
    {
      gsize length;
      const guint8 *data = next_slice (sending, limit, &length);
      const ChunkEnd *end = sending->position + length == limit ? last : &proper_end;
      char size[24];
      GOutputVector vectors[3] = { { size, 0 }, { data, length }, { end->tail, strlen (end->tail) } };

      vectors[0].size = g_snprintf (size, sizeof size, "%" G_GSIZE_MODIFIER "x\r\n", length + end->missing);
      if (!keep_pace (sending, length) ||
          !skein_practice_connection_writev (sending->connection, vectors, G_N_ELEMENTS (vectors)))
        return FALSE;
      sending->position += length;
    }

  return TRUE;
}

static gboolean
send_text (Sending    *sending,
           const char *text)
{
  return skein_practice_connection_write (sending->connection, text, strlen (text));
}

/* A line that is no size of a chunk, then the rest as if it were one. */
static SkeinPracticeSent
send_bad_size (Sending    *sending,
               const char *line)
{
  if (send_text (sending, line) &&
      send_plain (sending, sending->body->length))
    send_text (sending, "\r\n0\r\n\r\n");

  return SKEIN_PRACTICE_SENT_CLOSE;
}

static SkeinPracticeSent
send_rest_of_chunks (Sending *sending)
{
  static const char nul_trailer[] = "0\r\nX-Trailer: a\0b\r\n\r\n";
  const GString *fault = sending->knobs->chunk_fault;
  gboolean sent;

  if (!send_chunks (sending, sending->body->length, &proper_end))
    return SKEIN_PRACTICE_SENT_CLOSE;

  if (skein_practice_knobs_is (fault, "nul-trailer"))
    sent = skein_practice_connection_write (sending->connection, nul_trailer, sizeof nul_trailer - 1);
  else if (skein_practice_knobs_is (fault, "trailers"))
    sent = send_text (sending, "0\r\nX-Trailer: first\r\nX-Second-Trailer: second\r\n\r\n");
  else if (skein_practice_knobs_is (fault, "folded-trailer"))
    sent = send_text (sending, "0\r\nX-Trailer: first\r\n  and folded\r\n\r\n");
  else
    sent = send_text (sending, "0\r\n\r\n");

  return sent ? SKEIN_PRACTICE_SENT : SKEIN_PRACTICE_SENT_CLOSE;
}

static SkeinPracticeSent
send_faulty_chunks (Sending *sending)
{
  static const struct { const char *fault; const char *line; } bad_sizes[] = {
    { "size-garbage", "ZZZ\r\n" },
    { "size-negative", "-5\r\n" },
    { "size-huge", "FFFFFFFFFFFFFFFF\r\n" },
    { "size-overflow", "FFFFFFFFFFFFFFFFF\r\n" },
    { "size-empty", "\r\n" },
  };
  const SkeinPracticeKnobs *knobs = sending->knobs;
  const GString *fault = knobs->chunk_fault;
  gboolean whole = skein_practice_knobs_is (fault, "no-end");
  guint64 limit = knobs->cut != SKEIN_PRACTICE_UNSET ? MIN (knobs->cut, sending->body->length)
                                                     : sending->body->length / (whole ? 1 : 2);
  ChunkEnd end = proper_end;

  if (skein_practice_knobs_is (fault, "before-crlf"))
    end.tail = "";
  else if (skein_practice_knobs_is (fault, "mid"))
    end = (ChunkEnd) { "", 16 };
  else if (skein_practice_knobs_is (fault, "after-data-garbage"))
    end.tail = "garbage\r\n";

  if (!send_chunks (sending, limit, &end))
    return SKEIN_PRACTICE_SENT_CLOSE;

  for (guint i = 0; i < G_N_ELEMENTS (bad_sizes); i++)
    if (skein_practice_knobs_is (fault, bad_sizes[i].fault))
      return send_bad_size (sending, bad_sizes[i].line);

  if (skein_practice_knobs_is (fault, "after-data-garbage"))
    send_rest_of_chunks (sending);
  else if (whole)
    send_text (sending, "0\r\n");

  return SKEIN_PRACTICE_SENT_CLOSE;
}

static gboolean
has_fault_within (const GString *fault)
{
  return fault != NULL && !skein_practice_knobs_is (fault, "trailers") &&
         !skein_practice_knobs_is (fault, "folded-trailer") && !skein_practice_knobs_is (fault, "nul-trailer");
}

static SkeinPracticeSent
send_until_end (Sending *sending,
                guint64  limit,
                gboolean chunked)
{
  static const ChunkEnd open_end = { "", 0 };
  const SkeinPracticeKnobs *knobs = sending->knobs;

  if (chunked ? !send_chunks (sending, limit, &open_end) : !send_plain (sending, limit))
    return SKEIN_PRACTICE_SENT_CLOSE;

  if (limit == knobs->reset)
    return SKEIN_PRACTICE_SENT_RESET;
  if (limit == knobs->stall)
    skein_practice_connection_wait_gone (sending->connection);

  return SKEIN_PRACTICE_SENT_CLOSE;
}

SkeinPracticeSent
skein_practice_send_body (SkeinPracticeConnection  *connection,
                          SkeinPracticeBody        *body,
                          const SkeinPracticeKnobs *knobs,
                          gboolean                  chunked)
{
  Sending sending = { connection, body, knobs, 0, g_get_monotonic_time (), 0 };
  guint64 limit = MIN (MIN (knobs->cut, knobs->reset), knobs->stall);

  if (chunked && has_fault_within (knobs->chunk_fault))
    return send_faulty_chunks (&sending);
  if (limit <= body->length)
    return send_until_end (&sending, limit, chunked);
  if (chunked)
    return send_rest_of_chunks (&sending);

  return send_plain (&sending, body->length) ? SKEIN_PRACTICE_SENT : SKEIN_PRACTICE_SENT_CLOSE;
}
