/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-checksum-search.h"

#include <string.h>

#include "skein-body.h"
#include "skein-error.h"
#include "skein-uri.h"

/* A page that says that there is no such file: reading so much costs less than another connection. */
#define PAGE_MAX_LENGTH (64 * 1024)

/* What is read of one of them. */
typedef struct
{
  SkeinTransfer *transfer;
  GByteArray    *text;
  guint64        came;
  gint64         deadline;  /* monotonic: a server may drip, but not for ever */
  gboolean       over;      /* too long, or too slow */
} Reading;

static gboolean
is_over (Reading *reading)
{
  if (reading->came > SKEIN_CHECKSUM_SEARCH_MAX_LENGTH || g_get_monotonic_time () > reading->deadline)
    reading->over = TRUE;

  return reading->over;
}

static gsize
reading_room (gpointer data,
              gsize    most)
{
  return is_over (data) ? 0 : most;
}

static gsize
reading_took (gpointer data,
              gsize    length)
{
  Reading *reading = data;

  reading->came += length;

  return is_over (reading) ? 0 : length;
}

static gboolean
reading_write (gpointer       data,
               const guint8  *bytes,
               gsize          length,
               guint64        offset,
               GError       **error)
{
  g_byte_array_append (((Reading *) data)->text, bytes, (guint) length);

  return TRUE;
}

/* %NULL without an error: longer or slower than such a file may be. */
static GByteArray *
read_body (SkeinTransfer    *transfer,
           SkeinHttpAnswer  *answer,
           GError          **error)
{
  const SkeinBodySink sink = { reading_room, reading_took, reading_write, NULL, NULL };
  g_autoptr (GByteArray) text = g_byte_array_new ();
  Reading reading = {
    .transfer = transfer, .text = text, .deadline = g_get_monotonic_time () + transfer->timeouts.answer,
  };
  SkeinBodyTask task = {
    .answer = answer, .sink = &sink, .sink_data = &reading, .timeouts = &transfer->timeouts,
    .context = transfer->context, .progress = transfer->progress, .cancellable = transfer->stop,
  };

  if (!skein_body_receive (&task, error) || reading.over)
    return NULL;

  return g_steal_pointer (&text);
}

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

  text = read_body (transfer, answer, error);

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
  g_autofree char *path = g_strndup (transfer->uri, strcspn (transfer->uri, "?"));
  g_autofree char *name = g_uri_unescape_string (strrchr (path, '/') + 1, "/");
  g_autoptr (GError) local = NULL;

  if (!transfer->finds_checksum || transfer->searched || transfer->digest != NULL ||
      !g_str_has_prefix (path, "http"))
    return TRUE;

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
