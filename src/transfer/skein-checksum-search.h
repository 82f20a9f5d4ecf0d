/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-transfer-private.h"

G_BEGIN_DECLS

/* Bytes of a checksum file that are read; a longer one is left alone. */
#define SKEIN_CHECKSUM_SEARCH_MAX_LENGTH (1024 * 1024)

/**
 * skein_checksum_search:
 * @transfer: a transfer that has asked for nothing yet
 * @error: %G_IO_ERROR_CANCELLED alone
 *
 * Where it was asked for, and no digest was given, looks for a checksum file that names the file of the address: first
 * "NAME.sha256" and the like, then "SHA256SUMS" and the like in its folder, at the same origin alone. The first one
 * that has the name counts. Whatever else goes wrong means that there is none; when the server cannot be
 * reached or takes too long, no other one is asked for. Blocks; the thread that runs the transfer.
 *
 * Returns: %FALSE if it was cancelled
 */
gboolean skein_checksum_search (SkeinTransfer  *transfer,
                                GError        **error);

G_END_DECLS
