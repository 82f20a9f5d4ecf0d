/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-source-set.h"

#include <string.h>

static void
address_free (SkeinSourceAddress *address)
{
  g_free (address->uri);
  g_free (address->login);
  g_free (address);
}

SkeinSourceSet *
skein_source_set_new (void)
{
  SkeinSourceSet *self = g_new0 (SkeinSourceSet, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->addresses = g_ptr_array_new_with_free_func ((GDestroyNotify) address_free);
  self->piece_hashes = g_ptr_array_new_with_free_func (g_free);
  self->size = -1;

  return self;
}

SkeinSourceSet *
skein_source_set_new_from_metalink (const SkeinMetalinkFile *file)
{
  SkeinSourceSet *self = skein_source_set_new ();

  for (guint i = 1; i < file->mirrors->len; i++)
    {
      SkeinMetalinkMirror *mirror = g_ptr_array_index (file->mirrors, i);

      skein_source_set_add (self, mirror->uri, mirror->login);
    }
  self->size = file->size;
  skein_source_set_take_pieces (self, file);

  return self;
}

SkeinSourceSet *
skein_source_set_ref (SkeinSourceSet *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
skein_source_set_unref (SkeinSourceSet *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_ptr_array_unref (self->addresses);
  g_ptr_array_unref (self->piece_hashes);
  g_free (self);
}

void
skein_source_set_add (SkeinSourceSet *self,
                      const char     *uri,
                      const char     *login)
{
  SkeinSourceAddress *address;

  if (self->addresses->len >= SKEIN_SOURCE_SET_MAX)
    return;
  for (guint i = 0; i < self->addresses->len; i++)
    if (strcmp (((SkeinSourceAddress *) g_ptr_array_index (self->addresses, i))->uri, uri) == 0)
      return;

  address = g_new0 (SkeinSourceAddress, 1);
  address->uri = g_strdup (uri);
  address->login = g_strdup (login);
  g_ptr_array_add (self->addresses, address);
}

void
skein_source_set_take_pieces (SkeinSourceSet          *self,
                              const SkeinMetalinkFile *file)
{
  if (file->piece_length <= 0)
    return;

  self->piece_length = (guint64) file->piece_length;
  self->piece_kind = file->piece_kind;
  g_ptr_array_set_size (self->piece_hashes, 0);
  for (guint i = 0; i < file->piece_hashes->len; i++)
    g_ptr_array_add (self->piece_hashes, g_strdup (g_ptr_array_index (file->piece_hashes, i)));
}

guint
skein_source_set_get_n_pieces (const SkeinSourceSet *self,
                               gint64                total)
{
  guint64 n;

  if (self->piece_length == 0 || total <= 0)
    return 0;

  n = ((guint64) total - 1) / self->piece_length + 1;

  return n == self->piece_hashes->len ? (guint) n : 0;
}
