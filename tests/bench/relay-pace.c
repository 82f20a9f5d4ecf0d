/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "relay-pace.h"

/* Longer than any thread waits for its core here, shorter than what a stopped program would make up for. */
#define LATE_MAX (100 * G_TIME_SPAN_MILLISECOND)

gboolean
relay_pace_is_open (RelayPace *self,
                    gint64     now)
{
  if (self->rate <= 0 || self->free_at <= (double) now)
    return TRUE;

  self->turned_away = TRUE;

  return FALSE;
}

gint64
relay_pace_take (RelayPace *self,
                 gint64     now,
                 gsize      bytes)
{
  double from = (double) now;

  if (self->rate <= 0)
    return now;

  if (self->turned_away)
    from = CLAMP (self->free_at, (double) (now - LATE_MAX), (double) now);
  self->free_at = from + (double) bytes * G_USEC_PER_SEC / self->rate;
  /* One chunk may not be enough to make up for all of the lateness. */
  self->turned_away = self->turned_away && self->free_at <= (double) now;

  return (gint64) self->free_at;
}

void
relay_pace_rest (RelayPace *self)
{
  self->turned_away = FALSE;
}
