/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-manager.h"

G_BEGIN_DECLS

/**
 * SkeinBatch:
 *
 * Remembers what finished since the list last rested, for the sentence at the end. Main thread.
 *
 * Signal "ended" (guint finished, guint failed, gint64 microseconds): as "batch-ended" of #SkeinManager;
 * meanwhile the functions below speak of that batch, afterwards of the next.
 */
#define SKEIN_TYPE_BATCH (skein_batch_get_type ())
G_DECLARE_FINAL_TYPE (SkeinBatch, skein_batch, SKEIN, BATCH, GObject)

/**
 * skein_batch_new:
 * @manager: whose downloads
 *
 * Returns: (transfer full): an empty batch
 */
SkeinBatch *skein_batch_new          (SkeinManager *manager);

/**
 * skein_batch_dup_finished:
 * @self: a batch
 *
 * Returns: (transfer full) (element-type SkeinDownload): what finished
 */
GPtrArray  *skein_batch_dup_finished (SkeinBatch   *self);

/**
 * skein_batch_describe:
 * @self: a batch
 * @finished: how many
 * @failed: how many
 * @microseconds: how long it took
 *
 * Returns: (transfer full): "12 pictures in 6.1 s.", "10 downloads in 2 min 5 s, 2 failed."
 */
char       *skein_batch_describe     (SkeinBatch   *self,
                                      guint         finished,
                                      guint         failed,
                                      gint64        microseconds);

G_END_DECLS
