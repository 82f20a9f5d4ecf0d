/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-metalink.h"

G_BEGIN_DECLS

/**
 * SKEIN_SOURCE_SET_MAX:
 *
 * Addresses that a set keeps; more are passed over.
 */
#define SKEIN_SOURCE_SET_MAX SKEIN_METALINK_MAX_MIRRORS

/**
 * SkeinSourceAddress:
 * @uri: a clean address
 * @login: (nullable): "user:password" for its origin
 *
 * One more place where a file can be had.
 */
typedef struct
{
  char *uri;
  char *login;
} SkeinSourceAddress;

/**
 * SkeinSourceSet:
 * @addresses: (element-type SkeinSourceAddress): distinct, best first
 * @size: bytes that the file ought to have, or -1
 * @piece_length: bytes of each piece but the last, 0 if there are no piece hashes
 * @piece_kind: the algorithm of @piece_hashes
 * @piece_hashes: (element-type utf8): lower case, in the order of the file
 *
 * Where else a file can be had than at its first address, and how to tell that it is the same one.
 * Counted; made by one thread, and constant as soon as others have it.
 */
typedef struct
{
  GPtrArray     *addresses;
  gint64         size;
  guint64        piece_length;
  GChecksumType  piece_kind;
  GPtrArray     *piece_hashes;

  /*< private >*/
  gatomicrefcount ref_count;
} SkeinSourceSet;

/**
 * skein_source_set_new:
 *
 * Returns: (transfer full): a set of no addresses that knows nothing
 */
SkeinSourceSet *skein_source_set_new               (void);

/**
 * skein_source_set_new_from_metalink:
 * @file: one file of a Metalink
 *
 * Returns: (transfer full): what it says, without its best mirror, which is the first address
 */
SkeinSourceSet *skein_source_set_new_from_metalink (const SkeinMetalinkFile *file);

/**
 * skein_source_set_ref:
 * @self: a set
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
SkeinSourceSet *skein_source_set_ref               (SkeinSourceSet          *self);

/**
 * skein_source_set_unref:
 * @self: (transfer full): a set
 *
 * Any thread.
 */
void            skein_source_set_unref             (SkeinSourceSet          *self);

/**
 * skein_source_set_add:
 * @self: a set that nobody else has yet
 * @uri: a clean address; one that it has already is passed over
 * @login: (nullable): "user:password" for its origin
 *
 * Adds an address behind the others.
 */
void            skein_source_set_add               (SkeinSourceSet          *self,
                                                    const char              *uri,
                                                    const char              *login);

/**
 * skein_source_set_take_pieces:
 * @self: a set that nobody else has yet
 * @file: one file of a Metalink
 *
 * Takes its piece hashes, if it has any.
 */
void            skein_source_set_take_pieces       (SkeinSourceSet          *self,
                                                    const SkeinMetalinkFile *file);

/**
 * skein_source_set_get_n_pieces:
 * @self: a set
 * @total: bytes of the file
 *
 * Returns: how many pieces the file has; 0 if there are no piece hashes, or not as many as that
 */
guint           skein_source_set_get_n_pieces      (const SkeinSourceSet    *self,
                                                    gint64                   total);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinSourceSet, skein_source_set_unref)

G_END_DECLS
