/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-gio.h"

#include <string.h>

#include "skein-data-uri.h"
#include "skein-error.h"
#include "skein-gio-mount.h"
#include "skein-http-headers.h"
#include "skein-http-thread.h"
#include "skein-uri.h"

#define ATTRIBUTES \
  G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE "," \
  G_FILE_ATTRIBUTE_STANDARD_COPY_NAME "," G_FILE_ATTRIBUTE_ETAG_VALUE

/* By remedy. What is not here is the disk's, or the way's. */
static const struct { GIOErrorEnum code; SkeinError own; } codes[] = {
  { G_IO_ERROR_NOT_FOUND, SKEIN_ERROR_NOT_FOUND },
  { G_IO_ERROR_NOT_DIRECTORY, SKEIN_ERROR_NOT_FOUND },
  { G_IO_ERROR_TOO_MANY_LINKS, SKEIN_ERROR_NOT_FOUND },
  { G_IO_ERROR_FILENAME_TOO_LONG, SKEIN_ERROR_NOT_FOUND },
  { G_IO_ERROR_INVALID_FILENAME, SKEIN_ERROR_NOT_FOUND },
  { G_IO_ERROR_IS_DIRECTORY, SKEIN_ERROR_NOT_A_FILE },
  { G_IO_ERROR_NOT_REGULAR_FILE, SKEIN_ERROR_NOT_A_FILE },
  { G_IO_ERROR_PERMISSION_DENIED, SKEIN_ERROR_UNREADABLE },
  { G_IO_ERROR_NOT_SUPPORTED, SKEIN_ERROR_NO_BACKEND },
  { G_IO_ERROR_HOST_NOT_FOUND, SKEIN_ERROR_HOST_NOT_FOUND },
  { G_IO_ERROR_TIMED_OUT, SKEIN_ERROR_NO_ANSWER },
  { G_IO_ERROR_PARTIAL_INPUT, SKEIN_ERROR_TRUNCATED },
  { G_IO_ERROR_PROXY_FAILED, SKEIN_ERROR_PROXY },
  { G_IO_ERROR_HOST_UNREACHABLE, SKEIN_ERROR_CONNECT },
  { G_IO_ERROR_NETWORK_UNREACHABLE, SKEIN_ERROR_CONNECT },
  { G_IO_ERROR_CONNECTION_REFUSED, SKEIN_ERROR_CONNECT },
  { G_IO_ERROR_CONNECTION_CLOSED, SKEIN_ERROR_CONNECT },
  { G_IO_ERROR_NOT_CONNECTED, SKEIN_ERROR_CONNECT },
  { G_IO_ERROR_NOT_MOUNTED, SKEIN_ERROR_CONNECT },
  { G_IO_ERROR_FAILED, SKEIN_ERROR_CONNECT },
  { G_IO_ERROR_FAILED_HANDLED, SKEIN_ERROR_LOGIN },
};

void
skein_gio_error_translate (const GError  *source,
                           GError       **error)
{
  SkeinError own = SKEIN_ERROR_IO;

  if (source->domain == SKEIN_ERROR || g_error_matches (source, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_error_copy (source));
      return;
    }

  for (guint i = 0; source->domain == G_IO_ERROR && i < G_N_ELEMENTS (codes); i++)
    if ((int) codes[i].code == source->code)
      own = codes[i].own;
  g_set_error_literal (error, SKEIN_ERROR, (int) own, source->message);
}

/* Other addresses of the same download have logins of their own. */
static const char *
own_login (const SkeinHttpRequest *what)
{
  return what->login_home == NULL || strcmp (what->login_home, what->uri) == 0 ? what->login : NULL;
}

/* Mounts are told apart by their users, so the address needs its user again; the password is for the mount to ask. */
static GFile *
make_file (const SkeinHttpRequest *what)
{
  const char *rest = strstr (what->uri, "://");
  const char *login = own_login (what);
  g_autofree char *path = NULL;
  g_autofree char *user = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *uri = NULL;

  /* Without asking GVfs, which for these is a detour. */
  if (skein_uri_get_kind (what->uri) == SKEIN_URI_FILE)
    {
      path = g_filename_from_uri (what->uri, NULL, NULL);
      return g_file_new_for_path (path != NULL ? path : "/");
    }
  if (login == NULL || rest == NULL)
    return g_file_new_for_uri (what->uri);

  user = g_strndup (login, strcspn (login, ":"));
  escaped = g_uri_escape_string (user, NULL, FALSE);
  uri = g_strdup_printf ("%.*s://%s@%s", (int) (rest - what->uri), what->uri, escaped, rest + strlen ("://"));

  return g_file_new_for_uri (uri);
}

static GFileInfo *
look_at (GFile                   *file,
         const SkeinHttpRequest  *what,
         GMainContext            *context,
         GCancellable            *cancellable,
         GError                 **error)
{
  g_autoptr (GError) local = NULL;
  GFileInfo *info = g_file_query_info (file, ATTRIBUTES, G_FILE_QUERY_INFO_NONE, cancellable, &local);

  if (info != NULL)
    return info;
  if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_MOUNTED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (!skein_gio_mount (file, own_login (what), context, what->timeout, cancellable, error))
    return NULL;

  return g_file_query_info (file, ATTRIBUTES, G_FILE_QUERY_INFO_NONE, cancellable, error);
}

