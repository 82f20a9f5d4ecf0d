/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-transfer.h"

#include <signal.h>

#include "skein-body.h"
#include "skein-error.h"
#include "skein-file-name.h"
#include "skein-http.h"
#include "skein-part-file.h"
#include "skein-redirect.h"
#include "skein-uri.h"

struct _SkeinTransfer
{
  gatomicrefcount  ref_count;
  char            *uri;       /* constant */
  char            *login;     /* constant, nullable */
  char            *folder;    /* constant */
  char            *name;      /* constant, nullable: as asked for */
  SkeinTimeouts    timeouts;  /* constant once it runs */
  SkeinProgress   *progress;  /* thread-safe */

  /* Written by the thread that runs it, read by the owner after that. */
  SkeinPartId      part;      /* no name: none */
  char            *path;
  gboolean         length_known;
};

void
skein_transfer_init (void)
{
  static gsize once = 0;

  if (!g_once_init_enter (&once))
    return;

  /* Beyond a limit on file sizes we want an error, not to be killed. */
  signal (SIGXFSZ, SIG_IGN);
  skein_part_file_init ();
  skein_http_init ();
  g_once_init_leave (&once, 1);
}

SkeinTransfer *
skein_transfer_new (const char *uri,
                    const char *login,
                    const char *folder,
                    const char *name)
{
  SkeinTransfer *self = g_new0 (SkeinTransfer, 1);

  g_return_val_if_fail (uri != NULL && folder != NULL, NULL);

  g_atomic_ref_count_init (&self->ref_count);
  self->uri = g_strdup (uri);
  self->login = g_strdup (login);
  self->folder = g_strdup (folder);
  self->name = g_strdup (name);
  self->timeouts = SKEIN_TIMEOUTS_DEFAULT;
  self->progress = skein_progress_new ();

  return self;
}

SkeinTransfer *
skein_transfer_new_after (SkeinTransfer *previous)
{
  SkeinTransfer *self = skein_transfer_new (previous->uri, previous->login,
                                            previous->folder, previous->name);

  self->timeouts = previous->timeouts;
  self->part = previous->part;
  self->part.name = g_strdup (previous->part.name);

  return self;
}

