/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-transfer-task.h"

#include <string.h>

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

static const struct { const char *key; glong offset; } switches[] = {
  { "afresh", G_STRUCT_OFFSET (SkeinTransfer, afresh) },
  { "find-checksum", G_STRUCT_OFFSET (SkeinTransfer, finds_checksum) },
  { "preallocate", G_STRUCT_OFFSET (SkeinTransfer, preallocates) },
};

static void
add_request (GVariantDict        *task,
             SkeinRequestOptions *options)
{
  g_auto (GStrv) headers = skein_request_options_dup_headers (options);
  const char *referer = skein_request_options_get_referer (options);
  const char *agent = skein_request_options_get_user_agent (options);

  if (headers[0] != NULL)
    g_variant_dict_insert (task, "headers", "^as", headers);
  if (referer != NULL)
    g_variant_dict_insert (task, "referer", "s", referer);
  if (agent != NULL)
    g_variant_dict_insert (task, "user-agent", "s", agent);
}

/* With its login in it, as it was given once. */
static char *
join_address (const SkeinSourceAddress *address)
{
  const char *rest = strstr (address->uri, "://");
  g_auto (GStrv) parts = NULL;
  g_autofree char *user = NULL;
  g_autofree char *password = NULL;

  if (address->login == NULL || rest == NULL)
    return g_strdup (address->uri);

  parts = g_strsplit (address->login, ":", 2);
  user = g_uri_escape_string (parts[0], NULL, FALSE);
  password = g_uri_escape_string (parts[1] != NULL ? parts[1] : "", NULL, FALSE);

  return g_strdup_printf ("%.*s://%s:%s@%s", (int) (rest - address->uri), address->uri, user, password, rest + 3);
}

static void
add_sources (GVariantDict         *task,
             const SkeinSourceSet *set)
{
  g_autoptr (GStrvBuilder) mirrors = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  for (guint i = 0; i < set->addresses->len; i++)
    {
      g_autofree char *mirror = join_address (g_ptr_array_index (set->addresses, i));

      g_strv_builder_add (mirrors, mirror);
    }

  all = g_strv_builder_end (mirrors);
  if (all[0] != NULL)
    g_variant_dict_insert (task, "mirrors", "^as", all);
  if (set->size >= 0)
    g_variant_dict_insert (task, "size", "x", set->size);
}

GVariant *
skein_transfer_to_task (SkeinTransfer *self,
                        guint64        limit)
{
  g_auto (GVariantDict) task = G_VARIANT_DICT_INIT (NULL);
  g_autofree char *login = self->login != NULL
                           ? skein_request_options_complete_login (self->options, self->uri, self->login)
                           : skein_request_options_find_login (self->options, self->uri, self->uri);

  g_variant_dict_insert (&task, "version", "u", SKEIN_WORKER_VERSION);
  g_variant_dict_insert (&task, "kind", "s", SKEIN_TRANSFER_TASK_KIND);
  g_variant_dict_insert (&task, "address", "s", self->uri);
  add_bytes (&task, "login", login);
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
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    if (G_STRUCT_MEMBER (gboolean, self, switches[i].offset))
      g_variant_dict_insert (&task, switches[i].key, "u", 1);
  add_request (&task, self->options);
  if (self->set != NULL)
    add_sources (&task, self->set);

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

  uri = skein_uri_clean_any (address, &inner_login, error);
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

static gboolean
fill_request (SkeinRequestOptions  *options,
              GVariant             *task,
              GError              **error)
{
  g_autofree const char **headers = NULL;
  const char *referer, *agent;

  if (!skein_worker_message_get_texts (task, "headers", &headers, error) ||
      !skein_worker_message_get_text (task, "referer", &referer, error) ||
      !skein_worker_message_get_text (task, "user-agent", &agent, error))
    return FALSE;

  for (guint i = 0; headers != NULL && headers[i] != NULL; i++)
    if (!skein_request_options_add_header (options, headers[i], error))
      return FALSE;

  return (referer == NULL || skein_request_options_set_referer (options, referer, error)) &&
         (agent == NULL || skein_request_options_set_user_agent (options, agent, error));
}

static gboolean
set_request (SkeinTransfer  *self,
             GVariant       *task,
             GError        **error)
{
  g_autoptr (SkeinRequestOptions) options = skein_request_options_new ();
  g_autoptr (GError) local = NULL;

  if (fill_request (options, task, &local))
    {
      skein_transfer_set_request_options (self, options);
      return TRUE;
    }

  /* Its messages hold no values. */
  g_set_error_literal (error, SKEIN_ERROR, SKEIN_ERROR_BAD_TASK, local->message);

  return FALSE;
}

static gboolean
add_mirror (SkeinSourceSet  *set,
            const char      *text,
            GError         **error)
{
  g_autofree char *login = NULL;
  g_autofree char *uri = skein_uri_clean (text, &login, error);

  if (uri != NULL)
    skein_source_set_add (set, uri, login);

  return uri != NULL;
}

static gboolean
set_switches (SkeinTransfer  *self,
              GVariant       *task,
              GError        **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    {
      gint64 on = 0;

      if (!skein_worker_message_get_number (task, switches[i].key, 0, 1, &on, error))
        return FALSE;
      G_STRUCT_MEMBER (gboolean, self, switches[i].offset) = on != 0;
    }

  return TRUE;
}

static gboolean
set_sources (SkeinTransfer  *self,
             GVariant       *task,
             GError        **error)
{
  g_autoptr (SkeinSourceSet) set = skein_source_set_new ();
  g_autofree const char **mirrors = NULL;

  if (!skein_worker_message_get_texts (task, "mirrors", &mirrors, error) ||
      !skein_worker_message_get_number (task, "size", 0, G_MAXINT64, &set->size, error))
    return FALSE;

  for (guint i = 0; mirrors != NULL && mirrors[i] != NULL; i++)
    if (!add_mirror (set, mirrors[i], error))
      return FALSE;

  if (set->addresses->len > 0 || set->size >= 0)
    skein_transfer_set_sources (self, set);

  return TRUE;
}

SkeinTransfer *
skein_transfer_new_from_task (GVariant  *task,
                              GError   **error)
{
  g_autoptr (SkeinTransfer) self = make (task, error);

  if (self == NULL || !set_timeouts (self, task, error) || !set_limits (self, task, error) ||
      !set_digest (self, task, error) || !set_request (self, task, error) || !set_sources (self, task, error) ||
      !set_switches (self, task, error))
    return NULL;

  return g_steal_pointer (&self);
}

static void
add_file (SkeinTransfer *self,
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

void
skein_transfer_add_result (SkeinTransfer *self,
                           gboolean       good,
                           GVariantDict  *result)
{
  if (good)
    add_file (self, result);
  else if (self->retry_after >= 0)
    g_variant_dict_insert (result, "retry-after", "x", self->retry_after);
}
