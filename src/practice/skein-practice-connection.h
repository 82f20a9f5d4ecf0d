/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-practice-pattern.h"
#include "skein-practice-request.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/** SKEIN_PRACTICE_HEAD_MAX: bytes the head of a request may have. */
#define SKEIN_PRACTICE_HEAD_MAX (64 * 1024)

/**
 * SkeinPracticeConnection:
 *
 * A connection to one client: reads requests, writes bytes, waits, and ends in the way wanted. All
 * waits end at once when the server stops. For one thread at a time.
 */
typedef struct _SkeinPracticeConnection SkeinPracticeConnection;

typedef enum
{
  SKEIN_PRACTICE_END_CLOSE,     /* properly, with close_notify if it is TLS */
  SKEIN_PRACTICE_END_UNCLEAN,   /* without close_notify */
  SKEIN_PRACTICE_END_RESET,     /* with RST, after all that was written has arrived */
} SkeinPracticeEnd;

typedef enum
{
  SKEIN_PRACTICE_READ_REQUEST,
  SKEIN_PRACTICE_READ_BAD,        /* not a request */
  SKEIN_PRACTICE_READ_TOO_LARGE,
  SKEIN_PRACTICE_READ_END,        /* the client closed, or the server stops */
} SkeinPracticeRead;

/**
 * skein_practice_connection_new:
 * @socket: a socket that was accepted
 * @certificate: (nullable): speak TLS with it
 * @serial: number of the connection
 * @cancellable: what stops the server
 *
 * Returns: (transfer full) (nullable): a connection, or %NULL if there can be none
 */
SkeinPracticeConnection *skein_practice_connection_new          (GSocket                  *socket,
                                                                 GTlsCertificate          *certificate,
                                                                 guint64                   serial,
                                                                 GCancellable             *cancellable);

/**
 * skein_practice_connection_free:
 * @self: (transfer full): a connection
 *
 * Ends it uncleanly if it was not ended.
 */
void                     skein_practice_connection_free         (SkeinPracticeConnection  *self);

/**
 * skein_practice_connection_read:
 * @self: a connection
 * @request: (out) (optional): the request
 *
 * Waits for the next request.
 *
 * Returns: whether there is one
 */
SkeinPracticeRead        skein_practice_connection_read         (SkeinPracticeConnection  *self,
                                                                 SkeinPracticeRequest    **request);

/**
 * skein_practice_connection_write:
 * @self: a connection
 * @data: bytes
 * @length: how many
 *
 * Returns: %FALSE if the client is gone or the server stops
 */
gboolean                 skein_practice_connection_write        (SkeinPracticeConnection  *self,
                                                                 const void               *data,
                                                                 gsize                     length);

/**
 * skein_practice_connection_writev:
 * @self: a connection
 * @vectors: bytes in several places; changed
 * @n_vectors: how many places
 *
 * Returns: %FALSE if the client is gone or the server stops
 */
gboolean                 skein_practice_connection_writev       (SkeinPracticeConnection  *self,
                                                                 GOutputVector            *vectors,
                                                                 gsize                     n_vectors);

/**
 * skein_practice_connection_wait_until:
 * @self: a connection
 * @time: a time of g_get_monotonic_time(), in microseconds; may be past
 *
 * Returns: %FALSE if the client is gone or the server stops
 */
gboolean                 skein_practice_connection_wait_until   (SkeinPracticeConnection  *self,
                                                                 gint64                    time);

/**
 * skein_practice_connection_wait_idle:
 * @self: a connection
 * @microseconds: how long
 *
 * Returns: whether the client sent nothing for so long
 */
gboolean                 skein_practice_connection_wait_idle    (SkeinPracticeConnection  *self,
                                                                 gint64                    microseconds);

/**
 * skein_practice_connection_wait_gone:
 * @self: a connection
 *
 * Waits until the client closes or the server stops.
 */
void                     skein_practice_connection_wait_gone    (SkeinPracticeConnection  *self);

/**
 * skein_practice_connection_end:
 * @self: a connection
 * @end: how
 *
 * Ends the connection; only skein_practice_connection_free() is possible then.
 */
void                     skein_practice_connection_end          (SkeinPracticeConnection  *self,
                                                                 SkeinPracticeEnd          end);

/**
 * skein_practice_connection_get_window:
 * @self: a connection
 *
 * Returns: (transfer none): the window to make pattern in
 */
SkeinPracticeWindow     *skein_practice_connection_get_window   (SkeinPracticeConnection  *self);

/**
 * skein_practice_connection_get_fd:
 * @self: a connection that was not ended
 *
 * Returns: its socket
 */
int                      skein_practice_connection_get_fd       (SkeinPracticeConnection  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinPracticeConnection, skein_practice_connection_free)

G_END_DECLS
