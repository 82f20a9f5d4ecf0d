/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SkeinDigest:
 * @kind: how it is computed
 * @hex: its value in lower case, as g_checksum_get_string() gives it
 *
 * What a file's digest ought to be: given by a person, a server, or a checksum file. A plain
 * value. All functions take hostile input, and may be called from any thread.
 */
typedef struct
{
  GChecksumType  kind;
  char          *hex;
} SkeinDigest;

/**
 * SkeinDigestSource:
 * @SKEIN_DIGEST_SOURCE_NONE: there was no digest
 * @SKEIN_DIGEST_SOURCE_GIVEN: a person gave it
 * @SKEIN_DIGEST_SOURCE_FILE: a checksum file beside the address, found when one was looked for
 * @SKEIN_DIGEST_SOURCE_SERVER: a header of the answer that brought the file. It tells of damage on the way, but
 *   whoever can give another file can give its digest too
 *
 * Where the digest came from that a file was held against.
 */
typedef enum
{
  SKEIN_DIGEST_SOURCE_NONE,
  SKEIN_DIGEST_SOURCE_GIVEN,
  SKEIN_DIGEST_SOURCE_FILE,
  SKEIN_DIGEST_SOURCE_SERVER,
} SkeinDigestSource;

/**
 * SkeinVerification:
 * @source: who told the digest
 * @kind: how it is computed; nothing without a source
 * @missing: whether a checksum file was looked for, and none names the file
 *
 * What a finished file was held against. A plain value; all zeros say: against nothing.
 */
typedef struct
{
  SkeinDigestSource source;
  GChecksumType     kind;
  gboolean          missing;
} SkeinVerification;

/**
 * skein_digest_source_get_key:
 * @source: a source
 *
 * Returns: (nullable): a name for programs: "given", "file" or "server"; %NULL for none
 */
const char  *skein_digest_source_get_key     (SkeinDigestSource  source);

/**
 * skein_digest_kind_get_key:
 * @kind: a kind
 *
 * Returns: how it is written for skein_digest_new(): "md5", "sha1", "sha256" …
 */
const char  *skein_digest_kind_get_key       (GChecksumType      kind);

/**
 * skein_digest_new:
 * @name: the kind: "md5", "sha" or "sha-1", "sha-256", "sha-384", "sha-512"; in any case, with or
 *   without the dash
 * @value: the digest in hexadecimal or base64
 *
 * Returns: (transfer full) (nullable): a digest; %NULL if the kind is another one or the length
 *   is wrong
 */
SkeinDigest *skein_digest_new                (const char        *name,
                                              const char        *value);

/**
 * skein_digest_copy:
 * @self: (nullable): a digest
 *
 * Returns: (transfer full) (nullable): a copy
 */
SkeinDigest *skein_digest_copy               (const SkeinDigest *self);

/**
 * skein_digest_free:
 * @self: (transfer full): a digest
 */
void         skein_digest_free               (SkeinDigest       *self);

/**
 * skein_digest_get_name:
 * @self: a digest
 *
 * Returns: its kind for people: "MD5", "SHA-1", "SHA-256" …
 */
const char  *skein_digest_get_name           (const SkeinDigest *self);

/**
 * skein_digest_matches:
 * @self: a digest
 * @hex: (nullable): what was computed, in hexadecimal of any case
 *
 * Returns: whether it is as it ought to be
 */
gboolean     skein_digest_matches            (const SkeinDigest *self,
                                              const char        *hex);

/**
 * skein_digest_is_stronger:
 * @self: a digest
 * @other: (nullable): another
 *
 * Returns: whether @self is of a stronger kind than @other, or there is no other
 */
gboolean     skein_digest_is_stronger        (const SkeinDigest *self,
                                              const SkeinDigest *other);

/**
 * skein_digest_parse:
 * @text: (nullable): what a person gave: "sha256:HEX", "sha-256=HEX", or HEX alone, whose length
 *   tells the kind (32 MD5, 40 SHA-1, 64 SHA-256, 96 SHA-384, 128 SHA-512); blanks around it do
 *   not matter
 *
 * Returns: (transfer full) (nullable): the digest
 */
SkeinDigest *skein_digest_parse              (const char        *text);

/**
 * skein_digest_parse_repr_digest:
 * @value: (nullable): all values of Repr-Digest or Content-Digest, joined by commas
 *
 * RFC 9530: "sha-256=:BASE64:, sha-512=:BASE64:". Repr-Digest is about the whole file also with
 * status 206, Content-Digest about the bytes of this answer.
 *
 * Returns: (transfer full) (nullable): the strongest that is understood
 */
SkeinDigest *skein_digest_parse_repr_digest  (const char        *value);

/**
 * skein_digest_parse_digest:
 * @value: (nullable): all values of Digest, joined by commas
 *
 * RFC 3230: "SHA-256=BASE64, MD5=BASE64", about the whole file also with status 206.
 *
 * Returns: (transfer full) (nullable): the strongest that is understood
 */
SkeinDigest *skein_digest_parse_digest       (const char        *value);

/**
 * skein_digest_parse_content_md5:
 * @value: (nullable): the value of Content-MD5
 *
 * RFC 2616 section 14.15: BASE64, about the bytes of this answer.
 *
 * Returns: (transfer full) (nullable): the digest
 */
SkeinDigest *skein_digest_parse_content_md5  (const char        *value);

/**
 * skein_digest_find:
 * @text: (array length=length): a checksum file, any bytes
 * @length: how many
 * @name: the name of the file to look up, without a folder and without percent-encoding
 * @alone: whether the only digest of the text counts although no name stands with it
 *
 * Understands the lines of sha256sum ("HEX  NAME", "HEX *NAME", with its escapes) and of BSD and
 * openssl ("SHA256 (NAME) = HEX"), NAME also with "./" before it.
 *
 * Returns: (transfer full) (nullable): the strongest digest of that file
 */
SkeinDigest *skein_digest_find               (const char        *text,
                                              gsize              length,
                                              const char        *name,
                                              gboolean           alone);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinDigest, skein_digest_free)

G_END_DECLS
