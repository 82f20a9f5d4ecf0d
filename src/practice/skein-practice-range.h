/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-practice-knobs.h"
#include "skein-practice-request.h"
#include "skein-practice-resource.h"

G_BEGIN_DECLS

typedef enum
{
  SKEIN_PRACTICE_RANGE_NONE,           /* the whole is to be sent */
  SKEIN_PRACTICE_RANGE_PART,
  SKEIN_PRACTICE_RANGE_UNSATISFIABLE,
} SkeinPracticeRangeKind;

/**
 * SkeinPracticeRange:
 *
 * What part of a resource an answer has.
 */
typedef struct
{
  SkeinPracticeRangeKind kind;
  guint64                first;
  guint64                last;   /* inclusive */
} SkeinPracticeRange;

/**
 * skein_practice_range_read:
 * @request: a request
 * @resource: what it asks for
 * @knobs: the knobs for it
 *
 * Reads Range and If-Range (RFC 9110, sections 14.2 and 13.1.5). Several ranges at once, and ranges
 * that are not understood, are as none.
 *
 * Returns: the part to send
 */
SkeinPracticeRange skein_practice_range_read          (SkeinPracticeRequest     *request,
                                                       SkeinPracticeResource    *resource,
                                                       const SkeinPracticeKnobs *knobs);

/**
 * skein_practice_range_dup_header:
 * @self: a range that is not none
 * @resource: the resource
 * @knobs: the knobs
 *
 * Returns: (transfer full): the value of Content-Range
 */
char              *skein_practice_range_dup_header    (const SkeinPracticeRange *self,
                                                       SkeinPracticeResource    *resource,
                                                       const SkeinPracticeKnobs *knobs);

/**
 * skein_practice_range_dup_etag:
 * @resource: a resource
 * @knobs: the knobs
 *
 * Returns: (transfer full) (nullable): the value of ETag
 */
char              *skein_practice_range_dup_etag      (SkeinPracticeResource    *resource,
                                                       const SkeinPracticeKnobs *knobs);

/**
 * skein_practice_range_dup_modified:
 * @resource: a resource
 * @knobs: the knobs
 *
 * Returns: (transfer full) (nullable): the value of Last-Modified
 */
char              *skein_practice_range_dup_modified  (SkeinPracticeResource    *resource,
                                                       const SkeinPracticeKnobs *knobs);

G_END_DECLS
