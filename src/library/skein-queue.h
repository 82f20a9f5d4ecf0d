/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SkeinQueue:
 *
 * The order, and who may start: first come, first served, among those whose host has room. Decides and
 * counts, starts nothing, and has no clock of its own. Nothing in it takes time in proportion to how many
 * wait. Not thread-safe.
 */
typedef struct _SkeinQueue SkeinQueue;

/**
 * skein_queue_new:
 * @per_host: items at once from one host, whichever runner they run on; at least 1
 *
 * Returns: (transfer full): an empty queue
 */
SkeinQueue *skein_queue_new            (guint         per_host);

/**
 * skein_queue_free:
 * @self: (transfer full): a queue
 */
void        skein_queue_free           (SkeinQueue   *self);

/**
 * skein_queue_set_per_host:
 * @self: a queue
 * @per_host: items at once from one host, at least 1
 */
void        skein_queue_set_per_host   (SkeinQueue   *self,
                                        guint         per_host);

/**
 * skein_queue_push_tail:
 * @self: a queue
 * @item: what waits; not in the queue yet
 * @host: where it comes from
 *
 * Returns: its place, for skein_queue_insert(); each is given once
 */
gint64      skein_queue_push_tail      (SkeinQueue   *self,
                                        gpointer      item,
                                        const char   *host);

/**
 * skein_queue_push_head:
 * @self: a queue
 * @item: what waits; not in the queue yet
 * @host: where it comes from
 *
 * Returns: its place
 */
gint64      skein_queue_push_head      (SkeinQueue   *self,
                                        gpointer      item,
                                        const char   *host);

/**
 * skein_queue_insert:
 * @self: a queue
 * @item: what waits; not in the queue yet
 * @host: where it comes from
 * @order: the place that it had before
 */
void        skein_queue_insert         (SkeinQueue   *self,
                                        gpointer      item,
                                        const char   *host,
                                        gint64        order);

/**
 * SKEIN_QUEUE_NEVER:
 *
 * A time that never comes.
 */
#define SKEIN_QUEUE_NEVER G_MAXINT64

/**
 * skein_queue_put_off:
 * @self: a queue
 * @item: what shall wait, but not stand in line yet; not in the queue yet
 * @host: where it comes from
 * @order: the place that it had before, or 0 for one at the end
 * @until: microseconds of the caller's clock
 *
 * Returns: its place once it stands in line
 */
gint64      skein_queue_put_off        (SkeinQueue   *self,
                                        gpointer      item,
                                        const char   *host,
                                        gint64        order,
                                        gint64        until);

/**
 * skein_queue_ripen:
 * @self: a queue
 * @now: microseconds of the caller's clock
 *
 * To be called until it gives %NULL.
 *
 * Returns: (nullable): one that was put off until @now or before, and stands in line now
 */
gpointer    skein_queue_ripen          (SkeinQueue   *self,
                                        gint64        now);

/**
 * skein_queue_recall:
 * @self: a queue
 * @item: any
 *
 * If it was put off, it stands in line now, whatever its time.
 */
void        skein_queue_recall         (SkeinQueue   *self,
                                        gpointer      item);

/**
 * skein_queue_get_next_time:
 * @self: a queue
 *
 * Returns: the earliest time that something was put off until, or %SKEIN_QUEUE_NEVER for none
 */
gint64      skein_queue_get_next_time  (SkeinQueue   *self);

/**
 * skein_queue_foreach_put_off:
 * @self: a queue
 * @func: called with each item that was put off, the earliest first; must not change the queue
 * @user_data: for @func
 */
void        skein_queue_foreach_put_off (SkeinQueue  *self,
                                         GFunc        func,
                                         gpointer     user_data);

/**
 * skein_queue_remove:
 * @self: a queue
 * @item: any
 *
 * Returns: whether it was waiting, in line or put off
 */
gboolean    skein_queue_remove         (SkeinQueue   *self,
                                        gpointer      item);

/**
 * skein_queue_peek:
 * @self: a queue
 * @runner: who would run it
 * @capacity: how many @runner runs at once
 *
 * Returns: (nullable): who may start now
 */
gpointer    skein_queue_peek           (SkeinQueue   *self,
                                        gconstpointer runner,
                                        guint         capacity);

/**
 * skein_queue_start:
 * @self: a queue
 * @item: what waits
 * @runner: who runs it
 *
 * Takes it out of the line and counts it for its host and @runner.
 */
void        skein_queue_start          (SkeinQueue   *self,
                                        gpointer      item,
                                        gconstpointer runner);

/**
 * skein_queue_end:
 * @self: a queue
 * @host: as when it was put in
 * @runner: as given to skein_queue_start()
 *
 * One that was started has ended.
 */
void        skein_queue_end            (SkeinQueue   *self,
                                        const char   *host,
                                        gconstpointer runner);

/**
 * skein_queue_hold:
 * @self: a queue
 * @item: what waits, but cannot start for now
 *
 * Passes over its host until skein_queue_release_holds().
 */
void        skein_queue_hold           (SkeinQueue   *self,
                                        gpointer      item);

/**
 * skein_queue_release_holds:
 * @self: a queue
 */
void        skein_queue_release_holds  (SkeinQueue   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinQueue, skein_queue_free)

G_END_DECLS
