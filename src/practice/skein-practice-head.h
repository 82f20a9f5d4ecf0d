/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-practice-answer.h"

G_BEGIN_DECLS

/**
 * SkeinPracticeFraming:
 *
 * How the end of a body is told, and what becomes of the connection.
 */
typedef struct
{
  gboolean chunked;
  gboolean close;     /* the connection ends after the body */
} SkeinPracticeFraming;

/**
 * skein_practice_head_frame:
 * @answer: an answer
 * @knobs: the knobs
 * @wants_close: whether the client wants the connection to end
 *
 * Returns: how @answer is to be sent
 */
SkeinPracticeFraming skein_practice_head_frame (SkeinPracticeAnswer        *answer,
                                                const SkeinPracticeKnobs   *knobs,
                                                gboolean                    wants_close);

/**
 * skein_practice_head_new:
 * @answer: an answer
 * @knobs: the knobs
 * @framing: how it is sent
 * @wants_close: whether the client wants the connection to end
 *
 * Returns: (transfer full): the head of the answer, without the empty line at its end
 */
GString             *skein_practice_head_new   (SkeinPracticeAnswer        *answer,
                                                const SkeinPracticeKnobs   *knobs,
                                                const SkeinPracticeFraming *framing,
                                                gboolean                    wants_close);

G_END_DECLS
