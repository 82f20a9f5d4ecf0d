/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-unfinished.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "skein-download.h"
#include "skein-error.h"
#include "skein-file-name.h"
#include "skein-practice-link.h"
#include "skein-uri-list.h"
#include "skein-uri.h"

typedef struct
{
  GString *text;   /* written by the caller before the thread starts, then only read */
  guint64  serial; /* constant */
} Save;

/* Threads that save do so one after the other, and an older list never replaces a newer one. */
static GMutex save_mutex;
static guint64 saved_serial; /* under save_mutex */
static guint64 last_serial;  /* main context only */

static void
save_free (gpointer data)
{
  Save *save = data;

  g_string_free (save->text, TRUE);
  g_free (save);
}

static void
unfinished_free (gpointer data)
{
  SkeinUnfinished *unfinished = data;

  g_free (unfinished->address);
  g_free (unfinished->folder);
  g_free (unfinished);
}

static char *
dup_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "skein", NULL);
}

static gboolean
write_whole (int           fd,
             const char   *text,
             gsize         length,
             GError      **error)
{
  while (length > 0)
    {
      gssize n = write (fd, text, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          skein_error_set_from_errno (error, errno, "writing the unfinished list");
          return FALSE;
        }
      text += n;
      length -= (gsize) n;
    }

  if (fsync (fd) < 0)
    {
      skein_error_set_from_errno (error, errno, "syncing the unfinished list");
      return FALSE;
    }

  return TRUE;
}

/* The rename itself is on the disk only when the folder is. */
static void
sync_folder (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;

  fsync (fd);
  close (fd);
}

static gboolean
replace_file (const char     *folder,
              const GString  *text,
              GError        **error)
{
  g_autofree char *path = g_build_filename (folder, "unfinished", NULL);
  g_autofree char *temporary = g_build_filename (folder, "unfinished.XXXXXX", NULL);
  gboolean done;
  int fd;

  if (text->len == 0)
    {
      if (g_unlink (path) < 0 && errno != ENOENT)
        {
          skein_error_set_from_errno (error, errno, "removing the unfinished list");
          return FALSE;
        }
      return TRUE;
    }

  if (g_mkdir_with_parents (folder, 0700) < 0)
    {
      skein_error_set_from_errno (error, errno, "making the data folder");
      return FALSE;
    }

  fd = g_mkstemp_full (temporary, O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      skein_error_set_from_errno (error, errno, "making the unfinished list");
      return FALSE;
    }

  done = write_whole (fd, text->str, text->len, error);
  close (fd);
  if (done && g_rename (temporary, path) < 0)
    {
      skein_error_set_from_errno (error, errno, "replacing the unfinished list");
      done = FALSE;
    }
  if (!done)
    g_unlink (temporary);
  else
    sync_folder (folder);

  return done;
}

static void
save_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  const Save *save = task_data;
  g_autofree char *folder = dup_folder ();
  g_autoptr (GError) error = NULL;
  gboolean done = TRUE;

  g_mutex_lock (&save_mutex);
  if (save->serial > saved_serial)
    {
      done = replace_file (folder, save->text, &error);
      saved_serial = save->serial;
    }
  g_mutex_unlock (&save_mutex);

  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
skein_unfinished_save_async (GPtrArray           *downloads,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Save *save = g_new0 (Save, 1);

  g_task_set_source_tag (task, skein_unfinished_save_async);
  save->text = g_string_new (NULL);
  save->serial = ++last_serial;

  for (guint i = 0; i < downloads->len; i++)
    {
      SkeinDownload *download = g_ptr_array_index (downloads, i);

      g_string_append (save->text, skein_download_get_address (download));
      g_string_append_c (save->text, '\t');
      g_string_append_uri_escaped (save->text, skein_download_get_folder (download), "/", FALSE);
      g_string_append_c (save->text, '\n');
    }

  g_task_set_task_data (task, save, save_free);
  g_task_run_in_thread (task, save_thread);
}

gboolean
skein_unfinished_save_finish (GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
is_practice_address (const char *address)
{
  const char *name = address + strlen (SKEIN_PRACTICE_PREFIX);
  g_autofree char *clean = NULL;

  if (!g_str_has_prefix (address, SKEIN_PRACTICE_PREFIX))
    return FALSE;

  clean = skein_file_name_sanitize (name, -1);

  return g_str_equal (name, clean);
}

static gboolean
is_clean_address (const char *address)
{
  g_autofree char *clean = skein_uri_clean (address, NULL, NULL);

  return clean != NULL && g_str_equal (clean, address);
}

static SkeinUnfinished *
parse_line (const char *line)
{
  const char *tab = strchr (line, '\t');
  g_autofree char *address = NULL;
  g_autofree char *folder = NULL;
  SkeinUnfinished *unfinished;

  if (tab == NULL)
    return NULL;

  address = g_strndup (line, (gsize) (tab - line));
  folder = g_uri_unescape_string (tab + 1, NULL);
  if (folder == NULL || !g_path_is_absolute (folder))
    return NULL;
  if (!is_practice_address (address) && !is_clean_address (address))
    return NULL;

  unfinished = g_new0 (SkeinUnfinished, 1);
  unfinished->address = g_steal_pointer (&address);
  unfinished->folder = g_steal_pointer (&folder);

  return unfinished;
}

static char *
read_file (const char *path,
           gsize      *length)
{
  g_autofree char *text = NULL;
  struct stat info;
  gsize filled = 0;
  int fd = open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

  if (fd < 0)
    return NULL;

  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode)
      && info.st_size > 0 && info.st_size <= SKEIN_URI_LIST_MAX_LENGTH)
    {
      gsize size = (gsize) info.st_size;

      text = g_malloc (size + 1);
      while (filled < size)
        {
          gssize n = read (fd, text + filled, size - filled);

          if (n < 0 && errno == EINTR)
            continue;
          if (n <= 0)
            break;
          filled += (gsize) n;
        }
      text[filled] = '\0';
    }
  close (fd);
  *length = filled;

  return g_steal_pointer (&text);
}

static void
load_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (unfinished_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *folder = dup_folder ();
  g_autofree char *path = g_build_filename (folder, "unfinished", NULL);
  gsize length = 0;
  g_autofree char *text = read_file (path, &length);
  char *line = text;

  while (line != NULL && line < text + length && found->len < SKEIN_URI_LIST_MAX_ADDRESSES)
    {
      char *end = memchr (line, '\n', (gsize) (text + length - line));
      SkeinUnfinished *unfinished;

      if (end != NULL)
        *end = '\0';

      unfinished = parse_line (line);
      if (unfinished != NULL && g_hash_table_contains (seen, unfinished->address))
        g_clear_pointer (&unfinished, unfinished_free);
      if (unfinished != NULL)
        {
          g_hash_table_add (seen, unfinished->address);
          g_ptr_array_add (found, unfinished);
        }

      line = end != NULL ? end + 1 : NULL;
    }

  g_task_return_pointer (task, found, (GDestroyNotify) g_ptr_array_unref);
}

void
skein_unfinished_load_async (GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, skein_unfinished_load_async);
  g_task_run_in_thread (task, load_thread);
}

GPtrArray *
skein_unfinished_load_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}
