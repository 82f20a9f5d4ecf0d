/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-digest-spec.h"

#include <string.h>

/* From the weakest to the strongest. */
static const struct
{
  GChecksumType  kind;
  const char    *key;   /* as make_key() gives it */
  const char    *name;
} kinds[] = {
  { G_CHECKSUM_MD5, "md5", "MD5" },
  { G_CHECKSUM_SHA1, "sha1", "SHA-1" },
  { G_CHECKSUM_SHA256, "sha256", "SHA-256" },
  { G_CHECKSUM_SHA384, "sha384", "SHA-384" },
  { G_CHECKSUM_SHA512, "sha512", "SHA-512" },
};

static guint
find_kind (GChecksumType kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (kinds[i].kind == kind)
        return i;
    }

  g_assert_not_reached ();
}

const char *
skein_digest_source_get_key (SkeinDigestSource source)
{
  const char *const keys[] = {
    [SKEIN_DIGEST_SOURCE_NONE] = NULL,
    [SKEIN_DIGEST_SOURCE_GIVEN] = "given",
    [SKEIN_DIGEST_SOURCE_FILE] = "file",
    [SKEIN_DIGEST_SOURCE_SERVER] = "server",
  };

  return keys[source];
}

const char *
skein_digest_kind_get_key (GChecksumType kind)
{
  return kinds[find_kind (kind)].key;
}

static gsize
get_n_bytes (guint index)
{
  return (gsize) g_checksum_type_get_length (kinds[index].kind);
}

/* "SHA-256" and "sha256" are the same; openssl says "SHA2-256". -1 if unknown. */
static int
find_name (const char *name,
           gsize       length)
{
  char key[12] = "";
  gsize n = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (name[i] == '-')
        continue;
      if (n == sizeof key - 1)
        return -1;
      key[n++] = g_ascii_tolower (name[i]);
    }

  if (strcmp (key, "sha") == 0)
    return (int) find_kind (G_CHECKSUM_SHA1);
  if (g_str_has_prefix (key, "sha2") && strlen (key) == 7)
    memmove (key + 3, key + 4, 4);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (strcmp (key, kinds[i].key) == 0)
        return (int) i;
    }

  return -1;
}

static gboolean
is_hex (const char *value,
        gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isxdigit (value[i]))
        return FALSE;
    }

  return TRUE;
}

static SkeinDigest *
take_hex (guint  index,
          char  *hex)
{
  SkeinDigest *self = g_new (SkeinDigest, 1);

  self->kind = kinds[index].kind;
  self->hex = hex;

  return self;
}

/* GLib skips what is no base64; here such a value is none. */
static gboolean
is_base64 (const char *value,
           gsize       length)
{
  gsize n = 0;

  while (n < length && (g_ascii_isalnum (value[n]) || value[n] == '+' || value[n] == '/'))
    n++;
  while (n < length && value[n] == '=')
    n++;

  return n == length;
}

static SkeinDigest *
decode_base64 (guint       index,
               const char *value,
               gsize       length)
{
  gsize n_bytes = get_n_bytes (index);
  g_autofree char *text = NULL;
  g_autofree guchar *bytes = NULL;
  gsize n;
  GString *hex;

  /* No more than the padded form of as many bytes as there must be. */
  if (length != (n_bytes + 2) / 3 * 4 || !is_base64 (value, length))
    return NULL;

  text = g_strndup (value, length);
  bytes = g_base64_decode (text, &n);
  if (n != n_bytes)
    return NULL;

  hex = g_string_sized_new (2 * n);
  for (gsize i = 0; i < n; i++)
    g_string_append_printf (hex, "%02x", bytes[i]);

  return take_hex (index, g_string_free (hex, FALSE));
}

static SkeinDigest *
decode (guint       index,
        const char *value,
        gsize       length)
{
  if (length == 2 * get_n_bytes (index) && is_hex (value, length))
    return take_hex (index, g_ascii_strdown (value, (gssize) length));

  return decode_base64 (index, value, length);
}

