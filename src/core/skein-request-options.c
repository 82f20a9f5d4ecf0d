/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-request-options.h"

#include <string.h>

#include "skein-error.h"
#include "skein-http-headers.h"
#include "skein-secret.h"
#include "skein-uri.h"

#define MOST_HEADERS 200

/* Not changed any more once others have a reference. */
struct _SkeinRequestOptions
{
  gatomicrefcount  ref_count;
  GPtrArray       *names;       /* of the own headers */
  GPtrArray       *values;      /* as long as names */
  char            *referer;     /* nullable */
  char            *user_agent;  /* nullable */
  char            *login;       /* nullable */
  SkeinNetrc      *netrc;       /* nullable */
  SkeinCookies    *cookies;     /* nullable */
};

SkeinRequestOptions *
skein_request_options_new (void)
{
  SkeinRequestOptions *self = g_new0 (SkeinRequestOptions, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->values = g_ptr_array_new_with_free_func (skein_secret_free);

  return self;
}

static void
add_header (SkeinRequestOptions *self,
            const char          *name,
            const char          *value)
{
  g_ptr_array_add (self->names, g_strdup (name));
  g_ptr_array_add (self->values, g_strdup (value));
}

SkeinRequestOptions *
skein_request_options_copy (SkeinRequestOptions *self)
{
  SkeinRequestOptions *copy = skein_request_options_new ();

  if (self == NULL)
    return copy;

  for (guint i = 0; i < self->names->len; i++)
    add_header (copy, g_ptr_array_index (self->names, i), g_ptr_array_index (self->values, i));
  copy->referer = g_strdup (self->referer);
  copy->user_agent = g_strdup (self->user_agent);
  skein_request_options_set_login (copy, self->login);
  skein_request_options_set_netrc (copy, self->netrc);
  skein_request_options_set_cookies (copy, self->cookies);

  return copy;
}

SkeinRequestOptions *
skein_request_options_ref (SkeinRequestOptions *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
skein_request_options_unref (SkeinRequestOptions *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->values);
  g_free (self->referer);
  g_free (self->user_agent);
  skein_secret_free (self->login);
  g_clear_pointer (&self->netrc, skein_netrc_unref);
  g_clear_pointer (&self->cookies, skein_cookies_unref);
  g_free (self);
}

static gboolean
refuse (GError       **error,
        GOptionError   code,
        const char    *what)
{
  g_set_error_literal (error, G_OPTION_ERROR, (int) code, what);

  return FALSE;
}

/* What frames the request, chooses bytes or belongs to the connection. */
static gboolean
is_ours (const char *name)
{
  const char *const ours[] = {
    "Host", "Range", "If-Range", "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since",
    "Content-Length", "Transfer-Encoding", "TE", "Trailer", "Expect", "Upgrade", "Connection", "Keep-Alive",
    "Proxy-Connection", "Proxy-Authorization", "Accept-Encoding",
  };

  for (guint i = 0; i < G_N_ELEMENTS (ours); i++)
    {
      if (g_ascii_strcasecmp (name, ours[i]) == 0)
        return TRUE;
    }

  return FALSE;
}

/* A line end must stay, so that it is refused. */
static char *
dup_without_blanks (const char *text)
{
  gsize length;

  text += strspn (text, " \t");
  length = strlen (text);
  while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t'))
    length--;

  return g_strndup (text, length);
}

gboolean
skein_request_options_add_header (SkeinRequestOptions  *self,
                                  const char           *line,
                                  GError              **error)
{
  const char *colon;
  g_autofree char *name = NULL;
  g_autofree char *value = NULL;

  g_return_val_if_fail (self != NULL && line != NULL, FALSE);

  colon = strchrnul (line, ':');
  name = g_strndup (line, (gsize) (colon - line));
  if (*colon == ':')
    value = dup_without_blanks (colon + 1);

  if (!skein_http_is_token (name) || !skein_http_is_header_value (value))
    return refuse (error, G_OPTION_ERROR_BAD_VALUE, "a header that cannot be sent");
  if (is_ours (name))
    return refuse (error, G_OPTION_ERROR_FAILED, "a header that the program sets itself");
  if (g_ascii_strcasecmp (name, "User-Agent") == 0)
    return skein_request_options_set_user_agent (self, value, error);
  if (g_ascii_strcasecmp (name, "Referer") == 0)
    return skein_request_options_set_referer (self, value, error);
  if (self->names->len == MOST_HEADERS)
    return refuse (error, G_OPTION_ERROR_BAD_VALUE, "too many headers");

  add_header (self, name, value);

  return TRUE;
}

gboolean
skein_request_options_set_referer (SkeinRequestOptions  *self,
                                   const char           *referer,
                                   GError              **error)
{
  g_autofree char *clean = NULL;

  g_return_val_if_fail (self != NULL && referer != NULL, FALSE);

  clean = skein_uri_clean (referer, NULL, NULL);
  if (clean == NULL)
    return refuse (error, G_OPTION_ERROR_BAD_VALUE, "a referer that is no address");

  g_free (self->referer);
  self->referer = g_steal_pointer (&clean);

  return TRUE;
}

gboolean
skein_request_options_set_user_agent (SkeinRequestOptions  *self,
                                      const char           *user_agent,
                                      GError              **error)
{
  g_return_val_if_fail (self != NULL && user_agent != NULL, FALSE);

  if (*user_agent == '\0' || !skein_http_is_header_value (user_agent))
    return refuse (error, G_OPTION_ERROR_BAD_VALUE, "a user agent that cannot be sent");

  g_free (self->user_agent);
  self->user_agent = g_strdup (user_agent);

  return TRUE;
}

void
skein_request_options_set_login (SkeinRequestOptions *self,
                                 const char          *login)
{
  g_return_if_fail (self != NULL);

  skein_secret_free (self->login);
  self->login = g_strdup (login);
}

void
skein_request_options_set_netrc (SkeinRequestOptions *self,
                                 SkeinNetrc          *netrc)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->netrc, skein_netrc_unref);
  self->netrc = netrc != NULL ? skein_netrc_ref (netrc) : NULL;
}

