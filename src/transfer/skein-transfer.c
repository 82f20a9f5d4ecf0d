/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-transfer-private.h"

#include <signal.h>
#include <string.h>

#include "skein-body.h"
#include "skein-checksum-search.h"
#include "skein-error.h"
#include "skein-proxies.h"
#include "skein-pace.h"
#include "skein-pieces.h"
#include "skein-recorder.h"
#include "skein-segment.h"
#include "skein-sources.h"
#include "skein-transfer-start.h"
#include "skein-uri.h"
#include "skein-verify.h"

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

gboolean
skein_transfer_set_proxy (const char  *proxy,
                          GError     **error)
{
  return skein_proxies_choose (proxy, error);
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
  self->connections = SKEIN_CONNECTIONS_DEFAULT;
  self->least = SKEIN_LEAST_SEGMENT_DEFAULT;
  self->own_limiter = skein_rate_limiter_new (0);
  self->total = -1;
  self->retry_after = -1;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  self->segments = g_ptr_array_new ();
  self->sources = g_ptr_array_new_with_free_func ((GDestroyNotify) skein_source_free);
  self->attempt = 1;

  return self;
}

SkeinTransfer *
skein_transfer_new_after (SkeinTransfer *previous)
{
  SkeinTransfer *self = skein_transfer_new (previous->uri, previous->login,
                                            previous->folder, previous->name);

  self->timeouts = previous->timeouts;
  self->connections = previous->connections;
  self->least = previous->least;
  skein_transfer_set_limiter (self, previous->limiter);
  skein_transfer_set_limit (self, skein_rate_limiter_get_rate (previous->own_limiter));
  skein_transfer_set_digest (self, previous->digest);
  skein_transfer_set_journal (self, previous->journal, &previous->journal_key);
  self->afresh = previous->afresh;
  self->announced = skein_digest_copy (previous->announced);
  skein_transfer_set_request_options (self, previous->options);
  skein_transfer_set_sources (self, previous->set);
  self->attempt = previous->attempt + 1;
  self->preallocates = previous->preallocates;
  self->finds_checksum = previous->finds_checksum;
  self->found = skein_digest_copy (previous->found);
  self->searched = previous->searched;
  self->verification.missing = previous->verification.missing;
  skein_progress_copy_notes (self->progress, previous->progress);
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

  g_assert (self->n_helpers == 0 && self->file == NULL && self->map == NULL);

  skein_progress_unref (self->progress);
  g_clear_pointer (&self->limiter, skein_rate_limiter_unref);
  skein_rate_limiter_unref (self->own_limiter);
  g_clear_pointer (&self->digest, skein_digest_free);
  g_clear_pointer (&self->journal, skein_journal_unref);
  g_clear_pointer (&self->announced, skein_digest_free);
  g_clear_pointer (&self->options, skein_request_options_unref);
  g_clear_pointer (&self->set, skein_source_set_unref);
  g_clear_pointer (&self->found, skein_digest_free);
  g_ptr_array_unref (self->segments);
  g_ptr_array_unref (self->sources);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);
  g_clear_error (&self->fatal);
  skein_part_id_clear (&self->part);
  g_free (self->uri);
  g_free (self->login);
  g_free (self->folder);
  g_free (self->name);
  g_free (self->path);
  g_free (self->media_type);
  g_free (self);
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

const char *
skein_transfer_get_media_type (SkeinTransfer *self)
{
  return self->media_type;
}

gboolean
skein_transfer_get_length_known (SkeinTransfer *self)
{
  return self->length_known;
}

gint64
skein_transfer_get_retry_after (SkeinTransfer *self)
{
  return self->retry_after;
}

SkeinVerification
skein_transfer_get_verification (SkeinTransfer *self)
{
  return self->verification;
}

static gsize
stream_room (gpointer data,
             gsize    most)
{
  return skein_pace_room (data, most);
}

static gsize
stream_took (gpointer data,
             gsize    length)
{
  skein_progress_add_received (((SkeinTransfer *) data)->progress, (gint64) length);

  return length;
}

