/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SKEIN_LINK_LOWEST_PRI:
 *
 * The priority of a link that names none (RFC 5854 section 4.2.16.2).
 */
#define SKEIN_LINK_LOWEST_PRI 999999

/**
 * SKEIN_LINK_HEADER_MOST:
 *
 * Links of one answer that are read.
 */
#define SKEIN_LINK_HEADER_MOST 256

/**
 * SkeinLink:
 * @target: as it stands in the header: relative or absolute, not cleaned; for skein_uri_resolve()
 * @rel: the relations in lower case, separated by blanks; for skein_link_has_rel()
 * @type: (nullable): the media type in lower case, without parameters
 * @geo: (nullable): the country of a mirror, two letters in lower case
 * @pri: 1 … %SKEIN_LINK_LOWEST_PRI, the smallest first
 *
 * One link of a Link header.
 */
typedef struct
{
  char  *target;
  char  *rel;
  char  *type;
  char  *geo;
  guint  pri;
} SkeinLink;

/**
 * skein_link_header_parse:
 * @value: (nullable): all values of Link, joined by commas
 *
 * RFC 8288 section 3, RFC 6249. Links without relation or target, and those about another resource
 * ("anchor"), are left out; what cannot be read ends the list. Any thread.
 *
 * Returns: (transfer full) (element-type SkeinLink): the links, those of the smallest @pri first,
 *   else in the order of the header; may be empty
 */
GPtrArray *skein_link_header_parse  (const char      *value);

/**
 * skein_link_has_rel:
 * @self: a link
 * @rel: a relation, such as "duplicate" or "describedby"
 *
 * Relations are compared without regard to case (RFC 8288 section 2.1). Any thread.
 *
 * Returns: whether @rel is one of its relations
 */
gboolean   skein_link_has_rel       (const SkeinLink *self,
                                     const char      *rel);

/**
 * skein_link_is_metalink:
 * @self: a link
 *
 * Any thread.
 *
 * Returns: whether it leads to a Metalink 4 file about this one (RFC 6249 section 4)
 */
gboolean   skein_link_is_metalink   (const SkeinLink *self);

/**
 * skein_link_free:
 * @self: (transfer full): a link
 */
void       skein_link_free          (SkeinLink       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinLink, skein_link_free)

G_END_DECLS
