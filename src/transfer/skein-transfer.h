/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "skein-digest-spec.h"
#include "skein-journal.h"
#include "skein-progress.h"
#include "skein-rate-limiter.h"
#include "skein-request-options.h"
#include "skein-source-set.h"
#include "skein-task-context.h"

G_BEGIN_DECLS

/**
 * SkeinTransfer:
 *
 * One attempt to carry a download out. Made by the owner, run once by any thread, then asked for its
 * result by the owner. The part file beside the target outlives an attempt that did not end well; the
 * next attempt takes it over (skein_transfer_new_after()).
 */
typedef struct _SkeinTransfer SkeinTransfer;

/**
 * SkeinTimeouts:
 * @answer: for connecting and headers together, in microseconds
 * @stall: without a byte of the body, in microseconds
 * @slow: the time over which less than a byte a second is too slow, in microseconds
 *
 * The times of the wall clock after which a transfer gives up.
 */
typedef struct
{
  gint64 answer;
  gint64 stall;
  gint64 slow;
} SkeinTimeouts;

#define SKEIN_TIMEOUTS_DEFAULT \
  ((SkeinTimeouts) { 30 * G_USEC_PER_SEC, 30 * G_USEC_PER_SEC, 60 * G_USEC_PER_SEC })

#define SKEIN_CONNECTIONS_DEFAULT 8

/** SKEIN_LEAST_SEGMENT_DEFAULT: bytes of the file below which no connection is opened for a part of it. */
#define SKEIN_LEAST_SEGMENT_DEFAULT (1024 * 1024)

/**
 * skein_transfer_init:
 *
 * Prepares the process for transfers: HTTP/1.1, the proxy resolver, the mask for new
 * files. Main thread, once, before other threads start; further calls do nothing.
 */
void           skein_transfer_init             (void);

/**
 * skein_transfer_set_proxy:
 * @proxy: (nullable): as skein_proxies_choose() takes it: an address, "none", or %NULL for the desktop's
 * @error: %SKEIN_ERROR_INVALID_ADDRESS
 *
 * Chooses the proxy of all transfers of the program. This computer itself is always asked directly. Before other
 * threads start.
 *
 * Returns: whether @proxy is one
 */
gboolean       skein_transfer_set_proxy        (const char    *proxy,
                                                GError       **error);

/**
 * skein_transfer_new:
 * @uri: an address as skein_uri_clean_any() makes them
 * @login: (nullable): "user:password", sent to the origin of @uri alone
 * @folder: (type filename): where the file shall be
 * @name: (nullable): its name; %NULL for the server's or the address's
 *
 * Any thread.
 *
 * Returns: (transfer full): a transfer with one reference
 */
SkeinTransfer *skein_transfer_new              (const char    *uri,
                                                const char    *login,
                                                const char    *folder,
                                                const char    *name);

/**
 * skein_transfer_new_after:
 * @previous: an attempt that has ended
 *
 * The next attempt at the same download; it takes the part file of @previous over. Any thread.
 *
 * Returns: (transfer full): a transfer with one reference
 */
SkeinTransfer *skein_transfer_new_after        (SkeinTransfer *previous);

/**
 * skein_transfer_ref:
 * @self: a transfer
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
SkeinTransfer *skein_transfer_ref              (SkeinTransfer *self);

/**
 * skein_transfer_unref:
 * @self: (transfer full): a transfer
 *
 * Any thread.
 */
void           skein_transfer_unref            (SkeinTransfer *self);

/**
 * skein_transfer_set_timeouts:
 * @self: a transfer that does not run yet
 * @timeouts: other times than %SKEIN_TIMEOUTS_DEFAULT
 */
void           skein_transfer_set_timeouts     (SkeinTransfer       *self,
                                                const SkeinTimeouts *timeouts);

/**
 * skein_transfer_set_connections:
 * @self: a transfer that does not run yet
 * @connections: at the most, at least 1; %SKEIN_CONNECTIONS_DEFAULT without this
 */
void           skein_transfer_set_connections  (SkeinTransfer       *self,
                                                guint                connections);

/**
 * skein_transfer_set_least_segment:
 * @self: a transfer that does not run yet
 * @bytes: a connection is not opened for less of the file than that, but where one is about to be the last;
 *   at least 1; %SKEIN_LEAST_SEGMENT_DEFAULT without this
 */
void           skein_transfer_set_least_segment (SkeinTransfer      *self,
                                                guint64              bytes);

/**
 * skein_transfer_set_limiter:
 * @self: a transfer that does not run yet
 * @limiter: (nullable): how fast it may read, alone or together with others
 */
void           skein_transfer_set_limiter      (SkeinTransfer       *self,
                                                SkeinRateLimiter    *limiter);

/**
 * skein_transfer_set_limit:
 * @self: a transfer
 * @rate: bytes per second for this one alone, beside its limiter; 0 for no limit
 *
 * Holds from now on. Any thread, at any time, also while it runs.
 */
void           skein_transfer_set_limit        (SkeinTransfer       *self,
                                                guint64              rate);

/**
 * skein_transfer_set_digest:
 * @self: a transfer that does not run yet
 * @digest: (nullable): what the digest of the whole file ought to be; copied
 *
 * The file is hashed before it gets its name. Without this the digest is used that the server tells with the
 * file, if it does. Another digest is %SKEIN_ERROR_DIGEST: the part file stays
 * without a record, so that no later attempt goes on from it.
 */
void           skein_transfer_set_digest       (SkeinTransfer       *self,
                                                const SkeinDigest   *digest);

