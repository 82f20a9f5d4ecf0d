/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-practice-head.h"

#include "skein-practice-resource.h"

#include <string.h>

static gboolean
names_chunks (const GString *transfer_encoding)
{
  return transfer_encoding != NULL && strstr (transfer_encoding->str, "chunked") != NULL;
}

static gboolean
length_differs (SkeinPracticeAnswer      *answer,
                const SkeinPracticeKnobs *knobs)
{
  g_autofree char *true_length = g_strdup_printf ("%" G_GUINT64_FORMAT, answer->announced);

  return (knobs->length != NULL && !skein_practice_knobs_is (knobs->length, true_length)) ||
         (knobs->length2 != NULL && !skein_practice_knobs_is (knobs->length2, true_length));
}

SkeinPracticeFraming
skein_practice_head_frame (SkeinPracticeAnswer      *answer,
                           const SkeinPracticeKnobs *knobs,
                           gboolean                  wants_close)
{
  SkeinPracticeFraming framing;

  framing.chunked = knobs->chunked || knobs->te_and_length || knobs->chunk_fault != NULL ||
                    names_chunks (knobs->transfer_encoding);
  framing.close = wants_close || knobs->close || knobs->http10 || knobs->tls_cut || knobs->no_headers ||
                  (length_differs (answer, knobs) && !knobs->keep) ||
                  (!framing.chunked && (knobs->no_length || answer->endless || knobs->transfer_encoding != NULL));

  return framing;
}

static void
append_raw (GString       *head,
            const char    *name,
            const GString *value)
{
  if (value == NULL)
    return;

  g_string_append_printf (head, "%s: ", name);
  g_string_append_len (head, value->str, value->len);
  g_string_append (head, "\r\n");
}

static void
append_first_line (GString                  *head,
                   SkeinPracticeAnswer      *answer,
                   const SkeinPracticeKnobs *knobs)
{
  if (knobs->status_line != NULL)
    g_string_append_len (head, knobs->status_line->str, knobs->status_line->len);
  else
    g_string_append_printf (head, "HTTP/1.%d %03u %s",
                            !knobs->http10, answer->status, skein_practice_reason (answer->status));

  g_string_append (head, "\r\n");
}

static void
append_framing (GString                    *head,
                SkeinPracticeAnswer        *answer,
                const SkeinPracticeKnobs   *knobs,
                const SkeinPracticeFraming *framing)
{
  gboolean with_length = knobs->te_and_length ||
                         (!framing->chunked && !knobs->no_length && !answer->endless &&
                          knobs->transfer_encoding == NULL);

  if (knobs->transfer_encoding != NULL)
    append_raw (head, "Transfer-Encoding", knobs->transfer_encoding);
  else if (framing->chunked)
    g_string_append (head, "Transfer-Encoding: chunked\r\n");

  if (knobs->length != NULL)
    append_raw (head, "Content-Length", knobs->length);
  else if (with_length)
    g_string_append_printf (head, "Content-Length: %" G_GUINT64_FORMAT "\r\n", answer->announced);
  append_raw (head, "Content-Length", knobs->length2);
}

static void
append_masses (GString                  *head,
               const SkeinPracticeKnobs *knobs)
{
  if (knobs->header_bytes > 0)
    {
      gsize before;

      g_string_append (head, "X-Large: ");
      before = head->len;
      g_string_set_size (head, before + knobs->header_bytes);
      memset (head->str + before, 'x', knobs->header_bytes);
      g_string_append (head, "\r\n");
    }

  for (guint64 i = 0; i < knobs->header_count; i++)
    g_string_append_printf (head, "X-Many-%" G_GUINT64_FORMAT ": yes\r\n", i);
}

GString *
skein_practice_head_new (SkeinPracticeAnswer        *answer,
                         const SkeinPracticeKnobs   *knobs,
                         const SkeinPracticeFraming *framing,
                         gboolean                    wants_close)
{
  GString *head = g_string_new (NULL);
  g_autofree char *date = skein_practice_http_date (g_get_real_time () / G_USEC_PER_SEC);

  append_first_line (head, answer, knobs);
  g_string_append_printf (head, "Date: %s\r\nServer: skein-practice\r\nContent-Type: %s\r\n", date, answer->type);
  append_framing (head, answer, knobs, framing);
  append_raw (head, "Content-Encoding", knobs->encoding);
  append_raw (head, "Content-Disposition", knobs->disposition);
  g_string_append_len (head, answer->fields->str, answer->fields->len);
  if (knobs->close || wants_close)
    g_string_append (head, "Connection: close\r\n");

  for (guint i = 0; i < knobs->header->len; i++)
    {
      const GString *line = g_ptr_array_index (knobs->header, i);

      g_string_append_len (head, line->str, line->len);
      g_string_append (head, "\r\n");
    }
  append_masses (head, knobs);

  return head;
}
