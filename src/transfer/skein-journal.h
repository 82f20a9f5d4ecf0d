/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "skein-key-set.h"
#include "skein-part-file.h"

G_BEGIN_DECLS

/**
 * SkeinJournal:
 *
 * Which files of a list are there, kept in a file beside the list, so that a program that was killed fetches only what
 * is missing when it runs again. A file is noted after it was synced and before it gets its name: a note
 * without the file is seen to be wrong, while a file without a note would be fetched once more.
 */
typedef struct _SkeinJournal SkeinJournal;

/**
 * skein_journal_open:
 * @path: (type filename): where it is, or will be
 * @trusts: whether what it says counts; else it is only written on
 * @problem: (out): why it cannot be kept: %SKEIN_ERROR_BAD_RECORD where something else is in its place, or an
 *   error of the disk
 *
 * Reads what there is, which may come from anybody, and looks whether the files are still as they were. Blocks;
 * any thread.
 *
 * Returns: (transfer full): a journal; with a @problem it is not written, but still knows what it read
 */
SkeinJournal *skein_journal_open       (const char         *path,
                                        gboolean            trusts,
                                        GError            **problem);

/**
 * skein_journal_ref:
 * @self: a journal
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
SkeinJournal *skein_journal_ref        (SkeinJournal       *self);

/**
 * skein_journal_unref:
 * @self: (transfer full): a journal
 *
 * The last one syncs and closes the file, which blocks. Any thread.
 */
void          skein_journal_unref      (SkeinJournal       *self);

/**
 * skein_journal_key_of:
 * @self: a journal
 * @address: what is downloaded
 * @folder: (type filename): where to; absolute
 * @name: (nullable) (type filename): as what
 *
 * A folder below that of the journal counts by its way from there, so that both may be moved. Any thread.
 *
 * Returns: the key of that download
 */
SkeinKey      skein_journal_key_of     (SkeinJournal       *self,
                                        const char         *address,
                                        const char         *folder,
                                        const char         *name);

/**
 * skein_journal_has:
 * @self: a journal
 * @key: what may have been downloaded
 *
 * Any thread.
 *
 * Returns: whether its file was there when the journal was opened
 */
gboolean      skein_journal_has        (SkeinJournal       *self,
                                        const SkeinKey     *key);

/**
 * skein_journal_note:
 * @self: a journal
 * @key: what was downloaded
 * @file: it, whole and synced, under the name that it shall have
 *
 * Writes one line, and at times waits for the disk; one that cannot be written is remembered. Any thread.
 */
void          skein_journal_note       (SkeinJournal       *self,
                                        const SkeinKey     *key,
                                        SkeinPartFile      *file);

/**
 * skein_journal_is_whole:
 * @self: a journal that was opened without a problem
 *
 * Any thread.
 *
 * Returns: whether all that was noted could be written
 */
gboolean      skein_journal_is_whole   (SkeinJournal       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinJournal, skein_journal_unref)

G_END_DECLS
