/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-charset.h"

#include <string.h>

#include "skein-text.h"

/* RFC 2047 allows 75; senders put whole names into one. */
#define MAX_WORD_LENGTH 4096

/* The rarer converters of iconv had memory faults; a server must not be able to choose one of them. */
static const char * const known[] = {
  "ISO-8859-2", "ISO-8859-5", "ISO-8859-15", "WINDOWS-1250", "WINDOWS-1251", "KOI8-R", "SHIFT_JIS",
  "EUC-JP", "GBK", "GB2312", "GB18030", "BIG5", "EUC-KR",
};

static const char *
find_known (const char *charset,
            gsize       length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      if (strlen (known[i]) == length && g_ascii_strncasecmp (known[i], charset, length) == 0)
        return known[i];
    }

  return NULL;
}

char *
skein_charset_decode (const char    *charset,
                      gsize          charset_length,
                      const GString *bytes)
{
  const char *name = find_known (charset, charset_length);
  g_autofree char *utf8 = NULL;
  gsize written = 0;

  if (name != NULL)
    utf8 = g_convert (bytes->str, (gssize) bytes->len, "UTF-8", name, NULL, &written, NULL);

  return utf8 != NULL ? skein_text_to_utf8 (utf8, (gssize) written)
                      : skein_text_to_utf8 (bytes->str, (gssize) bytes->len);
}

static GString *
decode_q (const char *text,
          gsize       length)
{
  GString *bytes = g_string_sized_new (length);

  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '=' && length - i >= 3 &&
          g_ascii_isxdigit (text[i + 1]) && g_ascii_isxdigit (text[i + 2]))
        {
          g_string_append_c (bytes, (char) (g_ascii_xdigit_value (text[i + 1]) * 16 +
                                            g_ascii_xdigit_value (text[i + 2])));
          i += 2;
        }
      else
        {
          g_string_append_c (bytes, text[i] == '_' ? ' ' : text[i]);
        }
    }

  return bytes;
}

static GString *
decode_b (const char *text,
          gsize       length)
{
  g_autofree char *copy = g_strndup (text, length);
  g_autofree guchar *data = NULL;
  gsize n = 0;

  data = g_base64_decode (copy, &n);

  return g_string_new_len ((const char *) data, (gssize) n);
}

/* One "=?charset?Q?text?=" at @p; its end in @end. */
static char *
decode_word (const char  *p,
             const char **end)
{
  const char *charset;
  const char *mode;
  const char *text;
  const char *stop;
  gsize charset_length;
  GString *bytes;
  char *utf8;

  if (!g_str_has_prefix (p, "=?"))
    return NULL;

  charset = p + 2;
  charset_length = strcspn (charset, "?* ");
  mode = charset + charset_length + strcspn (charset + charset_length, "? ");
  if (mode[0] != '?' || mode[1] == '\0' || mode[2] != '?')
    return NULL;

  text = mode + 3;
  stop = memmem (text, strnlen (text, MAX_WORD_LENGTH), "?=", 2);
  if (stop == NULL || strchr ("BbQq", mode[1]) == NULL)
    return NULL;

  bytes = mode[1] == 'B' || mode[1] == 'b' ? decode_b (text, (gsize) (stop - text))
                                           : decode_q (text, (gsize) (stop - text));
  utf8 = skein_charset_decode (charset, charset_length, bytes);
  g_string_free (bytes, TRUE);
  *end = stop + 2;

  return utf8;
}

char *
skein_charset_decode_words (const char *text)
{
  GString *string = g_string_new (NULL);
  gboolean found = FALSE;
  const char *p = text;
  char *utf8;

  while (*p != '\0')
    {
      const char *end = NULL;
      g_autofree char *word = decode_word (p, &end);

      if (word == NULL)
        {
          g_string_append_c (string, *p++);
          continue;
        }

      found = TRUE;
      g_string_append (string, word);
      p = end + strspn (end, " \t");
      if (!g_str_has_prefix (p, "=?"))
        p = end;
    }

  utf8 = found ? skein_text_to_utf8 (string->str, (gssize) string->len) : NULL;
  g_string_free (string, TRUE);

  return utf8;
}
