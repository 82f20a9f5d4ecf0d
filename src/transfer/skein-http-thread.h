/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "skein-proxies.h"

G_BEGIN_DECLS

#define SKEIN_HTTP_THREAD_BUFFER (1024 * 1024)

/**
 * SkeinHttpThread:
 *
 * What each thread that speaks HTTP has for itself: a session, and the main context in which the session was
 * made and in which alone it is used. Sessions that were shared between threads raced their own timers.
 * Ends with the thread.
 */
typedef struct
{
  GMainContext *context;
  SoupSession  *session;
  SkeinProxies *proxies;  /* whom the session asks for the way */
  GCancellable *running;  /* nullable: ends the request that is being sent; not owned */
  guint         refused;  /* the status with which a proxy refused the way for that request, or 0 */
  GHashTable   *sockets;  /* connection id → GSocket, for connections that are used again */
  guint8       *buffer;   /* SKEIN_HTTP_THREAD_BUFFER bytes, page-aligned, for bodies */
  int           wake_fd;  /* an event descriptor with which others wake it while it waits for a body; -1: none left */
} SkeinHttpThread;

/**
 * skein_http_thread_get:
 *
 * Returns: (transfer none): the calling thread's own
 */
SkeinHttpThread *skein_http_thread_get         (void);

/**
 * skein_http_thread_note_socket:
 * @self: the calling thread's
 * @id: a connection's id, as soup_message_get_connection_id() tells it
 * @connection: (nullable): the connection itself, if it is new
 *
 * libsoup shows the connection only while it is made; a later answer over the same one knows but its id.
 *
 * Returns: (transfer none) (nullable): the socket under that connection
 */
GSocket         *skein_http_thread_note_socket (SkeinHttpThread *self,
                                                guint64          id,
                                                GIOStream       *connection);

G_END_DECLS
