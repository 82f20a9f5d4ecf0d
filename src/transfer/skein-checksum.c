/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-checksum.h"

/* Large enough that entering and leaving costs nothing, small enough to be cancelled at once. */
#define PIECE (1024 * 1024)

struct _SkeinChecksum
{
  GChecksum        *checksum;
  SkeinTaskContext *context;
  guint64           position;  /* of the first byte that was not hashed */
};

SkeinChecksum *
skein_checksum_new (GChecksumType     kind,
                    SkeinTaskContext *context)
{
  SkeinChecksum *self = g_new0 (SkeinChecksum, 1);

  self->checksum = g_checksum_new (kind);
  self->context = context;

  return self;
}

void
skein_checksum_free (SkeinChecksum *self)
{
  g_checksum_free (self->checksum);
  g_free (self);
}

static void
add (SkeinChecksum *self,
     const guint8  *bytes,
     gsize          length)
{
  skein_task_context_enter (self->context, SKEIN_OPERATION_HASH);
  g_checksum_update (self->checksum, bytes, (gssize) length);
  skein_task_context_leave (self->context, SKEIN_OPERATION_HASH);

  self->position += length;
}

void
skein_checksum_follow (SkeinChecksum *self,
                       const guint8  *bytes,
                       gsize          length,
                       guint64        offset)
{
  gsize known;

  if (offset > self->position || offset + length <= self->position)
    return;

  known = (gsize) (self->position - offset);
  add (self, bytes + known, length - known);
}

static gboolean
read_piece (SkeinChecksum  *self,
            SkeinPartFile  *file,
            guint8         *bytes,
            gsize           length,
            GError        **error)
{
  gboolean good;

  /* Waiting for the disk is no hashing: bracketed as such it would keep others from theirs. */
  skein_task_context_enter (self->context, SKEIN_OPERATION_WAIT);
  good = skein_part_file_read (file, bytes, length, self->position, error);
  skein_task_context_leave (self->context, SKEIN_OPERATION_WAIT);

  return good;
}

const char *
skein_checksum_finish (SkeinChecksum  *self,
                       SkeinPartFile  *file,
                       SkeinProgress  *progress,
                       GCancellable   *cancellable,
                       GError        **error)
{
  guint64 size = skein_part_file_get_size (file);
  g_autofree guint8 *bytes = self->position < size ? g_malloc (PIECE) : NULL;

  skein_progress_set_operation (progress, SKEIN_OPERATION_HASH);
  while (self->position < size)
    {
      gsize length = (gsize) MIN (size - self->position, PIECE);

      skein_progress_set_checked (progress, (gint64) self->position);
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !read_piece (self, file, bytes, length, error))
        return NULL;
      add (self, bytes, length);
    }
  skein_progress_set_checked (progress, (gint64) size);

  return g_checksum_get_string (self->checksum);
}
