/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-disposition.h"

#include <string.h>

#include "skein-charset.h"
#include "skein-percent.h"
#include "skein-text.h"

#define BLANK " \t\r\n"

/* RFC 8187: charset'language'percent-encoded. */
static char *
decode_extended (const char *value)
{
  const char *quote = strchr (value, '\'');
  const char *second = quote != NULL ? strchr (quote + 1, '\'') : NULL;
  const char *text = second != NULL ? second + 1 : value;
  gboolean whole;
  GString *bytes = skein_percent_decode (text, strlen (text), &whole);
  char *utf8 = NULL;

  if (whole)
    utf8 = skein_charset_decode (value, second != NULL ? (gsize) (quote - value) : 0, bytes);
  g_string_free (bytes, TRUE);

  return utf8;
}

/* Not in any standard, but sent and understood widely: percent-encoded UTF-8 without the star. */
static char *
decode_percent (const char *value)
{
  gboolean whole;
  GString *bytes = skein_percent_decode (value, strlen (value), &whole);
  char *utf8;

  if (!whole || !g_utf8_validate_len (bytes->str, bytes->len, NULL))
    g_string_assign (bytes, value);
  utf8 = skein_text_to_utf8 (bytes->str, (gssize) bytes->len);
  g_string_free (bytes, TRUE);

  return utf8;
}

static char *
decode_plain (const char *value)
{
  char *words = skein_charset_decode_words (value);

  return words != NULL ? words : decode_percent (value);
}

/* The last word, so that a type without its semicolon does no harm. */
static gboolean
is_named (const GString *parameter,
          const char    *name)
{
  const char *start = parameter->str;

  for (const char *p = start; *p != '\0'; p++)
    {
      if (g_ascii_isspace (*p))
        start = p + 1;
    }

  return g_ascii_strcasecmp (start, name) == 0;
}

/* Only \" and \\ are escapes: Windows paths are sent with bare backslashes, and cut later. */
static const char *
read_quoted (const char *p,
             GString    *value)
{
  while (*p != '\0' && *p != '"')
    {
      if (p[0] == '\\' && (p[1] == '"' || p[1] == '\\'))
        p++;
      g_string_append_c (value, *p++);
    }

  return p + strcspn (p, ";");
}

static const char *
read_parameter (const char *p,
                GString    *name,
                GString    *value)
{
  gsize length = strcspn (p, "=;");
  const char *end = p + length;

  g_string_set_size (value, 0);
  g_string_set_size (name, 0);
  g_string_append_len (name, p, (gssize) length);
  g_strchomp (name->str);

  if (*end != '=')
    return end;

  p = end + 1;
  p += strspn (p, BLANK);
  if (*p == '"')
    return read_quoted (p + 1, value);

  length = strcspn (p, ";");
  g_string_append_len (value, p, (gssize) length);
  g_strchomp (value->str);

  return p + length;
}

void
skein_disposition_parse (const char  *value,
                         char       **extended,
                         char       **plain)
{
  GString *name = g_string_new (NULL);
  GString *text = g_string_new (NULL);
  gboolean extended_seen = FALSE;

  *extended = NULL;
  *plain = NULL;

  for (const char *p = value; *p != '\0';)
    {
      p += strspn (p, ";" BLANK);
      p = read_parameter (p, name, text);

      if (!extended_seen && is_named (name, "filename*"))
        {
          extended_seen = TRUE;
          *extended = decode_extended (text->str);
        }
      else if (*plain == NULL && is_named (name, "filename"))
        {
          *plain = decode_plain (text->str);
        }
    }

  g_string_free (name, TRUE);
  g_string_free (text, TRUE);
}
