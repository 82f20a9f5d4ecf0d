/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-connection.h"

#include "skein-error.h"
#include "skein-gio.h"
#include "skein-login.h"
#include "skein-redirect.h"
#include "skein-uri.h"

/* How often a server may want to know who asks before it gives one answer: once, and again when a nonce has
 * become too old meanwhile. */
#define MOST_CHALLENGES 3

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

  if (skein_uri_get_kind (request->uri) == SKEIN_URI_WEB)
    self->answer = skein_http_get (request, context, progress, cancellable, error);
  else
    self->answer = skein_gio_get (request, context, progress, cancellable, error);
  if (self->answer == NULL)
    g_clear_pointer (&self, skein_connection_close);

  return self;
}

/* Unasked, a password goes out only where the address itself holds it, or where nobody can read it on the way. */
static SkeinLogin *
find_login (const SkeinHttpRequest *request,
            gboolean               *at_once)
{
  g_autofree char *found = NULL;

  /* An own header says it already. */
  if (skein_request_options_has_authorization (request->options) &&
      skein_uri_same_origin (request->uri, request->home))
    return NULL;
  *at_once = request->login != NULL && skein_uri_same_origin (request->uri, request->login_home);
  if (*at_once)
    found = skein_request_options_complete_login (request->options, request->uri, request->login);
  else
    found = skein_request_options_find_login (request->options, request->uri, request->home);
  *at_once = *at_once || g_str_has_prefix (request->uri, "https:");

  return found != NULL ? skein_login_get (request->uri, found) : NULL;
}

static SkeinConnection *
open_logged_in (const SkeinHttpRequest  *request,
                SkeinConnectionFlags     flags,
                SkeinTaskContext        *context,
                SkeinProgress           *progress,
                GCancellable            *cancellable,
                GError                 **error)
{
  SkeinHttpRequest step = *request;
  gboolean at_once = FALSE;
  g_autoptr (SkeinLogin) login = find_login (request, &at_once);

  for (guint challenges = 0;; challenges++)
    {
      g_autoptr (SkeinConnection) self = NULL;
      g_autofree char *authorization = NULL;
      SkeinLoginTry sent = { 0 };

      if (login != NULL)
        authorization = skein_login_authorize (login, step.uri, at_once, &sent);
      step.authorization = authorization;
      self = open_once (&step, flags, context, progress, cancellable, error);
      if (self == NULL || self->answer->status != 401 || login == NULL || challenges == MOST_CHALLENGES ||
          !skein_login_answer (login, skein_http_answer_get (self->answer, "www-authenticate"), &sent))
        return g_steal_pointer (&self);
    }
}

/* Who sends elsewhere often knows where else the file is, and what it ought to be. */
static void
take_link (SkeinConnection  *from,
           char            **link,
           char            **link_uri)
{
  const char *value = skein_http_answer_get (from->answer, "link");

  if (value == NULL || *link != NULL)
    return;

  *link = g_strdup (value);
  *link_uri = g_strdup (from->answer->uri);
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
  g_autofree char *link = NULL;
  g_autofree char *link_uri = NULL;

  if (step.home == NULL)
    step.home = step.uri;
  if (step.login_home == NULL)
    step.login_home = step.home;
  if (skein_uri_get_kind (step.uri) != SKEIN_URI_WEB)
    return open_once (&step, flags, context, progress, cancellable, error);

  for (guint redirects = 0; redirects <= SKEIN_REDIRECTS_MAX; redirects++)
    {
      g_autoptr (SkeinConnection) self = open_logged_in (&step, flags, context, progress,
                                                         cancellable, error);
      char *next;

      if (self == NULL)
        return NULL;
      if (!skein_redirect_is_redirect (self->answer->status))
        {
          self->link = g_steal_pointer (&link);
          self->link_uri = g_steal_pointer (&link_uri);
          return g_steal_pointer (&self);
        }

      take_link (self, &link, &link_uri);

      next = skein_redirect_next (step.uri, self->answer->location, error);
      if (next == NULL)
        return NULL;

      g_free (uri);
      step.uri = uri = next;
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
  g_free (self->link);
  g_free (self->link_uri);
  g_free (self);
}
