/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-uri-scan.h"

#include <string.h>

#include "skein-text.h"

#define MAX_SCHEME_LENGTH 32

static gboolean
has_prefix (const char *p,
            const char *end,
            const char *prefix)
{
  gsize length = strlen (prefix);

  return (gsize) (end - p) >= length && g_ascii_strncasecmp (p, prefix, length) == 0;
}

gboolean
skein_uri_scan_starts (const char *p,
                       const char *end)
{
  return has_prefix (p, end, "http://") || has_prefix (p, end, "https://");
}

static gboolean
is_scheme_character (char c)
{
  return g_ascii_isalnum (c) || c == '+' || c == '-' || c == '.';
}

/* Where the scheme before @colon starts; "end.http:" counts as http. */
static const char *
find_scheme (const char *begin,
             const char *colon)
{
  const char *p = colon;
  const char *word = colon;

  while (p > begin && colon - p < MAX_SCHEME_LENGTH && is_scheme_character (p[-1]))
    p--;
  while (p < colon && !g_ascii_isalpha (*p))
    p++;

  while (word > p && g_ascii_isalnum (word[-1]))
    word--;
  if (has_prefix (word, colon + 1, "http:") || has_prefix (word, colon + 1, "https:"))
    return word;

  return p;
}

/* Quotes, brackets and stops of other scripts are never typed into an address without escapes. */
static gboolean
ends_address (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return g_unichar_isspace (c) || skein_text_is_unsafe (c) ||
         type == G_UNICODE_OPEN_PUNCTUATION || type == G_UNICODE_CLOSE_PUNCTUATION ||
         type == G_UNICODE_INITIAL_PUNCTUATION || type == G_UNICODE_FINAL_PUNCTUATION ||
         c == 0x2026 || c == 0x3001 || c == 0x3002 ||
         c == 0xff01 || c == 0xff0c || c == 0xff1b || c == 0xff1f;
}

static const char *
find_end (const char *p,
          const char *end)
{
  while (p < end)
    {
      guchar c = (guchar) *p;
      gunichar wide = c;

      if (c <= 0x20 || c == 0x7f || strchr ("<>\"`", c) != NULL)
        return p;
      if ((c == ',' || c == ';' || c == '|') && skein_uri_scan_starts (p + 1, end))
        return p;

      if (c >= 0x80)
        wide = g_utf8_get_char_validated (p, end - p);
      if (wide == (gunichar) -1 || wide == (gunichar) -2 || c < 0x80)
        p++;
      else if (ends_address (wide))
        return p;
      else
        p = g_utf8_next_char (p);
    }

  return end;
}

static const char *
trim (const char *start,
      const char *stop)
{
  static const char openers[] = "([{";
  static const char closers[] = ")]}";
  gssize open[3] = { 0 };

  for (const char *p = start; p < stop; p++)
    {
      for (int i = 0; i < 3; i++)
        open[i] += (*p == openers[i]) - (*p == closers[i]);
    }

  for (; stop > start; stop--)
    {
      char last = stop[-1];
      const char *closer = strchr (closers, last);
      const char *opener = strchr (openers, last);

      if (closer != NULL)
        {
          if (open[closer - closers] >= 0)
            break;
          open[closer - closers]++;
        }
      else if (opener != NULL)
        {
          open[opener - openers]--;
        }
      else if (strchr (".,;:!?'*", last) == NULL)
        {
          break;
        }
    }

  return stop;
}

const char *
skein_uri_scan_next (const char  *p,
                     const char  *end,
                     const char **start,
                     const char **stop)
{
  const char *colon = p;

  for (; (colon = memchr (colon, ':', (gsize) (end - colon))) != NULL; colon++)
    {
      const char *scheme = find_scheme (p, colon);
      gboolean magnet = has_prefix (scheme, end, "magnet:?");
      const char *after;

      /* One letter is a drive. */
      if (colon - scheme < 2 || !(magnet || has_prefix (colon, end, "://")))
        continue;

      after = find_end (colon + 1, end);
      *start = scheme;
      *stop = trim (scheme, after);

      return after;
    }

  return NULL;
}
