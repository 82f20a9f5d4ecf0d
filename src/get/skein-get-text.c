/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-get-text.h"

#include "skein-text.h"

#define ELLIPSIS "…"

char *
skein_get_text_escape (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *escaped = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!skein_text_is_unsafe (c))
        g_string_append_unichar (escaped, c);
      else if (c < 0x100)
        g_string_append_printf (escaped, "\\x%02x", c);
      else
        g_string_append_printf (escaped, "\\u%04x", c);
    }

  return g_string_free (escaped, FALSE);
}

static guint
get_width (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;

  return g_unichar_iswide (c) ? 2 : 1;
}

static guint
get_text_width (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    width += get_width (g_utf8_get_char (p));

  return width;
}

char *
skein_get_text_fit (const char *text,
                    guint       columns,
                    gboolean    pad)
{
  gboolean cut = get_text_width (text) > columns;
  guint room = cut && columns > 0 ? columns - 1 : columns;
  GString *line = g_string_new (NULL);
  guint used = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (used + get_width (c) > room)
        break;
      used += get_width (c);
      g_string_append_unichar (line, c);
    }

  if (cut && columns > 0)
    {
      g_string_append (line, ELLIPSIS);
      used++;
    }
  for (; pad && used < columns; used++)
    g_string_append_c (line, ' ');

  return g_string_free (line, FALSE);
}

void
skein_get_text_put (FILE       *stream,
                    const char *text)
{
  const char *charset;
  g_autofree char *converted = NULL;

  if (!g_get_charset (&charset))
    converted = g_convert_with_fallback (text, -1, charset, "UTF-8", "?", NULL, NULL, NULL);

  fputs (converted != NULL ? converted : text, stream);
  fflush (stream);
}
