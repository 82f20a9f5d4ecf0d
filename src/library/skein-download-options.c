/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-download-private.h"

void
skein_download_set_options (SkeinDownload              *self,
                            const SkeinDownloadOptions *options)
{
  self->connections = options->connections;
  self->timeout = options->timeout;
  if (options->limiter != NULL)
    self->limiter = skein_rate_limiter_ref (options->limiter);
  self->limit = options->limit;
  self->digest = skein_digest_copy (options->digest);
  self->find_checksum = options->find_checksum;
  self->preallocate = options->preallocate;
  self->afresh = options->afresh;
  if (options->journal != NULL)
    {
      self->journal = skein_journal_ref (options->journal);
      self->journal_key = *options->journal_key;
    }
  if (options->sources != NULL)
    self->sources = skein_source_set_ref (options->sources);
  if (options->request != NULL)
    self->request = skein_request_options_ref (options->request);
}

void
skein_download_equip (SkeinDownload *self,
                      SkeinTransfer *transfer)
{
  SkeinTimeouts timeouts = SKEIN_TIMEOUTS_DEFAULT;

  if (self->connections > 0)
    skein_transfer_set_connections (transfer, self->connections);
  skein_transfer_set_limiter (transfer, self->limiter);
  skein_transfer_set_limit (transfer, self->limit);
  skein_transfer_set_digest (transfer, self->digest);
  skein_transfer_set_find_checksum (transfer, self->find_checksum);
  skein_transfer_set_preallocate (transfer, self->preallocate);
  skein_transfer_set_journal (transfer, self->journal, &self->journal_key);
  skein_transfer_set_afresh (transfer, self->afresh);
  skein_transfer_set_sources (transfer, self->sources);
  skein_transfer_set_request_options (transfer, self->request);
  if (self->timeout > 0)
    {
      timeouts.answer = self->timeout;
      timeouts.stall = self->timeout;
      timeouts.slow = MAX (timeouts.slow, 2 * self->timeout);
      skein_transfer_set_timeouts (transfer, &timeouts);
    }
}
