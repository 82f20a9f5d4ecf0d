/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-resume-record.h"

G_BEGIN_DECLS

/*
 * Which part file in a folder belongs to which address. A folder's records are read once in the life of the
 * process, so that thousands of downloads into one folder do not each read all of it; what we record
 * ourselves is noted. All functions may be called from any thread.
 */

/**
 * skein_record_index_find:
 * @folder: (type filename): where to look
 * @uri: the address that is to be downloaded
 * @name: (out) (transfer full) (nullable): the name before ".part.skein"
 *
 * Reads the record of an earlier download of @uri in @folder. A record whose part file is gone is removed:
 * its download ended between the rename and the clean-up.
 *
 * Returns: (transfer full) (nullable): the record
 */
SkeinResumeRecord *skein_record_index_find (const char  *folder,
                                            const char  *uri,
                                            char       **name);

/**
 * skein_record_index_note:
 * @folder: (type filename): a folder
 * @uri: the address that is downloaded
 * @name: the name before ".part.skein"
 *
 * A record was written.
 */
void               skein_record_index_note (const char  *folder,
                                            const char  *uri,
                                            const char  *name);

/**
 * skein_record_index_heal:
 * @path: (type filename): a finished file
 *
 * Removes what a program that was killed between the rename and the clean-up left beside it.
 */
void               skein_record_index_heal (const char  *path);

G_END_DECLS
