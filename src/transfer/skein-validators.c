/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-validators.h"

#include <string.h>

#include "skein-http-headers.h"

#define STRONG_AGE 60

static gboolean
date_is_strong (const char *modified,
                const char *date)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gint64 changed = skein_http_parse_date (modified, now);
  gint64 given = skein_http_parse_date (date, now);

  return changed >= 0 && given >= 0 && given - changed >= STRONG_AGE;
}

void
skein_validators_set_from_answer (SkeinValidators *self,
                                  SkeinHttpAnswer *answer)
{
  skein_validators_clear (self);
  self->etag = g_strdup (skein_http_answer_get (answer, "etag"));
  self->modified = g_strdup (skein_http_answer_get (answer, "last-modified"));
  self->modified_is_strong = date_is_strong (self->modified, skein_http_answer_get (answer, "date"));
}

void
skein_validators_clear (SkeinValidators *self)
{
  g_clear_pointer (&self->etag, g_free);
  g_clear_pointer (&self->modified, g_free);
  self->modified_is_strong = FALSE;
}

const char *
skein_validators_get_if_range (const SkeinValidators *self)
{
  if (skein_http_etag_is_strong (self->etag))
    return self->etag;

  return self->modified_is_strong ? self->modified : NULL;
}

static gboolean
texts_agree (const char *a,
             const char *b)
{
  return a == NULL || b == NULL || strcmp (a, b) == 0;
}

gboolean
skein_validators_agree_with (const SkeinValidators *self,
                             SkeinHttpAnswer       *answer)
{
  return texts_agree (self->etag, skein_http_answer_get (answer, "etag")) &&
         texts_agree (self->modified, skein_http_answer_get (answer, "last-modified"));
}

gboolean
skein_validators_prove (const SkeinValidators *self,
                        SkeinHttpAnswer       *answer)
{
  const char *strong = skein_validators_get_if_range (self);

  return strong != NULL && skein_validators_agree_with (self, answer) &&
         g_strcmp0 (strong, skein_http_answer_get (answer, strong == self->etag ? "etag" : "last-modified")) == 0;
}
