/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-pattern.h"

#include <string.h>

#include "skein-error.h"

typedef enum
{
  PART_TEXT,
  PART_NUMBERS,
  PART_LETTERS,
  PART_SET,
} PartKind;

typedef struct
{
  PartKind    kind;
  const char *text;   /* of a text or set: where it starts, without braces */
  gsize       length;
  guint64     first;  /* of a range */
  guint64     step;
  int         width;
  guint64     count;
} Part;

static gboolean
refuse (GError     **error,
        SkeinError   code,
        const char  *what)
{
  g_set_error_literal (error, SKEIN_ERROR, (int) code, what);

  return FALSE;
}

/* Digits; what they say is %FALSE beyond 64 bits. */
static gboolean
read_number (const char **p,
             guint64     *number)
{
  gboolean fits = TRUE;

  for (*number = 0; g_ascii_isdigit (**p); (*p)++)
    {
      fits = fits && g_uint64_checked_mul (number, *number, 10) &&
             g_uint64_checked_add (number, *number, (guint64) (**p - '0'));
    }

  return fits;
}

static const char *
skip_digits (const char *p)
{
  while (g_ascii_isdigit (*p))
    p++;

  return p;
}

/* Where a range that starts at @p, with a bracket, ends; %NULL if it has not the form of one. */
static const char *
find_range_end (const char *p)
{
  const char *start = p + 1;

  if (g_ascii_isalpha (start[0]) && start[1] == '-' && g_ascii_isalpha (start[2]))
    {
      p = start + 3;
    }
  else
    {
      p = skip_digits (start);
      if (p == start || *p != '-' || !g_ascii_isdigit (p[1]))
        return NULL;
      p = skip_digits (p + 1);
    }

  if (*p == ':' && g_ascii_isdigit (p[1]))
    p = skip_digits (p + 1);

  return *p == ']' ? p + 1 : NULL;
}

static gboolean
finish_range (Part     *part,
              guint64   last,
              GError  **error)
{
  if (last < part->first)
    return refuse (error, SKEIN_ERROR_INVALID_ADDRESS, "a range that runs backwards");
  if (part->step == 0)
    return refuse (error, SKEIN_ERROR_INVALID_ADDRESS, "a range with a step of nothing");

  part->count = (last - part->first) / part->step;
  if (!g_uint64_checked_add (&part->count, part->count, 1))
    return refuse (error, SKEIN_ERROR_TOO_LARGE, "a range that is too large");

  return TRUE;
}

static gboolean
read_step (const char  *p,
           guint64     *step,
           GError     **error)
{
  *step = 1;
  if (*p != ':')
    return TRUE;
  p++;

  return read_number (&p, step) || refuse (error, SKEIN_ERROR_TOO_LARGE, "a step that is too large");
}

static gboolean
read_letters (const char  *p,
              Part        *part,
              GError     **error)
{
  part->kind = PART_LETTERS;
  part->first = (guint64) p[0];
  if (g_ascii_isupper (p[0]) != g_ascii_isupper (p[2]))
    return refuse (error, SKEIN_ERROR_INVALID_ADDRESS, "a range of small and capital letters");

  return read_step (p + 3, &part->step, error) && finish_range (part, (guint64) p[2], error);
}

static gboolean
read_numbers (const char  *p,
              Part        *part,
              GError     **error)
{
  const char *second = skip_digits (p) + 1;
  gsize first_width = (gsize) (second - 1 - p);
  gsize last_width = (gsize) (skip_digits (second) - second);
  gboolean padded = (*p == '0' && first_width > 1) || (*second == '0' && last_width > 1);
  guint64 last = 0;

  part->kind = PART_NUMBERS;
  part->width = padded ? (int) MAX (first_width, last_width) : 0;
  if (MAX (first_width, last_width) > G_MAXINT16 ||
      !read_number (&p, &part->first) || !read_number (&second, &last))
    return refuse (error, SKEIN_ERROR_TOO_LARGE, "a number that is too large");

  return read_step (second, &part->step, error) && finish_range (part, last, error);
}

static gboolean
is_escape (const char *p,
           gboolean    in_set)
{
  return p[0] == '\\' && p[1] != '\0' && strchr (in_set ? "[]{}," : "[]{}", p[1]) != NULL;
}

/* Reads the braces at @p up to the first one that closes, which is where @close then stands; a set has
 * choices. */
static gboolean
read_set (const char  *p,
          Part        *part,
          const char **close,
          GError     **error)
{
  gboolean nested = FALSE;

  *part = (Part) { .kind = PART_SET, .text = p + 1, .count = 1 };
  for (p++; *p != '\0' && *p != '}'; p++)
    {
      if (is_escape (p, TRUE))
        p++;
      else if (*p == ',')
        part->count++;
      else if (*p == '{' || (*p == '[' && find_range_end (p) != NULL))
        nested = TRUE;
    }

  *close = p;
  part->length = (gsize) (p - part->text);
  if (*p == '\0')
    part->count = 1;
  if (part->count > 1 && nested)
    return refuse (error, SKEIN_ERROR_INVALID_ADDRESS, "a range or a set inside a set");

  return TRUE;
}

