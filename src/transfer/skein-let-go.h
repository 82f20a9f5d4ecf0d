/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-transfer-private.h"

G_BEGIN_DECLS

/**
 * skein_let_go_consider:
 * @transfer: a running transfer
 *
 * Lets a helper go that adds nothing: one that hardly brings anything while others do; one that is not missed
 * (#SkeinGovernor); and those that are too many for a speed limit that was lowered. What it had to fetch
 * is the others' then. To be called often; any of its threads.
 */
void skein_let_go_consider (SkeinTransfer *transfer);

G_END_DECLS
