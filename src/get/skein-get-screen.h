/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdio.h>

#include "skein-manager.h"

G_BEGIN_DECLS

/**
 * SkeinGetScreen:
 *
 * What skein-get shows: on a terminal one line for each running download and a summary, drawn again at
 * most ten times a second while something runs; elsewhere only plain lines. Main context only.
 */
typedef struct _SkeinGetScreen SkeinGetScreen;

/**
 * skein_get_screen_new:
 * @manager: what to show
 *
 * Returns: (transfer full): a screen
 */
SkeinGetScreen *skein_get_screen_new   (SkeinManager   *manager);

/**
 * skein_get_screen_free:
 * @self: (transfer full): a screen
 *
 * Takes the progress lines away.
 */
void            skein_get_screen_free  (SkeinGetScreen *self);

/**
 * skein_get_screen_say:
 * @self: a screen
 * @stream: stdout or stderr
 * @line: valid UTF-8, escaped, without a line end
 *
 * Writes a line that stays, above the progress lines.
 */
void            skein_get_screen_say   (SkeinGetScreen *self,
                                        FILE           *stream,
                                        const char     *line);

/**
 * skein_get_screen_set_finished:
 * @self: a screen
 * @finished: how many finished so far; the manager does not know those that left its list
 */
void            skein_get_screen_set_finished (SkeinGetScreen *self,
                                               guint           finished);

/**
 * skein_get_screen_is_terminal:
 * @self: a screen
 *
 * Returns: whether progress lines are shown
 */
gboolean        skein_get_screen_is_terminal (SkeinGetScreen *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinGetScreen, skein_get_screen_free)

G_END_DECLS
