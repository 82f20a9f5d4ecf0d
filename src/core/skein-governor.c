/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-governor.h"

#include <math.h>

/* So long is a speed measured, and so long nobody measures after a change. */
#define WINDOW (3 * G_USEC_PER_SEC / 2)
#define SETTLE (G_USEC_PER_SEC / 2)

/* A trial costs up to one share of the speed for about two seconds; it pays only where there is much to come, and after
 * one that failed the next comes later and later. */
#define WORTH_IT       10 /* s */
#define PATIENCE       (60 * G_USEC_PER_SEC)
#define MOST_PATIENCE  (G_TIME_SPAN_HOUR)

/* One window may be like another by chance. */
#define ENOUGH_ALIKE 2

/* Of an even share: who adds less than that adds nothing, and a speed that wavers by more tells nothing. */
#define LITTLE 0.25

static void
begin_window (SkeinGovernor *self,
              gint64         now,
              guint64        came)
{
  self->settling = FALSE;
  self->begun = now;
  self->came = came;
}

static void
settle (SkeinGovernor *self,
        gint64         now)
{
  self->settling = TRUE;
  self->begun = now + SETTLE;
}

static void
begin_anew (SkeinGovernor *self,
            gint64         now,
            guint          connections)
{
  self->rate = 0;
  self->alike = 0;
  self->before = 0;
  self->connections = connections;
  settle (self, now);
}

static SkeinGovernorAdvice
judge (SkeinGovernor *self,
       gint64         now,
       double         rate)
{
  double share = self->before / (self->connections + 1);
  gboolean missed = self->before - rate > LITTLE * share;

  if (!missed && ++self->alike < ENOUGH_ALIKE)
    return SKEIN_GOVERNOR_GO_ON;

  self->before = 0;
  self->alike = 0;
  self->rate = rate;
  if (!missed)
    return SKEIN_GOVERNOR_NOT_MISSED;

  self->patience = CLAMP (2 * self->patience, PATIENCE, MOST_PATIENCE);
  self->next_trial = now + self->patience;
  self->connections++;

  return SKEIN_GOVERNOR_TAKE_BACK;
}

static gboolean
is_steady (SkeinGovernor *self,
           double         rate)
{
  double mean = (self->rate + rate) / 2;

  if (self->rate > 0 && fabs (self->rate - rate) < LITTLE * mean / self->connections)
    self->alike++;
  else
    self->alike = 0;

  return self->alike >= ENOUGH_ALIKE;
}

SkeinGovernorAdvice
skein_governor_look (SkeinGovernor *self,
                     gint64         now,
                     guint64        came,
                     guint64        left,
                     guint          connections)
{
  SkeinGovernorAdvice advice = SKEIN_GOVERNOR_GO_ON;
  double rate;

  if (connections != self->connections)
    begin_anew (self, now, connections);
  if (self->settling && now >= self->begun)
    begin_window (self, now, came);
  if (self->settling || now - self->begun < WINDOW)
    return SKEIN_GOVERNOR_GO_ON;

  rate = (double) (came - self->came) * G_USEC_PER_SEC / (double) (now - self->begun);
  if (self->before > 0)
    advice = judge (self, now, rate);
  else if (is_steady (self, rate) && connections > 1 && now >= self->next_trial &&
           (double) left > WORTH_IT * rate)
    {
      advice = SKEIN_GOVERNOR_TRY_LESS;
      self->before = (self->rate + rate) / 2;
      self->alike = 0;
      self->connections--;
    }
  else
    self->rate = rate;

  if (advice == SKEIN_GOVERNOR_GO_ON || advice == SKEIN_GOVERNOR_NOT_MISSED)
    begin_window (self, now, came);
  else
    settle (self, now);

  return advice;
}
