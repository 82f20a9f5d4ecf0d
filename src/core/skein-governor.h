/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SkeinGovernor:
 *
 * Finds out whether the connections of one transfer all add to its speed: where a line is full, some of them
 * only take from the others. While the speed is steady it lets one go, looks at the speed without it, and
 * takes it back if it is missed. Where the speed is not steady enough to tell, nobody is let go. Plain
 * data without a clock or a lock: whoever owns it lets in one thread at a time. The fields are private; times are
 * microseconds of the monotonic clock. Zeroed, it is ready.
 */
typedef struct
{
  guint    connections; /* during the window */
  gboolean settling;    /* the window has not begun yet */
  gint64   begun;       /* when it began, or may begin */
  guint64  came;        /* bytes at its beginning */
  double   rate;        /* bytes a second in the window before; 0: there was none */
  guint    alike;       /* how many windows in a row were like the one before */
  double   before;      /* rate with one more; 0: none is on trial */
  gint64   next_trial;
  gint64   patience;    /* until the trial after the next one that fails */
} SkeinGovernor;

/**
 * SkeinGovernorAdvice:
 * @SKEIN_GOVERNOR_GO_ON: nothing is to be done
 * @SKEIN_GOVERNOR_TRY_LESS: one connection is to be let go, to see what happens
 * @SKEIN_GOVERNOR_NOT_MISSED: the one that was let go had added nothing
 * @SKEIN_GOVERNOR_TAKE_BACK: it had added something: one more again
 */
typedef enum
{
  SKEIN_GOVERNOR_GO_ON,
  SKEIN_GOVERNOR_TRY_LESS,
  SKEIN_GOVERNOR_NOT_MISSED,
  SKEIN_GOVERNOR_TAKE_BACK,
} SkeinGovernorAdvice;

/**
 * skein_governor_look:
 * @self: a governor
 * @now: monotonic microseconds
 * @came: bytes that came so far, over all connections
 * @left: bytes that are to come
 * @connections: how many there are
 *
 * To be called a few times a second. After an advice that changes how many there are it expects that number
 * from the next call on; if there is another, it begins anew.
 *
 * Returns: what to do
 */
SkeinGovernorAdvice skein_governor_look (SkeinGovernor *self,
                                         gint64         now,
                                         guint64        came,
                                         guint64        left,
                                         guint          connections);

G_END_DECLS
