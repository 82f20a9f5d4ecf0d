/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-metalink.h"

G_BEGIN_DECLS

/* How skein_metalink_parse() puts a file together. Each function takes text as it stands in the document,
 * and returns %NULL, or why it was not taken. */

/**
 * skein_metalink_file_new:
 *
 * Returns: (transfer full): a file of which nothing is known
 */
SkeinMetalinkFile *skein_metalink_file_new        (void);

/**
 * skein_metalink_file_free:
 * @self: (transfer full): a file
 */
void               skein_metalink_file_free       (SkeinMetalinkFile  *self);

/**
 * skein_metalink_file_set_size:
 * @self: a file
 * @text: decimal
 *
 * Returns: (transfer full) (nullable): why not
 */
GError            *skein_metalink_file_set_size   (SkeinMetalinkFile  *self,
                                                   const char         *text);

/**
 * skein_metalink_file_add_hash:
 * @self: a file
 * @type: (nullable): the algorithm, as Metalink 3 ("sha256") or 4 ("sha-256") spells it
 * @text: hexadecimal
 *
 * Of two of one kind the first counts; a hash of an unknown kind is passed over.
 *
 * Returns: (transfer full) (nullable): why not
 */
GError            *skein_metalink_file_add_hash   (SkeinMetalinkFile  *self,
                                                   const char         *type,
                                                   const char         *text);

/**
 * skein_metalink_file_set_pieces:
 * @self: a file
 * @type: (nullable): the algorithm
 * @length: (nullable): bytes of a piece, decimal
 * @hashes: (element-type utf8): as written, in the order of the file; %NULL stands for one that is not usable
 *
 * Of several kinds the strongest stays; those of an unknown kind are passed over.
 *
 * Returns: (transfer full) (nullable): why not
 */
GError            *skein_metalink_file_set_pieces (SkeinMetalinkFile  *self,
                                                   const char         *type,
                                                   const char         *length,
                                                   GPtrArray          *hashes);

/**
 * skein_metalink_file_add_url:
 * @self: a file
 * @text: an address
 * @priority: 1 is best
 * @location: (nullable): a country code
 *
 * Takes it as a mirror or, if the scheme is not carried, as one of the others.
 *
 * Returns: (transfer full) (nullable): why not
 */
GError            *skein_metalink_file_add_url    (SkeinMetalinkFile  *self,
                                                   const char         *text,
                                                   guint               priority,
                                                   const char         *location);

/**
 * skein_metalink_file_finish:
 * @self: a file to which all has been added
 * @name: (nullable): its name as written
 *
 * Brings hashes and mirrors into their order, checks the pieces against the size, and gives the name.
 *
 * Returns: (transfer full) (nullable): why its pieces were dropped
 */
GError            *skein_metalink_file_finish     (SkeinMetalinkFile  *self,
                                                   const char         *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinMetalinkFile, skein_metalink_file_free)

G_END_DECLS
