/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-download.h"

G_BEGIN_DECLS

/*
 * One event a line, for programs that read the output. Told in the manual page, so fields are only added.
 * Everything is ASCII, whatever the locale.
 */

/**
 * skein_get_json_download:
 * @type: "progress", "waiting" or "ended"
 * @download: which one
 *
 * Returns: (transfer full): an object without a line end
 */
char *skein_get_json_download (const char    *type,
                               SkeinDownload *download);

/**
 * skein_get_json_reject:
 * @line: where it stands in the list, or 0 for an argument
 * @text: what was not taken; any bytes
 * @error: why
 * @why: the same for people
 *
 * Returns: (transfer full): an object of type "rejected"
 */
char *skein_get_json_reject   (guint          line,
                               const char    *text,
                               const GError  *error,
                               const char    *why);

/**
 * skein_get_json_summary:
 * @finished: how many finished
 * @already: how many were there since an earlier run
 * @failed: how many failed or were not understood
 * @unfinished: how many were stopped or never begun
 * @status: with what the program ends
 *
 * Returns: (transfer full): an object of type "summary"
 */
char *skein_get_json_summary  (guint          finished,
                               guint          already,
                               guint          failed,
                               guint          unfinished,
                               int            status);

/**
 * skein_get_json_quote:
 * @text: any bytes
 *
 * RFC 8259 section 7. Bytes that are not UTF-8 become U+FFFD.
 *
 * Returns: (transfer full): a string in quotes
 */
char *skein_get_json_quote    (const char    *text);

G_END_DECLS
