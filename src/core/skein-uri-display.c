/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-uri.h"

#include <string.h>

#include "skein-percent.h"
#include "skein-text.h"

#define DISPLAY_MAX_CHARS 4096
#define DISPLAY_MAX_DATA  80

static gboolean
is_readable (gunichar c)
{
  if (c < 0x80)
    return g_ascii_isalnum ((char) c) || (c != 0 && strchr ("-._~!'()*,[]{}^$", (int) c) != NULL);

  return g_unichar_isgraph (c) && !skein_text_is_unsafe (c);
}

/* The character that the escapes at @p stand for; 0 if it had better stay escaped. */
static gunichar
read_escapes (const char *p,
              gsize      *length)
{
  char bytes[5] = { 0 };
  gsize n = 0;
  gunichar c;

  do
    {
      int value = skein_percent_value (p + 3 * n);

      if (value <= 0)
        return 0;
      bytes[n++] = (char) value;
      c = g_utf8_get_char_validated (bytes, (gssize) n);
    }
  while (c == (gunichar) -2 && n < 4);

  *length = 3 * n;

  return c != (gunichar) -1 && c != (gunichar) -2 && is_readable (c) ? c : 0;
}

static char *
display_unclean (const char *text)
{
  const char *start = strstr (text, "://");
  const char *at;

  start = start != NULL ? start + 3 : text;
  at = memrchr (start, '@', strcspn (start, "/?#"));
  if (at != NULL)
    {
      g_autofree char *without = g_strdup_printf ("%.*s%s", (int) (start - text), text, at + 1);

      return skein_text_dup_readable (without, -1, DISPLAY_MAX_CHARS);
    }

  return skein_text_dup_readable (text, -1, DISPLAY_MAX_CHARS);
}

char *
skein_uri_dup_display (const char *uri)
{
  g_autofree char *clean = NULL;
  const char *path;
  GString *string;

  g_return_val_if_fail (uri != NULL, NULL);

  clean = skein_uri_clean_any (uri, NULL, NULL);
  if (clean == NULL)
    return display_unclean (uri);
  if (skein_uri_get_kind (clean) == SKEIN_URI_DATA)
    return skein_text_dup_readable (clean, -1, DISPLAY_MAX_DATA);

  path = strchr (strstr (clean, "://") + 3, '/');
  string = g_string_new_len (clean, path - clean);
  for (const char *p = path; *p != '\0';)
    {
      gsize length = 1;
      gunichar c = read_escapes (p, &length);

      if (c != 0)
        {
          g_string_append_unichar (string, c);
          p += length;
        }
      else
        {
          g_string_append_c (string, *p++);
        }
    }

  return g_string_free (string, FALSE);
}

char *
skein_uri_dup_masked (const char *text)
{
  const char *slashes;
  const char *start;
  const char *at;

  g_return_val_if_fail (text != NULL, NULL);

  slashes = strstr (text, "//");
  start = slashes != NULL ? slashes + 2 : text;
  at = memrchr (start, '@', strcspn (start, "/?#"));
  if (at == NULL)
    return g_strdup (text);

  return g_strdup_printf ("%.*s…%s", (int) (start - text), text, at);
}