/**
 * skein_transfer_set_journal:
 * @self: a transfer that does not run yet
 * @journal: (nullable): where the finished file is noted
 * @key: (nullable): as what; not %NULL with a journal
 */
void           skein_transfer_set_journal      (SkeinTransfer       *self,
                                                SkeinJournal        *journal,
                                                const SkeinKey      *key);

/**
 * skein_transfer_set_afresh:
 * @self: a transfer that does not run yet
 * @afresh: whether to begin with the first byte although a part file of an earlier run is there
 *
 * That part file is set aside until the new file is whole.
 */
void           skein_transfer_set_afresh       (SkeinTransfer       *self,
                                                gboolean             afresh);

/**
 * skein_transfer_set_request_options:
 * @self: a transfer that does not run yet
 * @options: (nullable): own headers, login, cookies …; what is secret in them is for the origin of its address
 */
void           skein_transfer_set_request_options (SkeinTransfer       *self,
                                                   SkeinRequestOptions *options);

/**
 * skein_transfer_set_sources:
 * @self: a transfer that does not run yet
 * @sources: (nullable): where else the file can be had, and what is known of it
 *
 * With a digest, of the whole file or of its pieces, all addresses may be asked at once; one that fails or gives
 * wrong bytes is asked no more, and a wrong piece is fetched again alone. Without, one address at a time:
 * the next one begins anew. A file of another size than the one in @sources is %SKEIN_ERROR_SIZE.
 */
void           skein_transfer_set_sources      (SkeinTransfer       *self,
                                                SkeinSourceSet      *sources);

/**
 * skein_transfer_set_find_checksum:
 * @self: a transfer that does not run yet
 * @finds: whether to look for a checksum file
 *
 * Without a digest that was given, one is looked for in "NAME.sha256" beside the address, "SHA256SUMS" in its folder
 * and the like, before the file is asked for, and goes before what the server tells with the file. That
 * there is none is no error; skein_transfer_get_verification() tells.
 */
void           skein_transfer_set_find_checksum (SkeinTransfer      *self,
                                                 gboolean            finds);

/**
 * skein_transfer_set_preallocate:
 * @self: a transfer that does not run yet
 * @preallocates: whether to take all the room on the disk before the first byte is written
 *
 * For files of known length, where the file system can. Without this the part file is sparse.
 */
void           skein_transfer_set_preallocate  (SkeinTransfer       *self,
                                                gboolean             preallocates);

/**
 * skein_transfer_run:
 * @self: a transfer that did not run yet
 * @context: who runs it
 * @cancellable: (nullable): ends it at any wait; the part file stays
 * @error: %SKEIN_ERROR, %SKEIN_HTTP_STATUS or %G_IO_ERROR_CANCELLED
 *
 * Carries the download out, from the request to the finished file, and returns then. Success means: as
 * many bytes as announced, synced, under the final name (skein_transfer_get_path()), which replaced
 * nothing. Blocks; any thread, and the main loop is never turned.
 *
 * Returns: whether the file is there
 */
gboolean       skein_transfer_run              (SkeinTransfer     *self,
                                                SkeinTaskContext  *context,
                                                GCancellable      *cancellable,
                                                GError           **error);

/**
 * skein_transfer_discard:
 * @self: a transfer that has ended
 * @context: who runs this
 * @cancellable: (nullable): unused so far in this short work
 * @error: %SKEIN_ERROR
 *
 * Removes the part file that the attempt left, if it is still the same file. Blocks; any thread.
 *
 * Returns: whether it is gone
 */
gboolean       skein_transfer_discard          (SkeinTransfer     *self,
                                                SkeinTaskContext  *context,
                                                GCancellable      *cancellable,
                                                GError           **error);

/**
 * skein_transfer_get_progress:
 * @self: a transfer
 *
 * Any thread, at any time.
 *
 * Returns: (transfer none): where it stands
 */
SkeinProgress *skein_transfer_get_progress     (SkeinTransfer *self);

/**
 * skein_transfer_get_path:
 * @self: a transfer that has ended well
 *
 * The owner, after skein_transfer_run() returned.
 *
 * Returns: (transfer none) (type filename): the finished file
 */
const char    *skein_transfer_get_path         (SkeinTransfer *self);

/**
 * skein_transfer_get_media_type:
 * @self: a transfer that has ended well
 *
 * The owner, after skein_transfer_run() returned.
 *
 * Returns: (transfer none) (nullable): what the server said the file is, in lower case, without parameters
 */
const char    *skein_transfer_get_media_type   (SkeinTransfer *self);

/**
 * skein_transfer_get_length_known:
 * @self: a transfer that has ended well
 *
 * The owner, after skein_transfer_run() returned.
 *
 * Returns: whether the server had announced an end (a length, or chunks with their last one). If not,
 *   nothing proves that the file is whole, and that is to be said.
 */
gboolean       skein_transfer_get_length_known (SkeinTransfer *self);

/**
 * skein_transfer_get_retry_after:
 * @self: a transfer that failed
 *
 * The owner, after skein_transfer_run() returned.
 *
 * Returns: seconds after which the server wants to be asked again, or -1 if it did not say
 */
gint64         skein_transfer_get_retry_after  (SkeinTransfer *self);

/**
 * skein_transfer_get_verification:
 * @self: a transfer that has ended well
 *
 * The owner, after skein_transfer_run() returned.
 *
 * Returns: what the digest of the file was held against
 */
SkeinVerification skein_transfer_get_verification (SkeinTransfer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinTransfer, skein_transfer_unref)

G_END_DECLS
