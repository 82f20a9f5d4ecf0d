/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-get-options.h"

G_BEGIN_DECLS

/**
 * skein_get_session_run:
 * @options: what to do
 *
 * Downloads everything and tells about it on the standard output. The main thread.
 *
 * Returns: the exit status, as #SkeinGetStatus has them
 */
int skein_get_session_run (const SkeinGetOptions *options);

G_END_DECLS
