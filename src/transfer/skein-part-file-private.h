/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sys/statvfs.h>

#include "skein-part-file.h"

G_BEGIN_DECLS

#define SKEIN_PART_SUFFIX        ".part"
#define SKEIN_PART_RECORD_SUFFIX ".part.skein"
#define SKEIN_PART_OLD_SUFFIX    ".part.old"
#define SKEIN_PART_FRESH_SUFFIX  ".part.skein.new"

struct _SkeinPartFile
{
  char *folder;   /* constant */
  char *wanted;   /* constant: the name before a number was added */
  char *name;
  char *part;
  guint number;   /* of the name; 1 for none */
  int   dir_fd;   /* constant */
  int   fd;       /* constant */
  int   lost;     /* atomic: a sync failed, so that no later one proves anything */
};

/**
 * skein_part_file_new:
 * @folder: (type filename): made if it is missing
 * @name: (type filename): a sanitised name for the target
 * @error: %SKEIN_ERROR
 *
 * Returns: (transfer full) (nullable): one without a file yet
 */
SkeinPartFile *skein_part_file_new      (const char     *folder,
                                         const char     *name,
                                         GError        **error);

/**
 * skein_part_file_take_number:
 * @self: a part file
 * @number: for its name; 1 for none
 * @error: %SKEIN_ERROR_IO if there are too many
 *
 * Changes the name of the target, without asking whether it is free.
 *
 * Returns: whether it has that name now
 */
gboolean  skein_part_file_take_number   (SkeinPartFile  *self,
                                         guint           number,
                                         GError        **error);

/**
 * skein_part_file_dup_stem:
 * @self: a part file
 *
 * Returns: (transfer full) (type filename): its name without ".part"; what stands beside begins so too
 */
char     *skein_part_file_dup_stem      (SkeinPartFile  *self);

/**
 * skein_part_file_lock:
 * @fd: an open file
 * @error: %SKEIN_ERROR_IN_USE
 *
 * Locks it against other programs, and other threads, until it is closed.
 *
 * Returns: whether nobody else has it
 */
gboolean  skein_part_file_lock          (int             fd,
                                         GError        **error);

/**
 * skein_part_file_has_name:
 * @self: a part file
 * @fd: an open file
 *
 * Returns: whether the name of the part file leads to that open file
 */
gboolean  skein_part_file_has_name      (SkeinPartFile  *self,
                                         int             fd);

/**
 * skein_part_file_remove_orphan:
 * @self: a part file that could not be created, since one of that name is there
 *
 * Removes that one if a program of ours was killed before it had a record: its bytes prove nothing, and would
 * be in the way for ever.
 *
 * Returns: the removed file, still open, so that the next one cannot be taken for it; or -1
 */
int       skein_part_file_remove_orphan (SkeinPartFile  *self);

/**
 * skein_part_space_fits:
 * @info: what a file system says of itself, which may be nothing
 * @bytes: how many are to be written
 *
 * Returns: %FALSE if it says that it has no room for them
 */
gboolean  skein_part_space_fits         (const struct statvfs *info,
                                         guint64               bytes);

G_END_DECLS
