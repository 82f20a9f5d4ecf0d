/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-intake-reader.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "skein-error.h"
#include "skein-metalink-file.h"
#include "skein-metalink-load.h"
#include "skein-text.h"

#define READ_SIZE (64 * 1024)

/* A file that the list names, and the line where. */
typedef struct
{
  guint  line;
  char  *uri;
} SkeinListedFile;

/* What was found so far, without repetitions. */
typedef struct
{
  SkeinUriList *list;
  GHashTable   *known;  /* the strings of list->addresses */
  GPtrArray    *listed; /* SkeinMetalinkFile */
} SkeinCollected;

static void
listed_file_free (gpointer data)
{
  SkeinListedFile *file = data;

  g_free (file->uri);
  g_free (file);
}

static void
set_errno (GError **error,
           int      saved_errno)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
               /* Translators: %s is the system’s reason */
               _("This file could not be read: %s."), g_strerror (saved_errno));
}

static gboolean
is_list_name (const char *path)
{
  const char *suffixes[] = { ".txt", ".urls", ".list" };
  gsize length = strlen (path);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      gsize suffix_length = strlen (suffixes[i]);

      if (length > suffix_length
          && g_ascii_strcasecmp (path + length - suffix_length, suffixes[i]) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
check_kind (int          fd,
            const char  *path,
            gsize        most,
            GError     **error)
{
  struct stat status;

  if (fstat (fd, &status) != 0)
    {
      set_errno (error, errno);
      return FALSE;
    }
  if (S_ISDIR (status.st_mode))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY,
                           _("This is a folder. Drop a list of addresses instead."));
      return FALSE;
    }
  if (!S_ISREG (status.st_mode) || !(is_list_name (path) || skein_metalink_is_name (path)))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           _("This file is not a list of addresses. The names of lists end in .txt, .urls "
                             "or .list, those of Metalinks in .meta4 or .metalink."));
      return FALSE;
    }
  if ((guint64) status.st_size > most)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                           _("This file is too large for a list of addresses."));
      return FALSE;
    }
  return TRUE;
}

static GByteArray *
read_all (int      fd,
          gsize    most,
          GError **error)
{
  g_autoptr (GByteArray) content = g_byte_array_new ();

  /* It may grow while it is read; the parser says where it stopped. */
  while (content->len <= most)
    {
      guint8 buffer[READ_SIZE];
      gssize n = read (fd, buffer, sizeof buffer);

      if (n == 0)
        return g_steal_pointer (&content);
      if (n > 0)
        {
          g_byte_array_append (content, buffer, n);
        }
      else if (errno != EINTR)
        {
          set_errno (error, errno);
          return NULL;
        }
    }
  return g_steal_pointer (&content);
}

static gboolean
is_text (GByteArray *content)
{
  gboolean utf16 = content->len >= 2
                   && ((content->data[0] == 0xff && content->data[1] == 0xfe)
                       || (content->data[0] == 0xfe && content->data[1] == 0xff));

  return utf16 || memchr (content->data, '\0', content->len) == NULL;
}

static GByteArray *
read_file (const char  *path,
           gsize        most,
           GError     **error)
{
  GByteArray *content = NULL;
  /* Without waiting: somebody may drop a named pipe. */
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

  if (fd < 0)
    {
      set_errno (error, errno);
      return NULL;
    }
  if (check_kind (fd, path, most, error))
    content = read_all (fd, most, error);
  close (fd);
  return content;
}

static SkeinUriList *
read_list_file (const char  *path,
                GError     **error)
{
  g_autoptr (GByteArray) content = read_file (path, SKEIN_URI_LIST_MAX_LENGTH, error);

  if (content == NULL)
    return NULL;
  if (content->len > 0 && !is_text (content))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("This file holds no text."));
      return NULL;
    }
  return skein_uri_list_parse ((const char *) content->data, content->len, SKEIN_URI_LIST_LINES);
}

static SkeinMetalink *
read_metalink (const char  *path,
               GError     **error)
{
  g_autoptr (GByteArray) content = read_file (path, SKEIN_METALINK_MAX_LENGTH, error);

  return content != NULL ? skein_metalink_parse ((const char *) content->data, content->len, error) : NULL;
}

static char *
get_local_path (const char  *uri,
                GError     **error)
{
  g_autofree char *host = NULL;
  g_autofree char *path = g_filename_from_uri (uri, &host, NULL);

  if (path == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME,
                           _("This is not the address of a file."));
      return NULL;
    }
  if (host != NULL && *host != '\0' && g_ascii_strcasecmp (host, "localhost") != 0
      && g_ascii_strcasecmp (host, g_get_host_name ()) != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           _("This file is on another computer."));
      return NULL;
    }
  return g_steal_pointer (&path);
}

static void
reject (SkeinUriList *list,
        guint         line,
        const char   *name,
        GError       *error)
{
  SkeinUriReject *refused;

  list->rejected++;
  if (list->rejects->len >= SKEIN_URI_LIST_MAX_REJECTS)
    {
      g_error_free (error);
      return;
    }
  refused = g_new0 (SkeinUriReject, 1);
  refused->line = line;
  refused->text = skein_text_dup_readable (name, -1, 200);
  refused->error = error;
  g_ptr_array_add (list->rejects, refused);
}

