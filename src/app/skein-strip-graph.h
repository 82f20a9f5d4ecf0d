/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "skein-heartbeat.h"

G_BEGIN_DECLS

/**
 * SKEIN_STRIP_BLOCK:
 *
 * Microseconds of lateness from which on the window did not react at all, as far as people can tell.
 */
#define SKEIN_STRIP_BLOCK       G_TIME_SPAN_SECOND

#define SKEIN_STRIP_GRAPH_LEAST 60

/**
 * SkeinStripGraph:
 *
 * The drawing of the answering strip: time from left to right in all languages, a bar for each moment (1 ms
 * to 1 s, each factor of ten the same step), a hatched block for each freeze. Main context only.
 */
#define SKEIN_TYPE_STRIP_GRAPH (skein_strip_graph_get_type ())
G_DECLARE_FINAL_TYPE (SkeinStripGraph, skein_strip_graph, SKEIN, STRIP_GRAPH, GtkWidget)

/**
 * skein_strip_graph_new:
 *
 * Returns: (transfer floating): an empty graph
 */
GtkWidget *skein_strip_graph_new           (void);

/**
 * skein_strip_graph_set_heartbeat:
 * @self: a graph
 * @heartbeat: (nullable): whose samples it draws at each redraw
 */
void       skein_strip_graph_set_heartbeat (SkeinStripGraph *self,
                                            SkeinHeartbeat  *heartbeat);

G_END_DECLS