/* A device or a pipe would be read for ever, or wait for ever when it is opened. */
static GInputStream *
open_file (GFile         *file,
           GFileInfo     *info,
           GCancellable  *cancellable,
           GError       **error)
{
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error_literal (error, SKEIN_ERROR, SKEIN_ERROR_NOT_A_FILE, "Not a regular file");
      return NULL;
    }

  return G_INPUT_STREAM (g_file_read (file, cancellable, error));
}

static void
set_header (SkeinHttpAnswer *answer,
            const char      *name,
            char            *value)
{
  if (skein_http_is_header_value (value))
    g_hash_table_insert (answer->headers, g_strdup (name), value);
  else
    g_free (value);
}

/* A time of change is weak: a file that changes twice in a moment has but one. */
static void
describe (SkeinHttpAnswer *answer,
          GFileInfo       *info)
{
  const char *etag = g_file_info_get_attribute_string (info, G_FILE_ATTRIBUTE_ETAG_VALUE);
  const char *name = g_file_info_get_attribute_string (info, G_FILE_ATTRIBUTE_STANDARD_COPY_NAME);

  if (etag != NULL && strchr (etag, '"') == NULL)
    set_header (answer, "etag", g_strdup_printf ("W/\"%s\"", etag));
  if (name != NULL && skein_uri_get_kind (answer->uri) == SKEIN_URI_MOUNT)
    {
      g_autofree char *escaped = g_uri_escape_string (name, NULL, FALSE);

      set_header (answer, "content-disposition", g_strconcat ("attachment; filename*=UTF-8''", escaped, NULL));
    }
}

/* Files such as those of /proc have content and say that they have none. */
static gint64
size_of (GFileInfo *info)
{
  goffset size = g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_STANDARD_SIZE) ? g_file_info_get_size (info) : -1;

  return size > 0 ? size : -1;
}

static gboolean
give_range (SkeinHttpAnswer         *answer,
            const SkeinHttpRequest  *what,
            gint64                   size,
            GCancellable            *cancellable,
            GError                 **error)
{
  gint64 last = what->last >= 0 ? MIN (what->last, size - 1) : size - 1;

  answer->status = 200;
  answer->length = size;
  if (what->first < 0 || size < 0 || !G_IS_SEEKABLE (answer->body) ||
      !g_seekable_can_seek (G_SEEKABLE (answer->body)))
    return TRUE;
  if (what->first >= size)
    {
      /* The same as a server says: this is another file than before. */
      g_set_error_literal (error, SKEIN_ERROR, SKEIN_ERROR_RANGE, "The file is shorter now");
      return FALSE;
    }
  if (what->first > 0 &&
      !g_seekable_seek (G_SEEKABLE (answer->body), what->first, G_SEEK_SET, cancellable, error))
    return FALSE;

  answer->status = 206;
  answer->length = last - what->first + 1;
  set_header (answer, "content-range",
              g_strdup_printf ("bytes %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
                               what->first, last, size));

  return TRUE;
}

static gboolean
fill_from_file (SkeinHttpAnswer         *answer,
                const SkeinHttpRequest  *what,
                GCancellable            *cancellable,
                GError                 **error)
{
  g_autoptr (GFile) file = make_file (what);
  g_autoptr (GFileInfo) info = look_at (file, what, answer->context, cancellable, error);

  if (info == NULL)
    return FALSE;
  answer->body = open_file (file, info, cancellable, error);
  if (answer->body == NULL)
    return FALSE;
  describe (answer, info);

  return give_range (answer, what, size_of (info), cancellable, error);
}

static gboolean
fill_from_data (SkeinHttpAnswer         *answer,
                const SkeinHttpRequest  *what,
                GError                 **error)
{
  g_autoptr (GBytes) bytes = skein_data_uri_parse (what->uri, NULL, error);

  if (bytes == NULL)
    return FALSE;

  answer->status = 200;
  answer->length = (gint64) g_bytes_get_size (bytes);
  answer->body = g_memory_input_stream_new_from_bytes (bytes);

  return TRUE;
}

SkeinHttpAnswer *
skein_gio_get (const SkeinHttpRequest  *what,
               SkeinTaskContext        *context,
               SkeinProgress           *progress,
               GCancellable            *cancellable,
               GError                 **error)
{
  g_autoptr (SkeinHttpAnswer) answer = g_new0 (SkeinHttpAnswer, 1);
  g_autoptr (GError) local = NULL;
  gboolean good;

  answer->uri = g_strdup (what->uri);
  answer->context = skein_http_thread_get ()->context;
  answer->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  skein_progress_set_operation (progress, SKEIN_OPERATION_WAIT);
  skein_task_context_enter (context, SKEIN_OPERATION_WAIT);
  if (skein_uri_get_kind (what->uri) == SKEIN_URI_DATA)
    good = fill_from_data (answer, what, &local);
  else
    good = fill_from_file (answer, what, cancellable, &local);
  skein_task_context_leave (context, SKEIN_OPERATION_WAIT);

  if (good)
    return g_steal_pointer (&answer);

  skein_gio_error_translate (local, error);

  return NULL;
}
