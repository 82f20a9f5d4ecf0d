/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * SkeinApplication:
 *
 * The program: one process for a user, to which later starts hand their addresses. Main thread.
 */
#define SKEIN_TYPE_APPLICATION (skein_application_get_type ())
G_DECLARE_FINAL_TYPE (SkeinApplication, skein_application, SKEIN, APPLICATION, AdwApplication)

/**
 * skein_application_new:
 *
 * Returns: (transfer full): the program, to be run
 */
SkeinApplication *skein_application_new (void);

G_END_DECLS
