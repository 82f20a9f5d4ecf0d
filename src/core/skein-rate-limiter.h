/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SkeinRateLimiter:
 *
 * A speed limit shared by any number of readers: a token bucket that may be in debt. A reader
 * reads, pays with skein_rate_limiter_take(), and reads again after the time that this names. The
 * clock is the caller's, so the limiter never sleeps. All functions may be called from any
 * thread. Without a limit a reader pays nothing, not even a lock.
 */
typedef struct _SkeinRateLimiter SkeinRateLimiter;

/**
 * skein_rate_limiter_new:
 * @rate: bytes per second; 0 for no limit
 *
 * Returns: (transfer full): a limiter with one reference
 */
SkeinRateLimiter *skein_rate_limiter_new      (guint64            rate);

/**
 * skein_rate_limiter_ref:
 * @self: a limiter
 *
 * Returns: (transfer full): @self
 */
SkeinRateLimiter *skein_rate_limiter_ref      (SkeinRateLimiter  *self);

/**
 * skein_rate_limiter_unref:
 * @self: (transfer full): a limiter
 */
void              skein_rate_limiter_unref    (SkeinRateLimiter  *self);

/**
 * skein_rate_limiter_set_rate:
 * @self: a limiter
 * @now: microseconds of the monotonic clock
 * @rate: bytes per second; 0 for no limit
 *
 * Holds from now on. What was read before is paid at the old rate.
 */
void              skein_rate_limiter_set_rate (SkeinRateLimiter  *self,
                                               gint64             now,
                                               guint64            rate);

/**
 * skein_rate_limiter_get_rate:
 * @self: a limiter
 *
 * Returns: bytes per second; 0 for no limit
 */
guint64           skein_rate_limiter_get_rate (SkeinRateLimiter  *self);

/**
 * skein_rate_limiter_take:
 * @self: a limiter
 * @now: microseconds of the monotonic clock
 * @bytes: how many were read
 *
 * Each reader is given a time behind those of the readers that took before, so readers take
 * turns. Time in which nobody read is kept for the next 100 ms worth of bytes only; debt never
 * exceeds ten seconds. Who sleeps long should wake every half second and ask again with 0 bytes,
 * as the rate may have changed.
 *
 * Returns: microseconds to wait before the next read; 0 to go on
 */
gint64            skein_rate_limiter_take     (SkeinRateLimiter  *self,
                                               gint64             now,
                                               guint64            bytes);

/**
 * skein_rate_limiter_suggest:
 * @self: a limiter
 *
 * Small pieces let many readers share a low limit evenly.
 *
 * Returns: bytes that a reader should read at most in one go: 5 ms worth, 256 bytes to 1 MiB;
 *   %G_MAXSIZE without a limit
 */
gsize             skein_rate_limiter_suggest  (SkeinRateLimiter  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinRateLimiter, skein_rate_limiter_unref)

G_END_DECLS
