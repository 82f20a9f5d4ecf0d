/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-pace.h"

/* Bytes a second for each connection: a little more than what the kernel holds for one that is not read. */
#define ENOUGH_FOR_ONE (256 * 1024)

gsize
skein_pace_room (SkeinTransfer *transfer,
                 gsize          most)
{
  if (transfer->limiter != NULL)
    most = MIN (most, skein_rate_limiter_suggest (transfer->limiter));

  return MIN (most, skein_rate_limiter_suggest (transfer->own_limiter));
}

/* Both are paid, also while one of them is the slower: each has to know all that was read. */
gint64
skein_pace_pay (SkeinTransfer *transfer,
                gsize          length)
{
  gint64 now = g_get_monotonic_time ();
  gint64 own = skein_rate_limiter_take (transfer->own_limiter, now, length);
  gint64 shared = 0;

  /* Not within MAX(), which would pay it twice. */
  if (transfer->limiter != NULL)
    shared = skein_rate_limiter_take (transfer->limiter, now, length);

  return MAX (own, shared);
}

static guint
connections_for (guint64 rate)
{
  return rate > 0 ? (guint) CLAMP (rate / ENOUGH_FOR_ONE, 1, G_MAXUINT) : G_MAXUINT;
}

static guint64
shared_rate (SkeinTransfer *transfer)
{
  return transfer->limiter != NULL ? skein_rate_limiter_get_rate (transfer->limiter) : 0;
}

guint
skein_pace_most_connections (SkeinTransfer *transfer)
{
  return MIN (connections_for (skein_rate_limiter_get_rate (transfer->own_limiter)),
              connections_for (shared_rate (transfer)));
}

gboolean
skein_pace_has_room (SkeinTransfer *transfer,
                     guint          connections)
{
  return connections < skein_pace_most_connections (transfer) &&
         skein_host_table_get_in_use (transfer->context->hosts) < connections_for (shared_rate (transfer));
}
