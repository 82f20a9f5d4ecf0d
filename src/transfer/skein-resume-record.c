/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-resume-record.h"

#include <string.h>

#include "skein-error.h"
#include "skein-http-headers.h"
#include "skein-uri.h"

#define HEAD "skein-resume 1"

/* What the first version must not go on from. */
#define HEAD_MIXED "skein-resume 2"

SkeinResumeRecord *
skein_resume_record_new (void)
{
  SkeinResumeRecord *self = g_new0 (SkeinResumeRecord, 1);

  self->addresses = g_ptr_array_new_with_free_func (g_free);
  self->done = g_array_new (FALSE, FALSE, sizeof (SkeinRange));
  self->total = -1;

  return self;
}

void
skein_resume_record_free (SkeinResumeRecord *self)
{
  g_ptr_array_unref (self->addresses);
  g_array_unref (self->done);
  g_free (self->final_uri);
  g_free (self->etag);
  g_free (self->modified);
  g_free (self);
}

static void
append_text (GString    *text,
             const char *key,
             const char *value)
{
  if (value != NULL)
    g_string_append_printf (text, "%s %s\n", key, value);
}

static void
append_number (GString    *text,
               const char *key,
               gint64      value)
{
  g_string_append_printf (text, "%s %" G_GINT64_FORMAT "\n", key, value);
}

char *
skein_resume_record_to_text (SkeinResumeRecord *self,
                             gsize             *length)
{
  GString *text = g_string_new (self->mixed ? HEAD_MIXED "\nmixed yes\n" : HEAD "\n");
  g_autofree char *digest = NULL;

  for (guint i = 0; i < self->addresses->len; i++)
    append_text (text, "address", g_ptr_array_index (self->addresses, i));
  append_text (text, "final", self->final_uri);
  append_text (text, "etag", self->etag);
  append_text (text, self->modified_is_strong ? "modified" : "modified-weak", self->modified);
  if (self->total >= 0)
    append_number (text, "total", self->total);
  for (guint i = 0; i < self->done->len; i++)
    {
      SkeinRange *range = &g_array_index (self->done, SkeinRange, i);

      g_string_append_printf (text, "done %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT "\n",
                              range->start, range->end - 1);
    }
  append_number (text, "created", self->created);
  append_number (text, "updated", self->updated);

  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, (gssize) text->len);
  append_text (text, "end", digest);
  *length = text->len;

  return g_string_free (text, FALSE);
}

static gboolean
fail (GError     **error,
      const char  *what)
{
  g_set_error (error, SKEIN_ERROR, SKEIN_ERROR_BAD_RECORD, "Resume record: %s", what);

  return FALSE;
}

static gboolean
parse_number (const char *value,
              gint64     *number)
{
  /* A Content-Length is just what is wanted: digits alone, up to 2^63 - 1. */
  return skein_http_parse_content_length (value, number, NULL);
}

static gboolean
parse_address (const char  *value,
               char       **address)
{
  g_autofree char *login = NULL;
  g_autofree char *clean = skein_uri_clean_any (value, &login, NULL);

  if (clean == NULL || login != NULL || strcmp (clean, value) != 0)
    return FALSE;

  g_free (*address);
  *address = g_steal_pointer (&clean);

  return TRUE;
}

static gboolean
parse_range (SkeinResumeRecord *self,
             const char        *value)
{
  g_auto (GStrv) ends = g_strsplit (value, "-", 2);
  guint64 behind = 0;
  gint64 first;
  gint64 last;
  SkeinRange range;

  if (g_strv_length (ends) != 2 ||
      !parse_number (ends[0], &first) || !parse_number (ends[1], &last) ||
      last < first || last == G_MAXINT64)
    return FALSE;

  /* Two that touch would be one. */
  if (self->done->len > 0)
    behind = g_array_index (self->done, SkeinRange, self->done->len - 1).end + 1;
  if ((guint64) first < behind || (self->total >= 0 && last >= self->total))
    return FALSE;

  range = (SkeinRange) { (guint64) first, (guint64) last + 1 };
  g_array_append_val (self->done, range);

  return TRUE;
}

