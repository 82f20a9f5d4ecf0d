/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SkeinUriReject:
 * @line: which line, from 1
 * @text: the text, valid UTF-8 without control characters, shortened to 200 characters; may be empty
 * @error: why, in %SKEIN_ERROR unless the reader says otherwise
 *
 * What was not taken from a list or a Metalink. A plain value.
 */
typedef struct
{
  guint   line;
  char   *text;
  GError *error;
} SkeinUriReject;

/**
 * skein_uri_reject_new:
 * @line: which line, from 1
 * @text: (array length=length): any bytes
 * @length: how many, or -1 if they end with NUL
 * @error: (transfer full): why
 *
 * Any thread.
 *
 * Returns: (transfer full): a reject, its text made readable
 */
SkeinUriReject *skein_uri_reject_new  (guint           line,
                                       const char     *text,
                                       gssize          length,
                                       GError         *error);

/**
 * skein_uri_reject_free:
 * @self: (transfer full): a reject
 *
 * Any thread.
 */
void            skein_uri_reject_free (SkeinUriReject *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinUriReject, skein_uri_reject_free)

G_END_DECLS
