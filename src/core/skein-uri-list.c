/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-uri-list.h"

#include <string.h>

#include "skein-error.h"
#include "skein-uri-scan.h"
#include "skein-uri.h"

typedef struct
{
  SkeinUriList *list;
  GHashTable   *seen; /* addresses of the list */
  guint         line;
} Parser;

static void
append_reject (Parser     *parser,
               const char *text,
               gsize       length,
               GError     *error)
{
  g_ptr_array_add (parser->list->rejects,
                   skein_uri_reject_new (parser->line, text, (gssize) length, error));
}

static void
add_reject (Parser     *parser,
            const char *text,
            gsize       length,
            GError     *error)
{
  parser->list->rejected++;
  if (parser->list->rejects->len < SKEIN_URI_LIST_MAX_REJECTS)
    append_reject (parser, text, length, error);
  else
    g_error_free (error);
}

static void
cut (Parser     *parser,
     const char *text,
     gsize       length,
     const char *why)
{
  parser->list->cut = TRUE;
  append_reject (parser, text, length, g_error_new_literal (SKEIN_ERROR, SKEIN_ERROR_TOO_LARGE, why));
}

static char *
clean_piece (const char  *text,
             gsize        length,
             char       **login,
             GError     **error)
{
  g_autofree char *copy = NULL;

  if (memchr (text, '\0', length) != NULL)
    {
      g_set_error_literal (error, SKEIN_ERROR, SKEIN_ERROR_INVALID_ADDRESS, "control characters");
      return NULL;
    }

  copy = g_strndup (text, length);

  return skein_uri_clean (copy, login, error);
}

static void
add_piece (Parser     *parser,
           const char *text,
           gsize       length)
{
  SkeinUriList *list = parser->list;
  g_autofree char *login = NULL;
  GError *error = NULL;
  char *address;

  if (list->cut)
    return;

  address = clean_piece (text, length, &login, &error);
  if (address == NULL)
    {
      add_reject (parser, text, length, error);
    }
  else if (g_hash_table_contains (parser->seen, address))
    {
      list->repeated++;
      g_free (address);
    }
  else if (list->addresses->len == SKEIN_URI_LIST_MAX_ADDRESSES)
    {
      cut (parser, text, length, "too many addresses");
      g_free (address);
    }
  else
    {
      g_hash_table_add (parser->seen, address);
      g_ptr_array_add (list->addresses, address);
      g_ptr_array_add (list->logins, g_steal_pointer (&login));
    }
}

static void
strip (const char **p,
       const char **end)
{
  while (*p < *end && g_ascii_isspace (**p))
    (*p)++;
  while (*p < *end && g_ascii_isspace ((*end)[-1]))
    (*end)--;
}

static void
unwrap (const char **p,
        const char **end)
{
  if (*end - *p >= 2 &&
      ((**p == '<' && (*end)[-1] == '>') ||
       ((**p == '"' || **p == '\'') && **p == (*end)[-1])))
    {
      (*p)++;
      (*end)--;
      strip (p, end);
    }
}

/* Up to the blank before the next address, or the end: a blank alone may belong to the path. */
static const char *
find_piece_end (const char *p,
                const char *end)
{
  for (; p < end; p++)
    {
      if ((*p == ' ' || *p == '\t') && skein_uri_scan_starts (p + 1, end))
        return p;
    }

  return end;
}

static void
parse_line (Parser     *parser,
            const char *p,
            const char *end,
            gboolean    several)
{
  strip (&p, &end);
  if (p == end || *p == '#')
    return;

  while (p < end)
    {
      const char *start = p;
      const char *stop = several ? find_piece_end (p, end) : end;

      p = stop;
      strip (&start, &stop);
      if (several)
        unwrap (&start, &stop);
      if (start < stop)
        add_piece (parser, start, (gsize) (stop - start));
      while (p < end && g_ascii_isspace (*p))
        p++;
    }
}

static void
parse_prose (Parser     *parser,
             const char *p,
             const char *end)
{
  const char *start;
  const char *stop;

  while ((p = skein_uri_scan_next (p, end, &start, &stop)) != NULL)
    add_piece (parser, start, (gsize) (stop - start));
}

static const char *
find_line_end (const char *p,
               const char *end)
{
  while (p < end && *p != '\n' && *p != '\r')
    p++;

  return p;
}

