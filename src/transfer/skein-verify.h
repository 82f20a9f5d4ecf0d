/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-transfer-private.h"

G_BEGIN_DECLS

/*
 * What the file of a running transfer ought to be, and whether it is. What a person gave goes before what
 * was found beside the address, and that before what the server says with the file. The thread that runs the
 * transfer.
 */

/**
 * skein_verify_announce:
 * @transfer: a running transfer
 * @answer: the one that its file comes with
 * @part: what that brings
 *
 * Keeps the strongest digest that the answer tells of: Repr-Digest, which is always about the whole file
 * (RFC 9530 section 3); Content-Digest (RFC 9530 section 2), Digest (RFC 3230) and Content-MD5 (RFC 2616
 * section 14.15) only where the answer brings the whole, since the first and the last are about the bytes that come, and
 * servers do not agree about the other. What an earlier attempt was told of the same version stays.
 */
void     skein_verify_announce (SkeinTransfer          *transfer,
                                SkeinHttpAnswer        *answer,
                                const SkeinAnswerPart  *part);

/**
 * skein_verify_begin:
 * @transfer: a transfer whose first byte is about to be written
 *
 * Hashes from now on what comes, if there is anything to hold it against.
 */
void     skein_verify_begin    (SkeinTransfer          *transfer);

/**
 * skein_verify_follow:
 * @transfer: a running transfer
 * @bytes: (array length=length): what was just written
 * @length: how many bytes
 * @offset: where in the file
 *
 * Hashes them, if they are the next ones and nobody else writes: a race for a range could replace them.
 */
void     skein_verify_follow   (SkeinTransfer          *transfer,
                                const guint8           *bytes,
                                gsize                   length,
                                guint64                 offset);

/**
 * skein_verify_file:
 * @transfer: a transfer whose file is complete
 * @error: %SKEIN_ERROR_DIGEST with both values, %SKEIN_ERROR_IO or %G_IO_ERROR_CANCELLED
 *
 * Holds the file against its digest, if there is one. What failed to be the file is closed, and its record is
 * gone: no later attempt goes on from it.
 *
 * Returns: whether nothing speaks against the file
 */
gboolean skein_verify_file     (SkeinTransfer          *transfer,
                                GError                **error);

G_END_DECLS
