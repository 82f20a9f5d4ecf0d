/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-validators.h"

G_BEGIN_DECLS

/**
 * SkeinSource:
 * @uri: as asked for. Constant
 * @login: (nullable): "user:password" for its origin. Constant
 * @answered: whether it has; @final_uri and @validators are constant then
 * @final_uri: (nullable): where its redirects led to
 * @validators: of its answer: each server has its own, also for the same bytes
 * @wrote: (nullable) (element-type SkeinRange): what came from it, where pieces are checked
 * @gave: whether it gave anything at all
 * @connections: segments that fetch from it
 * @most: more of them it refused
 * @lies: pieces from it alone that were wrong
 * @failures: errors since it gave something
 * @dropped: (nullable): why it is not asked any more
 * @gone: whether there is a reason; atomic, for those who just received something from it
 * @drops_range: whether it sends the whole file when there is an If-Range, though the file is the same. Atomic
 *
 * One of the addresses at which a running transfer finds its file. Where nothing else is said, under the
 * transfer's mutex while there are helpers.
 */
typedef struct
{
  char            *uri;
  char            *login;

  gboolean         answered;
  char            *final_uri;
  SkeinValidators  validators;

  GArray          *wrote;
  gboolean         gave;
  guint            connections;
  guint            most;
  guint            lies;
  guint            failures;
  GError          *dropped;
  int              gone;
  int              drops_range;
} SkeinSource;

/**
 * skein_source_new:
 * @uri: an address
 * @login: (nullable): "user:password" for its origin
 *
 * Returns: (transfer full): a source that has not answered yet
 */
SkeinSource *skein_source_new         (const char      *uri,
                                       const char      *login);

/**
 * skein_source_free:
 * @self: (transfer full): a source
 */
void         skein_source_free        (SkeinSource     *self);

/**
 * skein_source_take_answer:
 * @self: a source that has not answered yet
 * @answer: its answer, which agrees with the validators that are known already, if any
 */
void         skein_source_take_answer (SkeinSource     *self,
                                       SkeinHttpAnswer *answer);

/**
 * skein_source_forget:
 * @self: a source
 *
 * As if it had not answered yet; that it was dropped is remembered.
 */
void         skein_source_forget      (SkeinSource     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinSource, skein_source_free)

G_END_DECLS
