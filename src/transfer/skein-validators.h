/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-http.h"

G_BEGIN_DECLS

/**
 * SkeinValidators:
 * @etag: (nullable): ETag, raw
 * @modified: (nullable): Last-Modified, raw
 * @modified_is_strong: whether the date was a minute old when it was given, so that a later change would
 *   show (RFC 9110 section 8.8.2.2)
 *
 * What tells one version of a file from another. A plain value; zeroed, it knows nothing.
 */
typedef struct
{
  char     *etag;
  char     *modified;
  gboolean  modified_is_strong;
} SkeinValidators;

/**
 * skein_validators_set_from_answer:
 * @self: validators, whose old content is dropped
 * @answer: an answer
 */
void        skein_validators_set_from_answer (SkeinValidators       *self,
                                              SkeinHttpAnswer       *answer);

/**
 * skein_validators_clear:
 * @self: validators
 */
void        skein_validators_clear           (SkeinValidators       *self);

/**
 * skein_validators_get_if_range:
 * @self: validators
 *
 * Returns: (transfer none) (nullable): what an If-Range may carry: a strong ETag, else a strong date
 */
const char *skein_validators_get_if_range    (const SkeinValidators *self);

/**
 * skein_validators_agree_with:
 * @self: of an earlier answer
 * @answer: another one
 *
 * Returns: whether nothing that both of them know differs
 */
gboolean    skein_validators_agree_with      (const SkeinValidators *self,
                                              SkeinHttpAnswer       *answer);

/**
 * skein_validators_prove:
 * @self: of an earlier answer
 * @answer: another one
 *
 * Returns: whether @answer carries what skein_validators_get_if_range() gives: so it is of the same version,
 *   also if no If-Range was sent
 */
gboolean    skein_validators_prove           (const SkeinValidators *self,
                                              SkeinHttpAnswer       *answer);

G_END_DECLS
