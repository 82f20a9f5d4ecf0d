/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-checksum-search.h"

#include <string.h>

#include "skein-error.h"
#include "skein-small-body.h"
#include "skein-uri.h"

/* A page that says that there is no such file: reading so much costs less than another connection. */
#define PAGE_MAX_LENGTH (64 * 1024)

/* %NULL without an error: there is no such file, or it does not name ours. */
static SkeinDigest *
look_into (SkeinTransfer  *transfer,
           const char     *uri,
           const char     *name,
           gboolean        alone,
           GError        **error)
{
  const SkeinHttpRequest request = {
    .uri = uri, .home = transfer->uri, .login = transfer->login, .login_home = transfer->uri,
    .options = transfer->options, .first = -1, .last = -1, .timeout = transfer->timeouts.answer,
  };
  g_autoptr (SkeinConnection) connection = skein_connection_open (&request, SKEIN_CONNECTION_WAIT, transfer->context,
                                                                  transfer->progress, transfer->stop, error);
  g_autoptr (GByteArray) text = NULL;
  SkeinHttpAnswer *answer;
  gboolean good;

  if (connection == NULL)
    return NULL;

  answer = connection->answer;
  good = answer->status == 200 && skein_uri_same_origin (answer->uri, transfer->uri);
  if (answer->length > (good ? SKEIN_CHECKSUM_SEARCH_MAX_LENGTH : PAGE_MAX_LENGTH) || (!good && answer->length < 0))
    return NULL;

  text = skein_small_body_read (transfer, answer, SKEIN_CHECKSUM_SEARCH_MAX_LENGTH, error);

  return text != NULL && good ? skein_digest_find ((const char *) text->data, text->len, name, alone) : NULL;
}

/* Nothing is wrong with the server: others may be there. */
static gboolean
concerns_this_one (const GError *error)
{
  return error->domain == SKEIN_HTTP_STATUS ||
         g_error_matches (error, SKEIN_ERROR, SKEIN_ERROR_TOO_MANY_REDIRECTS) ||
         g_error_matches (error, SKEIN_ERROR, SKEIN_ERROR_BAD_REDIRECT) ||
         g_error_matches (error, SKEIN_ERROR, SKEIN_ERROR_REDIRECT_REFUSED);
}

static void
search (SkeinTransfer  *transfer,
        const char     *path,
        const char     *name,
        GError        **error)
{
  const struct { const char *text; gboolean beside; } places[] = {
    { ".sha256", TRUE }, { ".sha512", TRUE }, { ".sha1", TRUE }, { ".md5", TRUE },
    { "SHA256SUMS", FALSE }, { "SHA512SUMS", FALSE }, { "sha256sum.txt", FALSE }, { "MD5SUMS", FALSE },
  };
  gsize folder = (gsize) (strrchr (path, '/') + 1 - path);

  for (guint i = 0; i < G_N_ELEMENTS (places) && transfer->found == NULL; i++)
    {
      g_autofree char *start = places[i].beside ? g_strdup (path) : g_strndup (path, folder);
      g_autofree char *uri = g_strconcat (start, places[i].text, NULL);
      g_autoptr (GError) local = NULL;

      transfer->found = look_into (transfer, uri, name, places[i].beside, &local);
      if (local == NULL || concerns_this_one (local))
        continue;
      if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_propagate_error (error, g_steal_pointer (&local));
      else
        g_debug ("Looking for %s: %s", uri, local->message);
      return;
    }
}

gboolean
skein_checksum_search (SkeinTransfer  *transfer,
                       GError        **error)
{
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GError) local = NULL;

  if (!transfer->finds_checksum || transfer->searched || transfer->digest != NULL ||
      skein_uri_get_kind (transfer->uri) != SKEIN_URI_WEB)
    return TRUE;

  path = g_strndup (transfer->uri, strcspn (transfer->uri, "?"));
  name = g_uri_unescape_string (strrchr (path, '/') + 1, "/");
  if (name != NULL && *name != '\0')
    search (transfer, path, name, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  transfer->searched = TRUE;
  transfer->verification.missing = transfer->found == NULL;

  return TRUE;
}
