/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-text.h"

#include <string.h>

#define SUBSTITUTE 0x1a

/* Windows-1252, 0x80 … 0x9f; 0 where it has no character. */
static const guint16 windows_1252[32] = {
  0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
  0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017d, 0,
  0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
  0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
};

/* Letters and symbols by their type, but drawn as nothing: fillers and the like. */
static gboolean
is_blank_letter (gunichar c)
{
  return c == 0x034f || c == 0x115f || c == 0x1160 || c == 0x17b4 || c == 0x17b5 ||
         c == 0x2800 || c == 0x3164 || c == 0xffa0;
}

static gboolean
is_noncharacter (gunichar c)
{
  return (c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffe) == 0xfffe;
}

gboolean
skein_text_is_unsafe (gunichar c)
{
  GUnicodeType type;

  if (c < 0x80)
    return c < 0x20 || c == 0x7f;

  type = g_unichar_type (c);

  return type == G_UNICODE_CONTROL ||
         type == G_UNICODE_FORMAT ||
         type == G_UNICODE_SURROGATE ||
         type == G_UNICODE_LINE_SEPARATOR ||
         type == G_UNICODE_PARAGRAPH_SEPARATOR ||
         is_blank_letter (c) ||
         is_noncharacter (c);
}

static void
append_windows_1252 (GString *string,
                     guchar   byte)
{
  gunichar c = byte;

  if (byte >= 0x80 && byte < 0xa0 && windows_1252[byte - 0x80] != 0)
    c = windows_1252[byte - 0x80];

  g_string_append_unichar (string, c);
}

char *
skein_text_to_utf8 (const char *bytes,
                    gssize      length)
{
  g_autofree char *copy = NULL;
  GString *string;
  gsize n;

  g_return_val_if_fail (bytes != NULL || length == 0, NULL);

  n = length < 0 ? strlen (bytes) : (gsize) length;
  copy = g_malloc (n + 1);
  for (gsize i = 0; i < n; i++)
    copy[i] = bytes[i] == '\0' ? SUBSTITUTE : bytes[i];
  copy[n] = '\0';

  if (g_utf8_validate_len (copy, n, NULL))
    return g_steal_pointer (&copy);

  string = g_string_sized_new (n + n / 4);
  for (gsize i = 0; i < n; i++)
    append_windows_1252 (string, (guchar) copy[i]);

  return g_string_free (string, FALSE);
}

/* A cut through the middle of a character must not turn the whole text into Windows-1252. */
static gsize
cut_at_character (const char *bytes,
                  gsize       length,
                  gsize       limit)
{
  gsize cut = limit;

  if (length <= limit)
    return length;

  while (cut > limit - 4 && ((guchar) bytes[cut] & 0xc0) == 0x80)
    cut--;

  return cut;
}

char *
skein_text_dup_readable (const char *bytes,
                         gssize      length,
                         guint       max_chars)
{
  g_autofree char *utf8 = NULL;
  GString *string = g_string_new (NULL);
  gsize n = length < 0 ? strlen (bytes) : (gsize) length;
  guint chars = 0;

  g_assert (max_chars > 0);

  utf8 = skein_text_to_utf8 (bytes, (gssize) cut_at_character (bytes, n, (max_chars + 1) * 6));
  for (const char *p = utf8; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (++chars == max_chars && *g_utf8_next_char (p) != '\0')
        {
          g_string_append (string, "…");
          break;
        }

      g_string_append_unichar (string, skein_text_is_unsafe (c) ? 0xfffd : c);
    }

  return g_string_free (string, FALSE);
}
