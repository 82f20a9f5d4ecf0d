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
 * SkeinNoteKind:
 * @SKEIN_NOTE_WITHOUT_PROOF: went on from bytes that were there; nothing but 64 KiB that came once more
 *   speaks for both being of one version
 * @SKEIN_NOTE_STARTED_OVER: the server's file had changed; the value is how many bytes were given up
 * @SKEIN_NOTE_CONNECTIONS_REFUSED: the host refuses more connections; the value is how many it gives
 * @SKEIN_NOTE_CONNECTION_LET_GO: connections that added nothing; the value is how many
 *
 * What a person who asks for the details of a transfer should know.
 */
typedef enum
{
  SKEIN_NOTE_WITHOUT_PROOF,
  SKEIN_NOTE_STARTED_OVER,
  SKEIN_NOTE_CONNECTIONS_REFUSED,
  SKEIN_NOTE_CONNECTION_LET_GO,
} SkeinNoteKind;

#define SKEIN_N_NOTE_KINDS (SKEIN_NOTE_CONNECTION_LET_GO + 1)

/**
 * SkeinNote:
 * @kind: what happened
 * @value: a number, if the kind has one
 */
typedef struct
{
  SkeinNoteKind kind;
  guint64       value;
} SkeinNote;

/**
 * SkeinProgressSnapshot:
 * @received: bytes of the file that are there so far
 * @resumed: how many of these an earlier attempt had brought
 * @total: bytes of the whole file, or -1 while not known
 * @operation: what the transfer is doing
 * @connections: connections in use
 * @checked: bytes of the whole file that were hashed, or -1 while the file still comes
 * @named: whether skein_progress_dup_name() has a name
 * @notes: how often a note was taken; see skein_progress_dup_notes()
 *
 * A copy, all of one moment.
 */
typedef struct
{
  guint64        received;
  guint64        resumed;
  gint64         total;
  SkeinOperation operation;
  guint          connections;
  gint64         checked;
  gboolean       named;
  guint          notes;
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

/**
 * skein_progress_add_resumed:
 * @self: a progress
 * @bytes: how many were there already; nothing came in, so they are no speed
 */
void           skein_progress_add_resumed      (SkeinProgress         *self,
                                                guint64                bytes);

/**
 * skein_progress_restart:
 * @self: a progress
 *
 * Nothing is there any more, and no note about it holds.
 *
 * Returns: how many bytes there were
 */
guint64        skein_progress_restart          (SkeinProgress         *self);

/**
 * skein_progress_note:
 * @self: a progress
 * @kind: what happened
 * @value: a number for it; the last one counts
 */
void           skein_progress_note             (SkeinProgress         *self,
                                                SkeinNoteKind          kind,
                                                guint64                value);

/**
 * skein_progress_dup_notes:
 * @self: a progress
 *
 * Returns: (transfer full) (element-type SkeinNote): what was noted, one of a kind, by kind
 */
GArray        *skein_progress_dup_notes        (SkeinProgress         *self);

/**
 * skein_progress_copy_notes:
 * @self: a progress
 * @other: that of an attempt before this one
 *
 * What was noted about the bytes that are there still holds.
 */
void           skein_progress_copy_notes       (SkeinProgress         *self,
                                                SkeinProgress         *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinProgress, skein_progress_unref)

G_END_DECLS
