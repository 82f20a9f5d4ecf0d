/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-proxies.h"

#include "skein-uri.h"

struct _SkeinProxies
{
  GObject         parent_instance;

  GProxyResolver *others;  /* constant; thread-safe */
};

static void skein_proxies_iface_init (GProxyResolverInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SkeinProxies, skein_proxies, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER,
                                                      skein_proxies_iface_init))

static char **
direct (void)
{
  const char *answer[] = { "direct://", NULL };

  return g_strdupv ((char **) answer);
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
  if (skein_uri_is_loopback (uri))
    return direct ();

  return g_proxy_resolver_lookup (SKEIN_PROXIES (resolver)->others, uri, cancellable, error);
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

  g_task_set_source_tag (task, skein_proxies_lookup_async);

  if (skein_uri_is_loopback (uri))
    {
      g_task_return_pointer (task, direct (), (GDestroyNotify) g_strfreev);
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
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
skein_proxies_finalize (GObject *object)
{
  g_clear_object (&SKEIN_PROXIES (object)->others);

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
