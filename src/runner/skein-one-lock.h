/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SkeinOneLock:
 *
 * The one lock of a process in which a single thread at a time may compute, with the rule of CPython: whoever
 * has waited for the switch interval asks for it, and the holder gives it up at its next checkpoint and does
 * not get it back before somebody else had it. Nothing that Skein does needs such a lock; it is there to be
 * compared with. All functions may be called from any thread.
 */
typedef struct _SkeinOneLock SkeinOneLock;

/* CPython's: sys.getswitchinterval() is 5 ms. */
#define SKEIN_ONE_LOCK_INTERVAL (5 * 1000)

/**
 * skein_one_lock_new:
 * @interval: microseconds of waiting after which the holder is asked to give the lock up
 *
 * Returns: (transfer full): a lock that nobody holds
 */
SkeinOneLock *skein_one_lock_new        (gint64        interval);

/**
 * skein_one_lock_free:
 * @self: (transfer full): a lock that nobody holds or waits for
 */
void          skein_one_lock_free       (SkeinOneLock *self);

/**
 * skein_one_lock_acquire:
 * @self: a lock that this thread does not hold
 *
 * Waits until it is this thread's.
 */
void          skein_one_lock_acquire    (SkeinOneLock *self);

/**
 * skein_one_lock_release:
 * @self: a lock that this thread holds
 *
 * Does not block.
 */
void          skein_one_lock_release    (SkeinOneLock *self);

/**
 * skein_one_lock_checkpoint:
 * @self: a lock that this thread holds
 *
 * If somebody has asked for it, lets them have it and waits for its return; otherwise reads one number.
 */
void          skein_one_lock_checkpoint (SkeinOneLock *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinOneLock, skein_one_lock_free)

G_END_DECLS
