/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-proxies.h"

#include <string.h>

#include "skein-error.h"
#include "skein-uri.h"

#define PROXY_FLAGS (G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_NON_DNS)
#define USUAL_PORT  1080

/* Set before other threads start, constant after that. */
static char *chosen;

struct _SkeinProxies
{
  GObject         parent_instance;

  GProxyResolver *others;  /* constant; thread-safe */
  char           *last;    /* nullable; of the thread whose session asks */
};

static void skein_proxies_iface_init (GProxyResolverInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SkeinProxies, skein_proxies, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER,
                                                      skein_proxies_iface_init))

static char **
only (const char *proxy)
{
  const char *answer[] = { proxy, NULL };

  return g_strdupv ((char **) answer);
}

/* %NULL if the others are to be asked. */
static char **
find_own (const char *uri)
{
  if (skein_uri_is_loopback (uri))
    return only ("direct://");

  return chosen != NULL ? only (chosen) : NULL;
}

static void
note_last (SkeinProxies *self,
           char        **proxies)
{
  g_clear_pointer (&self->last, g_free);
  for (guint i = 0; proxies != NULL && proxies[i] != NULL && self->last == NULL; i++)
    {
      if (!g_str_has_prefix (proxies[i], "direct:"))
        self->last = g_strdup (proxies[i]);
    }
}

static gboolean
skein_proxies_is_supported (GProxyResolver *resolver)
{
  return TRUE;
}

static char **
skein_proxies_lookup (GProxyResolver  *resolver,
                      const char      *uri,
                      GCancellable    *cancellable,
                      GError         **error)
{
  char **own = find_own (uri);

  return own != NULL ? own : g_proxy_resolver_lookup (SKEIN_PROXIES (resolver)->others, uri, cancellable, error);
}

static void
others_lookup_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char **proxies = g_proxy_resolver_lookup_finish (G_PROXY_RESOLVER (source), result, &error);

  if (proxies != NULL)
    g_task_return_pointer (task, proxies, (GDestroyNotify) g_strfreev);
  else
    g_task_return_error (task, error);
}

static void
skein_proxies_lookup_async (GProxyResolver      *resolver,
                            const char          *uri,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task = g_task_new (resolver, cancellable, callback, user_data);
  char **own = find_own (uri);

  g_task_set_source_tag (task, skein_proxies_lookup_async);

  if (own != NULL)
    {
      g_task_return_pointer (task, own, (GDestroyNotify) g_strfreev);
      g_object_unref (task);
    }
  else
    g_proxy_resolver_lookup_async (SKEIN_PROXIES (resolver)->others, uri, cancellable,
                                   others_lookup_cb, task);
}

static char **
skein_proxies_lookup_finish (GProxyResolver  *resolver,
                             GAsyncResult    *result,
                             GError         **error)
{
  char **proxies = g_task_propagate_pointer (G_TASK (result), error);

  note_last (SKEIN_PROXIES (resolver), proxies);

  return proxies;
}

static void
skein_proxies_finalize (GObject *object)
{
  SkeinProxies *self = SKEIN_PROXIES (object);

  g_clear_object (&self->others);
  g_free (self->last);

  G_OBJECT_CLASS (skein_proxies_parent_class)->finalize (object);
}

static void
skein_proxies_class_init (SkeinProxiesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = skein_proxies_finalize;
}

static void
skein_proxies_init (SkeinProxies *self)
{
}

static void
skein_proxies_iface_init (GProxyResolverInterface *iface)
{
  iface->is_supported = skein_proxies_is_supported;
  iface->lookup = skein_proxies_lookup;
  iface->lookup_async = skein_proxies_lookup_async;
  iface->lookup_finish = skein_proxies_lookup_finish;
}

GProxyResolver *
skein_proxies_new (GProxyResolver *others)
{
  SkeinProxies *self = g_object_new (SKEIN_TYPE_PROXIES, NULL);

  self->others = g_object_ref (others);

  return G_PROXY_RESOLVER (self);
}

static const char *
find_scheme (const char *scheme)
{
  const struct { const char *typed; const char *meant; } known[] = {
    { "http", "http" }, { "socks", "socks5" }, { "socks5", "socks5" }, { "socks5h", "socks5" },
    { "socks4", "socks4" }, { "socks4a", "socks4a" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      if (g_ascii_strcasecmp (scheme, known[i].typed) == 0)
        return known[i].meant;
    }

  return NULL;
}

static char *
clean_proxy (const char *text)
{
  g_autofree char *whole = strstr (text, "://") != NULL ? g_strdup (text) : g_strconcat ("http://", text, NULL);
  g_autoptr (GUri) uri = g_uri_parse (whole, PROXY_FLAGS, NULL);
  const char *scheme = uri != NULL ? find_scheme (g_uri_get_scheme (uri)) : NULL;
  const char *path;

  if (scheme == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return NULL;
  path = g_uri_get_path (uri);
  if ((*path != '\0' && strcmp (path, "/") != 0) || g_uri_get_query (uri) != NULL)
    return NULL;

  return g_uri_join_with_user (PROXY_FLAGS, scheme, g_uri_get_user (uri), g_uri_get_password (uri), NULL,
                               g_uri_get_host (uri), g_uri_get_port (uri) > 0 ? g_uri_get_port (uri) : USUAL_PORT,
                               "", NULL, NULL);
}

gboolean
skein_proxies_choose (const char  *proxy,
                      GError     **error)
{
  g_autofree char *clean = NULL;

  if (proxy != NULL)
    clean = strcmp (proxy, "none") == 0 ? g_strdup ("direct://") : clean_proxy (proxy);
  if (proxy != NULL && clean == NULL)
    {
      g_set_error_literal (error, SKEIN_ERROR, SKEIN_ERROR_INVALID_ADDRESS, "Not the address of a proxy");
      return FALSE;
    }

  g_free (chosen);
  chosen = g_steal_pointer (&clean);

  return TRUE;
}

void
skein_proxies_forget_last (SkeinProxies *self)
{
  g_clear_pointer (&self->last, g_free);
}

const char *
skein_proxies_get_last (SkeinProxies *self)
{
  return self->last;
}

char *
skein_proxies_dup_label (const char *proxy)
{
  g_autoptr (GUri) uri = g_uri_parse (proxy, PROXY_FLAGS, NULL);

  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return g_strdup ("?");
  if (g_uri_get_port (uri) <= 0)
    return g_strdup (g_uri_get_host (uri));

  return g_strdup_printf ("%s:%d", g_uri_get_host (uri), g_uri_get_port (uri));
}

char *
skein_proxies_dup_authorization (const char *proxy)
{
  g_autoptr (GUri) uri = g_uri_parse (proxy, PROXY_FLAGS, NULL);
  g_autofree char *login = NULL;
  g_autofree char *code = NULL;

  if (uri == NULL || g_uri_get_user (uri) == NULL || *g_uri_get_user (uri) == '\0' ||
      strcmp (g_uri_get_scheme (uri), "http") != 0)
    return NULL;

  login = g_strdup_printf ("%s:%s", g_uri_get_user (uri), g_uri_get_password (uri) != NULL ? g_uri_get_password (uri) : "");
  code = g_base64_encode ((const guchar *) login, strlen (login));

  return g_strconcat ("Basic ", code, NULL);
}