SkeinTransfer *
skein_transfer_ref (SkeinTransfer *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
skein_transfer_unref (SkeinTransfer *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  skein_progress_unref (self->progress);
  skein_part_id_clear (&self->part);
  g_free (self->uri);
  g_free (self->login);
  g_free (self->folder);
  g_free (self->name);
  g_free (self->path);
  g_free (self);
}

void
skein_transfer_set_timeouts (SkeinTransfer       *self,
                             const SkeinTimeouts *timeouts)
{
  self->timeouts = *timeouts;
}

SkeinProgress *
skein_transfer_get_progress (SkeinTransfer *self)
{
  return self->progress;
}

const char *
skein_transfer_get_path (SkeinTransfer *self)
{
  return self->path;
}

gboolean
skein_transfer_get_length_known (SkeinTransfer *self)
{
  return self->length_known;
}

/* The bytes are stored as they came, so the name says what they are. */
static char *
add_encoding (char       *name,
              const char *encoding)
{
  const struct { const char *coding; const char *suffix; } known[] = {
    { "gzip", ".gz" }, { "x-gzip", ".gz" }, { "br", ".br" }, { "zstd", ".zst" },
  };
  g_autofree char *plain = name;

  for (guint i = 0; encoding != NULL && i < G_N_ELEMENTS (known); i++)
    if (g_ascii_strcasecmp (encoding, known[i].coding) == 0 &&
        !g_str_has_suffix (plain, known[i].suffix) &&
        !(known[i].suffix[1] == 'g' && g_str_has_suffix (plain, ".tgz")))
      {
        g_autofree char *longer = g_strconcat (plain, known[i].suffix, NULL);

        return skein_file_name_sanitize (longer, -1);
      }

  return g_steal_pointer (&plain);
}

static char *
choose_name (SkeinTransfer   *self,
             SkeinHttpAnswer *answer)
{
  char *name = NULL;

  if (self->name != NULL)
    return skein_file_name_sanitize (self->name, -1);

  if (answer->disposition != NULL)
    name = skein_file_name_from_disposition (answer->disposition);
  if (name == NULL)
    name = skein_file_name_from_uri (answer->uri);

  return add_encoding (name, answer->encoding);
}

static SkeinPartFile *
open_part (SkeinTransfer    *self,
           SkeinHttpAnswer  *answer,
           GError          **error)
{
  g_autofree char *name = NULL;
  SkeinPartFile *file = NULL;

  if (self->part.name != NULL)
    file = skein_part_file_reopen (self->folder, &self->part, NULL);
  if (file == NULL)
    {
      name = choose_name (self, answer);
      file = skein_part_file_create (self->folder, name, error);
    }
  if (file == NULL)
    return NULL;

  skein_part_id_clear (&self->part);
  skein_part_file_get_id (file, &self->part);
  skein_progress_set_name (self->progress, skein_part_file_get_name (file));

  return file;
}

static gboolean
receive (SkeinTransfer     *self,
         SkeinHttpAnswer   *answer,
         SkeinPartFile     *file,
         SkeinTaskContext  *context,
         GCancellable      *cancellable,
         GError           **error)
{
  skein_progress_set_total (self->progress, answer->length);
  if (answer->length > 0 &&
      !skein_part_file_check_space (file, (guint64) answer->length, error))
    return FALSE;

  return skein_body_receive (answer, file, &self->timeouts, context, self->progress,
                             cancellable, error);
}

static gboolean
finish (SkeinTransfer     *self,
        SkeinPartFile     *file,
        SkeinTaskContext  *context,
        GError           **error)
{
  gboolean synced;

  /* Waiting for the disk is a wait: bracketed as writing it would keep others from copying. */
  skein_task_context_enter (context, SKEIN_OPERATION_WAIT);
  synced = skein_part_file_sync (file, error);
  if (synced)
    self->path = skein_part_file_finish (file, error);
  skein_task_context_leave (context, SKEIN_OPERATION_WAIT);
  if (self->path == NULL)
    return FALSE;

  skein_part_id_clear (&self->part);
  skein_progress_set_name (self->progress, skein_part_file_get_name (file));

  return TRUE;
}

static gboolean
carry_out (SkeinTransfer     *self,
           SkeinHttpAnswer   *answer,
           SkeinTaskContext  *context,
           GCancellable      *cancellable,
           GError           **error)
{
  g_autoptr (SkeinPartFile) file = NULL;
  SkeinProgressSnapshot now;

  if (answer->status != 200)
    {
      g_set_error (error, SKEIN_HTTP_STATUS, (int) answer->status, "HTTP status %u", answer->status);
      return FALSE;
    }

  file = open_part (self, answer, error);
  if (file == NULL || !receive (self, answer, file, context, cancellable, error))
    return FALSE;

  self->length_known = answer->length >= 0 || answer->chunked;
  skein_progress_get (self->progress, &now);
  skein_progress_set_total (self->progress, (gint64) now.received);

  return finish (self, file, context, error);
}

/* One step of the way: the answer of one address, which may be a redirect. Takes a connection of the
 * host's share for as long as it lasts. */
static gboolean
step (SkeinTransfer     *self,
      const char        *uri,
      char             **next,
      SkeinTaskContext  *context,
      GCancellable      *cancellable,
      GError           **error)
{
  g_autofree char *host = skein_uri_dup_host_key (uri);
  const char *login = skein_uri_same_origin (uri, self->uri) ? self->login : NULL;
  SkeinHttpAnswer *answer;
  gboolean good = FALSE;

  if (!skein_host_table_wait (context->hosts, host, cancellable, error))
    return FALSE;

  skein_progress_set_connections (self->progress, 1);
  answer = skein_http_get (uri, login, self->timeouts.answer, context, self->progress,
                           cancellable, error);
  if (answer != NULL && skein_redirect_is_redirect (answer->status))
    good = (*next = skein_redirect_next (uri, answer->location, error)) != NULL;
  else if (answer != NULL)
    good = carry_out (self, answer, context, cancellable, error);

  g_clear_pointer (&answer, skein_http_answer_free);
  skein_progress_set_connections (self->progress, 0);
  skein_host_table_release (context->hosts, host);

  return good;
}

gboolean
skein_transfer_run (SkeinTransfer     *self,
                    SkeinTaskContext  *context,
                    GCancellable      *cancellable,
                    GError           **error)
{
  g_autofree char *uri = g_strdup (self->uri);

  g_return_val_if_fail (self->path == NULL, FALSE);

  for (guint redirects = 0; redirects <= SKEIN_REDIRECTS_MAX; redirects++)
    {
      g_autofree char *next = NULL;

      if (!step (self, uri, &next, context, cancellable, error))
        return FALSE;
      if (next == NULL)
        return TRUE;

      g_free (uri);
      uri = g_steal_pointer (&next);
    }

  g_set_error (error, SKEIN_ERROR, SKEIN_ERROR_TOO_MANY_REDIRECTS,
               "More than %d redirects, the last to %s", SKEIN_REDIRECTS_MAX, uri);
  return FALSE;
}

gboolean
skein_transfer_discard (SkeinTransfer     *self,
                        SkeinTaskContext  *context,
                        GCancellable      *cancellable,
                        GError           **error)
{
  if (self->part.name == NULL)
    return TRUE;
  if (!skein_part_file_discard (self->folder, &self->part, error))
    return FALSE;

  skein_part_id_clear (&self->part);

  return TRUE;
}
