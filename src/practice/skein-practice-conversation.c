/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-practice-conversation.h"

#include "skein-practice-answer.h"
#include "skein-practice-head.h"
#include "skein-practice-knobs.h"
#include "skein-practice-sender.h"

#include <string.h>

#define MILLISECOND  1000
#define IDLE_TIME    (50 * MILLISECOND)
#define FLOOD_AT_ONCE (32 * 1024)

static const char hint[] = "HTTP/1.1 103 Early Hints\r\nX-Skein: wait\r\n\r\n";
static const char unwanted[] = "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nunwanted";

/* What is to become of the connection after an answer. */
typedef enum { KEEP, CLOSE, CLOSE_UNCLEAN, RESET } After;

/* Sends the same bytes over and over until the client has enough. */
static void
flood (SkeinPracticeConnection *connection,
       const char              *text)
{
  g_autoptr (GString) much = g_string_sized_new (FLOOD_AT_ONCE);

  while (much->len < FLOOD_AT_ONCE)
    g_string_append (much, text);

  while (skein_practice_connection_write (connection, much->str, much->len) &&
         skein_practice_connection_wait_until (connection, g_get_monotonic_time () + MILLISECOND))
    continue;
}

static After
send_raw (SkeinPracticeConnection  *connection,
          const SkeinPracticeKnobs *knobs)
{
  g_autofree char *base64 = g_strconcat (knobs->raw->str, "===", NULL);
  g_autofree guchar *bytes = NULL;
  gsize length;

  g_strdelimit (base64, "-", '+');
  g_strdelimit (base64, "_", '/');
  base64[strlen (base64) / 4 * 4] = '\0';
  bytes = g_base64_decode (base64, &length);

  return skein_practice_connection_write (connection, bytes, length) && knobs->keep ? KEEP : CLOSE;
}

static gboolean
send_hints (SkeinPracticeConnection  *connection,
            const SkeinPracticeKnobs *knobs)
{
  for (guint64 i = 0; i < knobs->informational; i++)
    if (!skein_practice_connection_write (connection, hint, strlen (hint)))
      return FALSE;

  if (knobs->endless_informational)
    flood (connection, hint);

  return !knobs->endless_informational;
}

static gboolean
send_head (SkeinPracticeConnection  *connection,
           GString                  *head,
           const SkeinPracticeKnobs *knobs)
{
  if (knobs->no_headers)
    return TRUE;

  if (knobs->endless_headers)
    {
      if (skein_practice_connection_write (connection, head->str, head->len))
        flood (connection, "X-Endless: yes\r\n");
      return FALSE;
    }

  g_string_append (head, "\r\n");

  return skein_practice_connection_write (connection, head->str, head->len);
}

static After
send_answer (SkeinPracticeConnection  *connection,
             SkeinPracticeRequest     *request,
             SkeinPracticeAnswer      *answer,
             const SkeinPracticeKnobs *knobs)
{
  gboolean wants_close = skein_practice_request_wants_close (request);
  SkeinPracticeFraming framing = skein_practice_head_frame (answer, knobs, wants_close);
  g_autoptr (GString) head = skein_practice_head_new (answer, knobs, &framing, wants_close);
  SkeinPracticeSent sent = SKEIN_PRACTICE_SENT;

  if (!send_hints (connection, knobs) || !send_head (connection, head, knobs))
    return CLOSE;

  if (!g_str_equal (skein_practice_request_get_method (request), "HEAD"))
    sent = skein_practice_send_body (connection, &answer->body, knobs, framing.chunked);

  if (sent == SKEIN_PRACTICE_SENT_RESET)
    return RESET;
  if (knobs->tls_cut)
    return CLOSE_UNCLEAN;
  if (sent == SKEIN_PRACTICE_SENT_CLOSE || framing.close)
    return CLOSE;

  if (knobs->late && skein_practice_connection_wait_idle (connection, IDLE_TIME) &&
      !skein_practice_connection_write (connection, unwanted, strlen (unwanted)))
    return CLOSE;

  return KEEP;
}

static After
answer_request (SkeinPracticeConnection      *connection,
                SkeinPracticeRequest         *request,
                const SkeinPracticeKnobs     *knobs,
                const SkeinPracticeSituation *situation)
{
  g_autoptr (SkeinPracticeAnswer) answer = NULL;
  gboolean failing = knobs->fail_first == 0 || skein_practice_answer_is_failing (knobs, situation);

  if (!skein_practice_connection_wait_until (connection, g_get_monotonic_time () + (gint64) knobs->delay * MILLISECOND))
    return CLOSE;

  if (knobs->stall_headers)
    skein_practice_connection_wait_gone (connection);
  if (knobs->stall_headers || (knobs->hangup && failing))
    return CLOSE;

  if (knobs->raw != NULL)
    return send_raw (connection, knobs);

  answer = skein_practice_answer_new (request, knobs, situation);

  return send_answer (connection, request, answer, knobs);
}

static After
refuse (SkeinPracticeConnection *connection,
        guint                    status,
        const char              *text)
{
  g_autoptr (SkeinPracticeKnobs) plain = skein_practice_knobs_parse (NULL, NULL);
  g_autoptr (SkeinPracticeAnswer) answer = skein_practice_answer_new_error (status, text);
  SkeinPracticeFraming framing;
  g_autoptr (GString) head = NULL;

  answer->announced = answer->body.length;
  framing = skein_practice_head_frame (answer, plain, TRUE);
  head = skein_practice_head_new (answer, plain, &framing, TRUE);
  if (send_head (connection, head, plain))
    skein_practice_send_body (connection, &answer->body, plain, FALSE);

  return CLOSE;
}

static After
handle_request (SkeinPracticeConnection *connection,
                SkeinPracticeRequest    *request,
                SkeinPracticeHistory    *history,
                const char              *address)
{
  const char *path = skein_practice_request_get_path (request);
  int fd = skein_practice_connection_get_fd (connection);
  SkeinPracticeSituation situation = { address, skein_practice_history_add (history, request), 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (SkeinPracticeKnobs) knobs =
    skein_practice_knobs_parse (skein_practice_request_get_query (request), &error);
  After after;

  if (knobs == NULL)
    return refuse (connection, 400, error->message);

  situation.under_way = skein_practice_history_enter (history, path, fd);
  after = answer_request (connection, request, knobs, &situation);
  skein_practice_history_leave (history, fd);

  return after;
}

static After
handle_next (SkeinPracticeConnection *connection,
             SkeinPracticeHistory    *history,
             const char              *address)
{
  g_autoptr (SkeinPracticeRequest) request = NULL;

  switch (skein_practice_connection_read (connection, &request))
    {
    case SKEIN_PRACTICE_READ_REQUEST:
      return handle_request (connection, request, history, address);

    case SKEIN_PRACTICE_READ_BAD:
      return refuse (connection, 400, NULL);

    case SKEIN_PRACTICE_READ_TOO_LARGE:
      return refuse (connection, 431, NULL);

    case SKEIN_PRACTICE_READ_END:
    default:
      return CLOSE;
    }
}

void
skein_practice_converse (SkeinPracticeConnection *connection,
                         SkeinPracticeHistory    *history,
                         const char              *address)
{
  After after;

  do
    after = handle_next (connection, history, address);
  while (after == KEEP);

  skein_practice_connection_end (connection,
                                 after == RESET ? SKEIN_PRACTICE_END_RESET
                                 : after == CLOSE_UNCLEAN ? SKEIN_PRACTICE_END_UNCLEAN
                                 : SKEIN_PRACTICE_END_CLOSE);
}