void
skein_request_options_set_cookies (SkeinRequestOptions *self,
                                   SkeinCookies        *cookies)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->cookies, skein_cookies_unref);
  self->cookies = cookies != NULL ? skein_cookies_ref (cookies) : NULL;
}

const char *
skein_request_options_get_user_agent (SkeinRequestOptions *self)
{
  return self != NULL ? self->user_agent : NULL;
}

const char *
skein_request_options_get_referer (SkeinRequestOptions *self)
{
  return self != NULL ? self->referer : NULL;
}

char **
skein_request_options_dup_headers (SkeinRequestOptions *self)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();

  for (guint i = 0; self != NULL && i < self->names->len; i++)
    {
      g_autofree char *line = g_strconcat (g_ptr_array_index (self->names, i), ": ",
                                           g_ptr_array_index (self->values, i), NULL);

      g_strv_builder_add (lines, line);
    }

  return g_strv_builder_end (lines);
}

static gboolean
is_private (const char *uri)
{
  return g_str_has_prefix (uri, "https:") || skein_uri_is_loopback (uri);
}

char *
skein_request_options_complete_login (SkeinRequestOptions *self,
                                      const char          *uri,
                                      const char          *login)
{
  const char *colon;
  g_autofree char *user = NULL;
  g_autofree char *host = NULL;
  char *found = NULL;

  g_return_val_if_fail (uri != NULL && login != NULL, NULL);

  colon = strchrnul (login, ':');
  if (colon[0] == ':' && colon[1] != '\0')
    return g_strdup (login);

  user = g_strndup (login, (gsize) (colon - login));
  host = skein_uri_dup_host (uri);
  if (self != NULL && self->netrc != NULL)
    found = skein_netrc_find (self->netrc, host, user, FALSE);

  return found != NULL ? found : g_strconcat (user, ":", NULL);
}

