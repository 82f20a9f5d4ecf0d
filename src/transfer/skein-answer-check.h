/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-http.h"

G_BEGIN_DECLS

/**
 * SkeinAnswerPart:
 * @whole: whether it is the whole file from its first byte on, by a 200
 * @start: the first byte that comes
 * @end: the byte behind the last one that comes, or -1 where that is not said
 * @total: bytes of the whole file, or -1 where that is not said
 *
 * What an answer says it brings.
 */
typedef struct
{
  gboolean whole;
  guint64  start;
  gint64   end;
  gint64   total;
} SkeinAnswerPart;

/**
 * skein_answer_check:
 * @answer: what came
 * @request: what was asked for
 * @part: (out): what it brings
 * @error: %SKEIN_HTTP_STATUS for an answer without a file; %SKEIN_ERROR_RANGE for a part that is not what was
 *   asked for, or says nothing usable; %SKEIN_ERROR_PROTOCOL for one that contradicts itself
 *
 * Holds an answer against its request before a byte is kept (RFC 9110 sections 14.4 and 15.3.7). A 200 is
 * taken whatever was asked: it is the caller's to see what it means.
 *
 * Returns: whether the body may be used
 */
gboolean skein_answer_check (SkeinHttpAnswer         *answer,
                             const SkeinHttpRequest  *request,
                             SkeinAnswerPart         *part,
                             GError                 **error);

/**
 * skein_answer_get_retry_after:
 * @answer: (nullable): an answer without a file
 *
 * RFC 9110 section 10.2.3. A date counts from now on, so that a clock that jumps later changes nothing.
 *
 * Returns: seconds that the server wants to be left alone, or -1
 */
gint64   skein_answer_get_retry_after (SkeinHttpAnswer  *answer);

G_END_DECLS
