/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-journal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "skein-error.h"
#include "skein-journal-line.h"
#include "skein-part-file-private.h"
#include "skein-record-index.h"

/* A million files and more. */
#define MOST_LENGTH (256 * 1024 * 1024)

/* FAT keeps times in steps of two seconds. */
#define SAME_TIME (2 * G_USEC_PER_SEC)

/* So long what was noted may be lost when the power goes. */
#define SYNC_TIME (2 * G_USEC_PER_SEC)

struct _SkeinJournal
{
  gatomicrefcount ref_count;
  char           *folder;    /* constant: paths below it are kept relative */
  SkeinKeySet    *there;     /* constant once open */
  int             fd;        /* constant once open; -1: not written */
  int             torn;      /* atomic: a line could not be written */
  GMutex          mutex;
  gint64          sync_due;  /* under the mutex: monotonic time of the next sync */
};

/* What is known of a journal that is being read, from its last line to its first. */
typedef struct
{
  SkeinJournal *journal;
  SkeinKeySet  *keys;        /* of which a later line has told */
  SkeinKeySet  *paths;
} Reading;

static gint64
time_of (const struct stat *info)
{
  return (gint64) info->st_mtim.tv_sec * G_USEC_PER_SEC + info->st_mtim.tv_nsec / 1000;
}

/* Either mark will do: inodes of some file systems change with each mount, times of others are coarse. */
static gboolean
is_as_noted (const char              *path,
             const SkeinJournalEntry *entry)
{
  struct stat info;

  return lstat (path, &info) == 0 && S_ISREG (info.st_mode) && (guint64) info.st_size == entry->size &&
         (info.st_ino == entry->inode || ABS (time_of (&info) - entry->modified) <= SAME_TIME);
}

static void
read_line (Reading    *reading,
           const char *line,
           gsize       length)
{
  SkeinJournalEntry entry = { 0 };
  g_autofree char *path = NULL;
  SkeinKey path_key;
  gboolean first_of_key;
  gboolean first_of_path;

  if (!skein_journal_line_parse (line, length, &entry))
    return;

  path = g_path_is_absolute (entry.path) ? g_strdup (entry.path)
                                         : g_build_filename (reading->journal->folder, entry.path, NULL);
  path_key = skein_key_of (path, NULL);
  first_of_key = skein_key_set_add (reading->keys, &entry.key);
  first_of_path = skein_key_set_add (reading->paths, &path_key);
  if (first_of_key && first_of_path && is_as_noted (path, &entry))
    {
      skein_key_set_add (reading->journal->there, &entry.key);
      skein_record_index_heal (path);
    }
  g_free (entry.path);
}

/* Backwards, since of two lines of one key or one path the later holds. */
static void
read_lines (SkeinJournal *self,
            const char   *text,
            gsize         length)
{
  Reading reading = { self, skein_key_set_new (), skein_key_set_new () };

  while (length > 0)
    {
      const char *end = memrchr (text, '\n', length - 1);
      const char *line = end != NULL ? end + 1 : text;

      read_line (&reading, line, (gsize) (text + length - line) - (text[length - 1] == '\n'));
      length = (gsize) (line - text);
    }

  skein_key_set_free (reading.keys);
  skein_key_set_free (reading.paths);
}

static char *
read_all (int    fd,
          gsize  size,
          gsize *length)
{
  char *text = g_malloc (size + 1);
  ssize_t n;

  for (*length = 0; *length < size && (n = read (fd, text + *length, size - *length)) > 0;)
    *length += (gsize) n;

  return text;
}

static gboolean
check_place (int      fd,
             gsize   *size,
             GError **problem)
{
  struct stat info;

  if (fstat (fd, &info) != 0)
    {
      skein_error_set_from_errno (problem, errno, "Looking at the journal");
      return FALSE;
    }
  if (!S_ISREG (info.st_mode) || info.st_uid != geteuid () || info.st_nlink != 1 ||
      info.st_size > MOST_LENGTH)
    {
      g_set_error_literal (problem, SKEIN_ERROR, SKEIN_ERROR_BAD_RECORD, "Not a journal of ours");
      return FALSE;
    }
  *size = (gsize) info.st_size;

  return TRUE;
}

/* %FALSE with a problem: what is there is not to be touched. */
static gboolean
take_text (SkeinJournal *self,
           int           fd,
           gboolean      trusts,
           gboolean     *open_line,
           GError      **problem)
{
  const gsize head = strlen (SKEIN_JOURNAL_HEAD);
  g_autofree char *text = NULL;
  gsize length = 0;
  gsize size;

  if (!check_place (fd, &size, problem))
    return FALSE;

  text = read_all (fd, size, &length);
  /* Killed while it wrote the very first line. */
  if (length < head && strncmp (text, SKEIN_JOURNAL_HEAD, length) == 0)
    return ftruncate (fd, 0) == 0 || errno == EINVAL;
  if (length < head || strncmp (text, SKEIN_JOURNAL_HEAD, head) != 0)
    {
      g_set_error_literal (problem, SKEIN_ERROR, SKEIN_ERROR_BAD_RECORD, "Not a journal of this version");
      return FALSE;
    }

  *open_line = text[length - 1] != '\n';
  if (trusts)
    read_lines (self, text + head, length - head);

  return TRUE;
}

