/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-digest-login.h"

#include <string.h>

#include "skein-secret.h"

typedef struct
{
  const char    *name;
  GChecksumType  kind;
  gboolean       session;
} Algorithm;

/* Weakest first. */
static const Algorithm algorithms[] = {
  { "MD5", G_CHECKSUM_MD5, FALSE },
  { "MD5-sess", G_CHECKSUM_MD5, TRUE },
  { "SHA-256", G_CHECKSUM_SHA256, FALSE },
  { "SHA-256-sess", G_CHECKSUM_SHA256, TRUE },
};

struct _SkeinDigestLogin
{
  const Algorithm *algorithm;
  gboolean         named;      /* the server said which algorithm */
  gboolean         with_qop;
  gboolean         stale;
  gboolean         user_hash;
  char            *realm;
  char            *nonce;
  char            *opaque;     /* nullable */
};

static const Algorithm *
find_algorithm (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (algorithms); i++)
    {
      if (g_ascii_strcasecmp (name != NULL ? name : "MD5", algorithms[i].name) == 0)
        return &algorithms[i];
    }

  return NULL;
}

static gboolean
offers_auth (const char *qop)
{
  g_auto (GStrv) kinds = g_strsplit_set (qop, ", \t", -1);

  for (guint i = 0; kinds[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (kinds[i], "auth") == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
can_go_back (const char *text)
{
  for (; text != NULL && *text != '\0'; text++)
    {
      if ((guchar) *text < 0x20 || *text == 0x7f)
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_true (const char *text)
{
  return text != NULL && g_ascii_strcasecmp (text, "true") == 0;
}

static SkeinDigestLogin *
digest_login_new (const SkeinChallenge *challenge)
{
  const char *realm = skein_challenge_get (challenge, "realm");
  const char *nonce = skein_challenge_get (challenge, "nonce");
  const char *opaque = skein_challenge_get (challenge, "opaque");
  const char *qop = skein_challenge_get (challenge, "qop");
  const char *name = skein_challenge_get (challenge, "algorithm");
  const Algorithm *algorithm = find_algorithm (name);
  SkeinDigestLogin *self;

  if (!skein_challenge_is (challenge, "Digest") || algorithm == NULL || realm == NULL || nonce == NULL ||
      *nonce == '\0' || !can_go_back (realm) || !can_go_back (nonce) || !can_go_back (opaque) ||
      (qop != NULL && *qop != '\0' && !offers_auth (qop)))
    return NULL;

  self = g_new0 (SkeinDigestLogin, 1);
  self->algorithm = algorithm;
  self->named = name != NULL;
  self->with_qop = qop != NULL && *qop != '\0';
  self->stale = is_true (skein_challenge_get (challenge, "stale"));
  self->user_hash = is_true (skein_challenge_get (challenge, "userhash"));
  self->realm = g_strdup (realm);
  self->nonce = g_strdup (nonce);
  self->opaque = g_strdup (opaque);

  return self;
}

SkeinDigestLogin *
skein_digest_login_choose (GPtrArray *challenges)
{
  g_autoptr (SkeinDigestLogin) best = NULL;

  for (guint i = 0; i < challenges->len; i++)
    {
      g_autoptr (SkeinDigestLogin) one = digest_login_new (g_ptr_array_index (challenges, i));

      if (one != NULL && (best == NULL || one->algorithm->kind > best->algorithm->kind))
        {
          g_clear_pointer (&best, skein_digest_login_free);
          best = g_steal_pointer (&one);
        }
    }

  return g_steal_pointer (&best);
}

void
skein_digest_login_free (SkeinDigestLogin *self)
{
  g_free (self->realm);
  g_free (self->nonce);
  g_free (self->opaque);
  g_free (self);
}

const char *
skein_digest_login_get_nonce (const SkeinDigestLogin *self)
{
  return self->nonce;
}

gboolean
skein_digest_login_is_stale (const SkeinDigestLogin *self)
{
  return self->stale;
}

/* The digest of the parts, with colons between them. */
static char *
hash (const SkeinDigestLogin *self,
      const char             *first,
      ...)
{
  GChecksum *checksum = g_checksum_new (self->algorithm->kind);
  char *hex;
  va_list parts;

  va_start (parts, first);
  for (const char *part = first; part != NULL; part = va_arg (parts, const char *))
    {
      if (part != first)
        g_checksum_update (checksum, (const guchar *) ":", 1);
      g_checksum_update (checksum, (const guchar *) part, -1);
    }
  va_end (parts);

  hex = g_strdup (g_checksum_get_string (checksum));
  g_checksum_free (checksum);

  return hex;
}

static char *
hash_secret (const SkeinDigestLogin *self,
             const char             *user,
             const char             *password,
             const char             *cnonce)
{
  char *plain = hash (self, user, self->realm, password, NULL);
  char *session;

  if (!self->algorithm->session)
    return plain;

  session = hash (self, plain, self->nonce, cnonce, NULL);
  skein_secret_free (plain);

  return session;
}

static void
append_quoted (GString    *string,
               const char *name,
               const char *value)
{
  g_string_append_printf (string, "%s%s=\"", string->len > strlen ("Digest ") ? ", " : "", name);
  for (; *value != '\0'; value++)
    {
      if (*value == '"' || *value == '\\')
        g_string_append_c (string, '\\');
      g_string_append_c (string, *value);
    }
  g_string_append_c (string, '"');
}

static char *
compute (const SkeinDigestLogin *self,
         const char             *secret,
         const char             *method,
         const char             *target,
         const char             *nc,
         const char             *cnonce)
{
  g_autofree char *what = hash (self, method, target, NULL);

  return self->with_qop ? hash (self, secret, self->nonce, nc, cnonce, "auth", what, NULL)
                        : hash (self, secret, self->nonce, what, NULL);
}

char *
skein_digest_login_respond (const SkeinDigestLogin *self,
                            const char             *login,
                            const char             *method,
                            const char             *target,
                            guint                   count,
                            const char             *cnonce)
{
  const char *colon = strchrnul (login, ':');
  g_autofree char *user = g_strndup (login, (gsize) (colon - login));
  g_autofree char *user_hash = self->user_hash ? hash (self, user, self->realm, NULL) : NULL;
  g_autofree char *nc = g_strdup_printf ("%08x", count);
  char *secret = hash_secret (self, user, *colon == ':' ? colon + 1 : "", cnonce);
  g_autofree char *response = compute (self, secret, method, target, nc, cnonce);
  GString *value = g_string_new ("Digest ");

  append_quoted (value, "username", user_hash != NULL ? user_hash : user);
  append_quoted (value, "realm", self->realm);
  append_quoted (value, "nonce", self->nonce);
  append_quoted (value, "uri", target);
  append_quoted (value, "response", response);
  if (self->named)
    g_string_append_printf (value, ", algorithm=%s", self->algorithm->name);
  if (self->with_qop)
    g_string_append_printf (value, ", qop=auth, nc=%s", nc);
  if (self->with_qop || self->algorithm->session)
    append_quoted (value, "cnonce", cnonce);
  if (self->opaque != NULL)
    append_quoted (value, "opaque", self->opaque);
  if (self->user_hash)
    g_string_append (value, ", userhash=true");
  skein_secret_free (secret);

  return g_string_free (value, FALSE);
}