SkeinDigest *
skein_digest_new (const char *name,
                  const char *value)
{
  int index = find_name (name, strlen (name));

  return index != -1 ? decode ((guint) index, value, strlen (value)) : NULL;
}

SkeinDigest *
skein_digest_copy (const SkeinDigest *self)
{
  return self != NULL ? take_hex (find_kind (self->kind), g_strdup (self->hex)) : NULL;
}

void
skein_digest_free (SkeinDigest *self)
{
  g_free (self->hex);
  g_free (self);
}

const char *
skein_digest_get_name (const SkeinDigest *self)
{
  return kinds[find_kind (self->kind)].name;
}

gboolean
skein_digest_matches (const SkeinDigest *self,
                      const char        *hex)
{
  return hex != NULL && g_ascii_strcasecmp (self->hex, hex) == 0;
}

gboolean
skein_digest_is_stronger (const SkeinDigest *self,
                          const SkeinDigest *other)
{
  return other == NULL || find_kind (self->kind) > find_kind (other->kind);
}

static SkeinDigest *
decode_by_length (const char *value,
                  gsize       length)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (length == 2 * get_n_bytes (i) && is_hex (value, length))
        return decode (i, value, length);
    }

  return NULL;
}

/* Cuts white space off both ends of *@text. */
static gsize
strip (const char **text,
       gsize        length)
{
  while (length > 0 && g_ascii_isspace (**text))
    {
      (*text)++;
      length--;
    }
  while (length > 0 && g_ascii_isspace ((*text)[length - 1]))
    length--;

  return length;
}

SkeinDigest *
skein_digest_parse (const char *text)
{
  gsize length;
  gsize border;
  const char *value;
  int index;

  if (text == NULL)
    return NULL;

  length = strip (&text, strlen (text));
  border = strcspn (text, ":=");
  if (border >= length)
    return decode_by_length (text, length);

  index = find_name (text, strip (&text, border));
  if (index == -1)
    return NULL;

  value = text + border + 1;
  length = strip (&value, length - border - 1);

  return decode ((guint) index, value, length);
}

/* In the place of a weaker one, or of an earlier one of its kind (RFC 8941 section 3.2). */
static void
keep_stronger (SkeinDigest **best,
               SkeinDigest  *digest)
{
  if (digest == NULL)
    return;

  if (*best != NULL && skein_digest_is_stronger (*best, digest))
    {
      skein_digest_free (digest);
      return;
    }

  g_clear_pointer (best, skein_digest_free);
  *best = digest;
}

/* One "name=value"; with @colons, the value stands between two. */
static SkeinDigest *
parse_member (const char *member,
              gsize       length,
              gboolean    colons)
{
  const char *semicolon = memchr (member, ';', length);
  const char *equals;
  const char *value;
  int index;

  if (semicolon != NULL)
    length = (gsize) (semicolon - member);
  length = strip (&member, length);
  equals = memchr (member, '=', length);
  if (equals == NULL)
    return NULL;

  index = find_name (member, (gsize) (equals - member));
  if (index == -1)
    return NULL;

  value = equals + 1;
  length -= (gsize) (value - member);
  if (colons)
    {
      if (length < 2 || value[0] != ':' || value[length - 1] != ':')
        return NULL;
      value++;
      length -= 2;
    }

  return decode ((guint) index, value, length);
}

static SkeinDigest *
parse_members (const char *value,
               gboolean    colons)
{
  SkeinDigest *best = NULL;

  while (value != NULL && *value != '\0')
    {
      gsize length = strcspn (value, ",");

      keep_stronger (&best, parse_member (value, length, colons));
      value += length;
      value += *value == ',';
    }

  return best;
}

SkeinDigest *
skein_digest_parse_repr_digest (const char *value)
{
  return parse_members (value, TRUE);
}

SkeinDigest *
skein_digest_parse_digest (const char *value)
{
  return parse_members (value, FALSE);
}

SkeinDigest *
skein_digest_parse_content_md5 (const char *value)
{
  gsize length;

  if (value == NULL)
    return NULL;

  length = strip (&value, strlen (value));

  return decode_base64 (find_kind (G_CHECKSUM_MD5), value, length);
}