static gboolean
stream_write (gpointer       data,
              const guint8  *bytes,
              gsize          length,
              guint64        offset,
              GError       **error)
{
  return skein_part_file_write (((SkeinTransfer *) data)->file, bytes, length, offset, error);
}

static gboolean
stream_written (gpointer       data,
                const guint8  *bytes,
                gsize          length,
                guint64        offset,
                GError       **error)
{
  skein_verify_follow (data, bytes, length, offset);

  return TRUE;
}

static gint64
stream_wait (gpointer data,
             gsize    length)
{
  return skein_pace_pay (data, length);
}

/* A body of which nobody knows the end: one connection, from the first byte on. */
static gboolean
receive_stream (SkeinTransfer    *self,
                SkeinConnection  *connection,
                GError          **error)
{
  const SkeinBodySink sink = { stream_room, stream_took, stream_write, stream_written, stream_wait };
  SkeinBodyTask task = {
    .answer = connection->answer, .sink = &sink, .sink_data = self, .timeouts = &self->timeouts,
    .context = self->context, .progress = self->progress, .cancellable = self->stop,
  };
  SkeinProgressSnapshot now;

  if (!skein_body_receive (&task, error))
    return FALSE;

  self->length_known = connection->answer->chunked;
  skein_progress_get (self->progress, &now);
  skein_progress_set_total (self->progress, (gint64) now.received);
  if (self->set == NULL || self->set->size < 0 || (gint64) now.received == self->set->size)
    return TRUE;

  g_set_error (error, SKEIN_ERROR, SKEIN_ERROR_SIZE, "%" G_GUINT64_FORMAT " bytes, not %" G_GINT64_FORMAT,
               now.received, self->set->size);

  return FALSE;
}

/* Noted before it has its name: what is noted and not there is fetched again, what is there and not noted would
 * be there twice. */
static char *
name_it (SkeinTransfer  *self,
         GError        **error)
{
  g_autofree char *name = NULL;
  char *path;

  if (self->journal == NULL)
    return skein_part_file_finish (self->file, error);

  name = g_strdup (skein_part_file_get_name (self->file));
  skein_journal_note (self->journal, &self->journal_key, self->file);
  path = skein_part_file_finish (self->file, error);
  if (path != NULL && strcmp (name, skein_part_file_get_name (self->file)) != 0)
    skein_journal_note (self->journal, &self->journal_key, self->file);

  return path;
}

/* Somebody else may have cut it, or written behind its end. */
static gboolean
has_its_size (SkeinTransfer  *self,
              GError        **error)
{
  if (self->total < 0 || skein_part_file_get_size (self->file) == (guint64) self->total)
    return TRUE;

  g_set_error_literal (error, SKEIN_ERROR, SKEIN_ERROR_IO, "The part file was changed meanwhile");

  return FALSE;
}

static gboolean
finish (SkeinTransfer  *self,
        GError        **error)
{
  gboolean synced;

  if (!has_its_size (self, error))
    return FALSE;

  /* Waiting for the disk is a wait: bracketed as writing it would keep others from copying. */
  skein_task_context_enter (self->context, SKEIN_OPERATION_WAIT);
  synced = skein_part_file_sync (self->file, error);
  if (synced)
    self->path = name_it (self, error);
  skein_task_context_leave (self->context, SKEIN_OPERATION_WAIT);
  if (self->path == NULL)
    return FALSE;

  skein_part_id_clear (&self->part);
  skein_progress_set_name (self->progress, skein_part_file_get_name (self->file));

  return TRUE;
}

static gboolean
fetch (SkeinTransfer  *self,
       GError        **error)
{
  SkeinConnection *connection = NULL;
  SkeinAnswerPart part;
  gboolean good;

  if (!skein_transfer_start (self, &connection, &part, error))
    return FALSE;
  if (connection == NULL && self->pieces == NULL)
    return TRUE;

  if (self->map == NULL)
    {
      self->source->gave = TRUE;
      good = receive_stream (self, connection, error);
      skein_connection_close (connection);
      return good;
    }

  self->length_known = TRUE;
  skein_recorder_start (self);

  return skein_segment_run_first (self, connection, &part, error);
}