/* Rejects that a list keeps are the first ones; the one about a limit comes on top. */
static void
move_rejects (SkeinUriList *list,
              SkeinUriList *found)
{
  GPtrArray *rejects = g_steal_pointer (&found->rejects);

  list->rejected += found->rejected;
  found->rejects = g_ptr_array_new ();
  if (!found->cut && list->rejects->len + rejects->len > SKEIN_URI_LIST_MAX_REJECTS)
    {
      guint room = SKEIN_URI_LIST_MAX_REJECTS - MIN (list->rejects->len, SKEIN_URI_LIST_MAX_REJECTS);

      g_ptr_array_set_size (rejects, (int) MIN (room, rejects->len));
    }
  list->cut |= found->cut;
  g_ptr_array_extend_and_steal (list->rejects, rejects);
}

static void
collect (SkeinCollected *collected,
         SkeinUriList   *found)
{
  SkeinUriList *list = collected->list;

  list->repeated += found->repeated;
  move_rejects (list, found);
  for (guint i = 0; i < found->addresses->len && list->addresses->len < SKEIN_URI_LIST_MAX_ADDRESSES; i++)
    {
      char *address = g_strdup (g_ptr_array_index (found->addresses, i));

      if (!g_hash_table_add (collected->known, address))
        {
          list->repeated++;
          g_free (address);
          continue;
        }
      g_ptr_array_add (list->addresses, address);
      g_ptr_array_add (list->logins, g_strdup (g_ptr_array_index (found->logins, i)));
    }
}

/* Of some files every mirror is of a kind that is not carried. */
static void
collect_metalink (SkeinCollected *collected,
                  SkeinMetalink  *metalink,
                  guint           line)
{
  while (metalink->files->len > 0 && collected->listed->len < SKEIN_URI_LIST_MAX_ADDRESSES)
    {
      SkeinMetalinkFile *file = g_ptr_array_steal_index (metalink->files, 0);

      if (file->mirrors->len > 0)
        {
          g_ptr_array_add (collected->listed, file);
          continue;
        }
      reject (collected->list, line, file->name,
              g_error_new_literal (SKEIN_ERROR, SKEIN_ERROR_UNSUPPORTED_SCHEME, "No address that is carried"));
      skein_metalink_file_free (file);
    }
}

static void
take_file (SkeinCollected  *collected,
           SkeinListedFile *file)
{
  g_autoptr (SkeinUriList) found = NULL;
  g_autoptr (SkeinMetalink) metalink = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = get_local_path (file->uri, &error);
  g_autofree char *name = g_path_get_basename (path != NULL ? path : file->uri);

  if (path != NULL && skein_metalink_is_name (path))
    metalink = read_metalink (path, &error);
  else if (path != NULL)
    found = read_list_file (path, &error);
  if (found != NULL)
    collect (collected, found);
  else if (metalink != NULL)
    collect_metalink (collected, metalink, file->line);
  else
    reject (collected->list, file->line, name, g_steal_pointer (&error));
}

/* Takes the files out of a list and leaves comments in their places. */
static GPtrArray *
take_files_out (char  *text,
                gsize  length)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (listed_file_free);
  guint line = 1;

  for (char *start = text; start < text + length; line++)
    {
      char *end = memchr (start, '\n', text + length - start);
      gsize n = (end != NULL ? end : text + length) - start;

      if (n > strlen ("file:") && g_ascii_strncasecmp (start, "file:", strlen ("file:")) == 0)
        {
          SkeinListedFile *file = g_new0 (SkeinListedFile, 1);

          file->line = line;
          file->uri = g_strstrip (g_strndup (start, n));
          g_ptr_array_add (files, file);
          *start = '#';
        }
      start += n + 1;
    }
  return files;
}

SkeinUriList *
skein_intake_read_uri_list (const char  *bytes,
                            gsize        length,
                            GPtrArray  **listed)
{
  g_autofree char *text = g_memdup2 (bytes, length);
  g_autoptr (GPtrArray) files = NULL;
  SkeinCollected collected;

  /* Some senders count the NUL at the end as part of it. */
  while (length > 0 && text[length - 1] == '\0')
    length--;
  files = take_files_out (text, length);
  collected.list = skein_uri_list_parse (text, length, SKEIN_URI_LIST_URI_LIST);
  collected.known = g_hash_table_new (g_str_hash, g_str_equal);
  collected.listed = g_ptr_array_new_with_free_func ((GDestroyNotify) skein_metalink_file_free);
  for (guint i = 0; i < collected.list->addresses->len; i++)
    g_hash_table_add (collected.known, g_ptr_array_index (collected.list->addresses, i));
  for (guint i = 0; i < files->len; i++)
    take_file (&collected, g_ptr_array_index (files, i));
  g_hash_table_unref (collected.known);
  *listed = collected.listed;
  return collected.list;
}
