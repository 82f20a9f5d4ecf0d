/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-error.h"

#include <errno.h>

G_DEFINE_QUARK (skein-error-quark, skein_error)
G_DEFINE_QUARK (skein-http-status-quark, skein_http_status)

static SkeinError
code_from_errno (int saved_errno)
{
  switch (saved_errno)
    {
    case ENOSPC:
    case EDQUOT:
      return SKEIN_ERROR_NO_SPACE;

    case EFBIG:
      return SKEIN_ERROR_TOO_LARGE;

    case EROFS:
      return SKEIN_ERROR_READ_ONLY;

    case EACCES:
    case EPERM:
      return SKEIN_ERROR_PERMISSION;

    case ENOENT:
    case ENOTDIR:
    case ESTALE:
    case ENODEV:
      return SKEIN_ERROR_FOLDER;

    default:
      return SKEIN_ERROR_IO;
    }
}

void
skein_error_set_from_errno (GError     **error,
                            int          saved_errno,
                            const char  *what)
{
  g_set_error (error, SKEIN_ERROR, code_from_errno (saved_errno),
               "%s: %s", what, g_strerror (saved_errno));
}
