/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "skein-uri-list.h"

G_BEGIN_DECLS

/**
 * skein_intake_read_uri_list:
 * @bytes: (array length=length): text/uri-list (RFC 2483 section 5)
 * @length: how many
 * @listed: (out) (transfer full) (element-type SkeinMetalinkFile): what Metalinks list, each with a mirror
 *
 * Like skein_uri_list_parse(), but reads local files that are lists of addresses (`.txt`, `.urls`, `.list`),
 * one address a line, and Metalinks (`.meta4`, `.metalink`). Other files and folders become rejects with a %G_IO_ERROR, whose message is
 * translated, or a %SKEIN_ERROR. Reads the disk; for a thread of its own.
 *
 * Returns: (transfer full): addresses and rejects
 */
SkeinUriList *skein_intake_read_uri_list (const char  *bytes,
                                          gsize        length,
                                          GPtrArray  **listed);

G_END_DECLS
