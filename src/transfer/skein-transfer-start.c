/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-transfer-start.h"

#include <string.h>

#include "skein-error.h"
#include "skein-file-name.h"
#include "skein-record-index.h"
#include "skein-retry-policy.h"
#include "skein-verify.h"

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
  const char *disposition = skein_http_answer_get (answer, "content-disposition");
  char *name = NULL;

  if (self->name != NULL)
    return skein_file_name_sanitize (self->name, -1);

  if (disposition != NULL)
    name = skein_file_name_from_disposition (disposition);
  if (name == NULL)
    name = skein_file_name_from_uri (answer->uri);

  return add_encoding (name, skein_http_answer_get (answer, "content-encoding"));
}

static void
note_part (SkeinTransfer *self)
{
  skein_part_id_clear (&self->part);
  skein_part_file_get_id (self->file, &self->part);
  skein_progress_set_name (self->progress, skein_part_file_get_name (self->file));
}

/* An earlier attempt of this very transfer, or of another run of the program. */
static SkeinResumeRecord *
find_earlier (SkeinTransfer *self)
{
  g_autoptr (SkeinResumeRecord) record = NULL;
  SkeinPartId id = self->part;
  g_autofree char *name = NULL;

  record = skein_record_index_find (self->folder, self->uri, &name);
  if (record == NULL || (id.name != NULL && strcmp (id.name, name) != 0))
    return NULL;

  if (id.name == NULL)
    id = (SkeinPartId) { .name = name };
  self->file = skein_part_file_reopen (self->folder, &id, NULL);
  if (self->file == NULL || (self->afresh && self->part.name == NULL))
    return NULL;

  return g_steal_pointer (&record);
}

/* What the record says is there, as far as the file reaches. */
static gboolean
load_map (SkeinTransfer     *self,
          SkeinResumeRecord *record)
{
  guint64 size = skein_part_file_get_size (self->file);
  g_autoptr (GArray) there = g_array_new (FALSE, FALSE, sizeof (SkeinRange));

  if (record->total < 0)
    return FALSE;

  for (guint i = 0; i < record->done->len; i++)
    {
      SkeinRange range = g_array_index (record->done, SkeinRange, i);

      range.end = MIN (range.end, size);
      if (range.start < range.end)
        g_array_append_val (there, range);
    }

  self->map = skein_range_map_new ((guint64) record->total);

  return skein_range_map_set_done (self->map, there);
}

static void
take_record (SkeinTransfer     *self,
             SkeinResumeRecord *record)
{
  self->total = record->total;
  self->created = record->created;
  self->source->validators.etag = g_strdup (record->etag);
  self->source->validators.modified = g_strdup (record->modified);
  self->source->validators.modified_is_strong = record->modified_is_strong;
}

static void
forget_earlier (SkeinTransfer *self)
{
  g_clear_pointer (&self->map, skein_range_map_free);
  skein_validators_clear (&self->source->validators);
  self->total = -1;
  self->created = 0;
}

static guint64
first_hole (SkeinTransfer *self)
{
  g_autoptr (GArray) done = skein_range_map_dup_done (self->map);
  SkeinRange *first = done->len > 0 ? &g_array_index (done, SkeinRange, 0) : NULL;

  return first != NULL && first->start == 0 ? first->end : 0;
}

static SkeinConnection *
ask (SkeinTransfer     *self,
     SkeinHttpRequest  *request,
     SkeinAnswerPart   *part,
     GError           **error)
{
  g_autoptr (SkeinConnection) connection = NULL;

  request->uri = self->source->uri;
  request->home = self->uri;
  request->login = self->source->login;
  request->login_home = self->source->uri;
  request->options = self->options;
  request->timeout = self->timeouts.answer;
  connection = skein_connection_open (request, SKEIN_CONNECTION_WAIT, self->context,
                                      self->progress, self->stop, error);
  self->retry_after = -1;
  if (connection == NULL)
    return NULL;
  if (!skein_answer_check (connection->answer, request, part, error))
    {
      self->retry_after = skein_answer_get_retry_after (connection->answer);
      return NULL;
    }

  return g_steal_pointer (&connection);
}

static gboolean
is_same_version (SkeinTransfer         *self,
                 SkeinConnection       *connection,
                 const SkeinAnswerPart *part)
{
  return part->total == self->total &&
         skein_validators_agree_with (&self->source->validators, connection->answer);
}

/* Asks for what is missing. An answer with the whole file means that it has changed, or that this server
 * drops the range when If-Range carries an ETag: then a range without the condition, held against the
 * validator of its own answer, tells. */
static SkeinConnection *
continue_earlier (SkeinTransfer    *self,
                  SkeinAnswerPart  *part,
                  GError          **error)
{
  const char *if_range = skein_validators_get_if_range (&self->source->validators);
  guint64 hole = first_hole (self);
  SkeinHttpRequest request = {
    .first = (gint64) (if_range != NULL ? hole : hole - MIN (hole, SKEIN_TRANSFER_OVERLAP)),
    .last = -1,
    .if_range = if_range,
  };
  g_autoptr (SkeinConnection) connection = ask (self, &request, part, error);

  if (connection != NULL && part->whole && if_range != NULL &&
      is_same_version (self, connection, part))
    {
      g_clear_pointer (&connection, skein_connection_close);
      request.if_range = NULL;
      connection = ask (self, &request, part, error);
    }

  return g_steal_pointer (&connection);
}

