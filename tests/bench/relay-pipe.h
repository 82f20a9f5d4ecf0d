/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-pace.h"

G_BEGIN_DECLS

/**
 * RelayPipe:
 *
 * One direction of a connection: takes bytes from one socket at its pace, keeps them for the time of the way, and
 * gives them to another. All of one thread; times in microseconds of the monotonic clock.
 */
typedef struct _RelayPipe RelayPipe;

/**
 * relay_pipe_new:
 * @from: a non-blocking socket, borrowed
 * @to: likewise
 * @delay: what the way takes
 * @ready_at: nothing leaves before, as while a connection is still being made
 * @rate: bytes per second, 0 for no limit
 * @total: (nullable): a pace shared with others, borrowed
 */
RelayPipe *relay_pipe_new        (int        from,
                                  int        to,
                                  gint64     delay,
                                  gint64     ready_at,
                                  double     rate,
                                  RelayPace *total);

/** relay_pipe_free: drops what is on the way; leaves the sockets alone. */
void       relay_pipe_free       (RelayPipe *self);

/** relay_pipe_set_readable: there may be bytes to take. */
void       relay_pipe_set_readable (RelayPipe *self);

/** relay_pipe_set_writable: there may be room to give. */
void       relay_pipe_set_writable (RelayPipe *self);

/**
 * relay_pipe_pump:
 *
 * Does what can be done at @now.
 *
 * Returns: when there will be more to do without new word of the sockets; G_MAXINT64 for never
 */
gint64     relay_pipe_pump       (RelayPipe *self,
                                  gint64     now);

/** relay_pipe_is_done: whether the end was passed on, or an end has broken. */
gboolean   relay_pipe_is_done    (RelayPipe *self);

/** relay_pipe_is_broken: whether one of its ends has failed. */
gboolean   relay_pipe_is_broken  (RelayPipe *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RelayPipe, relay_pipe_free)

G_END_DECLS
