/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "skein-digest-spec.h"
#include "skein-get-request.h"

G_BEGIN_DECLS

#define SKEIN_GET_CONNECTIONS_MAX 16

/**
 * SkeinGetProgress:
 * @SKEIN_GET_PROGRESS_AUTOMATIC: bars on a terminal, else lines
 * @SKEIN_GET_PROGRESS_BAR: lines that are drawn again and again
 * @SKEIN_GET_PROGRESS_LINES: a line for each that ended
 * @SKEIN_GET_PROGRESS_JSON: events for programs
 * @SKEIN_GET_PROGRESS_NONE: only what went wrong
 *
 * How to tell what happens.
 */
typedef enum
{
  SKEIN_GET_PROGRESS_AUTOMATIC,
  SKEIN_GET_PROGRESS_BAR,
  SKEIN_GET_PROGRESS_LINES,
  SKEIN_GET_PROGRESS_JSON,
  SKEIN_GET_PROGRESS_NONE,
} SkeinGetProgress;

/**
 * SkeinGetOptions:
 * @addresses: (nullable): as typed
 * @list: (nullable): a file with addresses, or "-" for the standard input
 * @folder: absolute: where the files shall be
 * @name: (nullable): what the single file shall be called
 * @digest: (nullable): what the digest of the single file ought to be
 * @find_checksum: whether to look for checksum files beside the addresses
 * @preallocate: whether to take the room on the disk before the first byte
 * @mirrors: (nullable): further addresses of the single file, as typed
 * @at_once: downloads at once
 * @connections: for each download, at the most
 * @limit_rate: bytes per second of all together; 0 for no limit
 * @limit_each: bytes per second of each download; 0 for no limit
 * @tries: attempts in a row without progress; 0 for any number
 * @timeout: microseconds without an answer or a byte after which a download fails
 * @progress: how to tell what happens
 * @journal: (nullable): where it is noted what is there; %NULL for beside the list
 * @keeps_journal: whether it is noted at all
 * @continues: whether what earlier runs left counts
 * @blocking: one after the other on the main thread
 * @worker: one task, from the standard input
 * @version: only tell the version
 * @request: what was typed about requests
 * @dress: (nullable): how requests are dressed, made of it by whoever runs them
 *
 * What the command line asks for.
 */
typedef struct
{
  char   **addresses;
  char    *list;
  char    *folder;
  char    *name;
  SkeinDigest *digest;
  gboolean find_checksum;
  gboolean preallocate;
  char   **mirrors;
  guint    at_once;
  guint    connections;
  guint64  limit_rate;
  guint64  limit_each;
  guint    tries;
  gint64   timeout;
  SkeinGetProgress progress;
  char    *journal;
  gboolean keeps_journal;
  gboolean continues;
  gboolean blocking;
  gboolean worker;
  gboolean version;
  SkeinGetRequest request;
  SkeinRequestOptions *dress;
} SkeinGetOptions;

/**
 * skein_get_options_parse:
 * @argv: (transfer none): the arguments
 * @error: %G_OPTION_ERROR
 *
 * With --help the text is printed and the process ends.
 *
 * Returns: (transfer full) (nullable): %NULL if the command line makes no sense
 */
SkeinGetOptions *skein_get_options_parse (char            **argv,
                                          GError          **error);

/**
 * skein_get_options_parse_rate:
 * @text: "500000", "500k", "2M", "1G"; k, M and G are of 1,000
 * @rate: (out): bytes per second
 *
 * Returns: %FALSE if @text is no speed, or one beyond 64 bits
 */
gboolean         skein_get_options_parse_rate (const char     *text,
                                               guint64        *rate);

/**
 * skein_get_options_free:
 * @self: (transfer full): options
 */
void             skein_get_options_free  (SkeinGetOptions  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinGetOptions, skein_get_options_free)

G_END_DECLS
