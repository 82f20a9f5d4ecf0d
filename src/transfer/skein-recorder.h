/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-resume-record.h"
#include "skein-transfer-private.h"

G_BEGIN_DECLS

/*
 * Keeps the resume record of a running transfer: first the data is synced, then what was written before
 * that is recorded, so that the record never leads. Transfers that end within two seconds have none.
 */

/**
 * skein_recorder_start:
 * @transfer: a transfer whose file and map are ready
 *
 * The thread that runs it.
 */
void                skein_recorder_start (SkeinTransfer      *transfer);

/**
 * skein_recorder_tick:
 * @transfer: a running transfer
 * @error: %SKEIN_ERROR
 *
 * To be called after each write: writes a record when the last one is two seconds old. Any of its threads;
 * the one that finds it due does the work.
 *
 * Returns: %FALSE if bytes that were written are lost; a record that cannot be written is no error
 */
gboolean            skein_recorder_tick  (SkeinTransfer      *transfer,
                                          GError            **error);

/**
 * skein_recorder_stop:
 * @transfer: a transfer that ended without a file, and has no helpers any more
 *
 * Records where it stands, if that is worth continuing from. The thread that ran it.
 */
void                skein_recorder_stop  (SkeinTransfer      *transfer);

G_END_DECLS