/* Nothing of an attempt is left but its part file. */
static void
clean_up (SkeinTransfer *self)
{
  g_clear_pointer (&self->map, skein_range_map_free);
  g_clear_pointer (&self->file, skein_part_file_close);
  g_clear_error (&self->fatal);
  g_clear_pointer (&self->checksum, skein_checksum_free);
  self->ranges = FALSE;
}

static gboolean
attempt (SkeinTransfer  *self,
         guint64        *kept,
         GError        **error)
{
  gboolean good;

  skein_sources_forget (self);
  self->most_helpers = G_MAXUINT;
  self->governor = (SkeinGovernor) { 0 };
  good = skein_checksum_search (self, error) && fetch (self, error) &&
         skein_verify_file (self, error) && finish (self, error);

  if (!good && self->file != NULL)
    skein_recorder_stop (self);
  *kept = self->map != NULL && self->ranges ? skein_range_map_get_n_done_bytes (self->map) : 0;
  clean_up (self);

  return good;
}

static void
cancelled_cb (GCancellable *outer,
              GCancellable *stop)
{
  g_cancellable_cancel (stop);
}

/* What the next round finds is counted by it. */
static void
forget_received (SkeinTransfer *self)
{
  skein_progress_restart (self->progress);
  g_clear_pointer (&self->pieces, skein_pieces_free);
  self->mixed = FALSE;
  self->total = -1;
  self->created = 0;
}

/* The bytes of two versions are never mixed: what is there goes aside, once, and all is asked for anew. */
static gboolean
start_over (SkeinTransfer *self)
{
  SkeinPartFile *file;

  if (self->part.name == NULL)
    return FALSE;

  file = skein_part_file_reopen (self->folder, &self->part, NULL);
  if (file == NULL)
    return FALSE;

  skein_part_file_set_aside (file);
  skein_part_id_clear (&self->part);
  skein_progress_note (self->progress, SKEIN_NOTE_STARTED_OVER,
                       skein_progress_restart (self->progress));

  return TRUE;
}

static gboolean
run_once (SkeinTransfer  *self,
          GCancellable   *cancellable,
          guint64        *kept,
          GError        **error)
{
  gulong handler = 0;
  gboolean good;

  self->stop = g_cancellable_new ();
  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), self->stop, NULL);
  good = attempt (self, kept, error);
  g_cancellable_disconnect (cancellable, handler);
  g_clear_object (&self->stop);

  return good;
}

/* Each reason ends: a change counts once, an address that was dropped is not asked again, and so on. */
static gboolean
is_worth_another (SkeinTransfer *self,
                  guint64        kept,
                  gboolean      *changed,
                  const GError  *error)
{
  if (g_error_matches (error, SKEIN_ERROR, SKEIN_ERROR_DIGEST))
    return skein_sources_after_lie (self, error);

  if (g_error_matches (error, SKEIN_ERROR, SKEIN_ERROR_CHANGED) && !*changed && start_over (self))
    return (*changed = TRUE);

  return skein_sources_may_go_on (self, kept, error);
}

gboolean
skein_transfer_run (SkeinTransfer     *self,
                    SkeinTaskContext  *context,
                    GCancellable      *cancellable,
                    GError           **error)
{
  gboolean changed = FALSE;

  g_return_val_if_fail (self->path == NULL, FALSE);

  self->context = context;
  /* A file is one stream: several would only make the disk, or the one connection of a mount, jump. */
  if (skein_uri_get_kind (self->uri) != SKEIN_URI_WEB)
    self->connections = 1;
  skein_sources_open (self);
  for (;;)
    {
      g_autoptr (GError) local = NULL;
      guint64 kept = 0;

      if (run_once (self, cancellable, &kept, &local))
        break;

      if (!is_worth_another (self, kept, &changed, local))
        {
          g_clear_pointer (&self->pieces, skein_pieces_free);
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      forget_received (self);
    }
  g_clear_pointer (&self->pieces, skein_pieces_free);

  return TRUE;
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
