/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-http.h"

G_BEGIN_DECLS

/**
 * SkeinConnection:
 * @answer: what came in the end, never a redirect
 * @link: (nullable): the Link header of the first redirect that had one; it speaks of the same file
 * @link_uri: (nullable): the address that gave it
 *
 * One of the connections that a host is asked for, with the answer on it. Belongs to the thread that
 * opened it.
 */
typedef struct
{
  SkeinHttpAnswer *answer;
  char            *link;
  char            *link_uri;
  SkeinHostTable  *hosts;
  char            *host;
} SkeinConnection;

/**
 * SkeinConnectionFlags:
 * @SKEIN_CONNECTION_WAIT: wait while the host's connections are all in use
 * @SKEIN_CONNECTION_ONLY_IF_FREE: rather have none then (%SKEIN_ERROR_IN_USE)
 */
typedef enum
{
  SKEIN_CONNECTION_WAIT,
  SKEIN_CONNECTION_ONLY_IF_FREE,
} SkeinConnectionFlags;

/**
 * skein_connection_open:
 * @request: what to ask for; what is secret in it goes to the origin of its home alone, also after redirects
 * @flags: what to do where no connection is free
 * @context: who runs this
 * @progress: gets the operations
 * @cancellable: (nullable): ends it at any wait
 * @error: as of skein_http_get() and skein_redirect_next(), %SKEIN_ERROR_TOO_MANY_REDIRECTS
 *
 * Asks, says who asks where that is wanted (Basic, Digest), and goes where it is sent. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the connection
 */
SkeinConnection *skein_connection_open  (const SkeinHttpRequest  *request,
                                         SkeinConnectionFlags     flags,
                                         SkeinTaskContext        *context,
                                         SkeinProgress           *progress,
                                         GCancellable            *cancellable,
                                         GError                 **error);

/**
 * skein_connection_close:
 * @self: (transfer full): a connection
 *
 * Gives it back; it is kept open only if the answer was read to its end. Same thread as
 * skein_connection_open().
 */
void             skein_connection_close (SkeinConnection         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinConnection, skein_connection_close)

G_END_DECLS
