/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-links.h"

#include "skein-link-header.h"
#include "skein-pieces.h"
#include "skein-redirect.h"
#include "skein-small-body.h"
#include "skein-sources.h"
#include "skein-uri.h"
#include "skein-verify.h"

/* Addresses that are taken from an answer. */
#define MOST_MIRRORS 32

/* For a smaller file one more request does not pay. */
#define LEAST_SIZE (8 * 1024 * 1024)

#define MOST_LENGTH  (4 * 1024 * 1024)
#define MOST_SECONDS 5

static void
add_mirror (SkeinTransfer   *transfer,
            const char      *base,
            const char      *target,
            guint           *n)
{
  g_autofree char *uri = skein_redirect_next (base, target, NULL);

  if (uri != NULL && *n < MOST_MIRRORS && skein_sources_add (transfer, uri))
    ++*n;
}

/* Nobody on the way may say what the file ought to be, or it is who gave the address anyway. */
static gboolean
is_trusted (const char *uri,
            const char *base)
{
  return g_str_has_prefix (uri, "https:") || skein_uri_same_origin (uri, base);
}

static SkeinMetalink *
fetch_description (SkeinTransfer *transfer,
                   const char    *base,
                   const char    *uri)
{
  const SkeinHttpRequest request = {
    .uri = uri, .home = uri, .first = -1, .last = -1,
    .timeout = MIN (transfer->timeouts.answer, MOST_SECONDS * G_USEC_PER_SEC),
  };
  g_autoptr (SkeinConnection) connection = skein_connection_open (&request, SKEIN_CONNECTION_ONLY_IF_FREE,
                                                                  transfer->context, transfer->progress,
                                                                  transfer->stop, NULL);
  g_autoptr (GByteArray) text = NULL;

  if (connection == NULL || connection->answer->status != 200 || connection->answer->length > MOST_LENGTH ||
      !is_trusted (connection->answer->uri, base))
    return NULL;

  text = skein_small_body_read (transfer, connection->answer, MOST_LENGTH, NULL);

  return text != NULL ? skein_metalink_parse ((const char *) text->data, text->len, NULL) : NULL;
}

static const SkeinMetalinkFile *
find_file (const SkeinMetalink *metalink,
           gint64               total)
{
  const SkeinMetalinkFile *file = g_ptr_array_index (metalink->files, 0);

  /* Of several, nobody says which is ours. */
  return metalink->files->len == 1 && file->size == total ? file : NULL;
}

/* What was known before goes before what the description says. */
static void
take_pieces (SkeinTransfer           *transfer,
             const SkeinMetalinkFile *file)
{
  g_autoptr (SkeinSourceSet) old = g_steal_pointer (&transfer->set);

  transfer->set = skein_source_set_new ();
  for (guint i = 0; old != NULL && i < old->addresses->len; i++)
    {
      SkeinSourceAddress *address = g_ptr_array_index (old->addresses, i);

      skein_source_set_add (transfer->set, address->uri, address->login);
    }
  transfer->set->size = old != NULL ? old->size : -1;
  skein_source_set_take_pieces (transfer->set, file);
  transfer->pieces = skein_pieces_new (transfer->set, transfer->total);
}

static void
take_description (SkeinTransfer           *transfer,
                  const char              *base,
                  const SkeinMetalinkFile *file,
                  guint                   *n)
{
  if (file->hashes->len > 0)
    {
      SkeinMetalinkHash *best = g_ptr_array_index (file->hashes, 0);
      const SkeinDigest digest = { best->kind, best->hex };

      transfer->announced = skein_digest_copy (&digest);
      skein_verify_begin (transfer);
    }
  if (file->piece_length > 0)
    take_pieces (transfer, file);
  for (guint i = 0; i < file->mirrors->len; i++)
    add_mirror (transfer, base, ((SkeinMetalinkMirror *) g_ptr_array_index (file->mirrors, i))->uri, n);
}

static void
follow_description (SkeinTransfer   *transfer,
                    const char      *base,
                    const char      *target,
                    guint           *n)
{
  g_autofree char *uri = skein_redirect_next (base, target, NULL);
  g_autoptr (SkeinMetalink) metalink = NULL;
  const SkeinMetalinkFile *file;

  if (uri == NULL || !is_trusted (uri, base))
    return;

  metalink = fetch_description (transfer, base, uri);
  file = metalink != NULL ? find_file (metalink, transfer->total) : NULL;
  if (file != NULL)
    take_description (transfer, base, file, n);
}

static void
take (SkeinTransfer *transfer,
      const char    *base,
      const char    *value)
{
  gboolean described = transfer->total < LEAST_SIZE || skein_sources_are_proven (transfer, transfer->total);
  g_autoptr (GPtrArray) links = skein_link_header_parse (value);
  guint n = 0;

  for (guint i = 0; i < links->len; i++)
    {
      SkeinLink *link = g_ptr_array_index (links, i);

      if (skein_link_has_rel (link, "duplicate"))
        add_mirror (transfer, base, link->target, &n);
      else if (!described && skein_link_is_metalink (link))
        {
          described = TRUE;
          follow_description (transfer, base, link->target, &n);
        }
    }
}

void
skein_links_take (SkeinTransfer   *transfer,
                  SkeinConnection *connection)
{
  const char *value = skein_http_answer_get (connection->answer, "link");

  if (transfer->total < 0)
    return;

  if (connection->link != NULL)
    take (transfer, connection->link_uri, connection->link);
  if (value != NULL)
    take (transfer, connection->answer->uri, value);
}