/* The address gave bytes before: an error that says so is no reason to throw them away. */
static gboolean
starts_over_after (const GError *error)
{
  return g_error_matches (error, SKEIN_ERROR, SKEIN_ERROR_RANGE) ||
         g_error_matches (error, SKEIN_HTTP_STATUS, 416);
}

/* Servers that have no ranges may say so in odd ways: once more, without. */
static SkeinConnection *
ask_anew (SkeinTransfer    *self,
          SkeinAnswerPart  *part,
          GError          **error)
{
  SkeinHttpRequest request = { .first = 0, .last = -1 };
  g_autoptr (GError) local = NULL;
  SkeinConnection *connection = ask (self, &request, part, &local);

  if (connection == NULL && starts_over_after (local))
    {
      request.first = -1;
      return ask (self, &request, part, error);
    }
  if (connection == NULL)
    g_propagate_error (error, g_steal_pointer (&local));

  return connection;
}

static gboolean
open_file (SkeinTransfer    *self,
           SkeinConnection  *connection,
           GError          **error)
{
  g_autofree char *name = NULL;

  /* A part file of this transfer without a record: its name is kept, its bytes prove nothing. */
  if (self->part.name != NULL)
    self->file = skein_part_file_reopen (self->folder, &self->part, NULL);
  if (self->file != NULL)
    return skein_part_file_truncate (self->file, error);

  name = choose_name (self, connection->answer);
  self->file = skein_part_file_create (self->folder, name, error);

  return self->file != NULL;
}

static gboolean
begin_anew (SkeinTransfer          *self,
            SkeinConnection        *connection,
            const SkeinAnswerPart  *part,
            GError                **error)
{
  if (!open_file (self, connection, error))
    return FALSE;

  note_part (self);
  self->total = part->total;
  skein_validators_set_from_answer (&self->source->validators, connection->answer);
  if (part->total < 0)
    return TRUE;

  self->map = skein_range_map_new ((guint64) part->total);

  return part->total == 0 ||
         skein_part_file_check_space (self->file, (guint64) part->total, error);
}

static void
take_answer (SkeinTransfer         *self,
             SkeinConnection       *connection,
             const SkeinAnswerPart *part)
{
  g_free (self->source->final_uri);
  self->source->final_uri = g_strdup (connection->answer->uri);
  self->ranges = !part->whole && part->total >= 0;
  skein_progress_set_total (self->progress, self->total);
  skein_verify_announce (self, connection->answer, part);
  skein_verify_begin (self);
}

/* %FALSE without an error: there is nothing to continue, or what is there is of another version. */
static gboolean
start_from_earlier (SkeinTransfer    *self,
                    SkeinConnection **connection,
                    SkeinAnswerPart  *part,
                    GError          **error)
{
  g_autoptr (SkeinResumeRecord) record = find_earlier (self);
  g_autoptr (GError) local = NULL;

  *connection = NULL;
  if (record == NULL || !load_map (self, record))
    return FALSE;

  take_record (self, record);
  note_part (self);
  self->source->final_uri = g_strdup (record->final_uri != NULL ? record->final_uri : self->uri);
  self->ranges = TRUE;
  skein_progress_set_total (self->progress, self->total);
  skein_progress_add_received (self->progress,
                               (gint64) skein_range_map_get_n_done_bytes (self->map));
  if (skein_range_map_is_complete (self->map))
    return TRUE;

  *connection = continue_earlier (self, part, &local);
  if (*connection == NULL && !starts_over_after (local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  return *connection != NULL && !part->whole && is_same_version (self, *connection, part);
}

static void
drop_earlier (SkeinTransfer *self)
{
  if (self->map != NULL)
    skein_progress_add_received (self->progress,
                                 -(gint64) skein_range_map_get_n_done_bytes (self->map));
  forget_earlier (self);
  if (self->file != NULL)
    skein_part_file_set_aside (g_steal_pointer (&self->file));
  skein_part_id_clear (&self->part);
}

gboolean
skein_transfer_start (SkeinTransfer    *self,
                      SkeinConnection **connection,
                      SkeinAnswerPart  *part,
                      GError          **error)
{
  g_autoptr (GError) local = NULL;

  if (start_from_earlier (self, connection, part, &local))
    {
      if (*connection != NULL)
        take_answer (self, *connection, part);
      return TRUE;
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  if (self->file != NULL)
    drop_earlier (self);

  /* The whole new file, which came in answer to a range of the old one, is as good as asked for. */
  if (*connection != NULL && !part->whole)
    g_clear_pointer (connection, skein_connection_close);
  if (*connection == NULL)
    *connection = ask_anew (self, part, error);
  if (*connection == NULL)
    return FALSE;

  if (!begin_anew (self, *connection, part, error))
    {
      g_clear_pointer (connection, skein_connection_close);
      return FALSE;
    }
  take_answer (self, *connection, part);

  return TRUE;
}
