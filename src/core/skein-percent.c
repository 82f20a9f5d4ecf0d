/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-percent.h"

int
skein_percent_value (const char *p)
{
  if (p[0] != '%' || !g_ascii_isxdigit (p[1]) || !g_ascii_isxdigit (p[2]))
    return -1;

  return g_ascii_xdigit_value (p[1]) * 16 + g_ascii_xdigit_value (p[2]);
}

GString *
skein_percent_decode (const char *text,
                      gsize       length,
                      gboolean   *whole)
{
  GString *bytes = g_string_sized_new (length);

  if (whole != NULL)
    *whole = TRUE;

  for (gsize i = 0; i < length; i++)
    {
      int value = length - i >= 3 ? skein_percent_value (text + i) : -1;

      if (value >= 0)
        {
          g_string_append_c (bytes, (char) value);
          i += 2;
          continue;
        }

      if (text[i] == '%' && whole != NULL)
        *whole = FALSE;
      g_string_append_c (bytes, text[i]);
    }

  return bytes;
}
