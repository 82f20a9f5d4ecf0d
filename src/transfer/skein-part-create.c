/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-part-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "skein-error.h"
#include "skein-file-name.h"

/* A part file of ours, until it is finished. Nobody else sets the sticky bit, which means nothing for a
 * file: so what a killed program left without a record can be told from files of other programs. */
#define PART_MODE (S_ISVTX | 0600)

#define MOST_NUMBERS 9999999

/* So many names are tried one after the other; of more, most are skipped. */
#define TRIED_IN_TURN 8

gboolean
skein_part_file_take_number (SkeinPartFile  *self,
                             guint           number,
                             GError        **error)
{
  if (number > MOST_NUMBERS)
    {
      g_set_error (error, SKEIN_ERROR, SKEIN_ERROR_IO, "No free name beside “%s”", self->wanted);
      return FALSE;
    }

  self->number = number;
  g_free (self->name);
  self->name = number > 1 ? skein_file_name_numbered (self->wanted, number) : g_strdup (self->wanted);

  return TRUE;
}

static gboolean
exists (SkeinPartFile *self,
        const char    *name)
{
  struct stat info;

  return fstatat (self->dir_fd, name, &info, AT_SYMLINK_NOFOLLOW) == 0;
}

/* A part file alone does not say so: it may be an orphan. */
static gboolean
number_is_taken (SkeinPartFile *self,
                 guint          number)
{
  g_autofree char *name = skein_file_name_numbered (self->wanted, number);
  g_autofree char *record = g_strconcat (name, SKEIN_PART_RECORD_SUFFIX, NULL);

  return exists (self, name) || exists (self, record);
}

/* A free number behind a taken one, found in steps that double and then halve, so that the thousandth file of
 * one name does not ask for all before it. */
static guint
find_number (SkeinPartFile *self)
{
  guint taken = self->number;
  guint beyond = taken + 1;

  if (taken < TRIED_IN_TURN)
    return beyond;

  for (guint step = 1; beyond <= MOST_NUMBERS && number_is_taken (self, beyond); step *= 2)
    {
      taken = beyond;
      beyond += step;
    }
  while (beyond - taken > 1)
    {
      guint middle = taken + (beyond - taken) / 2;

      if (number_is_taken (self, middle))
        taken = middle;
      else
        beyond = middle;
    }

  return beyond;
}

static gboolean
next_part_name (SkeinPartFile  *self,
                GError        **error)
{
  if (!skein_part_file_take_number (self, find_number (self), error))
    return FALSE;

  g_free (self->part);
  self->part = g_strconcat (self->name, SKEIN_PART_SUFFIX, NULL);

  return TRUE;
}

/* %FALSE without an error: the name is taken. Who looks whether a part file is an orphan locks and may remove
 * it: then it is made again. */
static gboolean
create_part (SkeinPartFile  *self,
             GError        **error)
{
  for (int orphan = -1;;)
    {
      int fd = openat (self->dir_fd, self->part,
                       O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, PART_MODE);
      int code = errno;

      if (orphan >= 0)
        close (orphan);
      if (fd >= 0 && skein_part_file_lock (fd, NULL) && skein_part_file_has_name (self, fd))
        {
          self->fd = fd;
          return TRUE;
        }

      orphan = fd;
      if (fd < 0 && code == EEXIST)
        orphan = skein_part_file_remove_orphan (self);
      else if (fd < 0)
        skein_error_set_from_errno (error, code, "Creating the part file");
      if (orphan < 0)
        return FALSE;
    }
}

SkeinPartFile *
skein_part_file_create (const char  *folder,
                        const char  *name,
                        GError     **error)
{
  g_autoptr (SkeinPartFile) self = skein_part_file_new (folder, name, error);
  GError *local = NULL;

  if (self == NULL)
    return NULL;

  while (exists (self, self->name) || !create_part (self, &local))
    {
      if (local != NULL)
        {
          g_propagate_error (error, local);
          return NULL;
        }
      if (!next_part_name (self, error))
        return NULL;
    }

  return g_steal_pointer (&self);
}
