/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-key-set.h"

#include <string.h>

struct _SkeinKeySet
{
  GHashTable *keys;  /* of SkeinKey, slices */
};

SkeinKey
skein_key_of (const char *first,
              ...)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  SkeinKey key;
  va_list args;

  va_start (args, first);
  for (const char *text = first; text != NULL; text = va_arg (args, const char *))
    g_checksum_update (sum, (const guchar *) text, (gssize) strlen (text) + 1);
  va_end (args);

  g_checksum_get_digest (sum, digest, &length);
  memcpy (key.bytes, digest, sizeof key.bytes);

  return key;
}

static guint
hash (gconstpointer key)
{
  guint value;

  memcpy (&value, key, sizeof value);

  return value;
}

static gboolean
equal (gconstpointer a,
       gconstpointer b)
{
  return memcmp (a, b, sizeof (SkeinKey)) == 0;
}

static void
free_key (gpointer key)
{
  g_slice_free (SkeinKey, key);
}

SkeinKeySet *
skein_key_set_new (void)
{
  SkeinKeySet *self = g_new0 (SkeinKeySet, 1);

  self->keys = g_hash_table_new_full (hash, equal, free_key, NULL);

  return self;
}

void
skein_key_set_free (SkeinKeySet *self)
{
  g_hash_table_unref (self->keys);
  g_free (self);
}

gboolean
skein_key_set_add (SkeinKeySet    *self,
                   const SkeinKey *key)
{
  return !g_hash_table_contains (self->keys, key) &&
         g_hash_table_add (self->keys, g_slice_dup (SkeinKey, key));
}

gboolean
skein_key_set_has (SkeinKeySet    *self,
                   const SkeinKey *key)
{
  return g_hash_table_contains (self->keys, key);
}
