/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-verify.h"

#include "skein-error.h"

static void
keep_stronger (SkeinTransfer *transfer,
               SkeinDigest   *digest)
{
  if (digest == NULL)
    return;

  if (skein_digest_is_stronger (digest, transfer->announced))
    {
      g_clear_pointer (&transfer->announced, skein_digest_free);
      transfer->announced = digest;
    }
  else
    skein_digest_free (digest);
}

void
skein_verify_announce (SkeinTransfer         *transfer,
                       SkeinHttpAnswer       *answer,
                       const SkeinAnswerPart *part)
{
  gboolean all = part->whole || (part->start == 0 && part->total >= 0 && part->end == part->total);

  /* A part is only taken if it is of the version that was there before, and so holds what was told of that. */
  if (all)
    g_clear_pointer (&transfer->announced, skein_digest_free);
  keep_stronger (transfer, skein_digest_parse_repr_digest (skein_http_answer_get (answer, "repr-digest")));
  if (!all)
    return;

  keep_stronger (transfer, skein_digest_parse_repr_digest (skein_http_answer_get (answer, "content-digest")));
  keep_stronger (transfer, skein_digest_parse_digest (skein_http_answer_get (answer, "digest")));
  keep_stronger (transfer, skein_digest_parse_content_md5 (skein_http_answer_get (answer, "content-md5")));
}

static const SkeinDigest *
get_wanted (SkeinTransfer     *transfer,
            SkeinDigestSource *source)
{
  if (transfer->digest != NULL)
    {
      *source = SKEIN_DIGEST_SOURCE_GIVEN;
      return transfer->digest;
    }
  if (transfer->found != NULL)
    {
      *source = SKEIN_DIGEST_SOURCE_FILE;
      return transfer->found;
    }

  *source = SKEIN_DIGEST_SOURCE_SERVER;

  return transfer->announced;
}

void
skein_verify_begin (SkeinTransfer *transfer)
{
  SkeinDigestSource source;
  const SkeinDigest *wanted = get_wanted (transfer, &source);

  transfer->lost = FALSE;
  g_clear_pointer (&transfer->checksum, skein_checksum_free);
  if (wanted != NULL)
    transfer->checksum = skein_checksum_new (wanted->kind, transfer->context);
}

static gboolean
may_follow (SkeinTransfer *transfer)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&transfer->mutex);

  return transfer->n_helpers == 0 && !transfer->lost;
}

void
skein_verify_follow (SkeinTransfer *transfer,
                     const guint8  *bytes,
                     gsize          length,
                     guint64        offset)
{
  if (transfer->checksum != NULL && may_follow (transfer))
    skein_checksum_follow (transfer->checksum, bytes, length, offset);
}

/* What is there is not the file, so nobody may go on from it. */
static void
condemn (SkeinTransfer *transfer)
{
  skein_part_file_drop_record (transfer->file);
  g_clear_pointer (&transfer->file, skein_part_file_close);
}

gboolean
skein_verify_file (SkeinTransfer  *transfer,
                   GError        **error)
{
  SkeinDigestSource source;
  const SkeinDigest *wanted = get_wanted (transfer, &source);
  const char *hex;

  if (wanted == NULL)
    return TRUE;
  if (transfer->checksum == NULL || transfer->lost)
    skein_verify_begin (transfer);

  hex = skein_checksum_finish (transfer->checksum, transfer->file, transfer->progress, transfer->stop, error);
  if (hex == NULL)
    return FALSE;

  if (!skein_digest_matches (wanted, hex))
    {
      g_set_error (error, SKEIN_ERROR, SKEIN_ERROR_DIGEST, "%s is %s, not %s",
                   skein_digest_get_name (wanted), hex, wanted->hex);
      condemn (transfer);
      return FALSE;
    }

  transfer->verification.source = source;
  transfer->verification.kind = wanted->kind;

  return TRUE;
}