static gboolean
read_range (const char  *p,
            Part        *part,
            const char **end,
            GError     **error)
{
  *end = find_range_end (p);
  if (*end == NULL)
    return TRUE;
  if (g_ascii_isalpha (p[1]))
    return read_letters (p + 1, part, error);

  return read_numbers (p + 1, part, error);
}

static void
add_text (GArray     *parts,
          const char *start,
          const char *end)
{
  Part part = { .kind = PART_TEXT, .text = start, .length = (gsize) (end - start), .count = 1 };

  if (start < end)
    g_array_append_val (parts, part);
}

/* Reads the range or set at @p; @end is %NULL if there is none. @plain is how far there is no set: braces
 * without choices are not gone through again for each one inside of them. */
static gboolean
read_part (const char  *p,
           Part        *part,
           const char **end,
           const char **plain,
           GError     **error)
{
  *end = NULL;
  *part = (Part) { 0 };
  if (*p == '[')
    return read_range (p, part, end, error);
  if (*p != '{' || p < *plain)
    return TRUE;

  if (!read_set (p, part, plain, error))
    return FALSE;
  if (part->count > 1)
    *end = *plain + 1;

  return TRUE;
}

static GArray *
read_parts (const char  *text,
            GError     **error)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (Part));
  const char *plain = text;
  const char *start = text;
  const char *p = text;

  while (*p != '\0')
    {
      const char *end;
      Part part;

      if (!read_part (p, &part, &end, &plain, error))
        return NULL;

      if (end != NULL)
        {
          add_text (parts, start, p);
          g_array_append_val (parts, part);
          start = p = end;
        }
      else
        {
          p += is_escape (p, FALSE) ? 2 : 1;
        }
    }
  add_text (parts, start, p);

  return g_steal_pointer (&parts);
}

static guint64
count_parts (GArray  *parts,
             GError **error)
{
  guint64 count = 1;

  for (guint i = 0; i < parts->len; i++)
    {
      if (!g_uint64_checked_mul (&count, count, g_array_index (parts, Part, i).count))
        {
          refuse (error, SKEIN_ERROR_TOO_LARGE, "more addresses than can be counted");
          return 0;
        }
    }

  return count;
}

guint64
skein_pattern_count (const char  *text,
                     GError     **error)
{
  g_autoptr (GArray) parts = NULL;

  g_return_val_if_fail (text != NULL, 0);

  parts = read_parts (text, error);

  return parts != NULL ? count_parts (parts, error) : 0;
}

static void
append_unescaped (GString    *string,
                  const char *text,
                  gsize       length,
                  gboolean    in_set)
{
  for (gsize i = 0; i < length; i++)
    {
      if (i + 1 < length && is_escape (text + i, in_set))
        i++;
      g_string_append_c (string, text[i]);
    }
}

static void
append_choice (GString    *string,
               const Part *part,
               guint64     index)
{
  const char *p = part->text;
  const char *end = p + part->length;

  for (const char *start = p;; start = ++p)
    {
      while (p < end && *p != ',')
        p += is_escape (p, TRUE) ? 2 : 1;
      if (index-- == 0)
        {
          append_unescaped (string, start, (gsize) (p - start), TRUE);
          return;
        }
    }
}

static void
append_part (GString    *string,
             const Part *part,
             guint64     index)
{
  switch (part->kind)
    {
    case PART_TEXT:
      append_unescaped (string, part->text, part->length, FALSE);
      break;

    case PART_NUMBERS:
      g_string_append_printf (string, "%0*" G_GUINT64_FORMAT, part->width,
                              part->first + index * part->step);
      break;

    case PART_LETTERS:
      g_string_append_c (string, (char) (part->first + index * part->step));
      break;

    case PART_SET:
      append_choice (string, part, index);
      break;

    default:
      g_assert_not_reached ();
    }
}

static char *
build (GArray  *parts,
       guint64  number,
       guint64  count)
{
  GString *string = g_string_new (NULL);

  for (guint i = 0; i < parts->len; i++)
    {
      const Part *part = &g_array_index (parts, Part, i);

      count /= part->count;
      append_part (string, part, number / count);
      number %= count;
    }

  return g_string_free (string, FALSE);
}

gboolean
skein_pattern_expand (const char  *text,
                      guint        most,
                      GPtrArray  **addresses,
                      GError     **error)
{
  g_autoptr (GArray) parts = NULL;
  guint64 count;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (addresses != NULL, FALSE);

  *addresses = NULL;
  parts = read_parts (text, error);
  count = parts != NULL ? count_parts (parts, error) : 0;
  if (count == 0)
    return FALSE;

  if (count > most)
    {
      g_set_error (error, SKEIN_ERROR, SKEIN_ERROR_TOO_LARGE,
                   "%" G_GUINT64_FORMAT " addresses, but no more than %u are allowed", count, most);
      return FALSE;
    }

  /* No address is longer than the pattern it comes from. */
  if (count > 1 && strlen (text) > SKEIN_PATTERN_MAX_LENGTH / count)
    return refuse (error, SKEIN_ERROR_TOO_LARGE, "addresses that are too long together");

  *addresses = g_ptr_array_new_full ((guint) count, g_free);
  for (guint64 i = 0; i < count; i++)
    g_ptr_array_add (*addresses, build (parts, i, count));

  return TRUE;
}