static gboolean
write_text (SkeinJournal *self,
            const char   *text)
{
  gsize length = strlen (text);
  ssize_t n;

  /* In one piece: lines of other threads, or other programs, do not get in between. */
  do
    n = write (self->fd, text, length);
  while (n < 0 && errno == EINTR);

  return n == (ssize_t) length;
}

static void
close_file (SkeinJournal *self)
{
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}

/* Read-only places give what they have. */
static int
open_file (const char  *path,
           GError     **problem)
{
  int fd = open (path, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);

  if (fd >= 0)
    return fd;

  skein_error_set_from_errno (problem, errno, "Opening the journal");

  return open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
}

SkeinJournal *
skein_journal_open (const char  *path,
                    gboolean     trusts,
                    GError     **problem)
{
  SkeinJournal *self = g_new0 (SkeinJournal, 1);
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autoptr (GError) local = NULL;
  g_autoptr (GError) unread = NULL;
  gboolean open_line = FALSE;

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->folder = g_path_get_dirname (absolute);
  self->there = skein_key_set_new ();
  self->sync_due = g_get_monotonic_time () + SYNC_TIME;
  self->fd = open_file (absolute, &local);

  if (self->fd >= 0 && !take_text (self, self->fd, trusts, &open_line, &unread) && local == NULL)
    local = g_steal_pointer (&unread);
  if (local == NULL && lseek (self->fd, 0, SEEK_END) == 0 && !write_text (self, SKEIN_JOURNAL_HEAD))
    skein_error_set_from_errno (&local, errno, "Writing the journal");
  if (local == NULL && open_line && !write_text (self, "\n"))
    skein_error_set_from_errno (&local, errno, "Writing the journal");

  if (local != NULL)
    close_file (self);
  if (local != NULL)
    g_propagate_error (problem, g_steal_pointer (&local));

  return self;
}

SkeinJournal *
skein_journal_ref (SkeinJournal *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
skein_journal_unref (SkeinJournal *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  if (self->fd >= 0 && fdatasync (self->fd) != 0)
    g_debug ("Syncing the journal: %s", g_strerror (errno));
  close_file (self);
  g_mutex_clear (&self->mutex);
  skein_key_set_free (self->there);
  g_free (self->folder);
  g_free (self);
}

gboolean
skein_journal_has (SkeinJournal   *self,
                   const SkeinKey *key)
{
  return skein_key_set_has (self->there, key);
}

/* The way from the folder of the journal, if it leads downwards. */
static const char *
relative (SkeinJournal *self,
          const char   *path)
{
  gsize length = strlen (self->folder);

  return strncmp (path, self->folder, length) == 0 && path[length] == '/' ? path + length + 1 : path;
}

SkeinKey
skein_journal_key_of (SkeinJournal *self,
                      const char   *address,
                      const char   *folder,
                      const char   *name)
{
  gboolean same = strcmp (folder, self->folder) == 0;

  return skein_key_of (address, same ? "" : relative (self, folder), name, NULL);
}

static gboolean
take_turn_to_sync (SkeinJournal *self)
{
  gint64 now = g_get_monotonic_time ();
  gboolean due;

  g_mutex_lock (&self->mutex);
  due = now >= self->sync_due;
  if (due)
    self->sync_due = now + SYNC_TIME;
  g_mutex_unlock (&self->mutex);

  return due;
}

void
skein_journal_note (SkeinJournal   *self,
                    const SkeinKey *key,
                    SkeinPartFile  *file)
{
  SkeinJournalEntry entry = { .key = *key };
  g_autofree char *path = NULL;
  g_autofree char *line = NULL;
  struct stat info;

  if (self->fd < 0 || fstat (file->fd, &info) != 0)
    return;

  entry.size = (guint64) info.st_size;
  entry.inode = info.st_ino;
  entry.modified = time_of (&info);
  path = g_build_filename (file->folder, skein_part_file_get_name (file), NULL);
  entry.path = (char *) relative (self, path);
  line = skein_journal_line_format (&entry);
  /* What was left of a line that could not be written must not spoil this one. */
  if (g_atomic_int_get (&self->torn))
    write_text (self, "\n");
  if (!write_text (self, line))
    g_atomic_int_set (&self->torn, TRUE);
  if (take_turn_to_sync (self) && fdatasync (self->fd) != 0)
    g_atomic_int_set (&self->torn, TRUE);
}

gboolean
skein_journal_is_whole (SkeinJournal *self)
{
  return !g_atomic_int_get (&self->torn);
}
