/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-metalink-load.h"

#include <string.h>

#include "skein-redirect.h"

gboolean
skein_metalink_is_name (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_str_has_suffix (lower, ".meta4") || g_str_has_suffix (lower, ".metalink");
}

gboolean
skein_metalink_is_type (const char *type)
{
  return g_strcmp0 (type, "application/metalink4+xml") == 0 ||
         g_strcmp0 (type, "application/metalink+xml") == 0;
}

/* One byte more than is taken, so that what is too long is seen to be. */
static GByteArray *
read_all (GInputStream  *stream,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8 *block = g_malloc (64 * 1024);
  gssize n;

  do
    {
      n = g_input_stream_read (stream, block, 64 * 1024, cancellable, error);
      if (n < 0)
        return NULL;
      g_byte_array_append (bytes, block, (guint) n);
    }
  while (n > 0 && bytes->len <= SKEIN_METALINK_MAX_LENGTH);

  return g_steal_pointer (&bytes);
}

static void
load_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  g_autoptr (GFile) file = g_file_new_for_path (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, &error);
  g_autoptr (GByteArray) bytes = NULL;
  SkeinMetalink *metalink = NULL;

  if (stream != NULL)
    bytes = read_all (G_INPUT_STREAM (stream), cancellable, &error);
  if (bytes != NULL)
    metalink = skein_metalink_parse ((const char *) bytes->data, bytes->len, &error);

  if (metalink != NULL)
    g_task_return_pointer (task, metalink, (GDestroyNotify) skein_metalink_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
skein_metalink_load_async (const char          *path,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);

  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, load_thread);
}

SkeinMetalink *
skein_metalink_load_finish (GAsyncResult  *result,
                            GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
skein_metalink_keep_reachable (SkeinMetalink *self,
                               const char    *from)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      SkeinMetalinkFile *file = g_ptr_array_index (self->files, i);

      for (guint j = file->mirrors->len; j > 0; j--)
        {
          SkeinMetalinkMirror *mirror = g_ptr_array_index (file->mirrors, j - 1);

          if (skein_redirect_leads_inside (from, mirror->uri))
            g_ptr_array_remove_index (file->mirrors, j - 1);
        }
    }
}

SkeinDigest *
skein_metalink_dup_digest (const SkeinMetalinkFile *file)
{
  SkeinMetalinkHash *best;
  SkeinDigest digest;

  if (file->hashes->len == 0)
    return NULL;

  best = g_ptr_array_index (file->hashes, 0);
  digest = (SkeinDigest) { best->kind, best->hex };

  return skein_digest_copy (&digest);
}
