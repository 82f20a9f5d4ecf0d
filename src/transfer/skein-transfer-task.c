/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-transfer-task.h"

#include "skein-error.h"
#include "skein-transfer-private.h"
#include "skein-uri.h"
#include "skein-worker-message.h"

#define MOST_TIME        (G_GINT64_CONSTANT (24 * 60 * 60) * G_USEC_PER_SEC)
#define MOST_CONNECTIONS 64

/* Names of files and what was decoded from an address may be any bytes. */
static void
add_bytes (GVariantDict *task,
           const char   *key,
           const char   *bytes)
{
  if (bytes != NULL)
    g_variant_dict_insert (task, key, "^ay", bytes);
}

GVariant *
skein_transfer_to_task (SkeinTransfer *self,
                        guint64        limit)
{
  g_auto (GVariantDict) task = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&task, "version", "u", SKEIN_WORKER_VERSION);
  g_variant_dict_insert (&task, "kind", "s", SKEIN_TRANSFER_TASK_KIND);
  g_variant_dict_insert (&task, "address", "s", self->uri);
  add_bytes (&task, "login", self->login);
  add_bytes (&task, "folder", self->folder);
  add_bytes (&task, "name", self->name);
  g_variant_dict_insert (&task, "connections", "u", self->connections);
  g_variant_dict_insert (&task, "answer-timeout", "x", self->timeouts.answer);
  g_variant_dict_insert (&task, "stall-timeout", "x", self->timeouts.stall);
  g_variant_dict_insert (&task, "slow-timeout", "x", self->timeouts.slow);
  if (limit > 0)
    g_variant_dict_insert (&task, "limit", "t", limit);
  if (self->digest != NULL)
    {
      g_autofree char *text = g_strdup_printf ("%s:%s", skein_digest_kind_get_key (self->digest->kind),
                                               self->digest->hex);

      g_variant_dict_insert (&task, "digest", "s", text);
    }

  return g_variant_dict_end (&task);
}

static gboolean
refuse (GError     **error,
        const char  *why)
{
  g_set_error_literal (error, SKEIN_ERROR, SKEIN_ERROR_BAD_TASK, why);

  return FALSE;
}

static SkeinTransfer *
make (GVariant  *task,
      GError   **error)
{
  const char *address, *login, *folder, *name;
  g_autofree char *inner_login = NULL;
  g_autofree char *uri = NULL;

  if (!skein_worker_message_get_text (task, "address", &address, error) ||
      !skein_worker_message_get_bytes (task, "login", &login, error) ||
      !skein_worker_message_get_bytes (task, "folder", &folder, error) ||
      !skein_worker_message_get_bytes (task, "name", &name, error))
    return NULL;
  if (address == NULL || folder == NULL || !g_path_is_absolute (folder))
    {
      refuse (error, "The task has no address, or no absolute folder");
      return NULL;
    }

  uri = skein_uri_clean (address, &inner_login, error);
  if (uri == NULL)
    return NULL;

  return skein_transfer_new (uri, login != NULL ? login : inner_login, folder, name);
}

static gboolean
set_timeouts (SkeinTransfer  *self,
              GVariant       *task,
              GError        **error)
{
  SkeinTimeouts timeouts = SKEIN_TIMEOUTS_DEFAULT;

  if (!skein_worker_message_get_number (task, "answer-timeout", 1, MOST_TIME, &timeouts.answer, error) ||
      !skein_worker_message_get_number (task, "stall-timeout", 1, MOST_TIME, &timeouts.stall, error) ||
      !skein_worker_message_get_number (task, "slow-timeout", 1, MOST_TIME, &timeouts.slow, error))
    return FALSE;

  skein_transfer_set_timeouts (self, &timeouts);

  return TRUE;
}

static gboolean
set_limits (SkeinTransfer  *self,
            GVariant       *task,
            GError        **error)
{
  gint64 connections = SKEIN_CONNECTIONS_DEFAULT;
  gint64 limit = 0;

  if (!skein_worker_message_get_number (task, "connections", 1, MOST_CONNECTIONS, &connections, error) ||
      !skein_worker_message_get_number (task, "limit", 0, G_MAXINT64, &limit, error))
    return FALSE;

  skein_transfer_set_connections (self, (guint) connections);
  if (limit > 0)
    {
      g_autoptr (SkeinRateLimiter) limiter = skein_rate_limiter_new ((guint64) limit);

      skein_transfer_set_limiter (self, limiter);
    }

  return TRUE;
}

static gboolean
set_digest (SkeinTransfer  *self,
            GVariant       *task,
            GError        **error)
{
  g_autoptr (SkeinDigest) digest = NULL;
  const char *text;

  if (!skein_worker_message_get_text (task, "digest", &text, error))
    return FALSE;

  digest = skein_digest_parse (text);
  if (text != NULL && digest == NULL)
    return refuse (error, "The task has a digest that is none");

  skein_transfer_set_digest (self, digest);

  return TRUE;
}

SkeinTransfer *
skein_transfer_new_from_task (GVariant  *task,
                              GError   **error)
{
  g_autoptr (SkeinTransfer) self = make (task, error);

  if (self == NULL || !set_timeouts (self, task, error) || !set_limits (self, task, error) ||
      !set_digest (self, task, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
skein_transfer_add_result (SkeinTransfer *self,
                           GVariantDict  *result)
{
  const SkeinVerification verification = skein_transfer_get_verification (self);
  SkeinProgressSnapshot now;

  skein_progress_get (self->progress, &now);
  g_variant_dict_insert (result, "path", "^ay", self->path);
  g_variant_dict_insert (result, "received", "t", now.received);
  g_variant_dict_insert (result, "length-known", "b", self->length_known);
  if (verification.source != SKEIN_DIGEST_SOURCE_NONE)
    {
      g_variant_dict_insert (result, "verified-kind", "s", skein_digest_kind_get_key (verification.kind));
      g_variant_dict_insert (result, "verified-source", "s", skein_digest_source_get_key (verification.source));
    }
}
