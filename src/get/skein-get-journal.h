/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-get-options.h"
#include "skein-journal.h"

G_BEGIN_DECLS

/* Which journal a command line means, and how it is opened without the main thread reading it. */

/**
 * skein_get_journal_dup_path:
 * @options: the command line
 *
 * Returns: (transfer full) (nullable) (type filename): where the journal is; %NULL if none is kept: for a list
 *   on the standard input, and without a list, there is none unless it was asked for
 */
char         *skein_get_journal_dup_path    (const SkeinGetOptions *options);

/**
 * skein_get_journal_open_async:
 * @options: the command line
 * @path: (type filename): the journal
 * @callback: called when it is open
 * @data: for @callback
 *
 * As skein_journal_open(), on a thread. Beside a list that is a pipe no journal is made.
 */
void          skein_get_journal_open_async  (const SkeinGetOptions *options,
                                             const char            *path,
                                             GAsyncReadyCallback    callback,
                                             gpointer               data);

/**
 * skein_get_journal_open_finish:
 * @result: what the callback got
 * @problem: (out): why it cannot be kept
 *
 * Returns: (transfer full) (nullable): the journal, also with a problem
 */
SkeinJournal *skein_get_journal_open_finish (GAsyncResult          *result,
                                             GError               **problem);

G_END_DECLS
