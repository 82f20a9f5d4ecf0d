/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-practice-body.h"
#include "skein-practice-knobs.h"

G_BEGIN_DECLS

/**
 * SkeinPracticeResource:
 *
 * Something the server has, in one version. Constant once made.
 */
typedef struct
{
  char       *type;      /* Content-Type */
  char       *etag;      /* with its quotes */
  char       *modified;  /* as HTTP date */
  GBytes     *bytes;     /* the content, or NULL for pattern */
  guint64     seed;
  guint64     size;      /* bytes */
  guint64     flip;      /* the byte that is another than it ought to be, or SKEIN_PRACTICE_UNSET */
} SkeinPracticeResource;

/**
 * skein_practice_resource_find:
 * @path: the path that was asked for
 * @knobs: knobs, for those that say what the content is
 * @version: how often the content has changed
 * @address: the server's address, without "/" at its end
 *
 * May be called from any thread.
 *
 * Returns: (transfer full) (nullable): what is there, or %NULL for nothing
 */
SkeinPracticeResource *skein_practice_resource_find   (const char               *path,
                                                       const SkeinPracticeKnobs *knobs,
                                                       guint                     version,
                                                       const char               *address);

/**
 * skein_practice_resource_free:
 * @self: (transfer full): a resource
 */
void                   skein_practice_resource_free   (SkeinPracticeResource    *self);

/**
 * skein_practice_resource_add_to:
 * @self: a resource
 * @body: a body
 * @start: first byte
 * @length: how many bytes
 *
 * Adds a part of the content to @body.
 */
void                   skein_practice_resource_add_to (SkeinPracticeResource    *self,
                                                       SkeinPracticeBody        *body,
                                                       guint64                   start,
                                                       guint64                   length);

/**
 * skein_practice_http_date:
 * @time: seconds since 1970
 *
 * Returns: (transfer full): the time as RFC 9110, section 5.6.7, writes it
 */
char                  *skein_practice_http_date       (gint64                    time);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinPracticeResource, skein_practice_resource_free)

G_END_DECLS
