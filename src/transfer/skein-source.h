/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-validators.h"

G_BEGIN_DECLS

/**
 * SkeinSource:
 * @uri: as asked for. Constant
 * @login: (nullable): "user:password" for its origin. Constant
 * @final_uri: (nullable): where its redirects led to, once it has answered
 * @validators: of its answer: each server has its own, also for the same bytes
 *
 * One of the addresses at which a running transfer finds its file. What the answer told is set before other
 * threads get to see it, and constant after that.
 */
typedef struct
{
  char            *uri;
  char            *login;
  char            *final_uri;
  SkeinValidators  validators;
} SkeinSource;

/**
 * skein_source_new:
 * @uri: an address
 * @login: (nullable): "user:password" for its origin
 *
 * Returns: (transfer full): a source that has not answered yet
 */
SkeinSource *skein_source_new    (const char  *uri,
                                  const char  *login);

/**
 * skein_source_free:
 * @self: (transfer full): a source
 */
void         skein_source_free   (SkeinSource *self);

/**
 * skein_source_forget:
 * @self: a source
 *
 * As if it had not answered yet.
 */
void         skein_source_forget (SkeinSource *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinSource, skein_source_free)

G_END_DECLS
