/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-journal-line.h"

#include <string.h>

#include "skein-percent.h"

/* Longer than any path that can be opened. */
#define MOST_LENGTH (16 * 1024)

static void
append_path (GString    *line,
             const char *path)
{
  for (const char *p = path; *p != '\0'; p++)
    {
      guchar c = (guchar) *p;

      if (c <= 0x20 || c == 0x7f || c == '%')
        g_string_append_printf (line, "%%%02X", c);
      else
        g_string_append_c (line, *p);
    }
}

char *
skein_journal_line_format (const SkeinJournalEntry *entry)
{
  const char *digits = "0123456789abcdef";
  GString *line = g_string_sized_new (128);

  /* Once for each file: formatting each byte took longer than all the rest. */
  for (guint i = 0; i < G_N_ELEMENTS (entry->key.bytes); i++)
    {
      g_string_append_c (line, digits[entry->key.bytes[i] / 16]);
      g_string_append_c (line, digits[entry->key.bytes[i] % 16]);
    }
  g_string_append_printf (line, " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GINT64_FORMAT " ",
                          entry->size, entry->inode, entry->modified);
  append_path (line, entry->path);
  g_string_append_c (line, '\n');

  return g_string_free (line, FALSE);
}

static gboolean
parse_key (const char *word,
           SkeinKey   *key)
{
  if (strlen (word) != 2 * sizeof key->bytes)
    return FALSE;

  for (guint i = 0; i < sizeof key->bytes; i++)
    {
      int high = g_ascii_xdigit_value (word[2 * i]);
      int low = g_ascii_xdigit_value (word[2 * i + 1]);

      if (high < 0 || low < 0)
        return FALSE;
      key->bytes[i] = (guint8) (high * 16 + low);
    }

  return TRUE;
}

static gboolean
parse_path (const char  *word,
            char       **path)
{
  gboolean whole;
  GString *bytes = skein_percent_decode (word, strlen (word), &whole);
  gboolean good = whole && bytes->len > 0 && strlen (bytes->str) == bytes->len;

  *path = g_string_free (bytes, !good);

  return good;
}

gboolean
skein_journal_line_parse (const char        *line,
                          gsize              length,
                          SkeinJournalEntry *entry)
{
  g_autofree char *copy = NULL;
  g_auto (GStrv) words = NULL;

  if (length > MOST_LENGTH || memchr (line, '\0', length) != NULL)
    return FALSE;

  copy = g_strndup (line, length);
  words = g_strsplit (copy, " ", 6);

  return g_strv_length (words) == 5 &&
         parse_key (words[0], &entry->key) &&
         g_ascii_string_to_unsigned (words[1], 10, 0, G_MAXINT64, &entry->size, NULL) &&
         g_ascii_string_to_unsigned (words[2], 10, 0, G_MAXUINT64, &entry->inode, NULL) &&
         g_ascii_string_to_signed (words[3], 10, G_MININT64, G_MAXINT64, &entry->modified, NULL) &&
         parse_path (words[4], &entry->path);
}
