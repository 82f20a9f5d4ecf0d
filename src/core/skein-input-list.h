/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "skein-uri-reject.h"

G_BEGIN_DECLS

/**
 * SKEIN_INPUT_LIST_MAX_LINE:
 *
 * Bytes of the longest line that is taken.
 */
#define SKEIN_INPUT_LIST_MAX_LINE (1024 * 1024)

/**
 * SKEIN_INPUT_LIST_MAX_ADDRESSES:
 *
 * Addresses of one entry; a line with more is rejected.
 */
#define SKEIN_INPUT_LIST_MAX_ADDRESSES 1000

/**
 * SKEIN_INPUT_LIST_MAX_HEADERS:
 *
 * Headers of one entry; more are rejected.
 */
#define SKEIN_INPUT_LIST_MAX_HEADERS 100

/**
 * SkeinInputEntry:
 * @line: where its addresses stand, from 1
 * @addresses: (element-type utf8): where the same file can be had, at least one; as written, without the
 *   white space around, neither cleaned nor expanded; any bytes but controls
 * @out: (nullable): the name wanted; any bytes, not sanitised
 * @dir: (nullable): the folder wanted; any bytes
 * @checksum: (nullable): "TYPE=HEX" as written
 * @limit: (nullable): the speed limit wanted, as written
 * @referer: (nullable): as written
 * @user_agent: (nullable): as written
 * @headers: (element-type utf8): "Name: value", each of which may be sent
 *
 * One file of an input list.
 */
typedef struct
{
  guint      line;
  GPtrArray *addresses;
  char      *out;
  char      *dir;
  char      *checksum;
  char      *limit;
  char      *referer;
  char      *user_agent;
  GPtrArray *headers;
} SkeinInputEntry;

/**
 * SkeinInputListFunc:
 * @entry: (nullable): an entry with all of its options, or %NULL
 * @reject: (nullable): what was not taken, or %NULL; @error is in %SKEIN_ERROR, for an option in
 *   %G_OPTION_ERROR
 * @data: as given to skein_input_list_new()
 *
 * Takes one of the two; it is valid during the call. Rejected options of an entry come before it.
 */
typedef void (*SkeinInputListFunc) (const SkeinInputEntry *entry,
                                    const SkeinUriReject  *reject,
                                    gpointer               data);

/**
 * SkeinInputList:
 *
 * Reads the input files of aria2, block by block, holding one entry at a time: a line of one or more
 * addresses with tabs between them, below it lines that begin with white space and hold one option each:
 * `out=NAME`, `dir=FOLDER`, `checksum=TYPE=HEX`, `max-download-limit=RATE`, `referer=ADDRESS`, `user-agent=NAME`,
 * `header=NAME: VALUE` (repeated). Other options are rejects (of a header without its value, which may be secret),
 * and so is a line that cannot be taken; its options are then passed over. Blank lines and those
 * that begin with `#` are left out. A byte order mark (UTF-8) and any line ends are taken. A plain list of
 * addresses is an input file too. One thread at a time.
 */
typedef struct _SkeinInputList SkeinInputList;

/**
 * skein_input_list_new:
 * @callback: what takes the entries, called by skein_input_list_feed() and skein_input_list_end()
 * @data: for @callback
 *
 * Returns: (transfer full): a reader at line 1
 */
SkeinInputList *skein_input_list_new  (SkeinInputListFunc  callback,
                                       gpointer            data);

/**
 * skein_input_list_feed:
 * @self: a reader
 * @bytes: (array length=length): the next bytes of the list, cut anywhere
 * @length: how many
 */
void            skein_input_list_feed (SkeinInputList     *self,
                                       const char         *bytes,
                                       gsize               length);

/**
 * skein_input_list_end:
 * @self: a reader
 *
 * The list is over: the last line and the last entry are taken. Nothing may be fed after it.
 */
void            skein_input_list_end  (SkeinInputList     *self);

/**
 * skein_input_list_free:
 * @self: (transfer full): a reader
 *
 * What was not ended is dropped.
 */
void            skein_input_list_free (SkeinInputList     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinInputList, skein_input_list_free)

G_END_DECLS
