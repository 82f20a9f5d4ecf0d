/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-practice-connection.h"
#include "skein-practice-history.h"

G_BEGIN_DECLS

/**
 * skein_practice_converse:
 * @connection: a connection
 * @history: the history of its server
 * @address: the server's address, without "/" at its end
 *
 * Answers the requests of one client, one after the other, and ends the connection. Blocks until then.
 */
void skein_practice_converse (SkeinPracticeConnection *connection,
                              SkeinPracticeHistory    *history,
                              const char              *address);

G_END_DECLS
