/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-record-index.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "skein-part-file-private.h"

/* Folders of people who have more unfinished downloads than this are read in part. */
#define MOST_RECORDS 10000

static GMutex mutex;           /* for all below */
static GHashTable *folders;    /* folder → (address → name) */

static char *
beside (const char *folder,
        const char *name,
        const char *suffix)
{
  g_autofree char *file = g_strconcat (name, suffix, NULL);

  return g_build_filename (folder, file, NULL);
}

/* A file that somebody may have planted: never a link, a device or another person's. */
static char *
read_ours (const char *path,
           gsize      *length)
{
  int fd = open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  g_autofree char *text = NULL;
  struct stat info;
  gsize got = 0;
  ssize_t n;

  if (fd < 0)
    return NULL;

  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && info.st_uid == geteuid () &&
      info.st_size <= SKEIN_RESUME_RECORD_MAX_LENGTH)
    {
      text = g_malloc ((gsize) info.st_size + 1);
      while (got < (gsize) info.st_size &&
             (n = read (fd, text + got, (gsize) info.st_size - got)) > 0)
        got += (gsize) n;
    }
  close (fd);
  *length = got;

  return g_steal_pointer (&text);
}

/* What an older version of the file left is worth keeping only until the new one is whole. */
static void
clean_up_after (const char *folder,
                const char *name)
{
  const char *suffixes[] = { SKEIN_PART_OLD_SUFFIX, SKEIN_PART_FRESH_SUFFIX, SKEIN_PART_RECORD_SUFFIX };
  g_autofree char *target = beside (folder, name, "");
  guint first = access (target, F_OK) == 0 ? 0 : 1;

  for (guint i = first; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = beside (folder, name, suffixes[i]);

      g_unlink (path);
    }
}

static SkeinResumeRecord *
read_record (const char *folder,
             const char *name)
{
  g_autofree char *path = beside (folder, name, SKEIN_PART_RECORD_SUFFIX);
  g_autofree char *part = beside (folder, name, SKEIN_PART_SUFFIX);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  SkeinResumeRecord *record;
  gsize length = 0;

  if (access (part, F_OK) != 0 && errno == ENOENT)
    {
      clean_up_after (folder, name);
      return NULL;
    }

  text = read_ours (path, &length);
  if (text == NULL)
    return NULL;

  record = skein_resume_record_parse (text, length, &error);
  if (record == NULL)
    g_debug ("“%s”: %s", path, error->message);

  return record;
}

static void
add_record (GHashTable *names,
            const char *folder,
            const char *file)
{
  g_autofree char *name = g_strndup (file, strlen (file) - strlen (SKEIN_PART_RECORD_SUFFIX));
  g_autoptr (SkeinResumeRecord) record = read_record (folder, name);

  for (guint i = 0; record != NULL && i < record->addresses->len; i++)
    {
      const char *address = g_ptr_array_index (record->addresses, i);

      /* The others may be what a server said: they never take the place of a download of their own. */
      if (i == 0 || !g_hash_table_contains (names, address))
        g_hash_table_insert (names, g_strdup (address), g_strdup (name));
    }
}

static GHashTable *
read_folder (const char *folder)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;
  const char *file;

  while (dir != NULL && n < MOST_RECORDS && (file = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (file, SKEIN_PART_RECORD_SUFFIX))
      {
        add_record (names, folder, file);
        n++;
      }

  return names;
}

static GHashTable *
get_names_locked (const char *folder)
{
  GHashTable *names;

  if (folders == NULL)
    folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                     (GDestroyNotify) g_hash_table_unref);

  names = g_hash_table_lookup (folders, folder);
  if (names == NULL)
    {
      names = read_folder (folder);
      g_hash_table_insert (folders, g_strdup (folder), names);
    }

  return names;
}

SkeinResumeRecord *
skein_record_index_find (const char  *folder,
                         const char  *uri,
                         char       **name)
{
  g_autoptr (SkeinResumeRecord) record = NULL;
  g_autofree char *found = NULL;

  g_mutex_lock (&mutex);
  found = g_strdup (g_hash_table_lookup (get_names_locked (folder), uri));
  g_mutex_unlock (&mutex);

  *name = NULL;
  if (found == NULL)
    return NULL;

  record = read_record (folder, found);
  if (record != NULL)
    *name = g_steal_pointer (&found);

  return g_steal_pointer (&record);
}

void
skein_record_index_note (const char *folder,
                         const char *uri,
                         const char *name)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  g_hash_table_insert (get_names_locked (folder), g_strdup (uri), g_strdup (name));
}

void
skein_record_index_heal (const char *path)
{
  g_autofree char *part = g_strconcat (path, SKEIN_PART_SUFFIX, NULL);
  g_autofree char *record = g_strconcat (path, SKEIN_PART_RECORD_SUFFIX, NULL);
  g_autofree char *folder = NULL;
  g_autofree char *name = NULL;

  if (access (record, F_OK) != 0 || access (part, F_OK) == 0)
    return;

  folder = g_path_get_dirname (path);
  name = g_path_get_basename (path);
  clean_up_after (folder, name);
}
