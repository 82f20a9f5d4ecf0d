/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-practice-pattern.h"
#include "skein-practice-request.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SkeinPracticeServer:
 *
 * A web server for lessons, tests and bug reports. It has pictures and files of any size, and does
 * whatever its address asks for: see skein-practice-knobs.h. Only programs on this computer reach it.
 */
typedef struct _SkeinPracticeServer SkeinPracticeServer;

/**
 * skein_practice_server_new:
 * @port: the port, or 0 for any that is free
 * @certificate: (nullable): serve TLS with this certificate and its key
 * @error: as of g_socket_bind()
 *
 * Starts to serve at once, on threads of its own.
 *
 * Returns: (transfer full): a server, or %NULL on error
 */
SkeinPracticeServer *skein_practice_server_new            (guint16               port,
                                                           GTlsCertificate      *certificate,
                                                           GError              **error);

/**
 * skein_practice_server_stop:
 * @self: a server
 *
 * Ends all connections, whatever they wait for, and returns when nothing of the server runs any more.
 * May be called again. Not from several threads at once.
 */
void                 skein_practice_server_stop           (SkeinPracticeServer  *self);

/**
 * skein_practice_server_free:
 * @self: (transfer full): a server
 *
 * Stops the server if that was not done.
 */
void                 skein_practice_server_free           (SkeinPracticeServer  *self);

/**
 * skein_practice_server_get_address:
 * @self: a server
 *
 * May be called from any thread.
 *
 * Returns: (transfer none): "http://127.0.0.1:PORT", or https with a certificate, without "/" at the
 *   end; "localhost" instead of the number works too
 */
const char          *skein_practice_server_get_address    (SkeinPracticeServer  *self);

/**
 * skein_practice_server_get_port:
 * @self: a server
 *
 * May be called from any thread.
 *
 * Returns: the port
 */
guint16              skein_practice_server_get_port       (SkeinPracticeServer  *self);

/**
 * skein_practice_server_dup_requests:
 * @self: a server
 *
 * Gives the requests there were, oldest first; of many, only the last thousands. May be called from
 * any thread.
 *
 * Returns: (transfer full) (element-type SkeinPracticeRequest): the requests
 */
GPtrArray           *skein_practice_server_dup_requests   (SkeinPracticeServer  *self);

/**
 * skein_practice_server_clear_requests:
 * @self: a server
 *
 * Forgets all requests, and with them what fail-first and change-after count, and the peaks. May be
 * called from any thread.
 */
void                 skein_practice_server_clear_requests (SkeinPracticeServer  *self);

/**
 * skein_practice_server_get_peak:
 * @self: a server
 * @path: (nullable): a path such as "/bytes/1M", or %NULL for all
 *
 * May be called from any thread.
 *
 * Returns: how many answers were under way at once at the most
 */
guint                skein_practice_server_get_peak       (SkeinPracticeServer  *self,
                                                           const char           *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinPracticeServer, skein_practice_server_free)

G_END_DECLS
