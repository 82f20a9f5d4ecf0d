/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SkeinPracticeRequest:
 *
 * One request as it came. Constant once made: all functions may be called from any thread.
 */
typedef struct _SkeinPracticeRequest SkeinPracticeRequest;

/**
 * skein_practice_request_parse:
 * @head: the request up to and with its empty line; need not end in NUL
 * @length: bytes of @head
 * @connection: serial number of the connection it came on
 *
 * Returns: (transfer full) (nullable): the request, or %NULL if it is none (RFC 9112, section 3)
 */
SkeinPracticeRequest *skein_practice_request_parse          (const char           *head,
                                                             gsize                 length,
                                                             guint64               connection);

/**
 * skein_practice_request_ref:
 * @self: a request
 *
 * Returns: (transfer full): @self
 */
SkeinPracticeRequest *skein_practice_request_ref            (SkeinPracticeRequest *self);

/**
 * skein_practice_request_unref:
 * @self: (transfer full): a request
 */
void                  skein_practice_request_unref          (SkeinPracticeRequest *self);

/**
 * skein_practice_request_get_method:
 * @self: a request
 *
 * Returns: (transfer none): "GET"
 */
const char           *skein_practice_request_get_method     (SkeinPracticeRequest *self);

/**
 * skein_practice_request_get_target:
 * @self: a request
 *
 * Returns: (transfer none): what was asked for, as it came: "/bytes/1M?rate=10k"
 */
const char           *skein_practice_request_get_target     (SkeinPracticeRequest *self);

/**
 * skein_practice_request_get_path:
 * @self: a request
 *
 * Returns: (transfer none): the target without query, and without the server if it was in it
 */
const char           *skein_practice_request_get_path       (SkeinPracticeRequest *self);

/**
 * skein_practice_request_get_query:
 * @self: a request
 *
 * Returns: (transfer none) (nullable): the target after "?", still percent-encoded
 */
const char           *skein_practice_request_get_query      (SkeinPracticeRequest *self);

/**
 * skein_practice_request_get_header:
 * @self: a request
 * @name: a name in lower case
 *
 * Returns: (transfer none) (nullable): the value; those of several headers of one name are joined by ", "
 */
const char           *skein_practice_request_get_header     (SkeinPracticeRequest *self,
                                                             const char           *name);

/**
 * skein_practice_request_get_headers:
 * @self: a request
 *
 * Returns: (transfer none) (element-type utf8 utf8): all headers, names in lower case
 */
GHashTable           *skein_practice_request_get_headers    (SkeinPracticeRequest *self);

/**
 * skein_practice_request_get_connection:
 * @self: a request
 *
 * Returns: serial number of the connection, from 1: requests with the same came on the same
 */
guint64               skein_practice_request_get_connection (SkeinPracticeRequest *self);

/**
 * skein_practice_request_get_time:
 * @self: a request
 *
 * Returns: when it came, in microseconds of g_get_monotonic_time()
 */
gint64                skein_practice_request_get_time       (SkeinPracticeRequest *self);

/**
 * skein_practice_request_wants_close:
 * @self: a request
 *
 * Returns: whether the connection must end after the answer (RFC 9112, section 9.3), also because
 *   a body follows, which nobody here reads
 */
gboolean              skein_practice_request_wants_close    (SkeinPracticeRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinPracticeRequest, skein_practice_request_unref)

G_END_DECLS
