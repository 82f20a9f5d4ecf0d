/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-metalink-file.h"

#include <string.h>

#include "skein-error.h"
#include "skein-file-name.h"
#include "skein-uri.h"

typedef struct
{
  const char    *name; /* without dashes */
  GChecksumType  kind;
} Kind;

/* Weakest first. */
static const Kind kinds[] = {
  { "md5", G_CHECKSUM_MD5 },
  { "sha1", G_CHECKSUM_SHA1 },
  { "sha256", G_CHECKSUM_SHA256 },
  { "sha384", G_CHECKSUM_SHA384 },
  { "sha512", G_CHECKSUM_SHA512 },
};

static void
hash_free (SkeinMetalinkHash *hash)
{
  g_free (hash->hex);
  g_free (hash);
}

static void
mirror_free (SkeinMetalinkMirror *mirror)
{
  g_free (mirror->uri);
  g_free (mirror->login);
  g_free (mirror->location);
  g_free (mirror);
}

SkeinMetalinkFile *
skein_metalink_file_new (void)
{
  SkeinMetalinkFile *self = g_new0 (SkeinMetalinkFile, 1);

  self->size = -1;
  self->hashes = g_ptr_array_new_with_free_func ((GDestroyNotify) hash_free);
  self->piece_hashes = g_ptr_array_new_with_free_func (g_free);
  self->mirrors = g_ptr_array_new_with_free_func ((GDestroyNotify) mirror_free);
  self->others = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
skein_metalink_file_free (SkeinMetalinkFile *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->name);
  g_ptr_array_unref (self->hashes);
  g_ptr_array_unref (self->piece_hashes);
  g_ptr_array_unref (self->mirrors);
  g_ptr_array_unref (self->others);
  g_free (self);
}

static GError *
refusal (const char *what)
{
  return g_error_new (SKEIN_ERROR, SKEIN_ERROR_BAD_METALINK, "%s", what);
}

static gboolean
parse_number (const char *text,
              gint64     *number)
{
  guint64 value;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &value, NULL))
    return FALSE;

  *number = (gint64) value;

  return TRUE;
}

static const Kind *
find_kind (const char *type)
{
  g_autofree char *name = g_ascii_strdown (type != NULL ? type : "", -1);
  g_auto (GStrv) words = g_strsplit (name, "-", 3);
  g_autofree char *joined = g_strjoinv ("", words);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (strcmp (kinds[i].name, joined) == 0)
        return &kinds[i];
    }

  return NULL;
}

static int
rank (GChecksumType kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (kinds[i].kind == kind)
        return (int) i;
    }

  return -1;
}

static gboolean
is_hex_of_kind (const char *text,
                const Kind *kind)
{
  gsize length = 2 * (gsize) g_checksum_type_get_length (kind->kind);

  return strlen (text) == length && strspn (text, "0123456789abcdefABCDEF") == length;
}

GError *
skein_metalink_file_set_size (SkeinMetalinkFile *self,
                              const char        *text)
{
  gint64 size;

  if (!parse_number (text, &size))
    return refusal ("a size that is none");
  if (self->size >= 0 && self->size != size)
    return refusal ("a second size");

  self->size = size;

  return NULL;
}

GError *
skein_metalink_file_add_hash (SkeinMetalinkFile *self,
                              const char        *type,
                              const char        *text)
{
  const Kind *kind = find_kind (type);
  SkeinMetalinkHash *hash;

  if (kind == NULL)
    return NULL;
  if (!is_hex_of_kind (text, kind))
    return refusal ("a hash that is none");

  for (guint i = 0; i < self->hashes->len; i++)
    {
      hash = g_ptr_array_index (self->hashes, i);
      if (hash->kind == kind->kind && g_ascii_strcasecmp (hash->hex, text) == 0)
        return NULL;
      if (hash->kind == kind->kind)
        return refusal ("a second hash of its kind");
    }

  hash = g_new0 (SkeinMetalinkHash, 1);
  hash->kind = kind->kind;
  hash->hex = g_ascii_strdown (text, -1);
  g_ptr_array_add (self->hashes, hash);

  return NULL;
}

GError *
skein_metalink_file_set_pieces (SkeinMetalinkFile *self,
                                const char        *type,
                                const char        *length,
                                GPtrArray         *hashes)
{
  const Kind *kind = find_kind (type);
  gint64 piece_length;

  if (kind == NULL || (self->piece_hashes->len > 0 && rank (kind->kind) <= rank (self->piece_kind)))
    return NULL;
  if (!parse_number (length, &piece_length) || piece_length == 0)
    return refusal ("pieces of no length");
  if (hashes->len == 0 || hashes->len > SKEIN_METALINK_MAX_PIECES)
    return refusal ("no pieces, or too many");
  for (guint i = 0; i < hashes->len; i++)
    {
      const char *text = g_ptr_array_index (hashes, i);

      if (text == NULL || !is_hex_of_kind (text, kind))
        return refusal ("a piece without a hash");
    }

  g_ptr_array_set_size (self->piece_hashes, 0);
  for (guint i = 0; i < hashes->len; i++)
    g_ptr_array_add (self->piece_hashes, g_ascii_strdown (g_ptr_array_index (hashes, i), -1));
  self->piece_kind = kind->kind;
  self->piece_length = piece_length;

  return NULL;
}

