/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SkeinPartFile:
 *
 * `NAME.part` beside the target, holding the bytes so far. While it exists nobody else of us takes NAME. One
 * thread at a time, but for skein_part_file_write(), which any thread may call.
 *
 * Everything is done relative to the folder, which is opened once, and nothing follows a link.
 */
typedef struct _SkeinPartFile SkeinPartFile;

/**
 * SkeinPartId:
 * @name: (nullable) (type filename): the name of the target, without ".part"
 * @device: of the part file
 * @inode: of the part file
 *
 * Which file a part file is, so that the next attempt takes over that one and no other.
 */
typedef struct
{
  char    *name;
  guint64  device;
  guint64  inode;
} SkeinPartId;

/**
 * skein_part_file_init:
 *
 * Notes the process's mask for new files. Main thread, before others start.
 */
void           skein_part_file_init        (void);

/**
 * skein_part_file_create:
 * @folder: (type filename): made if it is missing
 * @name: (type filename): a sanitised name for the target
 * @error: %SKEIN_ERROR
 *
 * Makes an empty part file for @name, or for "NAME (2)" and so on where a file or another part file of
 * that name is there. Mode 0600 until it is finished, and the sticky bit, by which it is known as ours. One of
 * ours that nobody has open and that has no record is removed: it is what a program left that was killed.
 *
 * Returns: (transfer full) (nullable): an open part file, locked against other programs
 */
SkeinPartFile *skein_part_file_create      (const char         *folder,
                                            const char         *name,
                                            GError            **error);

/**
 * skein_part_file_reopen:
 * @folder: (type filename): where it is
 * @id: which file it is; without device and inode any regular file of ours will do that has no other name
 * @error: %SKEIN_ERROR: gone, replaced, linked, or in use by another program
 *
 * Opens the part file of an earlier attempt.
 *
 * Returns: (transfer full) (nullable): an open part file, locked against other programs
 */
SkeinPartFile *skein_part_file_reopen      (const char         *folder,
                                            const SkeinPartId  *id,
                                            GError            **error);

/**
 * skein_part_file_close:
 * @self: (transfer full): a part file
 *
 * Closes it; the file stays where it is.
 */
void           skein_part_file_close       (SkeinPartFile      *self);

/**
 * skein_part_file_get_id:
 * @self: a part file
 * @id: (out caller-allocates): which file it is; to be cleared
 */
void           skein_part_file_get_id      (SkeinPartFile      *self,
                                            SkeinPartId        *id);

/**
 * skein_part_id_clear:
 * @id: a part id
 */
void           skein_part_id_clear         (SkeinPartId        *id);

/**
 * skein_part_file_get_name:
 * @self: a part file
 *
 * Returns: (transfer none) (type filename): the name of the target, as things are now
 */
const char    *skein_part_file_get_name    (SkeinPartFile      *self);

/**
 * skein_part_file_get_size:
 * @self: a part file
 *
 * Returns: its size in bytes; it may have holes
 */
guint64        skein_part_file_get_size    (SkeinPartFile      *self);

/**
 * skein_part_file_truncate:
 * @self: a part file
 * @size: bytes that it shall have
 * @error: %SKEIN_ERROR
 *
 * Returns: whether it has them
 */
gboolean       skein_part_file_truncate    (SkeinPartFile      *self,
                                            guint64             size,
                                            GError            **error);

/**
 * skein_part_file_set_aside:
 * @self: (transfer full): a part file; its record is removed
 *
 * Keeps what an older version of the file left, as "NAME.part.old", until the new one is whole.
 */
void           skein_part_file_set_aside   (SkeinPartFile      *self);

/**
 * skein_part_file_give_back:
 * @self: a part file
 * @start: first byte
 * @end: the one behind the last
 *
 * Lets the disk have the room of these bytes, where it can take it: they are lost, the size stays. Any thread.
 */
void           skein_part_file_give_back     (SkeinPartFile  *self,
                                              guint64         start,
                                              guint64         end);

