/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-part-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "skein-error.h"
#include "skein-file-name.h"

static mode_t mask = 022;

void
skein_part_file_init (void)
{
  /* It can only be read by setting it, which no thread may see. */
  mask = umask (022);
  umask (mask);
}

static int
open_folder (const char  *folder,
             GError     **error)
{
  int fd = open (folder, O_PATH | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0 && errno == ENOENT && g_mkdir_with_parents (folder, 0777) == 0)
    fd = open (folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    skein_error_set_from_errno (error, errno, "Opening the folder");

  return fd;
}

SkeinPartFile *
skein_part_file_new (const char  *folder,
                     const char  *name,
                     GError     **error)
{
  SkeinPartFile *self;
  int dir_fd = open_folder (folder, error);

  if (dir_fd < 0)
    return NULL;

  self = g_new0 (SkeinPartFile, 1);
  self->folder = g_strdup (folder);
  self->wanted = g_strdup (name);
  self->name = g_strdup (name);
  self->part = g_strconcat (name, SKEIN_PART_SUFFIX, NULL);
  self->number = 1;
  self->dir_fd = dir_fd;
  self->fd = -1;

  return self;
}

void
skein_part_file_close (SkeinPartFile *self)
{
  if (self->fd >= 0)
    close (self->fd);
  close (self->dir_fd);
  g_free (self->folder);
  g_free (self->wanted);
  g_free (self->name);
  g_free (self->part);
  g_free (self);
}

static gboolean
is_same_file (const struct stat *info,
              const SkeinPartId *id)
{
  return S_ISREG (info->st_mode) &&
         info->st_uid == geteuid () &&
         info->st_nlink == 1 &&
         (id->inode == 0 || (info->st_dev == id->device && info->st_ino == id->inode));
}

SkeinPartFile *
skein_part_file_reopen (const char         *folder,
                        const SkeinPartId  *id,
                        GError            **error)
{
  g_autoptr (SkeinPartFile) self = skein_part_file_new (folder, id->name, error);
  struct stat info;

  if (self == NULL)
    return NULL;

  self->fd = openat (self->dir_fd, self->part, O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
  if (self->fd < 0 || fstat (self->fd, &info) != 0)
    {
      skein_error_set_from_errno (error, errno, "Opening the part file");
      return NULL;
    }
  if (!is_same_file (&info, id))
    {
      g_set_error_literal (error, SKEIN_ERROR, SKEIN_ERROR_IO, "The part file is another file now");
      return NULL;
    }
  if (!skein_part_file_lock (self->fd, error))
    return NULL;

  return g_steal_pointer (&self);
}

guint64
skein_part_file_get_size (SkeinPartFile *self)
{
  struct stat info;

  return fstat (self->fd, &info) == 0 ? (guint64) info.st_size : 0;
}

gboolean
skein_part_file_truncate (SkeinPartFile  *self,
                          guint64         size,
                          GError        **error)
{
  if (ftruncate (self->fd, (off_t) size) == 0)
    return TRUE;

  skein_error_set_from_errno (error, errno, "Cutting the part file");

  return FALSE;
}

void
skein_part_file_give_back (SkeinPartFile *self,
                           guint64        start,
                           guint64        end)
{
  if (fallocate (self->fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, (off_t) start, (off_t) (end - start)) != 0)
    g_debug ("Giving room back: %s", g_strerror (errno));
}

char *
skein_part_file_dup_stem (SkeinPartFile *self)
{
  return g_strndup (self->part, strlen (self->part) - strlen (SKEIN_PART_SUFFIX));
}

static void
remove_beside (SkeinPartFile *self,
               const char    *suffix)
{
  g_autofree char *stem = skein_part_file_dup_stem (self);
  g_autofree char *name = g_strconcat (stem, suffix, NULL);

  if (unlinkat (self->dir_fd, name, 0) != 0 && errno != ENOENT)
    g_debug ("Removing “%s”: %s", name, g_strerror (errno));
}

void
skein_part_file_set_aside (SkeinPartFile *self)
{
  g_autofree char *stem = skein_part_file_dup_stem (self);
  g_autofree char *old = g_strconcat (stem, SKEIN_PART_OLD_SUFFIX, NULL);

  remove_beside (self, SKEIN_PART_RECORD_SUFFIX);
  if (renameat (self->dir_fd, self->part, self->dir_fd, old) != 0)
    g_debug ("Setting “%s” aside: %s", self->part, g_strerror (errno));
  skein_part_file_close (self);
}

void
skein_part_file_get_id (SkeinPartFile *self,
                        SkeinPartId   *id)
{
  struct stat info = { 0 };

  fstat (self->fd, &info);
  id->name = skein_part_file_dup_stem (self);
  id->device = info.st_dev;
  id->inode = info.st_ino;
}

void
skein_part_id_clear (SkeinPartId *id)
{
  g_clear_pointer (&id->name, g_free);
}

const char *
skein_part_file_get_name (SkeinPartFile *self)
{
  return self->name;
}

void
skein_part_file_drop_record (SkeinPartFile *self)
{
  remove_beside (self, SKEIN_PART_RECORD_SUFFIX);
}

gboolean
skein_part_file_write (SkeinPartFile  *self,
                       const guint8   *bytes,
                       gsize           length,
                       guint64         offset,
                       GError        **error)
{
  while (length > 0)
    {
      ssize_t n = pwrite (self->fd, bytes, length, (off_t) offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          skein_error_set_from_errno (error, n < 0 ? errno : EIO, "Writing the part file");
          return FALSE;
        }
      bytes += n;
      length -= (gsize) n;
      offset += (guint64) n;
    }

  return TRUE;
}

gboolean
skein_part_file_read (SkeinPartFile  *self,
                      guint8         *bytes,
                      gsize           length,
                      guint64         offset,
                      GError        **error)
{
  while (length > 0)
    {
      ssize_t n = pread (self->fd, bytes, length, (off_t) offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          skein_error_set_from_errno (error, n < 0 ? errno : EIO, "Reading the part file");
          return FALSE;
        }
      bytes += n;
      length -= (gsize) n;
      offset += (guint64) n;
    }

  return TRUE;
}

gboolean
skein_part_file_sync (SkeinPartFile  *self,
                      GError        **error)
{
  /* The kernel tells of a write that failed only once, and forgets it. */
  if (g_atomic_int_get (&self->lost))
    {
      skein_error_set_from_errno (error, EIO, "Syncing the part file again");
      return FALSE;
    }
  if (fdatasync (self->fd) == 0)
    return TRUE;

  skein_error_set_from_errno (error, errno, "Syncing the part file");
  g_atomic_int_set (&self->lost, TRUE);

  return FALSE;
}

static gboolean
folder_is_gone (SkeinPartFile *self)
{
  struct stat info;

  return fstat (self->dir_fd, &info) != 0 || info.st_nlink == 0;
}

static gboolean
part_is_ours (SkeinPartFile  *self,
              GError        **error)
{
  if (skein_part_file_has_name (self, self->fd))
    return TRUE;

  if (folder_is_gone (self))
    {
      skein_error_set_from_errno (error, ENOENT, "Looking for the part file");
      return FALSE;
    }

  g_set_error_literal (error, SKEIN_ERROR, SKEIN_ERROR_IO, "The part file was replaced meanwhile");

  return FALSE;
}

/* For file systems without RENAME_NOREPLACE and without hard links (FAT, some FUSE): whoever makes the
 * empty file owns the name, and only that empty file is replaced. */
static int
rename_over_own_file (SkeinPartFile *self)
{
  int fd = openat (self->dir_fd, self->name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

  if (fd < 0)
    return -1;

  close (fd);

  return renameat (self->dir_fd, self->part, self->dir_fd, self->name);
}

static int
rename_without_replacing (SkeinPartFile *self)
{
  if (renameat2 (self->dir_fd, self->part, self->dir_fd, self->name, RENAME_NOREPLACE) == 0)
    return 0;
  if (errno != EINVAL && errno != ENOSYS && errno != ENOTSUP)
    return -1;

  if (linkat (self->dir_fd, self->part, self->dir_fd, self->name, 0) == 0)
    return unlinkat (self->dir_fd, self->part, 0);
  if (errno == EEXIST)
    return -1;

  return rename_over_own_file (self);
}

static void
sync_folder (SkeinPartFile *self)
{
  int fd = openat (self->dir_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;

  /* Not every file system can; the file itself is synced. */
  fsync (fd);
  close (fd);
}

char *
skein_part_file_finish (SkeinPartFile  *self,
                        GError        **error)
{
  if (!part_is_ours (self, error))
    return NULL;

  /* Best effort: FAT has no modes. */
  if (fchmod (self->fd, 0666 & ~mask) != 0)
    g_debug ("Mode of “%s”: %s", self->name, g_strerror (errno));

  while (rename_without_replacing (self) != 0)
    {
      if (errno != EEXIST)
        {
          skein_error_set_from_errno (error, errno, "Renaming the part file");
          return NULL;
        }
      if (!skein_part_file_take_number (self, self->number + 1, error))
        return NULL;
    }
  /* The record goes last: as long as it is there, the next start heals what a kill leaves here. */
  remove_beside (self, SKEIN_PART_OLD_SUFFIX);
  remove_beside (self, SKEIN_PART_FRESH_SUFFIX);
  remove_beside (self, SKEIN_PART_RECORD_SUFFIX);
  sync_folder (self);

  return g_build_filename (self->folder, self->name, NULL);
}

gboolean
skein_part_file_discard (const char         *folder,
                         const SkeinPartId  *id,
                         GError            **error)
{
  g_autofree char *part = g_strconcat (id->name, SKEIN_PART_SUFFIX, NULL);
  g_autofree char *record = g_strconcat (id->name, SKEIN_PART_RECORD_SUFFIX, NULL);
  int dir_fd = open (folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
  struct stat info;
  gboolean gone = TRUE;

  if (dir_fd < 0)
    return TRUE;

  /* The record first: a part file without one is only in the way, a record without its file misleads. */
  if (fstatat (dir_fd, part, &info, AT_SYMLINK_NOFOLLOW) == 0 && is_same_file (&info, id) &&
      ((unlinkat (dir_fd, record, 0) != 0 && errno != ENOENT) ||
       (unlinkat (dir_fd, part, 0) != 0 && errno != ENOENT)))
    {
      skein_error_set_from_errno (error, errno, "Removing the part file");
      gone = FALSE;
    }
  close (dir_fd);

  return gone;
}
