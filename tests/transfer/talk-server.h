/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A server on loopback that says whatever a test wants: each connection has a thread of its own. */
typedef struct _TalkServer TalkServer;

/* Has one connection until it returns; then it is closed. */
typedef void (*TalkFunc) (TalkServer *server,
                          GIOStream  *stream,
                          gpointer    data);

TalkServer *talk_server_new       (TalkFunc    func,
                                   gpointer    data);

/* Waits for all connections to be over. */
void        talk_server_free      (TalkServer *self);

guint       talk_server_get_port  (TalkServer *self);

/* A request up to the empty line, or NULL at the end; noted. */
char       *talk_server_read_head (TalkServer *self,
                                   GIOStream  *stream);

/* How many heads were noted. */
guint       talk_server_get_n     (TalkServer *self);

/* The one with this number, from 0. */
char       *talk_server_dup_head  (TalkServer *self,
                                   guint       n);

/* The value of a header in a head, or NULL; the name in the case in which it is sent. */
char       *talk_dup_header       (const char *head,
                                   const char *name);

void        talk_say              (GIOStream  *stream,
                                   const char *text);

/* Hands the request on to a server on loopback, without what is for this hop alone, and its answer back. */
void        talk_forward          (GIOStream  *stream,
                                   const char *head,
                                   guint       port);

/* From now on all goes to and from a server on loopback as it is, until both ends are closed, or @self is to end. */
void        talk_server_relay     (TalkServer *self,
                                   GIOStream  *stream,
                                   guint       port);

G_END_DECLS
