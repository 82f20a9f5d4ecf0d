/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-host-table.h"
#include "skein-intake.h"
#include "skein-manager.h"
#include "skein-practice-link.h"
#include "skein-runner.h"

G_BEGIN_DECLS

/**
 * SkeinServices:
 * @settings: what the user has chosen
 * @hosts: connections in use
 * @threads: the runner with worker threads
 * @manager: the list of downloads
 * @practice: the practice server
 * @intake: the way in for addresses
 *
 * What lives as long as the program, whether it has a window or not. Main thread. The fields never
 * change.
 */
typedef struct
{
  GSettings         *settings;
  SkeinHostTable    *hosts;
  SkeinRunner       *threads;
  SkeinManager      *manager;
  SkeinPracticeLink *practice;
  SkeinIntake       *intake;
} SkeinServices;

/**
 * skein_services_new:
 *
 * Makes everything and wires it together; "downloads-at-once", "downloads-per-host" and "tries" of the
 * settings are followed from now on.
 *
 * Returns: (transfer full): services with one reference
 */
SkeinServices *skein_services_new   (void);

/**
 * skein_services_ref:
 * @self: services
 *
 * Returns: (transfer full): @self
 */
SkeinServices *skein_services_ref   (SkeinServices *self);

/**
 * skein_services_unref:
 * @self: (transfer full): services
 *
 * With the last reference the worker threads are waited for.
 */
void           skein_services_unref (SkeinServices *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinServices, skein_services_unref)

G_END_DECLS
