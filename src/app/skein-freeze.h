/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "skein-heartbeat.h"
#include "skein-manager.h"

G_BEGIN_DECLS

/**
 * SkeinFreeze:
 *
 * The experiment "without threads": hands the manager a blocking runner while it is on, says before each
 * freeze what will happen and after it what did. Main context only.
 *
 * Properties:
 *  - "active" (boolean, read-write, false at first): the check box. Setting it asks the person first where
 *    that was not done yet; if they cancel, or the longest freeze is reached, it goes back to false.
 *  - "message" (string, nullable, read-only): for the status row; to be shown without an animation, as only
 *    one frame is painted before a freeze.
 *
 * Signals:
 *  - "nothing-waiting": it was turned on, but no download waits. What starts from then on blocks.
 *  - "thawed" (gint64 microseconds): the window answers again after so long.
 */
#define SKEIN_TYPE_FREEZE (skein_freeze_get_type ())
G_DECLARE_FINAL_TYPE (SkeinFreeze, skein_freeze, SKEIN, FREEZE, GObject)

/**
 * skein_freeze_new:
 * @window: the window that freezes; not owned, must outlive @self or dispose it
 * @manager: whose downloads it runs
 * @threads: the runner to go back to
 * @hosts: connections in use, shared with @threads
 * @settings: with the keys "explain-freeze" and "longest-freeze"
 *
 * Returns: (transfer full): not active
 */
SkeinFreeze    *skein_freeze_new                 (GtkWindow      *window,
                                                  SkeinManager   *manager,
                                                  SkeinRunner    *threads,
                                                  SkeinHostTable *hosts,
                                                  GSettings      *settings);

/**
 * skein_freeze_set_active:
 * @self: a freeze
 * @active: whether what starts from now on blocks the window
 */
void            skein_freeze_set_active          (SkeinFreeze    *self,
                                                  gboolean        active);

/**
 * skein_freeze_get_active:
 * @self: a freeze
 *
 * Returns: whether the box is ticked
 */
gboolean        skein_freeze_get_active          (SkeinFreeze    *self);

/**
 * skein_freeze_get_message:
 * @self: a freeze
 *
 * Returns: (transfer none) (nullable): what there is to say, translated
 */
const char     *skein_freeze_get_message         (SkeinFreeze    *self);

/**
 * skein_freeze_dismiss_message:
 * @self: a freeze
 *
 * The person has read it: there is no message from now on, until the next freeze.
 */
void            skein_freeze_dismiss_message     (SkeinFreeze    *self);

/**
 * skein_freeze_get_heartbeat:
 * @self: a freeze
 *
 * Returns: (transfer none): measures the window's main loop; beats while the manager is active
 */
SkeinHeartbeat *skein_freeze_get_heartbeat       (SkeinFreeze    *self);

/**
 * skein_freeze_get_frozen_in_batch:
 * @self: a freeze
 *
 * Returns: microseconds that the window was frozen since the batch began
 */
gint64          skein_freeze_get_frozen_in_batch (SkeinFreeze    *self);

/**
 * skein_freeze_reset_batch:
 * @self: a freeze
 *
 * A new batch begins: the count of skein_freeze_get_frozen_in_batch() starts from nothing.
 */
void            skein_freeze_reset_batch         (SkeinFreeze    *self);

G_END_DECLS
