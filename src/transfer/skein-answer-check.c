/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-answer-check.h"

#include "skein-error.h"
#include "skein-http-headers.h"

static gboolean
fail (GError     **error,
      SkeinError   code,
      const char  *what)
{
  g_set_error (error, SKEIN_ERROR, code, "Answer to a range: %s", what);

  return FALSE;
}

static gboolean
read_content_range (SkeinHttpAnswer  *answer,
                    SkeinAnswerPart  *part,
                    GError          **error)
{
  const char *value = skein_http_answer_get (answer, "content-range");
  gint64 start;
  gint64 last;

  if (!skein_http_parse_content_range (value, &start, &last, &part->total, NULL) || start < 0)
    return fail (error, SKEIN_ERROR_RANGE, "no usable Content-Range");

  part->start = (guint64) start;
  part->end = last + 1;

  return TRUE;
}

static gboolean
check_part (SkeinHttpAnswer         *answer,
            const SkeinHttpRequest  *request,
            SkeinAnswerPart         *part,
            GError                 **error)
{
  if (request->first < 0)
    return fail (error, SKEIN_ERROR_PROTOCOL, "none was asked for");
  if (!read_content_range (answer, part, error))
    return FALSE;

  if (part->start != (guint64) request->first)
    return fail (error, SKEIN_ERROR_RANGE, "another start");
  if (request->last >= 0 && part->end > request->last + 1)
    return fail (error, SKEIN_ERROR_RANGE, "more than was asked for");
  if (answer->length >= 0 && answer->length != part->end - (gint64) part->start)
    return fail (error, SKEIN_ERROR_PROTOCOL, "length and range contradict each other");

  return TRUE;
}

gboolean
skein_answer_check (SkeinHttpAnswer         *answer,
                    const SkeinHttpRequest  *request,
                    SkeinAnswerPart         *part,
                    GError                 **error)
{
  *part = (SkeinAnswerPart) { .whole = TRUE, .end = answer->length, .total = answer->length };

  if (answer->status == 200)
    return TRUE;

  if (answer->status == 206)
    {
      part->whole = FALSE;
      return check_part (answer, request, part, error);
    }

  g_set_error (error, SKEIN_HTTP_STATUS, (int) answer->status, "HTTP status %u", answer->status);

  return FALSE;
}

gint64
skein_answer_get_retry_after (SkeinHttpAnswer *answer)
{
  if (answer == NULL)
    return -1;

  return skein_http_parse_retry_after (skein_http_answer_get (answer, "retry-after"),
                                       g_get_real_time () / G_USEC_PER_SEC);
}
