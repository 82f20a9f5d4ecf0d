/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SkeinPracticeLink:
 *
 * The practice server as a child process: started when first asked for, ended with us (its standard input
 * is a pipe of ours). Main context only.
 *
 * Signal "changed": an address can be given now, or no longer.
 */
#define SKEIN_TYPE_PRACTICE_LINK (skein_practice_link_get_type ())
G_DECLARE_FINAL_TYPE (SkeinPracticeLink, skein_practice_link, SKEIN, PRACTICE_LINK, GObject)

#define SKEIN_PRACTICE_PREFIX    "practice:"
#define SKEIN_PRACTICE_PICTURES  12

/**
 * skein_practice_link_new:
 *
 * Returns: (transfer full): a link; no process yet
 */
SkeinPracticeLink *skein_practice_link_new     (void);

/**
 * skein_practice_link_resolve:
 * @self: a link
 * @address: "practice:1.png"
 *
 * Starts the server if it does not run.
 *
 * Returns: (transfer full) (nullable): where the picture is now, paced to about two seconds; %NULL until the
 *   server is up ("changed" tells)
 */
char              *skein_practice_link_resolve (SkeinPracticeLink *self,
                                                const char        *address);

/**
 * skein_practice_link_dup_picture:
 * @self: a link
 * @number: of a picture, from 1
 * @delay: milliseconds after which the server answers
 * @rate: bytes per second that it sends, or 0 for as many as it can
 *
 * As skein_practice_link_resolve(), at another pace.
 *
 * Returns: (transfer full) (nullable): where the picture is now; %NULL until the server is up
 */
char              *skein_practice_link_dup_picture (SkeinPracticeLink *self,
                                                    guint              number,
                                                    guint              delay,
                                                    guint              rate);

/**
 * skein_practice_link_get_error:
 * @self: a link
 *
 * Returns: (transfer none) (nullable): why the server could not be started
 */
const GError      *skein_practice_link_get_error (SkeinPracticeLink *self);

G_END_DECLS
