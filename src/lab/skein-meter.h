/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-figures.h"

G_BEGIN_DECLS

/**
 * SkeinMeter:
 *
 * Measures a run from inside the process: the kernel's counters before and after, and meanwhile how late the
 * main context answers and, from a thread of its own that a frozen window does not stop, how much memory and
 * how many threads there are. The thread of the main context alone, but where something else is
 * said.
 */
typedef struct _SkeinMeter SkeinMeter;

/**
 * skein_meter_start:
 *
 * Returns: (transfer full): a meter that runs, for skein_meter_stop()
 */
SkeinMeter *skein_meter_start (void);

/**
 * skein_meter_add_process:
 * @self: a meter that runs
 * @process: the id of a child process
 *
 * From now on its memory counts. Any thread.
 */
void        skein_meter_add_process    (SkeinMeter   *self,
                                        int           process);

/**
 * skein_meter_remove_process:
 * @self: a meter that runs
 * @process: one that was added, and has ended
 *
 * Any thread.
 */
void        skein_meter_remove_process (SkeinMeter   *self,
                                        int           process);

/**
 * skein_meter_stop:
 * @self: (transfer full): a meter
 * @figures: (out): what it measured; what it does not know is left as it is
 */
void        skein_meter_stop  (SkeinMeter   *self,
                               SkeinFigures *figures);

G_END_DECLS
