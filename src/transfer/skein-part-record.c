/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-part-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "skein-error.h"

static gboolean
write_whole (int          fd,
             const char  *text,
             gsize        length,
             GError     **error)
{
  while (length > 0)
    {
      ssize_t n = write (fd, text, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          skein_error_set_from_errno (error, n < 0 ? errno : EIO, "Writing the resume record");
          return FALSE;
        }
      text += n;
      length -= (gsize) n;
    }

  if (fsync (fd) == 0)
    return TRUE;

  skein_error_set_from_errno (error, errno, "Syncing the resume record");

  return FALSE;
}

gboolean
skein_part_file_save_record (SkeinPartFile  *self,
                             const char     *text,
                             gsize           length,
                             GError        **error)
{
  g_autofree char *stem = skein_part_file_dup_stem (self);
  g_autofree char *record = g_strconcat (stem, SKEIN_PART_RECORD_SUFFIX, NULL);
  g_autofree char *fresh = g_strconcat (stem, SKEIN_PART_FRESH_SUFFIX, NULL);
  gboolean good;
  int fd;

  unlinkat (self->dir_fd, fresh, 0);
  fd = openat (self->dir_fd, fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      skein_error_set_from_errno (error, errno, "Creating the resume record");
      return FALSE;
    }

  good = write_whole (fd, text, length, error);
  close (fd);
  if (good && renameat (self->dir_fd, fresh, self->dir_fd, record) != 0)
    {
      skein_error_set_from_errno (error, errno, "Renaming the resume record");
      good = FALSE;
    }
  if (!good)
    unlinkat (self->dir_fd, fresh, 0);

  return good;
}
