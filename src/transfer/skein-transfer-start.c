/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-transfer-start.h"

#include <string.h>

#include "skein-error.h"
#include "skein-file-name.h"
#include "skein-links.h"
#include "skein-pieces.h"
#include "skein-record-index.h"
#include "skein-retry-policy.h"
#include "skein-sources.h"
#include "skein-verify.h"

/* Addresses by which a record is looked for. */
#define MOST_LOOKED_FOR 8

/* Addresses that are asked for the first byte before an attempt fails: each may take its time. */
#define MOST_ASKED 16

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

  for (guint i = 0; record == NULL && i < MIN (self->sources->len, MOST_LOOKED_FOR); i++)
    {
      SkeinSource *source = g_ptr_array_index (self->sources, i);

      g_free (name);
      record = skein_record_index_find (self->folder, source->uri, &name);
    }
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
  const SkeinValidators validators = { record->etag, record->modified, record->modified_is_strong };
  gboolean strong = record->mixed || skein_validators_get_if_range (&validators) != NULL;

  /* What somebody else wrote behind the end would become part of the finished file. */
  if (record->total < 0 ||
      (size > (guint64) record->total &&
       !skein_part_file_truncate (self->file, (guint64) record->total, NULL)))
    return FALSE;

  for (guint i = 0; i < record->done->len; i++)
    {
      SkeinRange range = g_array_index (record->done, SkeinRange, i);

      range.end = MIN (range.end, size);
      /* What lies before a hole is compared where nothing else tells versions apart: there has to be something. */
      if (range.start < range.end && (strong || range.start == 0))
        g_array_append_val (there, range);
    }

  self->map = skein_range_map_new ((guint64) record->total);

  return skein_range_map_set_done (self->map, there);
}

