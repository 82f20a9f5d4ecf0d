/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-practice-request.h"

#include <string.h>

struct _SkeinPracticeRequest
{
  gatomicrefcount ref_count;
  char           *method;
  char           *target;
  char           *path;
  char           *query;
  GHashTable     *headers;
  guint64         connection;
  gint64          time;
  gboolean        old_version;
};

SkeinPracticeRequest *
skein_practice_request_ref (SkeinPracticeRequest *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
skein_practice_request_unref (SkeinPracticeRequest *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->method);
  g_free (self->target);
  g_free (self->path);
  g_free (self->query);
  g_hash_table_unref (self->headers);
  g_free (self);
}

static void
split_target (SkeinPracticeRequest *self)
{
  const char *start = self->target;
  const char *query;

  /* A client that takes this server for a proxy names the server too (RFC 9112, section 3.2.2). */
  if (g_str_has_prefix (start, "http://") || g_str_has_prefix (start, "https://"))
    {
      start = strstr (start, "://") + 3;
      start += strcspn (start, "/?");
    }

  query = strchr (start, '?');
  self->path = query != NULL ? g_strndup (start, query - start) : g_strdup (start);
  self->query = query != NULL ? g_strdup (query + 1) : NULL;
}

static gboolean
parse_first_line (SkeinPracticeRequest *self,
                  const char           *line)
{
  g_auto (GStrv) parts = g_strsplit (line, " ", -1);

  if (g_strv_length (parts) != 3 || parts[0][0] == '\0' || parts[1][0] == '\0' ||
      !g_str_has_prefix (parts[2], "HTTP/1.") || !g_ascii_isdigit (parts[2][7]) || parts[2][8] != '\0')
    return FALSE;

  self->method = g_strdup (parts[0]);
  self->target = g_strdup (parts[1]);
  self->old_version = parts[2][7] == '0';
  split_target (self);

  return TRUE;
}

static gboolean
parse_header (SkeinPracticeRequest *self,
              const char           *line)
{
  const char *colon = strchr (line, ':');
  g_autofree char *name = NULL;
  g_autofree char *value = NULL;
  const char *before;

  if (colon == NULL || colon == line || g_ascii_isspace (line[0]) || g_ascii_isspace (colon[-1]))
    return FALSE;

  name = g_ascii_strdown (line, colon - line);
  value = g_strstrip (g_strdup (colon + 1));
  before = g_hash_table_lookup (self->headers, name);
  if (before != NULL)
    {
      char *joined = g_strconcat (before, ", ", value, NULL);

      g_free (value);
      value = joined;
    }
  g_hash_table_insert (self->headers, g_steal_pointer (&name), g_steal_pointer (&value));

  return TRUE;
}

SkeinPracticeRequest *
skein_practice_request_parse (const char *head,
                              gsize       length,
                              guint64     connection)
{
  g_autoptr (SkeinPracticeRequest) self = g_new0 (SkeinPracticeRequest, 1);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_atomic_ref_count_init (&self->ref_count);
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->connection = connection;
  self->time = g_get_monotonic_time ();

  if (memchr (head, '\0', length) != NULL)
    return NULL;

  text = g_strndup (head, length);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      gsize n = strlen (lines[i]);

      if (n > 0 && lines[i][n - 1] == '\r')
        lines[i][n - 1] = '\0';
    }

  if (lines[0] == NULL || !parse_first_line (self, lines[0]))
    return NULL;

  for (guint i = 1; lines[i] != NULL && lines[i][0] != '\0'; i++)
    if (!parse_header (self, lines[i]))
      return NULL;

  return g_steal_pointer (&self);
}

const char *
skein_practice_request_get_method (SkeinPracticeRequest *self)
{
  return self->method;
}

const char *
skein_practice_request_get_target (SkeinPracticeRequest *self)
{
  return self->target;
}

const char *
skein_practice_request_get_path (SkeinPracticeRequest *self)
{
  return self->path;
}

const char *
skein_practice_request_get_query (SkeinPracticeRequest *self)
{
  return self->query;
}

const char *
skein_practice_request_get_header (SkeinPracticeRequest *self,
                                   const char           *name)
{
  return g_hash_table_lookup (self->headers, name);
}

GHashTable *
skein_practice_request_get_headers (SkeinPracticeRequest *self)
{
  return self->headers;
}

guint64
skein_practice_request_get_connection (SkeinPracticeRequest *self)
{
  return self->connection;
}

gint64
skein_practice_request_get_time (SkeinPracticeRequest *self)
{
  return self->time;
}

gboolean
skein_practice_request_wants_close (SkeinPracticeRequest *self)
{
  const char *connection = skein_practice_request_get_header (self, "connection");
  const char *length = skein_practice_request_get_header (self, "content-length");

  if (skein_practice_request_get_header (self, "transfer-encoding") != NULL)
    return TRUE;
  if (length != NULL && !g_str_equal (length, "0"))
    return TRUE;
  if (self->old_version)
    return connection == NULL || g_ascii_strcasecmp (connection, "keep-alive") != 0;

  return connection != NULL && g_ascii_strcasecmp (connection, "close") == 0;
}
