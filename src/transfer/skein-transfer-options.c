/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-transfer-private.h"

/* How a transfer differs from the usual: set by its owner before it runs, but for the limit, which may change at any time. */

void
skein_transfer_set_timeouts (SkeinTransfer       *self,
                             const SkeinTimeouts *timeouts)
{
  self->timeouts = *timeouts;
}

void
skein_transfer_set_connections (SkeinTransfer *self,
                                guint          connections)
{
  g_return_if_fail (connections > 0);

  self->connections = connections;
}

void
skein_transfer_set_least_segment (SkeinTransfer *self,
                                  guint64        bytes)
{
  g_return_if_fail (bytes > 0);

  self->least = bytes;
}

void
skein_transfer_set_limiter (SkeinTransfer    *self,
                            SkeinRateLimiter *limiter)
{
  g_clear_pointer (&self->limiter, skein_rate_limiter_unref);
  self->limiter = limiter != NULL ? skein_rate_limiter_ref (limiter) : NULL;
}

void
skein_transfer_set_limit (SkeinTransfer *self,
                          guint64        rate)
{
  skein_rate_limiter_set_rate (self->own_limiter, g_get_monotonic_time (), rate);
}

void
skein_transfer_set_digest (SkeinTransfer     *self,
                           const SkeinDigest *digest)
{
  g_clear_pointer (&self->digest, skein_digest_free);
  self->digest = skein_digest_copy (digest);
}

void
skein_transfer_set_journal (SkeinTransfer  *self,
                            SkeinJournal   *journal,
                            const SkeinKey *key)
{
  g_clear_pointer (&self->journal, skein_journal_unref);
  if (journal == NULL)
    return;

  self->journal = skein_journal_ref (journal);
  self->journal_key = *key;
}

void
skein_transfer_set_afresh (SkeinTransfer *self,
                           gboolean       afresh)
{
  self->afresh = afresh;
}

void
skein_transfer_set_request_options (SkeinTransfer       *self,
                                    SkeinRequestOptions *options)
{
  g_clear_pointer (&self->options, skein_request_options_unref);
  self->options = options != NULL ? skein_request_options_ref (options) : NULL;
}

void
skein_transfer_set_sources (SkeinTransfer  *self,
                            SkeinSourceSet *sources)
{
  g_clear_pointer (&self->set, skein_source_set_unref);
  self->set = sources != NULL ? skein_source_set_ref (sources) : NULL;
}

void
skein_transfer_set_find_checksum (SkeinTransfer *self,
                                  gboolean       finds)
{
  self->finds_checksum = finds;
}

void
skein_transfer_set_preallocate (SkeinTransfer *self,
                                gboolean       preallocates)
{
  self->preallocates = preallocates;
}
