/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-uri-reject.h"

#include "skein-text.h"

#define REJECT_MAX_CHARS 200

SkeinUriReject *
skein_uri_reject_new (guint       line,
                      const char *text,
                      gssize      length,
                      GError     *error)
{
  SkeinUriReject *self = g_new0 (SkeinUriReject, 1);

  self->line = line;
  self->text = skein_text_dup_readable (text, length, REJECT_MAX_CHARS);
  self->error = error;

  return self;
}

void
skein_uri_reject_free (SkeinUriReject *self)
{
  g_free (self->text);
  g_error_free (self->error);
  g_free (self);
}
