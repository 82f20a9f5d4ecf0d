/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-file-name.h"

#include <string.h>

#include "skein-data-uri.h"
#include "skein-disposition.h"
#include "skein-percent.h"
#include "skein-text.h"
#include "skein-uri.h"

#define MAX_EXTENSION_LENGTH 16
#define STAND_IN             "download"

static gboolean
is_separator (char c)
{
  return c == '/' || c == '\\';
}

/* The last part of a path that is not empty: "a/b/" gives "b". */
static char *
last_part (const char *path)
{
  gsize end = strlen (path);
  gsize start;

  while (end > 0 && is_separator (path[end - 1]))
    end--;
  for (start = end; start > 0 && !is_separator (path[start - 1]); start--)
    ;

  return g_strndup (path + start, end - start);
}

static GString *
replace_unsafe (const char *name)
{
  GString *string = g_string_new (NULL);

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (skein_text_is_unsafe (c) || c == 0xfffd ||
          (c < 0x80 && strchr ("<>:\"|?*", (int) c) != NULL))
        g_string_append_c (string, '_');
      else
        g_string_append_unichar (string, c);
    }

  return string;
}

static void
trim_end (GString *string)
{
  while (string->len > 0)
    {
      const char *last = g_utf8_find_prev_char (string->str, string->str + string->len);
      gunichar c = g_utf8_get_char (last);

      if (c != '.' && !g_unichar_isspace (c))
        return;
      g_string_truncate (string, (gsize) (last - string->str));
    }
}

static void
trim_start (GString *string)
{
  const char *p = string->str;

  while (*p == '.' || *p == '-' || (*p != '\0' && g_unichar_isspace (g_utf8_get_char (p))))
    p = g_utf8_next_char (p);

  g_string_erase (string, 0, p - string->str);
}

static gboolean
is_reserved (const char *base,
             gsize       length)
{
  static const char * const words[] = { "con", "prn", "aux", "nul", "conin$", "conout$" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (strlen (words[i]) == length && g_ascii_strncasecmp (words[i], base, length) == 0)
        return TRUE;
    }

  if (g_ascii_strncasecmp (base, "com", 3) != 0 && g_ascii_strncasecmp (base, "lpt", 3) != 0)
    return FALSE;

  /* Windows counts the superscripts one, two and three too. */
  return (length == 4 && g_ascii_isdigit (base[3])) ||
         (length == 5 && (memcmp (base + 3, "\xc2\xb9", 2) == 0 ||
                          memcmp (base + 3, "\xc2\xb2", 2) == 0 ||
                          memcmp (base + 3, "\xc2\xb3", 2) == 0));
}

static void
mark_reserved (GString *string)
{
  gsize length = strcspn (string->str, ".");

  while (length > 0 && string->str[length - 1] == ' ')
    length--;
  if (is_reserved (string->str, length))
    g_string_insert_c (string, (gssize) length, '_');
}

/* Bytes of ".gz", ".tar.gz"; 0 if what follows the last dot looks like a part of the name ("v1.5"). */
static gsize
extension_length (const char *name)
{
  gsize length = strlen (name);
  const char *dot = strrchr (name, '.');
  gboolean letter = FALSE;
  gsize n;

  if (dot == NULL || dot == name)
    return 0;

  n = length - (gsize) (dot - name);
  if (n < 2 || n > MAX_EXTENSION_LENGTH)
    return 0;
  for (const char *p = dot + 1; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && *p != '-' && *p != '_')
        return 0;
      letter = letter || g_ascii_isalpha (*p);
    }
  if (!letter)
    return 0;

  if (length - n > 4 && g_ascii_strncasecmp (dot - 4, ".tar", 4) == 0)
    n += 4;

  return n;
}

/* Puts @middle before the extension and cuts the part before both until all fits. */
static void
fit (GString    *string,
     const char *middle)
{
  gsize extension = extension_length (string->str);
  gsize stem = string->len - extension;
  gsize room = SKEIN_FILE_NAME_MAX_LENGTH - extension - strlen (middle);

  if (stem > room)
    {
      gsize cut = room;

      while (cut > 0 && ((guchar) string->str[cut] & 0xc0) == 0x80)
        cut--;
      g_string_erase (string, (gssize) cut, (gssize) (stem - cut));
      stem = cut;
    }

  g_string_insert (string, (gssize) stem, middle);
}

/* NULL if nothing is left of the name. */
static char *
sanitize_or_null (const char *bytes,
                  gssize      length)
{
  g_autofree char *utf8 = skein_text_to_utf8 (bytes, length);
  g_autofree char *part = last_part (utf8);
  GString *string = replace_unsafe (part);

  trim_start (string);
  trim_end (string);
  fit (string, "");
  trim_end (string);

  /* Cutting can leave a reserved name, and marking can make one too long. */
  mark_reserved (string);
  fit (string, "");
  trim_end (string);

  return g_string_free (string, string->len == 0);
}

char *
skein_file_name_sanitize (const char *bytes,
                          gssize      length)
{
  char *name;

  g_return_val_if_fail (bytes != NULL || length == 0, NULL);

  name = sanitize_or_null (bytes, length);

  return name != NULL ? name : g_strdup (STAND_IN);
}

char *
skein_file_name_from_uri (const char *uri)
{
  const char *host;
  const char *path;
  gsize path_length;
  gsize start;
  GString *decoded;
  char *name;

  g_return_val_if_fail (uri != NULL, NULL);

  if (g_str_has_prefix (uri, "data:"))
    return skein_data_uri_dup_name (uri);

  host = strstr (uri, "://");
  host = host != NULL ? host + 3 : uri;
  path = host + strcspn (host, "/?#");
  path_length = strcspn (path, "?#");
  while (path_length > 0 && path[path_length - 1] == '/')
    path_length--;
  for (start = path_length; start > 0 && path[start - 1] != '/'; start--)
    ;

  decoded = skein_percent_decode (path + start, path_length - start, NULL);
  name = sanitize_or_null (decoded->str, (gssize) decoded->len);
  g_string_free (decoded, TRUE);

  if (name == NULL)
    {
      g_autofree char *label = skein_uri_dup_host_label (uri);

      return skein_file_name_sanitize (label, -1);
    }

  return name;
}

char *
skein_file_name_from_disposition (const char *value)
{
  g_autofree char *extended = NULL;
  g_autofree char *plain = NULL;
  char *name = NULL;

  if (value == NULL)
    return NULL;

  skein_disposition_parse (value, &extended, &plain);
  if (extended != NULL)
    name = sanitize_or_null (extended, -1);
  if (name == NULL && plain != NULL)
    name = sanitize_or_null (plain, -1);

  return name;
}

char *
skein_file_name_numbered (const char *name,
                          guint       n)
{
  g_autofree char *middle = g_strdup_printf (" (%u)", n);
  g_autofree char *safe = NULL;
  GString *string;

  g_return_val_if_fail (name != NULL, NULL);

  safe = skein_file_name_sanitize (name, -1);
  string = g_string_new (safe);
  fit (string, middle);

  return g_string_free (string, FALSE);
}
