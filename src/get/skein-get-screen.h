/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdio.h>

#include "skein-manager.h"

G_BEGIN_DECLS

/**
 * SkeinGetScreen:
 *
 * What skein-get shows: if it draws, one line for each running or delayed download and a summary, drawn again at
 * most ten times a second while something runs; else only plain lines. Main context only.
 */
typedef struct _SkeinGetScreen SkeinGetScreen;

/**
 * skein_get_screen_can_draw:
 *
 * Returns: whether the standard output is a terminal that can take lines back
 */
gboolean        skein_get_screen_can_draw (void);

/**
 * skein_get_screen_new:
 * @manager: what to show
 * @draws: whether progress lines are shown
 *
 * Returns: (transfer full): a screen
 */
SkeinGetScreen *skein_get_screen_new   (SkeinManager   *manager,
                                        gboolean        draws);

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

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinGetScreen, skein_get_screen_free)

G_END_DECLS
