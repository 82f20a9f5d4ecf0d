/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-part-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "skein-error.h"

/* The unit of st_blocks, whatever the file system's own is. */
#define STAT_BLOCK 512

gboolean
skein_part_space_fits (const struct statvfs *info,
                       guint64               bytes)
{
  guint64 unit = info->f_frsize != 0 ? info->f_frsize : info->f_bsize;

  /* Some file systems tell nothing, or zeros for all: they are believed when writing fails. */
  return info->f_blocks == 0 || unit == 0 || bytes / unit <= info->f_bavail;
}

/* What the file holds already, be it reserved alone, is not needed once more. */
static guint64
get_missing (SkeinPartFile *self,
             guint64        total)
{
  struct stat info;
  guint64 has = fstat (self->fd, &info) == 0 ? (guint64) info.st_blocks * STAT_BLOCK : 0;

  return total > has ? total - has : 0;
}

/* Nothing is written for this: a position beyond what the file system can hold is refused as such. */
static gboolean
is_too_large (SkeinPartFile *self,
              guint64        total)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY && total > limit.rlim_cur)
    return TRUE;

  return lseek (self->fd, (off_t) total, SEEK_SET) < 0 && (errno == EINVAL || errno == EOVERFLOW);
}

gboolean
skein_part_file_check_space (SkeinPartFile  *self,
                             guint64         total,
                             GError        **error)
{
  guint64 missing = get_missing (self, total);
  struct statvfs info;

  if (fstatvfs (self->fd, &info) == 0 && !skein_part_space_fits (&info, missing))
    {
      g_set_error (error, SKEIN_ERROR, SKEIN_ERROR_NO_SPACE,
                   "%" G_GUINT64_FORMAT " bytes to come, %" G_GUINT64_FORMAT " blocks free",
                   missing, (guint64) info.f_bavail);
      return FALSE;
    }
  if (is_too_large (self, total))
    {
      skein_error_set_from_errno (error, EFBIG, "Asking for room");
      return FALSE;
    }

  return TRUE;
}

gboolean
skein_part_file_reserve (SkeinPartFile  *self,
                         guint64         total,
                         GError        **error)
{
  int result;

  /* The size stays what was written: it tells the next attempt how far the file goes. */
  do
    result = fallocate (self->fd, FALLOC_FL_KEEP_SIZE, 0, (off_t) total);
  while (result != 0 && errno == EINTR);

  if (result == 0 || errno == EOPNOTSUPP || errno == ENOSYS || errno == EINVAL)
    return TRUE;

  skein_error_set_from_errno (error, errno, "Reserving room for the part file");
  /* Some keep what they had got before there was no more. */
  if (ftruncate (self->fd, (off_t) skein_part_file_get_size (self)) != 0)
    g_debug ("Giving room back: %s", g_strerror (errno));

  return FALSE;
}
