/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-checksum.h"

#include "skein-error.h"

/* Large enough that entering and leaving costs nothing, small enough to be cancelled at once. */
#define PIECE (1024 * 1024)

static gboolean
add_piece (GChecksum         *checksum,
           SkeinPartFile     *file,
           guint8            *bytes,
           gsize              length,
           guint64            offset,
           SkeinTaskContext  *context,
           GError           **error)
{
  gboolean good;

  /* Waiting for the disk is no hashing: bracketed as such it would keep others from theirs. */
  skein_task_context_enter (context, SKEIN_OPERATION_WAIT);
  good = skein_part_file_read (file, bytes, length, offset, error);
  skein_task_context_leave (context, SKEIN_OPERATION_WAIT);
  if (!good)
    return FALSE;

  skein_task_context_enter (context, SKEIN_OPERATION_HASH);
  g_checksum_update (checksum, bytes, (gssize) length);
  skein_task_context_leave (context, SKEIN_OPERATION_HASH);

  return TRUE;
}

gboolean
skein_checksum_verify (SkeinPartFile      *file,
                       const SkeinDigest  *digest,
                       SkeinTaskContext   *context,
                       SkeinProgress      *progress,
                       GCancellable       *cancellable,
                       GError            **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (digest->kind);
  guint64 size = skein_part_file_get_size (file);
  g_autofree guint8 *bytes = g_malloc (PIECE);
  gsize length;

  skein_progress_set_operation (progress, SKEIN_OPERATION_HASH);
  for (guint64 offset = 0; offset < size; offset += length)
    {
      length = (gsize) MIN (size - offset, PIECE);
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !add_piece (checksum, file, bytes, length, offset, context, error))
        return FALSE;
    }

  if (skein_digest_matches (digest, g_checksum_get_string (checksum)))
    return TRUE;

  g_set_error (error, SKEIN_ERROR, SKEIN_ERROR_DIGEST, "%s is %s, not %s",
               skein_digest_get_name (digest), g_checksum_get_string (checksum), digest->hex);

  return FALSE;
}
