/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-get-refuse.h"

gboolean
skein_get_refuse (GError     **error,
                  const char  *format,
                  ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, format, args);
  va_end (args);

  return FALSE;
}
