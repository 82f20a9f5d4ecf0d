/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "skein-uri-reject.h"

G_BEGIN_DECLS

/**
 * SKEIN_URI_LIST_MAX_ADDRESSES:
 *
 * Distinct addresses that one list may give.
 */
#define SKEIN_URI_LIST_MAX_ADDRESSES 200000

/**
 * SKEIN_URI_LIST_MAX_LENGTH:
 *
 * Bytes of a list that are read.
 */
#define SKEIN_URI_LIST_MAX_LENGTH (64 * 1024 * 1024)

/**
 * SKEIN_URI_LIST_MAX_REJECTS:
 *
 * Rejects that one list keeps; more are only counted.
 */
#define SKEIN_URI_LIST_MAX_REJECTS 1000

/**
 * SkeinUriListForm:
 * @SKEIN_URI_LIST_LINES: one address a line, perhaps in quotes or `<>`; `#` starts a comment line; more
 *   than one address in a line if blanks stand between them
 * @SKEIN_URI_LIST_PROSE: running text with addresses in it, such as a mail
 * @SKEIN_URI_LIST_URI_LIST: text/uri-list (RFC 2483 section 5)
 * @SKEIN_URI_LIST_MOZ_URL: text/x-moz-url: UTF-16LE, addresses and titles on alternate lines
 *
 * How a list is written. A byte order mark (UTF-8, UTF-16) and any line ends are taken in all forms.
 */
typedef enum
{
  SKEIN_URI_LIST_LINES,
  SKEIN_URI_LIST_PROSE,
  SKEIN_URI_LIST_URI_LIST,
  SKEIN_URI_LIST_MOZ_URL,
} SkeinUriListForm;

/**
 * SkeinUriList:
 * @addresses: (element-type utf8): clean, distinct, in the order of the list
 * @logins: (element-type utf8): as long as @addresses: "user:password" that was in the address, or %NULL
 * @rejects: (element-type SkeinUriReject): what was not taken, in the order of the list; the first
 *   %SKEIN_URI_LIST_MAX_REJECTS
 * @rejected: how many were not taken, those included that @rejects has no room for
 * @repeated: how many addresses stood there once more and were left out
 * @cut: whether the list went beyond a limit, so that its rest was not read
 *
 * What a list holds. A plain value.
 */
typedef struct
{
  GPtrArray *addresses;
  GPtrArray *logins;
  GPtrArray *rejects;
  guint      rejected;
  guint      repeated;
  gboolean   cut;
} SkeinUriList;

/**
 * skein_uri_list_parse:
 * @bytes: (array length=length) (nullable): any bytes
 * @length: how many
 * @form: how to read them
 *
 * Takes time linear in @length. Beyond %SKEIN_URI_LIST_MAX_ADDRESSES or %SKEIN_URI_LIST_MAX_LENGTH the
 * rest is left out, @cut is set, and one more reject, the last, says so (%SKEIN_ERROR_TOO_LARGE). Running
 * text without any address gives one reject. Any thread.
 *
 * Returns: (transfer full): addresses and rejects
 */
SkeinUriList *skein_uri_list_parse (const char       *bytes,
                                    gsize             length,
                                    SkeinUriListForm  form);

/**
 * skein_uri_list_free:
 * @self: (transfer full): a list
 *
 * Any thread.
 */
void          skein_uri_list_free  (SkeinUriList     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinUriList, skein_uri_list_free)

G_END_DECLS
