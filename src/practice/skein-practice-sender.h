/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-practice-answer.h"
#include "skein-practice-connection.h"

G_BEGIN_DECLS

typedef enum
{
  SKEIN_PRACTICE_SENT,         /* all of it; the connection can go on */
  SKEIN_PRACTICE_SENT_CLOSE,   /* the connection is to be closed */
  SKEIN_PRACTICE_SENT_RESET,   /* the connection is to be reset */
} SkeinPracticeSent;

/**
 * skein_practice_send_body:
 * @connection: a connection
 * @body: the body
 * @knobs: pace, ends and faults
 * @chunked: whether to send chunks
 *
 * Sends a body, or as much of it as the knobs let pass.
 *
 * Returns: what is to become of the connection
 */
SkeinPracticeSent skein_practice_send_body (SkeinPracticeConnection  *connection,
                                            SkeinPracticeBody        *body,
                                            const SkeinPracticeKnobs *knobs,
                                            gboolean                  chunked);

G_END_DECLS
