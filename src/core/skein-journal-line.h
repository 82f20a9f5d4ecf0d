/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-key-set.h"

G_BEGIN_DECLS

/*
 * The journal of a list says which of its files are there. Its first line is %SKEIN_JOURNAL_HEAD; each of the others
 * tells of one file: key, size, inode, time of change and path, with a blank between two of them. A line that cannot be
 * read is as if it were not there. For one key, and for one path, the last line holds.
 */

/**
 * SKEIN_JOURNAL_HEAD:
 *
 * The first line, with its end.
 */
#define SKEIN_JOURNAL_HEAD "Skein journal 1\n"

/**
 * SkeinJournalEntry:
 * @key: what was downloaded
 * @size: bytes of the file
 * @inode: of the file; some file systems give it another one with each mount
 * @modified: when its content was last changed, in microseconds since 1970
 * @path: (type filename): where it is; relative to the folder of the journal, or absolute
 *
 * One file.
 */
typedef struct
{
  SkeinKey  key;
  guint64   size;
  guint64   inode;
  gint64    modified;
  char     *path;
} SkeinJournalEntry;

/**
 * skein_journal_line_format:
 * @entry: a file
 *
 * Any thread.
 *
 * Returns: (transfer full): its line, with the end
 */
char     *skein_journal_line_format (const SkeinJournalEntry *entry);

/**
 * skein_journal_line_parse:
 * @line: (array length=length): any bytes, without the end of the line
 * @length: how many
 * @entry: (out caller-allocates): the file; @path is to be freed
 *
 * Any thread.
 *
 * Returns: %FALSE if this is no such line
 */
gboolean  skein_journal_line_parse  (const char              *line,
                                     gsize                    length,
                                     SkeinJournalEntry       *entry);

G_END_DECLS
