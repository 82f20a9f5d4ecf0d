/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-download-private.h"

/* What is known of whether the file is right. Told by "facts", so that there are no properties. */

gint64
skein_download_get_checked (SkeinDownload *self)
{
  g_return_val_if_fail (SKEIN_IS_DOWNLOAD (self), -1);

  return self->checked;
}

gboolean
skein_download_set_checked (SkeinDownload *self,
                            gint64         checked)
{
  gboolean changed = self->checked != checked;

  self->checked = checked;

  return changed;
}

SkeinVerification
skein_download_get_verification (SkeinDownload *self)
{
  g_return_val_if_fail (SKEIN_IS_DOWNLOAD (self), ((SkeinVerification) { 0 }));

  return self->verification;
}

void
skein_download_set_verification (SkeinDownload     *self,
                                 SkeinVerification  verification)
{
  self->verification = verification;
}
