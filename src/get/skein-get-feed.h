/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "skein-input-list.h"

G_BEGIN_DECLS

/**
 * SkeinGetFeed:
 *
 * Reads a list block by block as it is asked to, so that a list of any length needs the memory of one
 * block. Main context only.
 */
typedef struct _SkeinGetFeed SkeinGetFeed;

/**
 * SkeinGetFeedFunc:
 * @error: (nullable): why the rest of the list could not be read
 * @data: as given to skein_get_feed_new()
 *
 * One more block was read, or the list is over.
 */
typedef void (*SkeinGetFeedFunc) (const GError *error,
                                  gpointer      data);

/**
 * skein_get_feed_new:
 * @path: (type filename): a file, or "-" for the standard input
 * @entry: takes what is in the list
 * @fed: called after each block
 * @data: for both
 * @error: why it cannot be opened
 *
 * Returns: (transfer full) (nullable): an open list of which nothing was read yet
 */
SkeinGetFeed *skein_get_feed_new     (const char          *path,
                                      SkeinInputListFunc   entry,
                                      SkeinGetFeedFunc     fed,
                                      gpointer             data,
                                      GError             **error);

/**
 * skein_get_feed_more:
 * @self: a feed
 *
 * Asks for the next block, unless it is being read already or there is none.
 */
void          skein_get_feed_more    (SkeinGetFeed        *self);

/**
 * skein_get_feed_is_open:
 * @self: a feed
 *
 * Returns: whether more may come
 */
gboolean      skein_get_feed_is_open (SkeinGetFeed        *self);

/**
 * skein_get_feed_free:
 * @self: (transfer full): a feed
 *
 * What is being read is waited for and dropped.
 */
void          skein_get_feed_free    (SkeinGetFeed        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinGetFeed, skein_get_feed_free)

G_END_DECLS
