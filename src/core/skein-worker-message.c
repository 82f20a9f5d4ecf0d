/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-worker-message.h"

#include "skein-error.h"

G_GNUC_PRINTF (2, 3)
static gboolean
refuse (GError     **error,
        const char  *format,
        ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (SKEIN_ERROR, SKEIN_ERROR_BAD_TASK, format, args);
  va_end (args);

  return FALSE;
}

static gboolean
is_character (const char *digits,
              guint       n)
{
  gunichar character = 0;

  for (guint i = 0; i < n; i++)
    {
      if (!g_ascii_isxdigit (digits[i]))
        return FALSE;
      character = character * 16 + (gunichar) g_ascii_xdigit_value (digits[i]);
    }

  return character != 0 && g_unichar_validate (character);
}

/* GLib takes \u and \U without a look at what they stand for, and ends the program for some. */
static gboolean
are_escapes_good (const char *line,
                  gsize       length)
{
  for (gsize i = 0; i + 1 < length; i++)
    {
      guint n;

      if (line[i] != '\\')
        continue;
      i++;
      n = line[i] == 'u' ? 4 : line[i] == 'U' ? 8 : 0;
      if (n > 0 && (i + n >= length || !is_character (line + i + 1, n)))
        return FALSE;
    }

  return TRUE;
}

GVariant *
skein_worker_message_parse (const char  *line,
                            gsize        length,
                            GError     **error)
{
  GVariant *message;

  /* What GLib says about a text that it cannot parse quotes it, and there may be a password in it. */
  if (length >= SKEIN_WORKER_LINE_MAX)
    refuse (error, "A message of more than %d bytes", SKEIN_WORKER_LINE_MAX);
  else if (!g_utf8_validate (line, (gssize) length, NULL))
    refuse (error, "A message that is not UTF-8");
  else if (!are_escapes_good (line, length))
    refuse (error, "A message with an escape that is no character");
  else if ((message = g_variant_parse (G_VARIANT_TYPE_VARDICT, line, line + length, NULL, NULL)) == NULL)
    refuse (error, "A message that is no dictionary of named values");
  else
    return message;

  return NULL;
}

char *
skein_worker_message_print (GVariant *self)
{
  g_autoptr (GVariant) message = g_variant_ref_sink (self);
  GString *line = g_variant_print_string (message, NULL, FALSE);

  g_assert (g_variant_is_of_type (message, G_VARIANT_TYPE_VARDICT));
  g_string_append_c (line, '\n');

  return g_string_free (line, FALSE);
}

static GVariant *
look_up (GVariant   *self,
         const char *key)
{
  return g_variant_lookup_value (self, key, NULL);
}

gboolean
skein_worker_message_get_text (GVariant    *self,
                               const char  *key,
                               const char **value,
                               GError     **error)
{
  g_autoptr (GVariant) field = look_up (self, key);

  *value = NULL;
  if (field == NULL)
    return TRUE;
  if (!g_variant_is_of_type (field, G_VARIANT_TYPE_STRING))
    return refuse (error, "%s is no text", key);

  /* It lies in the message, which outlives this reference. */
  g_variant_lookup (self, key, "&s", value);

  return TRUE;
}

gboolean
skein_worker_message_get_bytes (GVariant    *self,
                               const char  *key,
                               const char **value,
                               GError     **error)
{
  g_autoptr (GVariant) field = look_up (self, key);

  *value = NULL;
  if (field == NULL || !g_variant_is_of_type (field, G_VARIANT_TYPE_BYTESTRING))
    return skein_worker_message_get_text (self, key, value, error);

  /* Bytes without a NUL at their end are given as no bytes at all. */
  g_variant_lookup (self, key, "^&ay", value);

  return TRUE;
}

gboolean
skein_worker_message_get_texts (GVariant     *self,
                                const char   *key,
                                const char ***values,
                                GError      **error)
{
  g_autoptr (GVariant) field = look_up (self, key);

  *values = NULL;
  if (field == NULL)
    return TRUE;
  if (!g_variant_is_of_type (field, G_VARIANT_TYPE_STRING_ARRAY))
    return refuse (error, "%s is no list of texts", key);

  g_variant_lookup (self, key, "^a&s", values);

  return TRUE;
}

static gboolean
read_number (GVariant *field,
             gint64   *number)
{
  switch (g_variant_classify (field))
    {
    case G_VARIANT_CLASS_INT32:
      *number = g_variant_get_int32 (field);
      return TRUE;
    case G_VARIANT_CLASS_UINT32:
      *number = g_variant_get_uint32 (field);
      return TRUE;
    case G_VARIANT_CLASS_INT64:
      *number = g_variant_get_int64 (field);
      return TRUE;
    case G_VARIANT_CLASS_UINT64:
      *number = (gint64) MIN (g_variant_get_uint64 (field), G_MAXINT64);
      return TRUE;
    case G_VARIANT_CLASS_BOOLEAN:
    case G_VARIANT_CLASS_BYTE:
    case G_VARIANT_CLASS_INT16:
    case G_VARIANT_CLASS_UINT16:
    case G_VARIANT_CLASS_HANDLE:
    case G_VARIANT_CLASS_DOUBLE:
    case G_VARIANT_CLASS_STRING:
    case G_VARIANT_CLASS_OBJECT_PATH:
    case G_VARIANT_CLASS_SIGNATURE:
    case G_VARIANT_CLASS_VARIANT:
    case G_VARIANT_CLASS_MAYBE:
    case G_VARIANT_CLASS_ARRAY:
    case G_VARIANT_CLASS_TUPLE:
    case G_VARIANT_CLASS_DICT_ENTRY:
    default:
      return FALSE;
    }
}

gboolean
skein_worker_message_get_number (GVariant    *self,
                                 const char  *key,
                                 gint64       least,
                                 gint64       most,
                                 gint64      *value,
                                 GError     **error)
{
  g_autoptr (GVariant) field = look_up (self, key);
  gint64 number;

  if (field == NULL)
    return TRUE;
  if (!read_number (field, &number) || number < least || number > most)
    return refuse (error, "%s is no number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, key, least, most);

  *value = number;

  return TRUE;
}

gboolean
skein_worker_message_check_version (GVariant  *self,
                                    GError   **error)
{
  gint64 version = 0;

  if (!skein_worker_message_get_number (self, "version", 0, G_MAXINT64, &version, error))
    return FALSE;
  if (version != SKEIN_WORKER_VERSION)
    return refuse (error, "Version %" G_GINT64_FORMAT " is spoken here, not %d", version, SKEIN_WORKER_VERSION);

  return TRUE;
}