static gboolean
parse_header (const char  *value,
              char       **header)
{
  if (*header != NULL || !skein_http_is_header_value (value))
    return FALSE;

  *header = g_strdup (value);

  return TRUE;
}

static gboolean
parse_field (SkeinResumeRecord *self,
             const char        *key,
             const char        *value)
{
  if (strcmp (key, "address") == 0)
    {
      char *address = NULL;

      if (!parse_address (value, &address))
        return FALSE;
      g_ptr_array_add (self->addresses, address);
      return TRUE;
    }

  if (strcmp (key, "mixed") == 0)
    return (self->mixed = strcmp (value, "yes") == 0);
  if (strcmp (key, "final") == 0)
    return parse_address (value, &self->final_uri);
  if (strcmp (key, "etag") == 0)
    return parse_header (value, &self->etag);
  if (strcmp (key, "modified") == 0)
    return (self->modified_is_strong = parse_header (value, &self->modified));
  if (strcmp (key, "modified-weak") == 0)
    return parse_header (value, &self->modified);
  if (strcmp (key, "total") == 0)
    return self->done->len == 0 && parse_number (value, &self->total);
  if (strcmp (key, "done") == 0)
    return parse_range (self, value);
  if (strcmp (key, "created") == 0)
    return parse_number (value, &self->created);
  if (strcmp (key, "updated") == 0)
    return parse_number (value, &self->updated);

  return FALSE;
}

/* Checks the last line, and cuts it off. */
static gboolean
check_digest (char   *text,
              gsize   length)
{
  const gsize line = strlen ("end \n") + 64;
  g_autofree char *digest = NULL;
  char *end;

  if (length <= line || memchr (text, '\0', length) != NULL)
    return FALSE;

  end = text + length - line;
  if (end[-1] != '\n' || strncmp (end, "end ", 4) != 0 || text[length - 1] != '\n')
    return FALSE;

  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, end - text);
  if (strncmp (end + 4, digest, 64) != 0)
    return FALSE;
  end[-1] = '\0';

  return TRUE;
}

/* Nothing that a record says may lead a download of the web to a file of this computer. */
static gboolean
leads_nowhere_else (SkeinResumeRecord *self)
{
  const char *first = g_ptr_array_index (self->addresses, 0);

  for (guint i = 0; i < self->addresses->len; i++)
    if (skein_uri_get_kind (g_ptr_array_index (self->addresses, i)) != SKEIN_URI_WEB)
      return self->addresses->len == 1 && (self->final_uri == NULL || strcmp (self->final_uri, first) == 0);

  return self->final_uri == NULL || skein_uri_get_kind (self->final_uri) == SKEIN_URI_WEB;
}

SkeinResumeRecord *
skein_resume_record_parse (const char  *text,
                           gsize        length,
                           GError     **error)
{
  g_autoptr (SkeinResumeRecord) self = skein_resume_record_new ();
  g_autofree char *copy = NULL;
  g_auto (GStrv) lines = NULL;

  if (length > SKEIN_RESUME_RECORD_MAX_LENGTH)
    {
      fail (error, "too long");
      return NULL;
    }

  copy = g_strndup (text, length);
  if (strlen (copy) != length || !check_digest (copy, length))
    {
      fail (error, "the checksum does not hold");
      return NULL;
    }

  lines = g_strsplit (copy, "\n", -1);
  if (g_strcmp0 (lines[0], HEAD) != 0 && g_strcmp0 (lines[0], HEAD_MIXED) != 0)
    {
      fail (error, "not of this version");
      return NULL;
    }

  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_auto (GStrv) field = g_strsplit (lines[i], " ", 2);

      if (g_strv_length (field) != 2 || !parse_field (self, field[0], field[1]))
        {
          fail (error, "a line that does not hold");
          return NULL;
        }
    }

  if (self->mixed != (strcmp (lines[0], HEAD_MIXED) == 0))
    {
      fail (error, "not of this version");
      return NULL;
    }
  if (self->addresses->len == 0)
    {
      fail (error, "no address");
      return NULL;
    }
  if (!leads_nowhere_else (self))
    {
      fail (error, "from the web to another place");
      return NULL;
    }

  return g_steal_pointer (&self);
}
