/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-secret.h"

#include <string.h>

void
skein_secret_free (gpointer secret)
{
  if (secret == NULL)
    return;

  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}
