/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-digest-spec.h"

#include <string.h>

#define BLANK     " \t"
#define HEX       "0123456789abcdefABCDEF"
#define BYTE_MARK "\xef\xbb\xbf"

/* sha256sum escapes what would break a line, and says so by a backslash before the line. */
static void
unescape (char *name)
{
  char *to = name;

  for (const char *p = name; *p != '\0'; p++)
    {
      if (p[0] == '\\' && p[1] != '\0' && strchr ("\\nr", p[1]) != NULL)
        {
          p++;
          *to++ = *p == 'n' ? '\n' : *p == 'r' ? '\r' : '\\';
        }
      else
        {
          *to++ = *p;
        }
    }
  *to = '\0';
}

/* "HEX  NAME", "HEX *NAME", "HEX" */
static SkeinDigest *
parse_plain (char  *line,
             char **name)
{
  gsize length = strspn (line, HEX);

  *name = line + length + strspn (line + length, BLANK);
  if (*name == line + length && **name != '\0')
    return NULL;
  if (**name == '*')
    (*name)++;
  line[length] = '\0';

  return skein_digest_parse (line);
}

/* "SHA256 (NAME) = HEX" */
static SkeinDigest *
parse_tagged (char  *line,
              char **name)
{
  char *open = strchr (line, '(');
  char *close = strrchr (line, ')');
  char *value;

  if (open == NULL || close == NULL || close < open)
    return NULL;

  value = close + 1 + strspn (close + 1, BLANK);
  if (*value != '=')
    return NULL;

  *open = '\0';
  *close = '\0';
  *name = open + 1;

  return skein_digest_new (g_strchomp (line), g_strstrip (value + 1));
}

static SkeinDigest *
parse_line (char  *line,
            char **name)
{
  gboolean escaped = line[0] == '\\';
  SkeinDigest *digest;

  g_strchomp (line);
  line += escaped;
  digest = g_ascii_isxdigit (line[0]) ? parse_plain (line, name) : parse_tagged (line, name);
  if (digest != NULL && escaped)
    unescape (*name);

  return digest;
}

static gboolean
is_named (const char *found,
          const char *name)
{
  while (g_str_has_prefix (found, "./"))
    found += 2;

  return strcmp (found, name) == 0;
}

static gboolean
has_no_name (const char *found)
{
  return *found == '\0' || strcmp (found, "-") == 0;
}

SkeinDigest *
skein_digest_find (const char *text,
                   gsize       length,
                   const char *name,
                   gboolean    alone)
{
  g_autoptr (SkeinDigest) best = NULL;
  g_autoptr (SkeinDigest) nameless = NULL;
  const char *end = text + length;
  guint n_digests = 0;

  if (length >= strlen (BYTE_MARK) && memcmp (text, BYTE_MARK, strlen (BYTE_MARK)) == 0)
    text += strlen (BYTE_MARK);

  while (text < end)
    {
      const char *stop = memchr (text, '\n', (gsize) (end - text));
      g_autofree char *line = g_strndup (text, (gsize) ((stop != NULL ? stop : end) - text));
      char *found = NULL;
      g_autoptr (SkeinDigest) digest = parse_line (line, &found);
      SkeinDigest **place = NULL;

      text = stop != NULL ? stop + 1 : end;
      if (digest == NULL)
        continue;

      n_digests++;
      if (is_named (found, name))
        place = &best;
      else if (has_no_name (found))
        place = &nameless;

      if (place != NULL && skein_digest_is_stronger (digest, *place))
        {
          g_clear_pointer (place, skein_digest_free);
          *place = g_steal_pointer (&digest);
        }
    }

  if (best == NULL && alone && n_digests == 1)
    return g_steal_pointer (&nameless);

  return g_steal_pointer (&best);
}
