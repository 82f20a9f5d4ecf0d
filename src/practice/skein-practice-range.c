/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-practice-range.h"

#include <string.h>

#define WHOLE ((SkeinPracticeRange) { SKEIN_PRACTICE_RANGE_NONE, 0, 0 })

char *
skein_practice_range_dup_etag (SkeinPracticeResource    *resource,
                               const SkeinPracticeKnobs *knobs)
{
  if (knobs->etag == NULL)
    return g_strdup (resource->etag);
  if (skein_practice_knobs_is (knobs->etag, "none"))
    return NULL;
  if (skein_practice_knobs_is (knobs->etag, "weak"))
    return g_strconcat ("W/", resource->etag, NULL);

  return g_strdup (knobs->etag->str);
}

char *
skein_practice_range_dup_modified (SkeinPracticeResource    *resource,
                                   const SkeinPracticeKnobs *knobs)
{
  if (knobs->modified == NULL)
    return g_strdup (resource->modified);
  if (skein_practice_knobs_is (knobs->modified, "none"))
    return NULL;

  return g_strdup (knobs->modified->str);
}

static gboolean
condition_holds (SkeinPracticeRequest     *request,
                 SkeinPracticeResource    *resource,
                 const SkeinPracticeKnobs *knobs)
{
  const char *condition = skein_practice_request_get_header (request, "if-range");
  g_autofree char *etag = skein_practice_range_dup_etag (resource, knobs);
  g_autofree char *modified = skein_practice_range_dup_modified (resource, knobs);

  if (condition == NULL)
    return TRUE;
  if (condition[0] == '"')
    return !skein_practice_knobs_is (knobs->ranges, "dates-only") && g_strcmp0 (condition, etag) == 0;

  return g_strcmp0 (condition, modified) == 0;
}

/* Digits only; a number that is too large for 64 bits is as large as it can be. */
static gboolean
parse_digits (const char  *text,
              const char **end,
              guint64     *value)
{
  gsize digits = strspn (text, "0123456789");

  *end = text + digits;
  *value = g_ascii_strtoull (text, NULL, 10);

  return digits > 0;
}

static SkeinPracticeRange
parse (const char *text,
       guint64     size)
{
  SkeinPracticeRange range = { SKEIN_PRACTICE_RANGE_PART, 0, size - 1 };
  guint64 number;

  if (g_ascii_strncasecmp (text, "bytes=", 6) != 0)
    return WHOLE;
  text += 6;

  if (*text == '-')
    {
      if (!parse_digits (text + 1, &text, &number) || *text != '\0')
        return WHOLE;
      if (number == 0 || size == 0)
        range.kind = SKEIN_PRACTICE_RANGE_UNSATISFIABLE;
      range.first = size - MIN (number, size);
      return range;
    }

  if (!parse_digits (text, &text, &range.first) || *text++ != '-')
    return WHOLE;

  if (*text != '\0')
    {
      if (!parse_digits (text, &text, &number) || *text != '\0' || number < range.first)
        return WHOLE;
      range.last = MIN (number, range.last);
    }
  if (range.first >= size)
    range.kind = SKEIN_PRACTICE_RANGE_UNSATISFIABLE;

  return range;
}

static void
lie (SkeinPracticeRange       *range,
     guint64                   size,
     const SkeinPracticeKnobs *knobs)
{
  if (skein_practice_knobs_is (knobs->ranges, "lie-start"))
    {
      if (range->first < range->last)
        range->first++;
      else if (range->first > 0)
        range->first--;
    }
  else if (skein_practice_knobs_is (knobs->ranges, "lie-end"))
    range->last = range->first + (range->last - range->first) / 2;
  else if (skein_practice_knobs_is (knobs->ranges, "lie-long"))
    range->last = MIN (range->last + 1, size - 1);
}

SkeinPracticeRange
skein_practice_range_read (SkeinPracticeRequest     *request,
                           SkeinPracticeResource    *resource,
                           const SkeinPracticeKnobs *knobs)
{
  const char *text = skein_practice_request_get_header (request, "range");
  SkeinPracticeRange range;

  if (text == NULL || !g_str_equal (skein_practice_request_get_method (request), "GET") ||
      skein_practice_knobs_is (knobs->ranges, "no") || skein_practice_knobs_is (knobs->ranges, "ignore") ||
      !condition_holds (request, resource, knobs))
    return WHOLE;

  range = parse (text, resource->size);
  if (range.kind == SKEIN_PRACTICE_RANGE_PART)
    lie (&range, resource->size, knobs);

  return range;
}

char *
skein_practice_range_dup_header (const SkeinPracticeRange *self,
                                 SkeinPracticeResource    *resource,
                                 const SkeinPracticeKnobs *knobs)
{
  guint64 total = resource->size + (skein_practice_knobs_is (knobs->ranges, "lie-total") ? 1 : 0);
  g_autofree char *total_text = skein_practice_knobs_is (knobs->ranges, "unknown-total")
                                  ? g_strdup ("*")
                                  : g_strdup_printf ("%" G_GUINT64_FORMAT, total);

  if (self->kind == SKEIN_PRACTICE_RANGE_UNSATISFIABLE)
    return g_strconcat ("bytes */", total_text, NULL);

  return g_strdup_printf ("bytes %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT "/%s", self->first, self->last, total_text);
}
