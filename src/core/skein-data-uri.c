/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-data-uri.h"

#include <string.h>

#include "skein-error.h"
#include "skein-percent.h"

#define PREFIX "data:"

static const struct { const char *type; const char *ending; } endings[] = {
  { "application/epub+zip", "epub" }, { "application/gzip", "gz" }, { "application/json", "json" },
  { "application/pdf", "pdf" }, { "application/xml", "xml" }, { "application/zip", "zip" },
  { "audio/mpeg", "mp3" }, { "audio/ogg", "ogg" }, { "audio/wav", "wav" }, { "font/woff2", "woff2" },
  { "image/avif", "avif" }, { "image/bmp", "bmp" }, { "image/gif", "gif" }, { "image/jpeg", "jpg" },
  { "image/png", "png" }, { "image/svg+xml", "svg" }, { "image/webp", "webp" }, { "image/x-icon", "ico" },
  { "text/calendar", "ics" }, { "text/css", "css" }, { "text/csv", "csv" }, { "text/html", "html" },
  { "text/javascript", "js" }, { "text/plain", "txt" }, { "text/vcard", "vcf" }, { "text/xml", "xml" },
  { "video/mp4", "mp4" }, { "video/webm", "webm" },
};

/* Up to the comma: the media type and its parameters, the last of which may be "base64". */
static gboolean
parse_head (const char *head,
            gsize       length,
            char      **type)
{
  g_autofree char *copy = g_ascii_strdown (head, (gssize) length);
  g_auto (GStrv) words = g_strsplit (copy, ";", -1);
  guint n = g_strv_length (words);

  *type = g_strdup (n > 0 && *g_strstrip (words[0]) != '\0' ? words[0] : "text/plain");

  return n > 1 && strcmp (g_strstrip (words[n - 1]), "base64") == 0;
}

/* g_base64_decode() passes over what is none. */
static gboolean
drop_blanks_and_check (GString *text)
{
  gsize kept = 0;
  gsize pad;

  for (gsize i = 0; i < text->len; i++)
    if (!g_ascii_isspace (text->str[i]))
      text->str[kept++] = text->str[i];
  g_string_truncate (text, kept);

  pad = kept;
  while (pad > 0 && kept - pad < 2 && text->str[pad - 1] == '=')
    pad--;
  for (gsize i = 0; i < pad; i++)
    if (!g_ascii_isalnum (text->str[i]) && text->str[i] != '+' && text->str[i] != '/')
      return FALSE;
  if (pad % 4 == 1 || (pad < kept && kept % 4 != 0))
    return FALSE;

  while (text->len % 4 != 0)
    g_string_append_c (text, '=');

  return TRUE;
}

static GBytes *
decode (const char  *text,
        gboolean     base64,
        GError     **error)
{
  gboolean whole;
  GString *plain = skein_percent_decode (text, strlen (text), &whole);
  gsize length = 0;
  guchar *bytes;

  if (!base64 && whole)
    return g_string_free_to_bytes (plain);
  if (!whole || strlen (plain->str) != plain->len || !drop_blanks_and_check (plain))
    {
      g_string_free (plain, TRUE);
      g_set_error_literal (error, SKEIN_ERROR, SKEIN_ERROR_INVALID_ADDRESS, "damaged data");
      return NULL;
    }

  bytes = g_base64_decode (plain->str, &length);
  g_string_free (plain, TRUE);

  return g_bytes_new_take (bytes, length);
}

GBytes *
skein_data_uri_parse (const char  *uri,
                      char       **type,
                      GError     **error)
{
  g_autofree char *own_type = NULL;
  const char *head;
  const char *comma;
  gboolean base64;
  GBytes *bytes;

  g_return_val_if_fail (g_str_has_prefix (uri, PREFIX), NULL);

  head = uri + strlen (PREFIX);
  comma = strchr (head, ',');
  if (comma == NULL)
    {
      g_set_error_literal (error, SKEIN_ERROR, SKEIN_ERROR_INVALID_ADDRESS, "no comma before the data");
      return NULL;
    }

  base64 = parse_head (head, (gsize) (comma - head), &own_type);
  bytes = decode (comma + 1, base64, error);
  if (bytes != NULL && type != NULL)
    *type = g_steal_pointer (&own_type);

  return bytes;
}

char *
skein_data_uri_dup_name (const char *uri)
{
  g_autofree char *type = NULL;
  const char *head;

  g_return_val_if_fail (g_str_has_prefix (uri, PREFIX), NULL);

  head = uri + strlen (PREFIX);
  parse_head (head, strcspn (head, ","), &type);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (strcmp (endings[i].type, type) == 0)
      return g_strconcat ("download.", endings[i].ending, NULL);

  return g_strdup ("download");
}
