/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-source.h"

SkeinSource *
skein_source_new (const char *uri,
                  const char *login)
{
  SkeinSource *self = g_new0 (SkeinSource, 1);

  self->uri = g_strdup (uri);
  self->login = g_strdup (login);

  return self;
}

void
skein_source_forget (SkeinSource *self)
{
  g_clear_pointer (&self->final_uri, g_free);
  skein_validators_clear (&self->validators);
}

void
skein_source_free (SkeinSource *self)
{
  skein_source_forget (self);
  g_free (self->uri);
  g_free (self->login);
  g_free (self);
}
