/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "skein-task-context.h"

G_BEGIN_DECLS

/**
 * SkeinProgress:
 *
 * Where a transfer stands: written by the thread that runs it, read by anybody. A lock is held for
 * the copy of a few numbers; nothing is allocated and nobody is woken. All functions may be called
 * from any thread.
 */
typedef struct _SkeinProgress SkeinProgress;

/**
 * SkeinProgressSnapshot:
 * @received: bytes of the file that came in so far
 * @total: bytes of the whole file, or -1 while not known
 * @operation: what the transfer is doing
 * @connections: connections in use
 * @checked: bytes of the whole file that were hashed, or -1 while the file still comes
 * @named: whether skein_progress_dup_name() has a name
 *
 * A copy, all of one moment.
 */
typedef struct
{
  guint64        received;
  gint64         total;
  SkeinOperation operation;
  guint          connections;
  gint64         checked;
  gboolean       named;
} SkeinProgressSnapshot;

/**
 * skein_progress_new:
 *
 * Returns: (transfer full): nothing received, total not known
 */
SkeinProgress *skein_progress_new             (void);

/**
 * skein_progress_ref:
 * @self: a progress
 *
 * Returns: (transfer full): @self
 */
SkeinProgress *skein_progress_ref             (SkeinProgress *self);

/**
 * skein_progress_unref:
 * @self: (transfer full): a progress
 */
void           skein_progress_unref           (SkeinProgress *self);

/**
 * skein_progress_get:
 * @self: a progress
 * @snapshot: (out): where to copy it
 */
void           skein_progress_get             (SkeinProgress         *self,
                                               SkeinProgressSnapshot *snapshot);

/**
 * skein_progress_dup_name:
 * @self: a progress
 *
 * Returns: (transfer full) (nullable): the name that the file will have, once it is decided
 */
char          *skein_progress_dup_name        (SkeinProgress *self);

/**
 * skein_progress_set_name:
 * @self: a progress
 * @name: the name of the file
 */
void           skein_progress_set_name        (SkeinProgress *self,
                                               const char    *name);

/**
 * skein_progress_set_total:
 * @self: a progress
 * @total: bytes, or -1
 */
void           skein_progress_set_total       (SkeinProgress *self,
                                               gint64         total);

/**
 * skein_progress_set_operation:
 * @self: a progress
 * @operation: what begins
 */
void           skein_progress_set_operation   (SkeinProgress  *self,
                                               SkeinOperation  operation);

/**
 * skein_progress_set_connections:
 * @self: a progress
 * @connections: connections in use
 */
void           skein_progress_set_connections (SkeinProgress *self,
                                               guint          connections);

/**
 * skein_progress_set_checked:
 * @self: a progress
 * @checked: bytes that were hashed, of a file that is all there
 */
void           skein_progress_set_checked     (SkeinProgress *self,
                                               gint64         checked);

/**
 * skein_progress_add_received:
 * @self: a progress
 * @bytes: how many more came in; negative for those that came twice
 */
void           skein_progress_add_received    (SkeinProgress *self,
                                               gint64         bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinProgress, skein_progress_unref)

G_END_DECLS
