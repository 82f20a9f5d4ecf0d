/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-login.h"

#include <string.h>

#include "skein-digest-login.h"
#include "skein-secret.h"
#include "skein-uri.h"

/* Logins that are remembered after use. */
#define MOST_KNOWN 32

enum { NOTHING, BASIC, DIGEST };

struct _SkeinLogin
{
  gatomicrefcount   ref_count;
  char             *origin;     /* an address there; constant */
  char             *text;       /* "user:password"; constant */

  GMutex            mutex;      /* over all below */
  int               scheme;     /* what the server wants, as far as is known */
  SkeinDigestLogin *digest;     /* nullable */
  char             *cnonce;     /* nullable: ours, for digest */
  guint             challenge;  /* counts the challenges taken */
  guint             count;      /* requests with the nonce of digest */
};

G_LOCK_DEFINE_STATIC (known);
static GQueue known = G_QUEUE_INIT;  /* of SkeinLogin, those used last first */

static SkeinLogin *
login_new (const char *uri,
           const char *text)
{
  SkeinLogin *self = g_new0 (SkeinLogin, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->origin = g_strdup (uri);
  self->text = g_strdup (text);
  g_mutex_init (&self->mutex);

  return self;
}

void
skein_login_unref (SkeinLogin *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->digest, skein_digest_login_free);
  g_mutex_clear (&self->mutex);
  g_free (self->origin);
  g_free (self->cnonce);
  skein_secret_free (self->text);
  g_free (self);
}

static GList *
find_known (const char *uri,
            const char *text)
{
  for (GList *link = known.head; link != NULL; link = link->next)
    {
      SkeinLogin *login = link->data;

      if (strcmp (login->text, text) == 0 && skein_uri_same_origin (login->origin, uri))
        return link;
    }

  return NULL;
}

SkeinLogin *
skein_login_get (const char *uri,
                 const char *login)
{
  SkeinLogin *self;
  GList *link;

  G_LOCK (known);
  link = find_known (uri, login);
  if (link != NULL)
    {
      g_queue_unlink (&known, link);
      g_queue_push_head_link (&known, link);
    }
  else
    {
      g_queue_push_head (&known, login_new (uri, login));
      if (known.length > MOST_KNOWN)
        skein_login_unref (g_queue_pop_tail (&known));
    }
  self = known.head->data;
  g_atomic_ref_count_inc (&self->ref_count);
  G_UNLOCK (known);

  return self;
}

static char *
make_basic (SkeinLogin *self)
{
  g_autofree char *code = g_base64_encode ((const guchar *) self->text, strlen (self->text));

  return g_strconcat ("Basic ", code, NULL);
}

char *
skein_login_authorize (SkeinLogin    *self,
                       const char    *uri,
                       gboolean       at_once,
                       SkeinLoginTry *sent)
{
  const char *target = strchr (strstr (uri, "://") + 3, '/');
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  *sent = (SkeinLoginTry) { .scheme = self->scheme, .challenge = self->challenge };
  if (self->scheme == DIGEST)
    {
      sent->count = ++self->count;
      return skein_digest_login_respond (self->digest, self->text, "GET", target, sent->count, self->cnonce);
    }
  if (self->scheme == NOTHING && at_once)
    sent->scheme = BASIC;

  return sent->scheme == BASIC ? make_basic (self) : NULL;
}

static gboolean
offers_basic (GPtrArray *challenges)
{
  for (guint i = 0; i < challenges->len; i++)
    {
      if (skein_challenge_is (g_ptr_array_index (challenges, i), "Basic"))
        return TRUE;
    }

  return FALSE;
}

/* 128 random bits. */
static char *
make_cnonce (void)
{
  return g_strdup_printf ("%08x%08x%08x%08x", g_random_int (), g_random_int (), g_random_int (), g_random_int ());
}

static void
take_digest (SkeinLogin       *self,
             SkeinDigestLogin *digest)
{
  g_clear_pointer (&self->digest, skein_digest_login_free);
  self->digest = digest;
  g_free (self->cnonce);
  self->cnonce = make_cnonce ();
  self->scheme = DIGEST;
  self->challenge++;
  self->count = 0;
}

/* A nonce that served before may have ended without "stale" being said; one that is new has not. */
static gboolean
only_nonce_is_old (SkeinLogin          *self,
                   SkeinDigestLogin    *digest,
                   const SkeinLoginTry *sent)
{
  return skein_digest_login_is_stale (digest) ||
         (sent->count > 1 && strcmp (skein_digest_login_get_nonce (digest),
                                     skein_digest_login_get_nonce (self->digest)) != 0);
}

gboolean
skein_login_answer (SkeinLogin          *self,
                    const char          *challenges,
                    const SkeinLoginTry *sent)
{
  g_autoptr (GPtrArray) offered = skein_challenge_parse_all (challenges);
  g_autoptr (SkeinDigestLogin) digest = skein_digest_login_choose (offered);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  /* Somebody else was told more meanwhile. */
  if (self->challenge != sent->challenge || (sent->scheme == NOTHING && self->scheme != NOTHING))
    return TRUE;

  if (sent->scheme == DIGEST && (digest == NULL || !only_nonce_is_old (self, digest, sent)))
    return FALSE;
  if (digest != NULL)
    {
      take_digest (self, g_steal_pointer (&digest));
      return TRUE;
    }
  if (sent->scheme != NOTHING || !offers_basic (offered))
    return FALSE;

  self->scheme = BASIC;

  return TRUE;
}
