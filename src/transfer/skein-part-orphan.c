/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-part-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "skein-error.h"

/* The lock belongs to the open file, not to the process: it holds between threads too, and ends with
 * the descriptor. */
static gboolean
take_lock (int fd)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

  return fcntl (fd, F_OFD_SETLK, &lock) == 0;
}

gboolean
skein_part_file_lock (int      fd,
                      GError **error)
{
  if (take_lock (fd))
    return TRUE;

  /* Some network file systems have no locks; there the file is ours by its exclusive creation. */
  if (errno != EAGAIN && errno != EACCES)
    return TRUE;

  g_set_error_literal (error, SKEIN_ERROR, SKEIN_ERROR_IN_USE,
                       "The part file is locked by another program");
  return FALSE;
}

gboolean
skein_part_file_has_name (SkeinPartFile *self,
                          int            fd)
{
  struct stat by_name;
  struct stat by_fd;

  return fstatat (self->dir_fd, self->part, &by_name, AT_SYMLINK_NOFOLLOW) == 0 &&
         fstat (fd, &by_fd) == 0 &&
         by_name.st_dev == by_fd.st_dev && by_name.st_ino == by_fd.st_ino;
}

/* Where there are no locks nobody can tell whether it is in use. */
static gboolean
is_orphan (SkeinPartFile *self,
           int            fd)
{
  g_autofree char *record = g_strconcat (self->name, SKEIN_PART_RECORD_SUFFIX, NULL);
  struct stat info;

  return fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && info.st_uid == geteuid () &&
         info.st_nlink == 1 && (info.st_mode & S_ISVTX) != 0 &&
         take_lock (fd) && skein_part_file_has_name (self, fd) &&
         fstatat (self->dir_fd, record, &info, AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT;
}

int
skein_part_file_remove_orphan (SkeinPartFile *self)
{
  int fd = openat (self->dir_fd, self->part, O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);

  if (fd >= 0 && (!is_orphan (self, fd) || unlinkat (self->dir_fd, self->part, 0) != 0))
    {
      close (fd);
      fd = -1;
    }

  return fd;
}
