/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-download-private.h"

SkeinDelay
skein_download_get_delay (SkeinDownload *self)
{
  g_return_val_if_fail (SKEIN_IS_DOWNLOAD (self), SKEIN_DELAY_TIME);

  return self->delay;
}

gint64
skein_download_get_retry_in (SkeinDownload *self)
{
  g_return_val_if_fail (SKEIN_IS_DOWNLOAD (self), -1);

  return self->state == SKEIN_DOWNLOAD_DELAYED ? self->retry_in : -1;
}

guint
skein_download_get_attempt (SkeinDownload *self,
                            guint         *most)
{
  g_return_val_if_fail (SKEIN_IS_DOWNLOAD (self), 1);

  if (most != NULL)
    *most = self->most;

  return self->failed + 1;
}

SkeinVerdict
skein_download_get_verdict (SkeinDownload *self)
{
  g_return_val_if_fail (SKEIN_IS_DOWNLOAD (self), SKEIN_VERDICT_FINAL);

  return self->verdict;
}

void
skein_download_set_delay (SkeinDownload *self,
                          SkeinDelay     delay,
                          gint64         retry_in)
{
  if (self->delay == delay && self->retry_in == retry_in)
    return;

  self->delay = delay;
  self->retry_in = retry_in;

  /* A row that nobody has looked at has no facts yet, and needs none every second. */
  if (self->state == SKEIN_DOWNLOAD_DELAYED && self->facts != NULL)
    skein_download_refresh_facts (self);
}
