/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "skein-heartbeat.h"

G_BEGIN_DECLS

/**
 * SkeinAnsweringStrip:
 *
 * Shows how late the window reacted over the last 30 seconds, as a graph with one line of text beside it;
 * with little room, as a figure alone. It hides itself while the heartbeat does not beat.
 *
 * Property "heartbeat" (SkeinHeartbeat, read-write).
 */
#define SKEIN_TYPE_ANSWERING_STRIP (skein_answering_strip_get_type ())
G_DECLARE_FINAL_TYPE (SkeinAnsweringStrip, skein_answering_strip, SKEIN, ANSWERING_STRIP, GtkWidget)

/**
 * skein_answering_strip_new:
 *
 * Returns: (transfer floating): an invisible strip without a heartbeat
 */
GtkWidget  *skein_answering_strip_new           (void);

/**
 * skein_answering_strip_set_heartbeat:
 * @self: a strip
 * @heartbeat: (nullable): what it shows
 */
void        skein_answering_strip_set_heartbeat (SkeinAnsweringStrip *self,
                                                 SkeinHeartbeat      *heartbeat);

/**
 * skein_answering_strip_get_text:
 * @self: a strip
 *
 * Returns: (transfer none): what it says, as of its last redraw
 */
const char *skein_answering_strip_get_text      (SkeinAnsweringStrip *self);

G_END_DECLS
