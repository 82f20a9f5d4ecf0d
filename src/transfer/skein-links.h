/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-transfer-private.h"

G_BEGIN_DECLS

/**
 * skein_links_take:
 * @transfer: a transfer whose file is as the answer says, before a byte of it is read
 * @connection: with the first answer
 *
 * RFC 6249, of the answer and of the first redirect that has such links: "Link: rel=duplicate" names further addresses of the file, tried behind those that are known; no
 * link may lead where a redirect may not. For a large file of which no digest is known otherwise,
 * "rel=describedby" leads to a Metalink, of the same origin or over https: if it speaks of a file of that size, its
 * hashes, pieces and mirrors are used. Whatever goes wrong means that there is none. Blocks; the thread that
 * runs the transfer.
 */
void skein_links_take (SkeinTransfer    *transfer,
                       SkeinConnection  *connection);

G_END_DECLS
