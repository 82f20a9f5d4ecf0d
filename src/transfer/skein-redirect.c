/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-redirect.h"

#include <gio/gio.h>

#include "skein-error.h"
#include "skein-uri.h"

gboolean
skein_redirect_is_redirect (guint status)
{
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

gboolean
skein_redirect_leads_inside (const char *from,
                             const char *to)
{
  return skein_uri_is_local (to) && !skein_uri_is_local (from);
}

char *
skein_redirect_next (const char  *from,
                     const char  *location,
                     GError     **error)
{
  g_autofree char *next = NULL;

  if (location == NULL)
    {
      g_set_error_literal (error, SKEIN_ERROR, SKEIN_ERROR_BAD_REDIRECT, "A redirect to nowhere");
      return NULL;
    }

  next = skein_uri_resolve (from, location, error);
  if (next == NULL)
    return NULL;

  if (skein_redirect_leads_inside (from, next))
    {
      g_set_error (error, SKEIN_ERROR, SKEIN_ERROR_REDIRECT_REFUSED,
                   "A redirect from the network to the local address %s", next);
      return NULL;
    }

  return g_steal_pointer (&next);
}
