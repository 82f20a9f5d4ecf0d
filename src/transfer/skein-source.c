/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-source.h"

SkeinSource *
skein_source_new (const char *uri,
                  const char *login)
{
  SkeinSource *self = g_new0 (SkeinSource, 1);

  self->uri = g_strdup (uri);
  self->login = g_strdup (login);
  self->most = G_MAXUINT;

  return self;
}

void
skein_source_take_answer (SkeinSource     *self,
                          SkeinHttpAnswer *answer)
{
  g_free (self->final_uri);
  self->final_uri = g_strdup (answer->uri);
  if (self->validators.etag == NULL && self->validators.modified == NULL)
    skein_validators_set_from_answer (&self->validators, answer);
  self->answered = TRUE;
}

void
skein_source_forget (SkeinSource *self)
{
  self->answered = FALSE;
  self->gave = FALSE;
  self->most = G_MAXUINT;
  self->failures = 0;
  g_clear_pointer (&self->final_uri, g_free);
  skein_validators_clear (&self->validators);
  g_clear_pointer (&self->wrote, g_array_unref);
}

void
skein_source_free (SkeinSource *self)
{
  skein_source_forget (self);
  g_clear_error (&self->dropped);
  g_free (self->uri);
  g_free (self->login);
  g_free (self);
}
