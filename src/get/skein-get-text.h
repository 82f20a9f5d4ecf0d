/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdio.h>

#include <glib.h>

G_BEGIN_DECLS

/**
 * skein_get_text_escape:
 * @text: any bytes from a list, a server or a person
 *
 * Makes text harmless for a terminal: controls (also of C1), bidirectional and invisible characters
 * become "\x1b" or "\u202e", bytes that are not UTF-8 become U+FFFD. Any thread.
 *
 * Returns: (transfer full): one line
 */
char *skein_get_text_escape (const char *text);

/**
 * skein_get_text_fit:
 * @text: valid UTF-8 without controls
 * @columns: columns of the terminal
 * @pad: whether to fill the rest with spaces
 *
 * Cuts what is too long and ends it with "…". Wide characters count two columns. Any thread.
 *
 * Returns: (transfer full): at most @columns wide
 */
char *skein_get_text_fit    (const char *text,
                             guint       columns,
                             gboolean    pad);

/**
 * skein_get_text_put:
 * @stream: stdout or stderr
 * @text: valid UTF-8
 *
 * Writes @text in the locale's encoding, at once.
 */
void  skein_get_text_put    (FILE       *stream,
                             const char *text);

G_END_DECLS
