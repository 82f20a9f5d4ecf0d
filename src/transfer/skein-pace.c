/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-pace.h"

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
  gint64 wait = skein_rate_limiter_take (transfer->own_limiter, now, length);

  if (transfer->limiter != NULL)
    wait = MAX (wait, skein_rate_limiter_take (transfer->limiter, now, length));

  return wait;
}