char *
skein_request_options_find_login (SkeinRequestOptions *self,
                                  const char          *uri,
                                  const char          *home)
{
  gboolean at_home;
  g_autofree char *host = NULL;

  g_return_val_if_fail (uri != NULL && home != NULL, NULL);

  if (self == NULL || (self->login == NULL && self->netrc == NULL))
    return NULL;

  at_home = skein_uri_same_origin (uri, home);
  if (at_home && self->login != NULL)
    return skein_request_options_complete_login (self, uri, self->login);
  if (self->netrc == NULL || (!at_home && !is_private (uri)))
    return NULL;

  host = skein_uri_dup_host (uri);

  return skein_netrc_find (self->netrc, host, NULL, !at_home);
}

static const char *
find_own (SkeinRequestOptions *self,
          const char          *name)
{
  for (guint i = 0; i < self->names->len; i++)
    {
      if (g_ascii_strcasecmp (g_ptr_array_index (self->names, i), name) == 0)
        return g_ptr_array_index (self->values, i);
    }

  return NULL;
}

gboolean
skein_request_options_has_authorization (SkeinRequestOptions *self)
{
  return self != NULL && find_own (self, "Authorization") != NULL;
}

static void
put (GPtrArray  *headers,
     const char *name,
     char       *value)
{
  g_ptr_array_add (headers, g_strdup (name));
  g_ptr_array_add (headers, value);
}

/* As browsers do by default (Referrer Policy, "strict-origin-when-cross-origin"). */
static void
put_referer (SkeinRequestOptions *self,
             GPtrArray           *headers,
             const char          *uri,
             gboolean             at_home)
{
  const char *path;

  if (self->referer == NULL ||
      (g_str_has_prefix (self->referer, "https:") && !g_str_has_prefix (uri, "https:")))
    return;

  path = strchr (strstr (self->referer, "://") + 3, '/');
  put (headers, "Referer",
       at_home ? g_strdup (self->referer)
               : g_strndup (self->referer, (gsize) (path + 1 - self->referer)));
}

/* Those of the file and an own header make one: two are not allowed. */
static void
put_cookies (SkeinRequestOptions *self,
             GPtrArray           *headers,
             const char          *uri,
             gboolean             at_home,
             gint64               now)
{
  const char *own = at_home ? find_own (self, "Cookie") : NULL;
  g_autofree char *found = self->cookies != NULL ? skein_cookies_dup_header (self->cookies, uri, now) : NULL;

  if (own != NULL && found != NULL)
    put (headers, "Cookie", g_strconcat (found, "; ", own, NULL));
  else if (own != NULL)
    put (headers, "Cookie", g_strdup (own));
  else if (found != NULL)
    put (headers, "Cookie", g_steal_pointer (&found));
}

char **
skein_request_options_dress (SkeinRequestOptions *self,
                             const char          *uri,
                             const char          *home,
                             gint64               now)
{
  g_autoptr (GPtrArray) headers = NULL;
  gboolean at_home;

  g_return_val_if_fail (uri != NULL && home != NULL, NULL);

  if (self == NULL)
    return NULL;

  headers = g_ptr_array_new_with_free_func (g_free);
  at_home = skein_uri_same_origin (uri, home);
  for (guint i = 0; at_home && i < self->names->len; i++)
    {
      const char *name = g_ptr_array_index (self->names, i);

      if (g_ascii_strcasecmp (name, "Cookie") != 0)
        put (headers, name, g_strdup (g_ptr_array_index (self->values, i)));
    }
  if (self->user_agent != NULL)
    put (headers, "User-Agent", g_strdup (self->user_agent));
  put_referer (self, headers, uri, at_home);
  put_cookies (self, headers, uri, at_home, now);
  if (headers->len == 0)
    return NULL;

  g_ptr_array_add (headers, NULL);

  return (char **) g_ptr_array_steal (headers, NULL);
}
