/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-practice-resource.h"

#include "skein-practice-page.h"
#include "skein-practice-picture.h"

#include <string.h>

/* 2024-01-01. The same in every run, so that a download can go on after the server was started anew. */
#define MODIFIED G_GINT64_CONSTANT (1704067200)
#define DAY      (24 * 60 * 60)

/* Bytes by which every other version is longer, if sizes change. */
#define LONGER 1000

char *
skein_practice_http_date (gint64 time)
{
  static const char days[][4] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time);

  return g_strdup_printf ("%s, %02d %s %04d %02d:%02d:%02d GMT",
                          days[g_date_time_get_day_of_week (date) - 1],
                          g_date_time_get_day_of_month (date),
                          months[g_date_time_get_month (date) - 1],
                          g_date_time_get_year (date),
                          g_date_time_get_hour (date),
                          g_date_time_get_minute (date),
                          g_date_time_get_second (date));
}

static SkeinPracticeResource *
resource_new (const char *type,
              GBytes     *bytes)
{
  SkeinPracticeResource *self = g_new0 (SkeinPracticeResource, 1);

  self->type = g_strdup (type);
  self->bytes = bytes;
  self->size = bytes != NULL ? g_bytes_get_size (bytes) : 0;

  return self;
}

static SkeinPracticeResource *
find_bytes (const char               *size,
            const SkeinPracticeKnobs *knobs,
            guint                     version)
{
  g_autoptr (SkeinPracticeResource) self = resource_new ("application/octet-stream", NULL);

  if (!skein_practice_knobs_parse_size (size, &self->size))
    return NULL;

  self->seed = (knobs->seed != SKEIN_PRACTICE_UNSET ? knobs->seed : 0) + version;
  if (knobs->swap_size && version % 2 == 1)
    self->size += LONGER;

  return g_steal_pointer (&self);
}

static SkeinPracticeResource *
find_picture (const char *name,
              guint       version)
{
  g_auto (GStrv) parts = g_strsplit (name, ".", 2);
  guint64 number;

  if (parts[0] == NULL || parts[0][0] == '0' || parts[1] == NULL || !g_str_equal (parts[1], "png") ||
      !g_ascii_string_to_unsigned (parts[0], 10, 1, SKEIN_PRACTICE_PICTURES, &number, NULL))
    return NULL;

  number = (number - 1 + version) % SKEIN_PRACTICE_PICTURES + 1;

  return resource_new ("image/png", skein_practice_picture_get (number));
}

static SkeinPracticeResource *
find (const char               *path,
      const SkeinPracticeKnobs *knobs,
      guint                     version,
      const char               *address)
{
  if (g_str_has_prefix (path, "/bytes/"))
    return find_bytes (path + strlen ("/bytes/"), knobs, version);
  if (g_str_has_prefix (path, "/pictures/"))
    return find_picture (path + strlen ("/pictures/"), version);
  if (g_str_equal (path, "/list"))
    return resource_new ("text/plain; charset=utf-8",
                         skein_practice_page_list_pictures (address, knobs->count, knobs->each != NULL ? knobs->each->str : NULL));
  if (g_str_equal (path, "/") || path[0] == '\0')
    return skein_practice_knobs_is (knobs->format, "list")
             ? resource_new ("text/plain; charset=utf-8", skein_practice_page_list (address))
             : resource_new ("text/html; charset=utf-8", skein_practice_page_new (address));

  return NULL;
}

SkeinPracticeResource *
skein_practice_resource_find (const char               *path,
                              const SkeinPracticeKnobs *knobs,
                              guint                     version,
                              const char               *address)
{
  SkeinPracticeResource *self = find (path, knobs, version, address);
  guint admitted = knobs->change_silently ? 0 : version;

  if (self == NULL)
    return NULL;

  self->flip = knobs->flip;
  self->etag = g_strdup_printf ("\"%08x-%" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER "x-%u\"", g_str_hash (path),
                                self->bytes != NULL ? 0 : self->seed - version, self->size, admitted);
  self->modified = skein_practice_http_date (MODIFIED + (gint64) admitted * DAY);

  return self;
}

void
skein_practice_resource_free (SkeinPracticeResource *self)
{
  g_free (self->type);
  g_free (self->etag);
  g_free (self->modified);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

static void
add_true (SkeinPracticeResource *self,
          SkeinPracticeBody     *body,
          guint64                start,
          guint64                length)
{
  if (self->bytes != NULL)
    skein_practice_body_add_bytes (body, self->bytes, start, length);
  else
    skein_practice_body_add_pattern (body, self->seed, start, length);
}

static guint8
byte_at (SkeinPracticeResource *self,
         guint64                offset)
{
  guint8 byte;

  if (self->bytes != NULL)
    return ((const guint8 *) g_bytes_get_data (self->bytes, NULL))[offset];

  skein_practice_pattern_fill (self->seed, offset, &byte, 1);

  return byte;
}

void
skein_practice_resource_add_to (SkeinPracticeResource *self,
                                SkeinPracticeBody     *body,
                                guint64                start,
                                guint64                length)
{
  guint8 other;
  g_autoptr (GBytes) lie = NULL;

  if (self->flip < start || self->flip - start >= length)
    {
      add_true (self, body, start, length);
      return;
    }

  other = byte_at (self, self->flip) ^ 0xff;
  lie = g_bytes_new (&other, 1);
  if (self->flip > start)
    add_true (self, body, start, self->flip - start);
  skein_practice_body_add_bytes (body, lie, 0, 1);
  if (length - (self->flip - start) > 1)
    add_true (self, body, self->flip + 1, length - (self->flip - start) - 1);
}