static void
parse_lines (Parser           *parser,
             const char       *p,
             const char       *end,
             SkeinUriListForm  form)
{
  for (parser->line = 1; p < end && !parser->list->cut; parser->line++)
    {
      const char *stop = find_line_end (p, end);

      if (form == SKEIN_URI_LIST_PROSE)
        parse_prose (parser, p, stop);
      else if (form != SKEIN_URI_LIST_MOZ_URL || parser->line % 2 == 1)
        parse_line (parser, p, stop, form == SKEIN_URI_LIST_LINES);

      p = stop;
      if (end - p >= 2 && p[0] == '\r' && p[1] == '\n')
        p++;
      p++;
    }
}

static gunichar
read_utf16 (const guchar *p,
            gboolean      big)
{
  return big ? (gunichar) (p[0] << 8 | p[1]) : (gunichar) (p[1] << 8 | p[0]);
}

static GString *
decode_utf16 (const char *bytes,
              gsize       length,
              gboolean    big)
{
  const guchar *p = (const guchar *) bytes;
  GString *utf8 = g_string_sized_new (length / 2);

  for (gsize i = 0; i + 1 < length; i += 2)
    {
      gunichar c = read_utf16 (p + i, big);

      if (c >= 0xd800 && c < 0xdc00 && i + 3 < length)
        {
          gunichar low = read_utf16 (p + i + 2, big);

          if (low >= 0xdc00 && low < 0xe000)
            {
              c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
              i += 2;
            }
        }
      g_string_append_unichar (utf8, c >= 0xd800 && c < 0xe000 ? 0xfffd : c);
    }

  return utf8;
}

/* NULL if the bytes are to be read as they are. */
static GString *
decode (const char       *bytes,
        gsize             length,
        SkeinUriListForm  form)
{
  if (length >= 2 && memcmp (bytes, "\xff\xfe", 2) == 0)
    return decode_utf16 (bytes + 2, length - 2, FALSE);
  if (length >= 2 && memcmp (bytes, "\xfe\xff", 2) == 0)
    return decode_utf16 (bytes + 2, length - 2, TRUE);

  /* Some programs hand out this type in UTF-8; the scheme tells. */
  if (form == SKEIN_URI_LIST_MOZ_URL && length >= 2 && bytes[1] == '\0')
    return decode_utf16 (bytes, length, FALSE);

  return NULL;
}

static void
parse_text (Parser           *parser,
            const char       *text,
            gsize             length,
            SkeinUriListForm  form,
            gboolean          whole)
{
  const char *p = text;
  const char *end = text + length;
  SkeinUriList *list = parser->list;

  if (length >= 3 && memcmp (p, "\xef\xbb\xbf", 3) == 0)
    p += 3;

  /* A line cut through would give the address of something else. */
  while (!whole && end > p && end[-1] != '\n' && end[-1] != '\r')
    end--;
  while (end > p && end[-1] == '\0')
    end--;

  parse_lines (parser, p, end, form);

  if (!whole && !list->cut)
    cut (parser, "", 0, "the list is too long");
  if (form == SKEIN_URI_LIST_PROSE && list->addresses->len == 0 && list->rejects->len == 0)
    {
      parser->line = 1;
      add_reject (parser, p, (gsize) (end - p),
                  g_error_new_literal (SKEIN_ERROR, SKEIN_ERROR_INVALID_ADDRESS,
                                       "no address in the text"));
    }
}

SkeinUriList *
skein_uri_list_parse (const char       *bytes,
                      gsize             length,
                      SkeinUriListForm  form)
{
  SkeinUriList *list = g_new0 (SkeinUriList, 1);
  gsize taken = MIN (length, (gsize) SKEIN_URI_LIST_MAX_LENGTH);
  Parser parser = { .list = list };
  GString *decoded;

  g_return_val_if_fail (bytes != NULL || length == 0, NULL);

  list->addresses = g_ptr_array_new_with_free_func (g_free);
  list->logins = g_ptr_array_new_with_free_func (g_free);
  list->rejects = g_ptr_array_new_with_free_func ((GDestroyNotify) skein_uri_reject_free);
  parser.seen = g_hash_table_new (g_str_hash, g_str_equal);

  decoded = length > 0 ? decode (bytes, taken, form) : NULL;
  parse_text (&parser,
              decoded != NULL ? decoded->str : length > 0 ? bytes : "",
              decoded != NULL ? decoded->len : taken,
              form, taken == length);

  if (decoded != NULL)
    g_string_free (decoded, TRUE);
  g_hash_table_unref (parser.seen);

  return list;
}

void
skein_uri_list_free (SkeinUriList *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->addresses);
  g_ptr_array_unref (self->logins);
  g_ptr_array_unref (self->rejects);
  g_free (self);
}
