/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-targets.h"

#include <string.h>

#include "skein-file-name.h"
#include "skein-metalink.h"
#include "skein-uri.h"

static void
check_hex (const char    *hex,
           GChecksumType  kind)
{
  gsize length = 2 * (gsize) g_checksum_type_get_length (kind);

  g_assert_cmpuint (strlen (hex), ==, length);
  g_assert_cmpuint (strspn (hex, "0123456789abcdef"), ==, length);
}

static void
check_mirrors (const SkeinMetalinkFile *file)
{
  guint before = 1;

  g_assert_cmpuint (file->mirrors->len + file->others->len, >, 0);
  g_assert_cmpuint (file->mirrors->len + file->others->len, <=, SKEIN_METALINK_MAX_MIRRORS);
  for (guint i = 0; i < file->mirrors->len; i++)
    {
      const SkeinMetalinkMirror *mirror = g_ptr_array_index (file->mirrors, i);
      g_autofree char *again = skein_uri_clean (mirror->uri, NULL, NULL);

      g_assert_cmpstr (mirror->uri, ==, again);
      g_assert_true (mirror->priority >= before && mirror->priority <= SKEIN_METALINK_LAST_PRIORITY);
      g_assert_true (mirror->location == NULL || strlen (mirror->location) == 2);
      before = mirror->priority;
    }
}

static void
check_file (const SkeinMetalinkFile *file)
{
  g_autofree char *name = skein_file_name_sanitize (file->name, -1);
  gint64 pieces = file->piece_hashes->len;

  g_assert_cmpstr (name, ==, file->name);
  g_assert_cmpint (file->size, >=, -1);
  g_assert_true ((pieces > 0) == (file->piece_length > 0));
  g_assert_true (pieces == 0 || file->size < 0 || (file->size - 1) / file->piece_length == pieces - 1);
  for (guint i = 0; i < file->piece_hashes->len; i++)
    check_hex (g_ptr_array_index (file->piece_hashes, i), file->piece_kind);
  for (guint i = 0; i < file->hashes->len; i++)
    {
      const SkeinMetalinkHash *hash = g_ptr_array_index (file->hashes, i);

      check_hex (hash->hex, hash->kind);
    }
  check_mirrors (file);
}

void
fuzz_metalink (const guint8 *bytes,
               gsize         length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SkeinMetalink) metalink = skein_metalink_parse ((const char *) bytes, length, &error);

  g_assert_true ((metalink == NULL) == (error != NULL));
  if (metalink == NULL)
    return;

  g_assert_cmpuint (metalink->files->len, >, 0);
  g_assert_cmpuint (metalink->rejected, >=, metalink->rejects->len);
  for (guint i = 0; i < metalink->files->len; i++)
    check_file (g_ptr_array_index (metalink->files, i));
}
