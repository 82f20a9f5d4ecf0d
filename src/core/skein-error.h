/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SKEIN_ERROR:
 *
 * What can go wrong with a download, one code a remedy. Messages are for logs; the texts that people
 * read are made from domain and code at the edge (library: skein-describe).
 */
#define SKEIN_ERROR (skein_error_quark ())

/**
 * SkeinError:
 * @SKEIN_ERROR_INVALID_ADDRESS: the text is no address, or one with parts that are not allowed
 * @SKEIN_ERROR_UNSUPPORTED_SCHEME: an address of a scheme that is not carried
 * @SKEIN_ERROR_HOST_NOT_FOUND: the name of the host has no address
 * @SKEIN_ERROR_CONNECT: no connection to the host (refused, unreachable, reset before an answer)
 * @SKEIN_ERROR_PROXY: the proxy refused or did not answer
 * @SKEIN_ERROR_CERTIFICATE: the certificate of the host is not trusted
 * @SKEIN_ERROR_TLS: no secure connection for another reason than the certificate
 * @SKEIN_ERROR_NO_ANSWER: no answer within the time for connecting and headers
 * @SKEIN_ERROR_STALLED: the body stopped coming
 * @SKEIN_ERROR_TOO_SLOW: the body came slower than the least speed
 * @SKEIN_ERROR_PROTOCOL: an answer that contradicts HTTP or itself
 * @SKEIN_ERROR_TRUNCATED: fewer bytes than announced, or a body cut inside its framing
 * @SKEIN_ERROR_RANGE: the answer to a range is not the range, or says nothing usable
 * @SKEIN_ERROR_CHANGED: the file on the server is another one than before
 * @SKEIN_ERROR_TOO_MANY_REDIRECTS: a loop, or more than the allowed steps
 * @SKEIN_ERROR_BAD_REDIRECT: a redirect without a usable target
 * @SKEIN_ERROR_REDIRECT_REFUSED: a redirect from https to http
 * @SKEIN_ERROR_FOLDER: the folder is missing, not a folder, or gone meanwhile
 * @SKEIN_ERROR_PERMISSION: no permission to write in the folder
 * @SKEIN_ERROR_READ_ONLY: the folder is on a read-only file system
 * @SKEIN_ERROR_NO_SPACE: the disk or the quota is full
 * @SKEIN_ERROR_TOO_LARGE: the file is larger than the file system can hold
 * @SKEIN_ERROR_IN_USE: another program works on this part file
 * @SKEIN_ERROR_IO: reading or writing the disk failed otherwise
 * @SKEIN_ERROR_PREEMPTED: stopped by the runner, to be run again in another way
 * @SKEIN_ERROR_BAD_RECORD: a resume record that is damaged or hostile
 * @SKEIN_ERROR_BAD_METALINK: a file that is no Metalink, or one that is damaged or hostile
 * @SKEIN_ERROR_NO_BACKEND: an address of a scheme that is carried only where GVfs is there
 * @SKEIN_ERROR_NOT_FOUND: there is no such file, where no HTTP status says so
 * @SKEIN_ERROR_NOT_A_FILE: a folder, a device or a pipe instead of a file
 * @SKEIN_ERROR_UNREADABLE: no permission to read the file
 * @SKEIN_ERROR_LOGIN: a login is needed, or was refused, where no HTTP status says so
 * @SKEIN_ERROR_DIGEST: the file came whole, but its digest is another one than it ought to be
 * @SKEIN_ERROR_BAD_TASK: a task for a worker process that is damaged, of another version or of no known kind
 * @SKEIN_ERROR_WORKER: the worker process that ran the task crashed, or did not keep to the protocol
 * @SKEIN_ERROR_SIZE: the file on the server is longer or shorter than it ought to be
 *
 * Codes of SKEIN_ERROR. A cancelled task reports %G_IO_ERROR_CANCELLED.
 */
typedef enum
{
  SKEIN_ERROR_INVALID_ADDRESS,
  SKEIN_ERROR_UNSUPPORTED_SCHEME,
  SKEIN_ERROR_HOST_NOT_FOUND,
  SKEIN_ERROR_CONNECT,
  SKEIN_ERROR_PROXY,
  SKEIN_ERROR_CERTIFICATE,
  SKEIN_ERROR_TLS,
  SKEIN_ERROR_NO_ANSWER,
  SKEIN_ERROR_STALLED,
  SKEIN_ERROR_TOO_SLOW,
  SKEIN_ERROR_PROTOCOL,
  SKEIN_ERROR_TRUNCATED,
  SKEIN_ERROR_RANGE,
  SKEIN_ERROR_CHANGED,
  SKEIN_ERROR_TOO_MANY_REDIRECTS,
  SKEIN_ERROR_BAD_REDIRECT,
  SKEIN_ERROR_REDIRECT_REFUSED,
  SKEIN_ERROR_FOLDER,
  SKEIN_ERROR_PERMISSION,
  SKEIN_ERROR_READ_ONLY,
  SKEIN_ERROR_NO_SPACE,
  SKEIN_ERROR_TOO_LARGE,
  SKEIN_ERROR_IN_USE,
  SKEIN_ERROR_IO,
  SKEIN_ERROR_PREEMPTED,
  SKEIN_ERROR_BAD_RECORD,
  SKEIN_ERROR_BAD_METALINK,
  SKEIN_ERROR_NO_BACKEND,
  SKEIN_ERROR_NOT_FOUND,
  SKEIN_ERROR_NOT_A_FILE,
  SKEIN_ERROR_UNREADABLE,
  SKEIN_ERROR_LOGIN,
  SKEIN_ERROR_DIGEST,
  SKEIN_ERROR_BAD_TASK,
  SKEIN_ERROR_WORKER,
  SKEIN_ERROR_SIZE,
} SkeinError;

/**
 * skein_error_quark:
 *
 * Any thread.
 *
 * Returns: the domain %SKEIN_ERROR
 */
GQuark skein_error_quark (void);

/**
 * SKEIN_HTTP_STATUS:
 *
 * The server answered, but with no file: the code is the HTTP status itself (404, 503 …), RFC 9110
 * section 15.
 */
#define SKEIN_HTTP_STATUS (skein_http_status_quark ())

/**
 * skein_http_status_quark:
 *
 * Any thread.
 *
 * Returns: the domain %SKEIN_HTTP_STATUS
 */
GQuark skein_http_status_quark (void);

/**
 * skein_error_set_from_errno:
 * @error: (out) (optional): where to put it
 * @saved_errno: the errno of a failed file operation
 * @what: what was being done, for the log
 *
 * Maps an errno of a file operation to %SKEIN_ERROR (no space, read-only, permission …). Any thread.
 */
void skein_error_set_from_errno (GError     **error,
                                 int          saved_errno,
                                 const char  *what);

G_END_DECLS