static char *
clean_location (const char *location)
{
  if (location == NULL || strlen (location) != 2 ||
      !g_ascii_isalpha (location[0]) || !g_ascii_isalpha (location[1]))
    return NULL;

  return g_ascii_strdown (location, -1);
}

static gboolean
is_printable_ascii (const char *text)
{
  for (; *text != '\0'; text++)
    {
      if (!g_ascii_isgraph (*text))
        return FALSE;
    }

  return TRUE;
}

static void
add_mirror (SkeinMetalinkFile *self,
            char              *uri,
            char              *login,
            guint              priority,
            const char        *location)
{
  SkeinMetalinkMirror *mirror = g_new0 (SkeinMetalinkMirror, 1);

  mirror->uri = uri;
  mirror->login = login;
  mirror->priority = priority;
  mirror->location = clean_location (location);
  g_ptr_array_add (self->mirrors, mirror);
}

GError *
skein_metalink_file_add_url (SkeinMetalinkFile *self,
                             const char        *text,
                             guint              priority,
                             const char        *location)
{
  g_autofree char *login = NULL;
  g_autofree char *uri = NULL;
  GError *error = NULL;

  if (self->mirrors->len + self->others->len >= SKEIN_METALINK_MAX_MIRRORS)
    return refusal ("too many addresses");

  uri = skein_uri_clean (text, &login, &error);
  if (uri != NULL)
    {
      add_mirror (self, g_steal_pointer (&uri), g_steal_pointer (&login), priority, location);
    }
  else if (g_error_matches (error, SKEIN_ERROR, SKEIN_ERROR_UNSUPPORTED_SCHEME) &&
           strlen (text) <= SKEIN_URI_MAX_LENGTH && is_printable_ascii (text))
    {
      g_clear_error (&error);
      g_ptr_array_add (self->others, g_strdup (text));
    }

  return error;
}

static int
compare_hashes (gconstpointer a,
                gconstpointer b)
{
  const SkeinMetalinkHash *left = *(SkeinMetalinkHash * const *) a;
  const SkeinMetalinkHash *right = *(SkeinMetalinkHash * const *) b;

  return rank (right->kind) - rank (left->kind);
}

static int
compare_mirrors (gconstpointer a,
                 gconstpointer b)
{
  const SkeinMetalinkMirror *left = *(SkeinMetalinkMirror * const *) a;
  const SkeinMetalinkMirror *right = *(SkeinMetalinkMirror * const *) b;

  return (left->priority > right->priority) - (left->priority < right->priority);
}

/* Of an address that stands there twice the better place counts. */
static void
remove_repeated_mirrors (SkeinMetalinkFile *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) all = g_steal_pointer (&self->mirrors);

  self->mirrors = g_ptr_array_new_full (all->len, (GDestroyNotify) mirror_free);
  g_ptr_array_set_free_func (all, NULL);
  for (guint i = 0; i < all->len; i++)
    {
      SkeinMetalinkMirror *mirror = g_ptr_array_index (all, i);

      /* Adding what is there already would put the address of the one that goes in its place. */
      if (g_hash_table_contains (seen, mirror->uri))
        {
          mirror_free (mirror);
          continue;
        }
      g_hash_table_add (seen, mirror->uri);
      g_ptr_array_add (self->mirrors, mirror);
    }
}

static gboolean
pieces_fit (SkeinMetalinkFile *self)
{
  gint64 pieces = self->piece_hashes->len;

  if (pieces == 0 || self->size < 0)
    return TRUE;

  return self->size > 0 && (self->size - 1) / self->piece_length == pieces - 1;
}

static char *
make_name (SkeinMetalinkFile *self,
           const char        *name)
{
  SkeinMetalinkMirror *best = self->mirrors->len > 0 ? g_ptr_array_index (self->mirrors, 0) : NULL;

  if ((name == NULL || *name == '\0') && best != NULL)
    return skein_file_name_from_uri (best->uri);

  return skein_file_name_sanitize (name != NULL ? name : "", -1);
}

GError *
skein_metalink_file_finish (SkeinMetalinkFile *self,
                            const char        *name)
{
  g_ptr_array_sort (self->hashes, compare_hashes);
  g_ptr_array_sort (self->mirrors, compare_mirrors);
  remove_repeated_mirrors (self);
  self->name = make_name (self, name);

  if (pieces_fit (self))
    return NULL;
  g_ptr_array_set_size (self->piece_hashes, 0);
  self->piece_length = 0;

  return refusal ("pieces that do not fit the size");
}
