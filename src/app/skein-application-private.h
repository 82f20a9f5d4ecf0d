/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-application.h"
#include "skein-services.h"
#include "skein-window.h"

G_BEGIN_DECLS

/**
 * skein_application_get_services:
 * @self: an application that has started
 *
 * Returns: (transfer none): what it works with
 */
SkeinServices *skein_application_get_services (SkeinApplication *self);

/**
 * skein_application_show:
 * @self: an application that has started
 *
 * Makes the window if there is none and brings it to the front.
 *
 * Returns: (transfer none): the window
 */
SkeinWindow   *skein_application_show         (SkeinApplication *self);

/**
 * skein_application_stop:
 * @self: an application that has started
 *
 * Stops everything, writes down what is unfinished and ends the program. The program also does so by itself
 * when the last download has finished in the background.
 */
void           skein_application_stop         (SkeinApplication *self);

/**
 * skein_application_quit:
 * @self: an application that has started
 *
 * As skein_application_stop(), but asks first where the settings say so.
 */
void           skein_application_quit         (SkeinApplication *self);

/* Actions: skein-application-actions.c */

/**
 * skein_application_add_actions:
 * @self: an application that is starting
 *
 * Adds the "app." actions and the keys of all actions. They may be called before there is a window.
 */
void           skein_application_add_actions  (SkeinApplication *self);

G_END_DECLS
