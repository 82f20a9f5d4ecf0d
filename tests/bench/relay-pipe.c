/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "relay-pipe.h"

#include <errno.h>
#include <sys/socket.h>

#define CHUNK_MAX ((gsize) 16 * 1024)
#define CHUNK_MIN ((gsize) 1448)
#define CHUNK_SECONDS 0.002

/* The window of a connection: what may be on the way. */
#define WINDOW_MAX ((gsize) 1024 * 1024)
#define WINDOW_MIN ((gsize) 64 * 1024)
#define WINDOW_SPARE_SECONDS 0.05

#define PACE_GRAIN 500

/* Some bytes on the way; without any it is the end. */
typedef struct
{
  gint64 due;
  gsize  length;
  gsize  given;
  char   data[];
} Chunk;

struct _RelayPipe
{
  int        from;
  int        to;
  gint64     delay;
  gint64     ready_at;
  RelayPace  pace;
  RelayPace *total;
  gsize      chunk;
  gsize      window;
  gsize      held;
  GQueue     chunks;
  gboolean   readable;
  gboolean   writable;
  gboolean   ended;
  gboolean   done;
  gboolean   broken;
};

RelayPipe *
relay_pipe_new (int        from,
                int        to,
                gint64     delay,
                gint64     ready_at,
                double     rate,
                RelayPace *total)
{
  RelayPipe *self = g_new0 (RelayPipe, 1);
  double window = rate * ((double) delay / G_USEC_PER_SEC + WINDOW_SPARE_SECONDS);

  self->from = from;
  self->to = to;
  self->delay = delay;
  self->ready_at = ready_at;
  self->pace.rate = rate;
  self->total = total;
  self->chunk = rate > 0 ? CLAMP ((gsize) (rate * CHUNK_SECONDS), CHUNK_MIN, CHUNK_MAX) : CHUNK_MAX;
  self->window = rate > 0 ? CLAMP ((gsize) window, WINDOW_MIN, WINDOW_MAX) : WINDOW_MAX;
  self->readable = self->writable = TRUE;
  g_queue_init (&self->chunks);

  return self;
}

void
relay_pipe_free (RelayPipe *self)
{
  g_queue_clear_full (&self->chunks, g_free);
  g_free (self);
}

void
relay_pipe_set_readable (RelayPipe *self)
{
  self->readable = TRUE;
}

void
relay_pipe_set_writable (RelayPipe *self)
{
  self->writable = TRUE;
}

static void
relay_pipe_break (RelayPipe *self)
{
  self->broken = self->done = TRUE;
}

static void
relay_pipe_give_end (RelayPipe *self)
{
  shutdown (self->to, SHUT_WR);
  self->done = TRUE;
}

/* Whether all of it could be given. */
static gboolean
relay_pipe_give_chunk (RelayPipe *self,
                       Chunk     *chunk)
{
  while (chunk->given < chunk->length)
    {
      gssize n = send (self->to, chunk->data + chunk->given, chunk->length - chunk->given, MSG_NOSIGNAL);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          self->writable = FALSE;
          if (errno != EAGAIN)
            relay_pipe_break (self);
          return FALSE;
        }
      chunk->given += (gsize) n;
    }

  return TRUE;
}

static void
relay_pipe_give (RelayPipe *self,
                 gint64     now)
{
  Chunk *chunk;

  while (!self->done && self->writable && (chunk = g_queue_peek_head (&self->chunks)) != NULL && chunk->due <= now)
    {
      if (!relay_pipe_give_chunk (self, chunk))
        return;
      if (chunk->length == 0)
        relay_pipe_give_end (self);
      self->held -= chunk->length;
      g_free (g_queue_pop_head (&self->chunks));
    }
}

static void
relay_pipe_rest (RelayPipe *self)
{
  self->readable = FALSE;
  relay_pace_rest (&self->pace);
  if (self->total != NULL)
    relay_pace_rest (self->total);
}

static gint64
relay_pipe_leaves_at (RelayPipe *self,
                      gint64     now,
                      gsize      bytes)
{
  gint64 own = relay_pace_take (&self->pace, now, bytes);
  gint64 all = self->total != NULL ? relay_pace_take (self->total, now, bytes) : own;

  return MAX (MAX (own, all), self->ready_at);
}

static gboolean
relay_pipe_take_chunk (RelayPipe *self,
                       gint64     now)
{
  char buffer[CHUNK_MAX];
  gssize n = recv (self->from, buffer, self->chunk, 0);
  Chunk *chunk;

  if (n < 0)
    {
      if (errno == EINTR)
        return TRUE;
      if (errno != EAGAIN)
        relay_pipe_break (self);
      relay_pipe_rest (self);
      return FALSE;
    }

  chunk = g_malloc (sizeof (Chunk) + (gsize) n);
  chunk->length = (gsize) n;
  chunk->given = 0;
  chunk->due = relay_pipe_leaves_at (self, now, chunk->length) + self->delay;
  memcpy (chunk->data, buffer, chunk->length);
  g_queue_push_tail (&self->chunks, chunk);
  self->held += chunk->length;
  self->ended = n == 0;

  return !self->ended;
}

static gboolean
relay_pipe_wants_more (RelayPipe *self)
{
  return self->readable && !self->ended && !self->done && self->held < self->window;
}

static gboolean
relay_pipe_is_open (RelayPipe *self,
                    gint64     now)
{
  return relay_pace_is_open (&self->pace, now) && (self->total == NULL || relay_pace_is_open (self->total, now));
}

static void
relay_pipe_take (RelayPipe *self,
                 gint64     now)
{
  while (relay_pipe_wants_more (self) && relay_pipe_is_open (self, now) && relay_pipe_take_chunk (self, now))
    ;
}

static gint64
relay_pipe_next (RelayPipe *self,
                 gint64     now)
{
  Chunk *chunk = g_queue_peek_head (&self->chunks);
  gint64 next = G_MAXINT64;

  if (self->done)
    return next;
  if (chunk != NULL && self->writable)
    next = chunk->due;
  if (relay_pipe_wants_more (self))
    {
      double opens = MAX (self->pace.free_at, self->total != NULL ? self->total->free_at : 0);

      /* A pace makes up for waking late, so there is no need to wake for each chunk. */
      next = MIN (next, MAX ((gint64) opens, now + PACE_GRAIN));
    }

  return next;
}

gint64
relay_pipe_pump (RelayPipe *self,
                 gint64     now)
{
  relay_pipe_give (self, now);
  relay_pipe_take (self, now);
  if (self->delay == 0)
    relay_pipe_give (self, now);

  return relay_pipe_next (self, now);
}

gboolean
relay_pipe_is_done (RelayPipe *self)
{
  return self->done;
}

gboolean
relay_pipe_is_broken (RelayPipe *self)
{
  return self->broken;
}
