/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "skein-uri-reject.h"

G_BEGIN_DECLS

/**
 * SKEIN_METALINK_MAX_LENGTH:
 *
 * Bytes of a Metalink that are read; a longer one is refused.
 */
#define SKEIN_METALINK_MAX_LENGTH (16 * 1024 * 1024)

/**
 * SKEIN_METALINK_MAX_FILES:
 *
 * Files of one Metalink; one with more is refused.
 */
#define SKEIN_METALINK_MAX_FILES 10000

/**
 * SKEIN_METALINK_MAX_MIRRORS:
 *
 * Addresses that one file keeps, mirrors and others together; more become rejects.
 */
#define SKEIN_METALINK_MAX_MIRRORS 1000

/**
 * SKEIN_METALINK_MAX_PIECES:
 *
 * Piece hashes of one file; if there are more, none is kept.
 */
#define SKEIN_METALINK_MAX_PIECES 250000

/**
 * SKEIN_METALINK_MAX_REJECTS:
 *
 * Rejects that are kept; more are only counted.
 */
#define SKEIN_METALINK_MAX_REJECTS 1000

/**
 * SKEIN_METALINK_LAST_PRIORITY:
 *
 * The priority of a mirror that states none.
 */
#define SKEIN_METALINK_LAST_PRIORITY 999999

/**
 * SkeinMetalinkHash:
 * @kind: the algorithm
 * @hex: lower case, of the length that belongs to @kind
 *
 * A hash over a whole file.
 */
typedef struct
{
  GChecksumType  kind;
  char          *hex;
} SkeinMetalinkHash;

/**
 * SkeinMetalinkMirror:
 * @uri: a clean address
 * @login: (nullable): "user:password" that was in the address
 * @priority: 1 is tried first, %SKEIN_METALINK_LAST_PRIORITY last
 * @location: (nullable): where it stands: a country code of ISO 3166-1, lower case
 *
 * Where a file can be had.
 */
typedef struct
{
  char  *uri;
  char  *login;
  guint  priority;
  char  *location;
} SkeinMetalinkMirror;

/**
 * SkeinMetalinkFile:
 * @name: a safe name; of a path the last part. Not always distinct from those of other files
 * @size: bytes, or -1 if not known
 * @hashes: (element-type SkeinMetalinkHash): strongest first, one of each kind; may be empty
 * @piece_length: bytes of each piece but the last, 0 if there are no piece hashes
 * @piece_kind: the algorithm of @piece_hashes
 * @piece_hashes: (element-type utf8): lower case, in the order of the file; as many as @size asks for,
 *   if that is known
 * @mirrors: (element-type SkeinMetalinkMirror): distinct, best first
 * @others: (element-type utf8): addresses of schemes other than http and https, as written, printable
 *   ASCII; there is at least one of these or one of @mirrors
 *
 * One file of a Metalink.
 */
typedef struct
{
  char          *name;
  gint64         size;
  GPtrArray     *hashes;
  gint64         piece_length;
  GChecksumType  piece_kind;
  GPtrArray     *piece_hashes;
  GPtrArray     *mirrors;
  GPtrArray     *others;
} SkeinMetalinkFile;

/**
 * SkeinMetalink:
 * @files: (element-type SkeinMetalinkFile): in the order of the document, at least one
 * @rejects: (element-type SkeinUriReject): what was not taken: addresses, sizes, hashes, pieces, and
 *   files without an address; the first %SKEIN_METALINK_MAX_REJECTS
 * @rejected: how many were not taken, those included that @rejects has no room for
 *
 * What a Metalink says. A plain value.
 */
typedef struct
{
  GPtrArray *files;
  GPtrArray *rejects;
  guint      rejected;
} SkeinMetalink;

/**
 * skein_metalink_parse:
 * @bytes: (array length=length): any bytes; taken for hostile
 * @length: how many
 * @error: %SKEIN_ERROR_BAD_METALINK
 *
 * Reads a Metalink 4 (RFC 5854) or 3, in UTF-8 or Latin-1. Nothing is loaded from anywhere, and a document
 * type declaration is refused, so that there are no entities. Unknown elements and those of other
 * namespaces, addresses of torrents ("metaurl") and hashes of unknown kinds are passed over. A document
 * that is not well-formed, or of which no file can be had, is an error. Any thread.
 *
 * Returns: (transfer full) (nullable): files and rejects
 */
SkeinMetalink *skein_metalink_parse (const char     *bytes,
                                     gsize           length,
                                     GError        **error);

/**
 * skein_metalink_free:
 * @self: (transfer full): what skein_metalink_parse() returned
 *
 * Any thread.
 */
void           skein_metalink_free  (SkeinMetalink  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinMetalink, skein_metalink_free)

G_END_DECLS
