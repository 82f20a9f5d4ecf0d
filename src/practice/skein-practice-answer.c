/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-practice-answer.h"

#include "skein-practice-range.h"
#include "skein-practice-resource.h"

#include <string.h>

#define BOUNDARY "skein-practice-part"

const char *
skein_practice_reason (guint status)
{
  static const struct { guint status; const char *reason; } reasons[] = {
    { 200, "OK" }, { 204, "No Content" }, { 205, "Reset Content" }, { 206, "Partial Content" },
    { 300, "Multiple Choices" }, { 301, "Moved Permanently" }, { 302, "Found" }, { 303, "See Other" },
    { 304, "Not Modified" }, { 307, "Temporary Redirect" }, { 308, "Permanent Redirect" },
    { 400, "Bad Request" }, { 401, "Unauthorized" }, { 403, "Forbidden" }, { 404, "Not Found" },
    { 407, "Proxy Authentication Required" }, { 408, "Request Timeout" }, { 410, "Gone" },
    { 416, "Range Not Satisfiable" }, { 429, "Too Many Requests" }, { 431, "Request Header Fields Too Large" },
    { 500, "Internal Server Error" }, { 501, "Not Implemented" }, { 502, "Bad Gateway" },
    { 503, "Service Unavailable" }, { 504, "Gateway Timeout" }, { 511, "Network Authentication Required" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (reasons[i].status == status)
      return reasons[i].reason;

  return "Unknown";
}

static SkeinPracticeAnswer *
answer_new (guint       status,
            const char *type)
{
  SkeinPracticeAnswer *self = g_new0 (SkeinPracticeAnswer, 1);

  self->status = status;
  self->type = g_strdup (type);
  self->fields = g_string_new (NULL);

  return self;
}

void
skein_practice_answer_free (SkeinPracticeAnswer *self)
{
  g_string_free (self->fields, TRUE);
  skein_practice_body_clear (&self->body);
  g_free (self->type);
  g_free (self);
}

SkeinPracticeAnswer *
skein_practice_answer_new_error (guint       status,
                                 const char *text)
{
  SkeinPracticeAnswer *self = answer_new (status, "text/plain; charset=utf-8");
  g_autofree char *line = g_strdup_printf ("%u %s\n", status, text != NULL ? text : skein_practice_reason (status));

  skein_practice_body_add_text (&self->body, line);

  return self;
}

static void
add_field (SkeinPracticeAnswer *self,
           const char          *name,
           const char          *value)
{
  g_string_append_printf (self->fields, "%s: %s\r\n", name, value);
}

static void
add_raw_field (SkeinPracticeAnswer *self,
               const char          *name,
               const GString       *value)
{
  g_string_append_printf (self->fields, "%s: ", name);
  g_string_append_len (self->fields, value->str, value->len);
  g_string_append (self->fields, "\r\n");
}

static gboolean
is_authorized (SkeinPracticeRequest *request,
               const GString        *login)
{
  const char *header = skein_practice_request_get_header (request, "authorization");
  g_autofree char *encoded = g_base64_encode ((const guchar *) login->str, login->len);

  return header != NULL && g_ascii_strncasecmp (header, "Basic ", 6) == 0 && g_str_equal (header + 6, encoded);
}

gboolean
skein_practice_answer_is_failing (const SkeinPracticeKnobs     *knobs,
                                  const SkeinPracticeSituation *situation)
{
  return situation->nth <= knobs->fail_first;
}

/* The status= the request is to get, or 0 if it is to be answered properly. */
static guint
forced_status (const SkeinPracticeKnobs     *knobs,
               const SkeinPracticeSituation *situation)
{
  gboolean conditional = knobs->fail_first > 0 || knobs->max_connections > 0;
  gboolean met = skein_practice_answer_is_failing (knobs, situation) ||
                 (knobs->max_connections > 0 && situation->under_way > knobs->max_connections);

  if (!conditional)
    return knobs->status;
  if (!met)
    return 0;

  return knobs->status > 0 ? knobs->status : 503;
}

/* This address again, with one hop less. */
static char *
dup_next_hop (SkeinPracticeRequest *request,
              guint64               hops)
{
  g_auto (GStrv) pairs = g_strsplit (skein_practice_request_get_query (request), "&", -1);
  g_autofree char *query = NULL;

  for (guint i = 0; pairs[i] != NULL; i++)
    if (g_str_has_prefix (pairs[i], "hops="))
      {
        g_free (pairs[i]);
        pairs[i] = g_strdup_printf ("hops=%" G_GUINT64_FORMAT, hops - 1);
      }
  query = g_strjoinv ("&", pairs);

  return g_strconcat (skein_practice_request_get_path (request), "?", query, NULL);
}

static gboolean
is_redirect (const SkeinPracticeKnobs *knobs)
{
  return knobs->hops > 0 || knobs->loop || knobs->redirect != NULL || knobs->no_location || knobs->location2 != NULL;
}

static void
add_locations (SkeinPracticeAnswer      *self,
               SkeinPracticeRequest     *request,
               const SkeinPracticeKnobs *knobs)
{
  if (knobs->no_location)
    return;

  if (knobs->hops > 0)
    {
      g_autofree char *next = dup_next_hop (request, knobs->hops);

      add_field (self, "Location", next);
    }
  else if (knobs->redirect != NULL)
    add_raw_field (self, "Location", knobs->redirect);
  else if (knobs->loop)
    add_field (self, "Location", skein_practice_request_get_target (request));

  if (knobs->location2 != NULL)
    add_raw_field (self, "Location", knobs->location2);
}

static SkeinPracticeAnswer *
redirect (SkeinPracticeRequest     *request,
          const SkeinPracticeKnobs *knobs)
{
  SkeinPracticeAnswer *self = answer_new (knobs->redirect_status, "text/plain; charset=utf-8");

  add_locations (self, request, knobs);
  if (knobs->redirect_body > 0)
    skein_practice_body_add_filling (&self->body, knobs->redirect_body);

  return self;
}

static void
add_validators (SkeinPracticeAnswer      *self,
                SkeinPracticeResource    *resource,
                const SkeinPracticeKnobs *knobs)
{
  g_autofree char *etag = skein_practice_range_dup_etag (resource, knobs);
  g_autofree char *modified = skein_practice_range_dup_modified (resource, knobs);

  if (etag != NULL)
    add_field (self, "ETag", etag);
  if (modified != NULL)
    add_field (self, "Last-Modified", modified);
  add_field (self, "Accept-Ranges", skein_practice_knobs_is (knobs->ranges, "no") ? "none" : "bytes");
}

static void
add_content_range (SkeinPracticeAnswer      *self,
                   const char               *value,
                   const SkeinPracticeKnobs *knobs)
{
  if (skein_practice_knobs_is (knobs->ranges, "no-content-range"))
    return;

  if (knobs->content_range != NULL)
    add_raw_field (self, "Content-Range", knobs->content_range);
  else
    add_field (self, "Content-Range", value);
}

static void
add_multipart (SkeinPracticeAnswer      *self,
               SkeinPracticeResource    *resource,
               const SkeinPracticeRange *range,
               const char               *content_range)
{
  g_autofree char *before = g_strdup_printf ("\r\n--" BOUNDARY "\r\nContent-Type: %s\r\nContent-Range: %s\r\n\r\n",
                                             resource->type, content_range);

  g_free (self->type);
  self->type = g_strdup ("multipart/byteranges; boundary=" BOUNDARY);
  skein_practice_body_add_text (&self->body, before);
  skein_practice_resource_add_to (resource, &self->body, range->first, range->last - range->first + 1);
  skein_practice_body_add_text (&self->body, "\r\n--" BOUNDARY "--\r\n");
}

static SkeinPracticeAnswer *
serve_part (SkeinPracticeResource    *resource,
            const SkeinPracticeRange *range,
            const SkeinPracticeKnobs *knobs)
{
  g_autofree char *content_range = skein_practice_range_dup_header (range, resource, knobs);
  SkeinPracticeAnswer *self;

  if (range->kind == SKEIN_PRACTICE_RANGE_UNSATISFIABLE)
    {
      self = skein_practice_answer_new_error (416, NULL);
      add_content_range (self, content_range, knobs);
      return self;
    }

  self = answer_new (206, resource->type);
  if (skein_practice_knobs_is (knobs->ranges, "multipart"))
    add_multipart (self, resource, range, content_range);
  else
    {
      add_content_range (self, content_range, knobs);
      skein_practice_resource_add_to (resource, &self->body, range->first, range->last - range->first + 1);
    }

  return self;
}

/* The same for the same request in every run: scattered as by a multiplicative hash (Knuth, 6.4). */
static gboolean
is_swapped_before (guint request,
                   guint percent)
{
  guint32 scattered = (request + 1) * 2654435761u;

  return request > 1 && (scattered >> 16) % 100 < percent;
}

static guint
version_for (const SkeinPracticeKnobs     *knobs,
             const SkeinPracticeSituation *situation)
{
  guint version = knobs->change_after != SKEIN_PRACTICE_UNSET && situation->nth > knobs->change_after;

  for (guint i = 2; knobs->swap > 0 && i <= situation->nth; i++)
    version += is_swapped_before (i, (guint) knobs->swap);

  return version;
}

static SkeinPracticeAnswer *
serve (SkeinPracticeRequest         *request,
       const SkeinPracticeKnobs     *knobs,
       const SkeinPracticeSituation *situation)
{
  g_autoptr (SkeinPracticeResource) resource =
    skein_practice_resource_find (skein_practice_request_get_path (request), knobs,
                                  version_for (knobs, situation), situation->address);
  SkeinPracticeRange range;
  SkeinPracticeAnswer *self;

  if (resource == NULL)
    return skein_practice_answer_new_error (404, NULL);

  range = skein_practice_range_read (request, resource, knobs);
  if (range.kind != SKEIN_PRACTICE_RANGE_NONE)
    self = serve_part (resource, &range, knobs);
  else
    {
      self = answer_new (200, resource->type);
      skein_practice_resource_add_to (resource, &self->body, 0, resource->size);
    }
  add_validators (self, resource, knobs);

  return self;
}

static SkeinPracticeAnswer *
decide (SkeinPracticeRequest         *request,
        const SkeinPracticeKnobs     *knobs,
        const SkeinPracticeSituation *situation)
{
  const char *method = skein_practice_request_get_method (request);
  guint status = forced_status (knobs, situation);
  SkeinPracticeAnswer *self;

  if (!g_str_equal (method, "GET") && !g_str_equal (method, "HEAD"))
    return skein_practice_answer_new_error (501, NULL);

  if (knobs->auth != NULL && !is_authorized (request, knobs->auth))
    {
      self = skein_practice_answer_new_error (401, NULL);
      add_field (self, "WWW-Authenticate", "Basic realm=\"Skein practice\"");
      return self;
    }

  if (status > 0)
    return skein_practice_answer_new_error (status, NULL);
  if (is_redirect (knobs))
    return redirect (request, knobs);

  return serve (request, knobs, situation);
}

SkeinPracticeAnswer *
skein_practice_answer_new (SkeinPracticeRequest         *request,
                           const SkeinPracticeKnobs     *knobs,
                           const SkeinPracticeSituation *situation)
{
  SkeinPracticeAnswer *self = decide (request, knobs, situation);

  if (knobs->retry_after != NULL && self->status >= 300)
    add_raw_field (self, "Retry-After", knobs->retry_after);

  if (knobs->type != NULL)
    {
      g_free (self->type);
      self->type = g_strdup (knobs->type->str);
    }

  self->announced = self->body.length;
  self->endless = knobs->endless;
  if (knobs->endless)
    skein_practice_body_add_filling (&self->body, SKEIN_PRACTICE_ENDLESS);
  else if (knobs->extra > 0)
    skein_practice_body_add_filling (&self->body, knobs->extra);

  return self;
}
