/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "skein-progress.h"
#include "skein-request-options.h"
#include "skein-task-context.h"

G_BEGIN_DECLS

/**
 * SkeinHttpRequest:
 * @uri: a clean address
 * @home: (nullable): the clean address whose origin all that is secret in @options is for; %NULL for @uri
 * @login: (nullable): "user:password"
 * @login_home: (nullable): the clean address whose origin @login is for; %NULL for @home
 * @options: (nullable): how the request is dressed
 * @authorization: (nullable): the value of Authorization, which skein_connection_open() makes of all these
 * @first: first byte asked for, or -1 for the whole without a range
 * @last: last byte asked for, or -1 for all from @first on
 * @if_range: (nullable): a strong validator; the range is asked for only while it holds (RFC 9110 section
 *   13.1.5)
 * @timeout: microseconds for connecting and headers together
 *
 * What is asked for. Borrowed for the time of the call.
 */
typedef struct
{
  const char          *uri;
  const char          *home;
  const char          *login;
  const char          *login_home;
  SkeinRequestOptions *options;
  const char          *authorization;
  gint64               first;
  gint64               last;
  const char          *if_range;
  gint64               timeout;
} SkeinHttpRequest;

/**
 * SkeinHttpAnswer:
 * @uri: where it came from
 * @status: the HTTP status; 200 to 599
 * @length: bytes that the body has by its Content-Length, or -1
 * @chunked: whether the body is in the chunked coding, still to be taken apart
 * @ended: whether its whole length was read, so that libsoup has nothing left to do. Set by whoever reads
 * @headers: all of them, for skein_http_answer_get()
 * @location: (nullable): of a redirect, raw; the only one
 * @body: (nullable): the body as it comes from the wire, pollable; chunks still in it
 * @socket: (nullable): the socket below, to wait on
 * @context: (not owned): the thread's context, in which alone @body may be used
 *
 * The head of an answer, and the way to its body. Belongs to the thread that asked.
 */
typedef struct
{
  char          *uri;
  guint          status;
  gint64         length;
  gboolean       chunked;
  gboolean       ended;
  GHashTable    *headers;
  char          *location;
  GInputStream  *body;
  GSocket       *socket;
  GMainContext  *context;
} SkeinHttpAnswer;

/**
 * skein_http_init:
 *
 * Fixes what is the same for all sessions: HTTP/1.1, the proxy resolver. Main thread, before
 * others start.
 */
void             skein_http_init        (void);

/**
 * skein_http_get:
 * @request: what to ask for
 * @context: who runs this; told of the operations
 * @progress: gets the operations too
 * @cancellable: (nullable): ends it at any wait
 * @error: %SKEIN_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Sends one GET and waits for the head of the answer, whatever its status. Nothing of libsoup's own
 * conveniences is used: no redirects, logins, decoding, cookies, cache. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the answer
 */
SkeinHttpAnswer *skein_http_get         (const SkeinHttpRequest  *request,
                                         SkeinTaskContext        *context,
                                         SkeinProgress           *progress,
                                         GCancellable            *cancellable,
                                         GError                 **error);

/**
 * skein_http_answer_get:
 * @self: an answer
 * @name: a header's name in lower case
 *
 * Returns: (transfer none) (nullable): its value, raw; where it came several times, all of them joined by
 *   commas, but of Content-Disposition the first
 */
const char      *skein_http_answer_get  (SkeinHttpAnswer         *self,
                                         const char              *name);

/**
 * skein_http_answer_free:
 * @self: (transfer full): an answer
 *
 * Closes it: a connection whose body was not read to its end is dropped, never drained. Same thread as
 * skein_http_get().
 */
void             skein_http_answer_free (SkeinHttpAnswer   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinHttpAnswer, skein_http_answer_free)

G_END_DECLS