/* What the record knows of the server goes with its first address: the one that gave the bytes. */
static void
take_record_of_source (SkeinSource       *source,
                       SkeinResumeRecord *record)
{
  source->validators.etag = g_strdup (record->etag);
  source->validators.modified = g_strdup (record->modified);
  source->validators.modified_is_strong = record->modified_is_strong;
  source->final_uri = g_strdup (record->final_uri != NULL ? record->final_uri : source->uri);
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
         skein_validators_agree_with (&self->source->validators, connection->answer) &&
         (!g_atomic_int_get (&self->source->drops_range) ||
          skein_validators_prove (&self->source->validators, connection->answer));
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
    .first = (gint64) (if_range != NULL || self->mixed ? hole : hole - MIN (hole, SKEIN_TRANSFER_OVERLAP)),
    .last = -1,
    .if_range = if_range,
  };
  g_autoptr (SkeinConnection) connection = ask (self, &request, part, error);

  if (connection != NULL && part->whole && if_range != NULL && part->total == self->total &&
      skein_validators_prove (&self->source->validators, connection->answer))
    {
      g_clear_pointer (&connection, skein_connection_close);
      g_atomic_int_set (&self->source->drops_range, TRUE);
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
has_expected_size (SkeinTransfer          *self,
                   const SkeinAnswerPart  *part,
                   GError                **error)
{
  if (self->set == NULL || self->set->size < 0 || part->total < 0 || part->total == self->set->size)
    return TRUE;

  g_set_error (error, SKEIN_ERROR, SKEIN_ERROR_SIZE, "%" G_GINT64_FORMAT " bytes, not %" G_GINT64_FORMAT,
               part->total, self->set->size);

  return FALSE;
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
    return skein_part_file_truncate (self->file, 0, error);

  name = choose_name (self, connection->answer);
  self->file = skein_part_file_create (self->folder, name, error);

  return self->file != NULL;
}

/* Before the first byte: later it would have come in vain. */
static gboolean
make_room (SkeinTransfer  *self,
           GError        **error)
{
  gboolean good;

  if (self->total <= 0)
    return TRUE;

  skein_task_context_enter (self->context, SKEIN_OPERATION_WAIT);
  good = skein_part_file_check_space (self->file, (guint64) self->total, error) &&
         (!self->preallocates || skein_part_file_reserve (self->file, (guint64) self->total, error));
  skein_task_context_leave (self->context, SKEIN_OPERATION_WAIT);

  return good;
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
  if (part->total < 0)
    return TRUE;

  self->map = skein_range_map_new ((guint64) part->total);
  self->pieces = skein_pieces_new (self->set, part->total);

  return make_room (self, error);
}

static char *
dup_media_type (SkeinHttpAnswer *answer)
{
  const char *value = skein_http_answer_get (answer, "content-type");
  g_autofree char *type = value != NULL ? g_ascii_strdown (value, (gssize) strcspn (value, "; \t,")) : NULL;

  return type != NULL && type[0] != '\0' ? g_steal_pointer (&type) : NULL;
}

static void
take_answer (SkeinTransfer         *self,
             SkeinConnection       *connection,
             const SkeinAnswerPart *part)
{
  skein_source_take_answer (self->source, connection->answer);
  self->ranges = !part->whole && part->total >= 0;
  skein_progress_set_total (self->progress, self->total);
  g_free (self->media_type);
  self->media_type = dup_media_type (connection->answer);
  skein_verify_announce (self, connection->answer, part);
  skein_verify_begin (self);
}

/* Bytes of several sources, or of another one than this, can be gone on from only if a digest will tell. */
static gboolean
may_continue (SkeinTransfer     *self,
              SkeinResumeRecord *record)
{
  const char *first = g_ptr_array_index (record->addresses, 0);

  return skein_sources_are_proven (self, record->total) ||
         (!record->mixed && strcmp (first, self->source->uri) == 0);
}

static void
take_record (SkeinTransfer     *self,
             SkeinResumeRecord *record)
{
  SkeinSource *first = skein_sources_find (self, g_ptr_array_index (record->addresses, 0));

  self->total = record->total;
  self->created = record->created;
  self->mixed = record->mixed || first != self->source;
  self->ranges = TRUE;
  self->pieces = skein_pieces_new (self->set, self->total);
  if (first == self->source)
    take_record_of_source (first, record);
  skein_progress_set_total (self->progress, self->total);
  skein_progress_add_resumed (self->progress, skein_range_map_get_n_done_bytes (self->map));
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
  if (record == NULL || !may_continue (self, record) || !load_map (self, record))
    return FALSE;

  take_record (self, record);
  note_part (self);
  if (skein_range_map_is_complete (self->map))
    return TRUE;

  *connection = continue_earlier (self, part, &local);
  if (*connection == NULL && !starts_over_after (local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  return *connection != NULL && !part->whole && is_same_version (self, *connection, part) &&
         make_room (self, error);
}

/* Returns how many bytes were there. */
static guint64
forget_earlier (SkeinTransfer *self)
{
  guint64 given_up = skein_progress_restart (self->progress);

  g_clear_pointer (&self->map, skein_range_map_free);
  g_clear_pointer (&self->pieces, skein_pieces_free);
  skein_source_forget (self->source);
  self->total = -1;
  self->created = 0;
  self->mixed = FALSE;

  return given_up;
}

static void
drop_earlier (SkeinTransfer *self)
{
  guint64 given_up = forget_earlier (self);

  if (given_up > 0)
    skein_progress_note (self->progress, SKEIN_NOTE_STARTED_OVER, given_up);
  if (self->file != NULL)
    skein_part_file_set_aside (g_steal_pointer (&self->file));
  skein_part_id_clear (&self->part);
}

/* The whole new file, which came in answer to a range of the old one, is as good as asked for. */
static gboolean
start_anew (SkeinTransfer    *self,
            SkeinConnection **connection,
            SkeinAnswerPart  *part,
            GError          **error)
{
  if (*connection != NULL && !part->whole)
    g_clear_pointer (connection, skein_connection_close);
  if (*connection == NULL)
    *connection = ask_anew (self, part, error);
  if (*connection == NULL || !has_expected_size (self, part, error))
    return FALSE;

  /* Only now that there is something better. */
  if (self->file != NULL)
    drop_earlier (self);

  return begin_anew (self, *connection, part, error);
}

static gboolean
start_at_source (SkeinTransfer    *self,
                 SkeinConnection **connection,
                 SkeinAnswerPart  *part,
                 GError          **error)
{
  g_autoptr (GError) local = NULL;

  if (start_from_earlier (self, connection, part, &local) ||
      (local == NULL && start_anew (self, connection, part, &local)))
    {
      if (*connection != NULL)
        take_answer (self, *connection, part);
      return TRUE;
    }

  g_clear_pointer (connection, skein_connection_close);
  g_propagate_error (error, g_steal_pointer (&local));

  return FALSE;
}

/* The part file and its record stay as they are. */
static void
let_go (SkeinTransfer *self)
{
  g_clear_pointer (&self->map, skein_range_map_free);
  g_clear_pointer (&self->pieces, skein_pieces_free);
  g_clear_pointer (&self->file, skein_part_file_close);
  self->ranges = FALSE;
}

static guint64
get_kept (SkeinTransfer *self)
{
  return self->map != NULL && self->ranges ? skein_range_map_get_n_done_bytes (self->map) : 0;
}

/* An address that does not answer is worth a try at the next; the error of the first one is the one to
 * be told. */
gboolean
skein_transfer_start (SkeinTransfer    *self,
                      SkeinConnection **connection,
                      SkeinAnswerPart  *part,
                      GError          **error)
{
  g_autoptr (GError) first = NULL;

  for (guint i = 0; i < MOST_ASKED; i++)
    {
      g_autoptr (GError) local = NULL;

      self->source = skein_sources_next (self);
      if (start_at_source (self, connection, part, &local))
        {
          if (*connection != NULL)
            skein_links_take (self, *connection);
          skein_sources_begin (self);
          return TRUE;
        }

      if (first == NULL)
        first = g_error_copy (local);
      if (!skein_sources_may_go_on (self, get_kept (self), local))
        break;
      forget_earlier (self);
      let_go (self);
    }

  let_go (self);
  g_propagate_error (error, g_steal_pointer (&first));

  return FALSE;
}
