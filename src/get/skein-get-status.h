/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SkeinGetStatus:
 * @SKEIN_GET_STATUS_GOOD: every file is there
 * @SKEIN_GET_STATUS_OTHER: failures of several kinds, or of none of those below
 * @SKEIN_GET_STATUS_USAGE: the command line makes no sense
 * @SKEIN_GET_STATUS_INPUT: an address or a list was not understood, or the list cannot be read
 * @SKEIN_GET_STATUS_NETWORK: a server could not be reached, or broke off
 * @SKEIN_GET_STATUS_SERVER: a server answered, but with no file
 * @SKEIN_GET_STATUS_DISK: a file could not be written
 * @SKEIN_GET_STATUS_CHECKSUM: a file is not what it ought to be
 * @SKEIN_GET_STATUS_STOPPED: stopped by a signal
 *
 * With what skein-get ends. Told in the manual page, so the numbers stay.
 */
typedef enum
{
  SKEIN_GET_STATUS_GOOD = 0,
  SKEIN_GET_STATUS_OTHER = 1,
  SKEIN_GET_STATUS_USAGE = 2,
  SKEIN_GET_STATUS_INPUT = 3,
  SKEIN_GET_STATUS_NETWORK = 4,
  SKEIN_GET_STATUS_SERVER = 5,
  SKEIN_GET_STATUS_DISK = 6,
  SKEIN_GET_STATUS_CHECKSUM = 7,
  SKEIN_GET_STATUS_STOPPED = 8,
} SkeinGetStatus;

/**
 * skein_get_status_from_error:
 * @error: (nullable): why a download failed
 *
 * Returns: the status of that kind
 */
SkeinGetStatus skein_get_status_from_error (const GError   *error);

/**
 * skein_get_status_add:
 * @all: the status so far
 * @one: of one more failure
 *
 * Returns: the status of both: the kind that they share, or that there are several
 */
SkeinGetStatus skein_get_status_add        (SkeinGetStatus  all,
                                            SkeinGetStatus  one);

/**
 * skein_get_status_name_code:
 * @error: why a download failed
 * @domain: (out): "skein", "http" or the name of a library's domain
 *
 * For programs that read the output: names instead of numbers that may change.
 *
 * Returns: (transfer full): "no-space", "404", or a library's number
 */
char          *skein_get_status_name_code  (const GError   *error,
                                            const char    **domain);

G_END_DECLS