/**
 * skein_part_file_save_record:
 * @self: a part file that was synced
 * @text: what to write
 * @length: bytes of @text
 * @error: %SKEIN_ERROR
 *
 * Replaces `NAME.part.skein` by @text: written beside, synced, renamed, so that there is always a whole one.
 * One thread at a time.
 *
 * Returns: whether it is on the disk
 */
gboolean       skein_part_file_save_record (SkeinPartFile      *self,
                                            const char         *text,
                                            gsize               length,
                                            GError            **error);

/**
 * skein_part_file_drop_record:
 * @self: a part file
 *
 * Removes its resume record, if any: no later attempt goes on from it.
 */
void           skein_part_file_drop_record (SkeinPartFile      *self);

/**
 * skein_part_file_check_space:
 * @self: a part file
 * @total: bytes that it will have
 * @error: %SKEIN_ERROR_NO_SPACE if the disk has no room for what is missing; %SKEIN_ERROR_TOO_LARGE if a file
 *   cannot be so long there
 *
 * Asks before anything is written. A file system that tells nothing is believed when writing fails.
 *
 * Returns: %FALSE if it would not fit
 */
gboolean       skein_part_file_check_space (SkeinPartFile      *self,
                                            guint64             total,
                                            GError            **error);

/**
 * skein_part_file_reserve:
 * @self: a part file
 * @total: bytes that it will have
 * @error: %SKEIN_ERROR, %SKEIN_ERROR_NO_SPACE first of all
 *
 * Takes the room on the disk now; the size of the file stays. Where the file system cannot, the file stays sparse.
 * May take its time; any thread.
 *
 * Returns: %FALSE if there is no room
 */
gboolean       skein_part_file_reserve     (SkeinPartFile      *self,
                                            guint64             total,
                                            GError            **error);

/**
 * skein_part_file_write:
 * @self: a part file
 * @bytes: (array length=length): what to write
 * @length: how many bytes
 * @offset: where
 * @error: %SKEIN_ERROR
 *
 * Writes all of it.
 *
 * Returns: whether all is written
 */
gboolean       skein_part_file_write       (SkeinPartFile      *self,
                                            const guint8       *bytes,
                                            gsize               length,
                                            guint64             offset,
                                            GError            **error);

/**
 * skein_part_file_read:
 * @self: a part file
 * @bytes: (out caller-allocates) (array length=length): where to put it
 * @length: how many bytes
 * @offset: from where
 * @error: %SKEIN_ERROR, also if the file ends before
 *
 * Any thread.
 *
 * Returns: whether all of it was read
 */
gboolean       skein_part_file_read        (SkeinPartFile      *self,
                                            guint8             *bytes,
                                            gsize               length,
                                            guint64             offset,
                                            GError            **error);

/**
 * skein_part_file_sync:
 * @self: a part file
 * @error: %SKEIN_ERROR
 *
 * Waits until its content is on the disk. Once that has failed it fails for ever: nobody knows which bytes
 * were lost.
 *
 * Returns: whether it is
 */
gboolean       skein_part_file_sync        (SkeinPartFile      *self,
                                            GError            **error);

/**
 * skein_part_file_finish:
 * @self: a part file that was synced
 * @error: %SKEIN_ERROR
 *
 * Gives it its final name by a rename that cannot replace anything (a number is added where the name was
 * taken meanwhile), opens it up to what the process's mask allows, and syncs the folder.
 *
 * Returns: (transfer full) (nullable) (type filename): the path of the finished file
 */
char          *skein_part_file_finish      (SkeinPartFile      *self,
                                            GError            **error);

/**
 * skein_part_file_discard:
 * @folder: (type filename): where it is
 * @id: which file it is
 * @error: %SKEIN_ERROR
 *
 * Removes a part file, if it is still that very file. One that is gone already is no error.
 *
 * Returns: whether it is gone
 */
gboolean       skein_part_file_discard     (const char         *folder,
                                            const SkeinPartId  *id,
                                            GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinPartFile, skein_part_file_close)

G_END_DECLS
