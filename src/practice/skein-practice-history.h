/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-practice-request.h"

G_BEGIN_DECLS

/**
 * SkeinPracticeHistory:
 *
 * What the connections of a server must know of one another: the requests there were, how often each
 * target was asked for, how many answers of each path are under way. All functions may be called from
 * any thread.
 */
typedef struct _SkeinPracticeHistory SkeinPracticeHistory;

/** SKEIN_PRACTICE_HISTORY_MAX: requests kept; older ones are forgotten. */
#define SKEIN_PRACTICE_HISTORY_MAX 16384

/**
 * skein_practice_history_new:
 *
 * Returns: (transfer full): an empty history
 */
SkeinPracticeHistory *skein_practice_history_new         (void);

/**
 * skein_practice_history_free:
 * @self: (transfer full): a history
 */
void                  skein_practice_history_free        (SkeinPracticeHistory *self);

/**
 * skein_practice_history_add:
 * @self: a history
 * @request: a request that came
 *
 * Returns: how many requests for its target there were, this one included
 */
guint64               skein_practice_history_add         (SkeinPracticeHistory *self,
                                                          SkeinPracticeRequest *request);

/**
 * skein_practice_history_dup_requests:
 * @self: a history
 *
 * Returns: (transfer full) (element-type SkeinPracticeRequest): the requests, oldest first
 */
GPtrArray            *skein_practice_history_dup_requests (SkeinPracticeHistory *self);

/**
 * skein_practice_history_clear:
 * @self: a history
 *
 * Forgets all requests and how often each target was asked for.
 */
void                  skein_practice_history_clear       (SkeinPracticeHistory *self);

/**
 * skein_practice_history_enter:
 * @self: a history
 * @path: a path
 * @fd: the connection that it is asked for on; it stays open until skein_practice_history_leave()
 *
 * Notes that an answer for @path begins. Those whose clients have hung up are not under way any more.
 *
 * Returns: how many are under way, this one included
 */
guint                 skein_practice_history_enter       (SkeinPracticeHistory *self,
                                                          const char           *path,
                                                          int                   fd);

/**
 * skein_practice_history_leave:
 * @self: a history
 * @fd: as given to skein_practice_history_enter()
 */
void                  skein_practice_history_leave       (SkeinPracticeHistory *self,
                                                          int                   fd);

/**
 * skein_practice_history_get_peak:
 * @self: a history
 * @path: (nullable): a path, or %NULL for all paths together
 *
 * Returns: how many answers were under way at once at the most, since the last clear
 */
guint                 skein_practice_history_get_peak    (SkeinPracticeHistory *self,
                                                          const char           *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinPracticeHistory, skein_practice_history_free)

G_END_DECLS
