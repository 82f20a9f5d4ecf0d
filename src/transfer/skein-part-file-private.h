/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-part-file.h"

G_BEGIN_DECLS

#define SKEIN_PART_RECORD_SUFFIX ".part.skein"

struct _SkeinPartFile
{
  char *folder;   /* constant */
  char *wanted;   /* constant: the name before a number was added */
  char *name;
  char *part;
  guint number;   /* of the name; 1 for none */
  int   dir_fd;   /* constant */
  int   fd;       /* constant */
};

/**
 * skein_part_file_dup_stem:
 * @self: a part file
 *
 * Returns: (transfer full) (type filename): its name without ".part"; what stands beside begins so too
 */
char *skein_part_file_dup_stem (SkeinPartFile *self);

G_END_DECLS
