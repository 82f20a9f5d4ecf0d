/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-trust-list.h"

struct _SkeinTrustList
{
  GTlsDatabase  parent_instance;

  GTlsDatabase *real;    /* nullable; constant once it is loaded; thread-safe */
  gsize         loaded;  /* for g_once_init_enter() */
};

static int installed;  /* atomic */

G_DEFINE_FINAL_TYPE (SkeinTrustList, skein_trust_list, G_TYPE_TLS_DATABASE)

/* Loading takes long, and whoever talks to no server over TLS never needs it. */
static GTlsDatabase *
get_real (SkeinTrustList *self)
{
  GTlsBackend *backend = g_tls_backend_get_default ();

  if (g_once_init_enter (&self->loaded))
    {
      /* Not by the function of GIO: that one would give this list, which was set as the default. */
      if (self->real == NULL)
        self->real = G_TLS_BACKEND_GET_INTERFACE (backend)->get_default_database (backend);
      g_once_init_leave (&self->loaded, 1);
    }

  return self->real;
}

static GTlsCertificateFlags
skein_trust_list_verify_chain (GTlsDatabase             *database,
                               GTlsCertificate          *chain,
                               const char               *purpose,
                               GSocketConnectable       *identity,
                               GTlsInteraction          *interaction,
                               GTlsDatabaseVerifyFlags   flags,
                               GCancellable             *cancellable,
                               GError                  **error)
{
  GTlsDatabase *real = get_real (SKEIN_TRUST_LIST (database));

  if (real == NULL)
    return G_TLS_CERTIFICATE_UNKNOWN_CA;

  return g_tls_database_verify_chain (real, chain, purpose, identity, interaction, flags,
                                      cancellable, error);
}

static void
skein_trust_list_finalize (GObject *object)
{
  g_clear_object (&SKEIN_TRUST_LIST (object)->real);

  G_OBJECT_CLASS (skein_trust_list_parent_class)->finalize (object);
}

static void
skein_trust_list_class_init (SkeinTrustListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = skein_trust_list_finalize;
  G_TLS_DATABASE_CLASS (klass)->verify_chain = skein_trust_list_verify_chain;
}

static void
skein_trust_list_init (SkeinTrustList *self)
{
}

void
skein_trust_list_install (GTlsDatabase *real)
{
  GTlsBackend *backend = g_tls_backend_get_default ();
  g_autoptr (SkeinTrustList) self = NULL;

  g_atomic_int_set (&installed, TRUE);
  if (!g_tls_backend_supports_tls (backend))
    return;

  self = g_object_new (SKEIN_TYPE_TRUST_LIST, NULL);
  self->real = real != NULL ? g_object_ref (real) : NULL;
  g_tls_backend_set_default_database (backend, G_TLS_DATABASE (self));
}

void
skein_trust_list_ensure (void)
{
  static gsize once = 0;

  if (!g_once_init_enter (&once))
    return;

  if (!g_atomic_int_get (&installed))
    skein_trust_list_install (NULL);
  g_once_init_leave (&once, 1);
}
