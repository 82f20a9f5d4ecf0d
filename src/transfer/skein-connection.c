/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-connection.h"

#include "skein-error.h"
#include "skein-redirect.h"
#include "skein-uri.h"

static gboolean
take_place (SkeinConnection       *self,
            SkeinConnectionFlags   flags,
            GCancellable          *cancellable,
            GError               **error)
{
  if (flags == SKEIN_CONNECTION_WAIT)
    return skein_host_table_wait (self->hosts, self->host, cancellable, error);

  if (skein_host_table_acquire (self->hosts, self->host))
    return TRUE;

  g_set_error (error, SKEIN_ERROR, SKEIN_ERROR_IN_USE, "No more connections to %s", self->host);

  return FALSE;
}

static SkeinConnection *
open_once (const SkeinHttpRequest  *request,
           SkeinConnectionFlags     flags,
           SkeinTaskContext        *context,
           SkeinProgress           *progress,
           GCancellable            *cancellable,
           GError                 **error)
{
  SkeinConnection *self = g_new0 (SkeinConnection, 1);

  self->host = skein_uri_dup_host_key (request->uri);
  self->hosts = context->hosts;
  if (!take_place (self, flags, cancellable, error))
    {
      g_free (self->host);
      g_free (self);
      return NULL;
    }

  self->answer = skein_http_get (request, context, progress, cancellable, error);
  if (self->answer == NULL)
    g_clear_pointer (&self, skein_connection_close);

  return self;
}

SkeinConnection *
skein_connection_open (const SkeinHttpRequest  *request,
                       SkeinConnectionFlags     flags,
                       SkeinTaskContext        *context,
                       SkeinProgress           *progress,
                       GCancellable            *cancellable,
                       GError                 **error)
{
  SkeinHttpRequest step = *request;
  g_autofree char *uri = NULL;

  for (guint redirects = 0; redirects <= SKEIN_REDIRECTS_MAX; redirects++)
    {
      g_autoptr (SkeinConnection) self = open_once (&step, flags, context, progress,
                                                    cancellable, error);
      char *next;

      if (self == NULL || !skein_redirect_is_redirect (self->answer->status))
        return g_steal_pointer (&self);

      next = skein_redirect_next (step.uri, self->answer->location, error);
      if (next == NULL)
        return NULL;

      g_free (uri);
      step.uri = uri = next;
      step.login = skein_uri_same_origin (uri, request->uri) ? request->login : NULL;
    }

  g_set_error (error, SKEIN_ERROR, SKEIN_ERROR_TOO_MANY_REDIRECTS,
               "More than %d redirects, the last to %s", SKEIN_REDIRECTS_MAX, uri);
  return NULL;
}

void
skein_connection_close (SkeinConnection *self)
{
  g_clear_pointer (&self->answer, skein_http_answer_free);
  skein_host_table_release (self->hosts, self->host);
  g_free (self->host);
  g_free (self);
}
