/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-runner.h"

G_BEGIN_DECLS

#define SKEIN_TYPE_FAKE_RUNNER (skein_fake_runner_get_type ())
G_DECLARE_FINAL_TYPE (SkeinFakeRunner, skein_fake_runner, SKEIN, FAKE_RUNNER, GObject)

/**
 * skein_fake_runner_new:
 * @capacity: how many at once
 *
 * Keeps what it is given until it is told how it ends.
 *
 * Returns: (transfer full): a runner
 */
SkeinFakeRunner *skein_fake_runner_new          (guint             capacity);

/**
 * skein_fake_runner_set_capacity:
 * @self: a runner
 * @capacity: how many at once
 */
void             skein_fake_runner_set_capacity (SkeinFakeRunner  *self,
                                                 guint             capacity);

/**
 * skein_fake_runner_get_n_tasks:
 * @self: a runner
 *
 * Returns: how many it was given and did not end
 */
guint            skein_fake_runner_get_n_tasks  (SkeinFakeRunner  *self);

/**
 * skein_fake_runner_get_name:
 * @self: a runner
 * @index: which task, in the order in which they came
 *
 * Returns: (transfer none): its name
 */
const char      *skein_fake_runner_get_name     (SkeinFakeRunner  *self,
                                                 guint             index);

/**
 * skein_fake_runner_is_cancelled:
 * @self: a runner
 * @index: which task
 *
 * Returns: whether it should end
 */
gboolean         skein_fake_runner_is_cancelled (SkeinFakeRunner  *self,
                                                 guint             index);

/**
 * skein_fake_runner_run:
 * @self: a runner
 * @index: which task
 *
 * Runs it here and now.
 */
void             skein_fake_runner_run          (SkeinFakeRunner  *self,
                                                 guint             index);

/**
 * skein_fake_runner_fail:
 * @self: a runner
 * @index: which task
 * @error: (transfer full): how it ends
 */
void             skein_fake_runner_fail         (SkeinFakeRunner  *self,
                                                 guint             index,
                                                 GError           *error);

G_END_DECLS
