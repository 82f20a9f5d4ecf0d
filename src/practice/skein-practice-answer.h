/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-practice-body.h"
#include "skein-practice-knobs.h"
#include "skein-practice-request.h"

G_BEGIN_DECLS

/**
 * SkeinPracticeAnswer:
 *
 * An answer that is made but not sent.
 */
typedef struct
{
  guint             status;
  GString          *fields;    /* lines of the head that come from what is answered, each with CR LF */
  SkeinPracticeBody body;
  guint64           announced; /* bytes of the body that Content-Length tells of */
  char             *type;      /* Content-Type */
  gboolean          endless;
} SkeinPracticeAnswer;

/**
 * SkeinPracticeSituation:
 *
 * What an answer depends on besides the request and its knobs.
 */
typedef struct
{
  const char *address;    /* the server's, without "/" at its end */
  guint64     nth;        /* how many requests for this target there were, with this one */
  guint       under_way;  /* answers for this path, with this one */
} SkeinPracticeSituation;

/**
 * skein_practice_answer_new:
 * @request: a request
 * @knobs: its knobs
 * @situation: the rest
 *
 * Decides what is answered: an error, a redirect, a resource or a part of one. May be called from any
 * thread.
 *
 * Returns: (transfer full): the answer
 */
SkeinPracticeAnswer *skein_practice_answer_new       (SkeinPracticeRequest         *request,
                                                      const SkeinPracticeKnobs     *knobs,
                                                      const SkeinPracticeSituation *situation);

/**
 * skein_practice_answer_new_error:
 * @status: a status
 * @text: (nullable): a text for the reader, or %NULL for that of the status
 *
 * Returns: (transfer full): an answer with a short text
 */
SkeinPracticeAnswer *skein_practice_answer_new_error (guint                         status,
                                                      const char                   *text);

/**
 * skein_practice_answer_free:
 * @self: (transfer full): an answer
 */
void                 skein_practice_answer_free      (SkeinPracticeAnswer          *self);

/**
 * skein_practice_answer_is_failing:
 * @knobs: the knobs of a request
 * @situation: the rest
 *
 * Returns: whether fail-first= is given and this is one of the first
 */
gboolean             skein_practice_answer_is_failing (const SkeinPracticeKnobs     *knobs,
                                                       const SkeinPracticeSituation *situation);

/**
 * skein_practice_reason:
 * @status: a status
 *
 * Returns: (transfer none): its words, as in RFC 9110
 */
const char          *skein_practice_reason           (guint                         status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinPracticeAnswer, skein_practice_answer_free)

G_END_DECLS
