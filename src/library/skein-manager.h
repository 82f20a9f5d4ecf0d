/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-digest-spec.h"
#include "skein-download.h"
#include "skein-journal.h"
#include "skein-rate-limiter.h"
#include "skein-request-options.h"
#include "skein-runner.h"
#include "skein-source-set.h"
#include "skein-uri-list.h"

G_BEGIN_DECLS

/**
 * SkeinManager:
 *
 * Everything that the user has: a #GListModel of #SkeinDownload in the order in which they were added,
 * and the queue that says who may start. Main context only.
 *
 * An attempt that failed is repeated by the queue if that may help: the download is delayed, which keeps no
 * worker, until its time has come or the network is back, and takes its turn again.
 *
 * Properties, read-only, notified on change: "n-waiting", "n-delayed", "n-running", "n-finished", "n-failed",
 * "n-paused" (uint), "rate" (uint64: bytes per second of all), "active" (boolean: something runs,
 * could start or is delayed).
 *
 * Signals:
 *  - "batch-ended" (guint finished, guint failed, gint64 microseconds): nothing runs, waits or is delayed any more;
 *    counted since the first start after the last such moment. Not for a batch with none finished or
 *    failed.
 *  - "download-ended" (SkeinDownload *download): it finished or failed.
 *  - "download-delayed" (SkeinDownload *download): an attempt failed, and another one will be made.
 */
#define SKEIN_TYPE_MANAGER (skein_manager_get_type ())
G_DECLARE_FINAL_TYPE (SkeinManager, skein_manager, SKEIN, MANAGER, GObject)

#define SKEIN_DOWNLOADS_PER_HOST_DEFAULT 6

/**
 * skein_manager_new:
 * @runner: carries downloads out; its capacity is how many run at once
 *
 * Returns: (transfer full): an empty list
 */
SkeinManager  *skein_manager_new              (SkeinRunner          *runner);

/**
 * skein_manager_set_runner:
 * @self: a manager
 * @runner: who runs what starts from now on
 *
 * What is running goes on where it runs. Waiting downloads start with @runner at once, as many as its
 * capacity allows beside those that it runs already.
 */
void           skein_manager_set_runner       (SkeinManager         *self,
                                               SkeinRunner          *runner);

/**
 * skein_manager_set_per_host:
 * @self: a manager
 * @per_host: downloads at once from one host, at least 1
 */
void           skein_manager_set_per_host     (SkeinManager         *self,
                                               guint                 per_host);

/**
 * skein_manager_set_tries:
 * @self: a manager
 * @tries: attempts in a row without progress, the first one included; 0 for any number.
 *   %SKEIN_RETRY_POLICY_DEFAULT_MOST without this
 *
 * Holds for attempts that fail from now on.
 */
void           skein_manager_set_tries        (SkeinManager         *self,
                                               guint                 tries);

/**
 * skein_manager_set_unattended:
 * @self: a manager
 * @unattended: whether nobody is there who could put things right and resume
 *
 * What would be paused with a reason (disk full, folder gone) fails then.
 * What waits for the network fails once it was tried as often in vain as
 * skein_manager_set_tries() says.
 */
void           skein_manager_set_unattended   (SkeinManager         *self,
                                               gboolean              unattended);

/**
 * skein_manager_set_network_monitor:
 * @self: a manager
 * @monitor: tells whether the network is there, instead of the desktop's
 */
void           skein_manager_set_network_monitor (SkeinManager      *self,
                                                  GNetworkMonitor   *monitor);

/**
 * skein_manager_pump:
 * @self: a manager
 *
 * Starts what may start: to be called when something that the manager cannot see has changed (the
 * runner's capacity, the practice server).
 */
void           skein_manager_pump             (SkeinManager         *self);

/**
 * SkeinResolveFunc:
 * @address: an address that is kept by name ("practice:1.png")
 * @user_data: from skein_manager_set_resolve()
 *
 * Returns: (transfer full) (nullable): the address to fetch it from now, or %NULL while there is none; the
 *   download keeps waiting and is asked for again at the next skein_manager_pump()
 */
typedef char *(*SkeinResolveFunc) (const char *address,
                                   gpointer    user_data);

/**
 * skein_manager_set_resolve:
 * @self: a manager
 * @resolve: asked when a download whose address begins with "practice:" is to start
 * @user_data: for @resolve
 */
void           skein_manager_set_resolve      (SkeinManager         *self,
                                               SkeinResolveFunc      resolve,
                                               gpointer              user_data);

/**
 * skein_manager_add:
 * @self: a manager
 * @address: a cleaned address, or "practice:NAME"
 * @login: (nullable): "user:password" for its origin
 * @folder: (type filename): where the file shall be
 * @name: (nullable): what it shall be called
 *
 * Puts one download at the end of the list and of the queue.
 *
 * Returns: (transfer none) (nullable): the new download, or %NULL if the address is in the list already
 */
SkeinDownload *skein_manager_add              (SkeinManager         *self,
                                               const char           *address,
                                               const char           *login,
                                               const char           *folder,
                                               const char           *name);

/**
 * SkeinDownloadOptions:
 * @login: (nullable): "user:password" for the origin of the address
 * @name: (nullable): what the file shall be called
 * @connections: at the most; 0 for as many as usual
 * @timeout: microseconds without an answer, or without a byte, after which an attempt ends; 0 for the
 *   usual times
 * @limiter: (nullable): how fast it may read together with others
 * @limit: bytes per second for this one alone; 0 for no limit
 * @digest: (nullable): what the digest of the file ought to be
 * @find_checksum: whether to look for a checksum file beside the address where no digest is given
 * @preallocate: whether to take all the room on the disk before the first byte
 * @journal: (nullable): where the finished file is noted
 * @journal_key: (nullable): as what; not %NULL with a journal
 * @afresh: whether to begin with the first byte although a part file of an earlier run is there
 * @sources: (nullable): where else the file can be had, and what is known of it
 * @request: (nullable): how requests are dressed
 *
 * How one download differs from the usual. Zeros change nothing.
 */
typedef struct
{
  const char        *login;
  const char        *name;
  guint              connections;
  gint64             timeout;
  SkeinRateLimiter  *limiter;
  guint64            limit;
  const SkeinDigest *digest;
  gboolean           find_checksum;
  gboolean           preallocate;
  SkeinJournal      *journal;
  const SkeinKey    *journal_key;
  gboolean           afresh;
  SkeinSourceSet    *sources;
  SkeinRequestOptions *request;
} SkeinDownloadOptions;

/**
 * skein_manager_add_full:
 * @self: a manager
 * @address: a cleaned address, or "practice:NAME"
 * @folder: (type filename): where the file shall be
 * @options: how it differs from others; copied
 *
 * As skein_manager_add().
 *
 * Returns: (transfer none) (nullable): the new download, or %NULL if the address is in the list already
 */
SkeinDownload *skein_manager_add_full         (SkeinManager               *self,
                                               const char                 *address,
                                               const char                 *folder,
                                               const SkeinDownloadOptions *options);

/**
 * skein_manager_set_download_limit:
 * @self: a manager
 * @download: any
 * @limit: bytes per second for this one alone; 0 for no limit
 *
 * Holds from now on, also while it runs, beside the limit that it shares with others.
 */
void           skein_manager_set_download_limit (SkeinManager             *self,
                                                 SkeinDownload            *download,
                                                 guint64                   limit);

/**
 * skein_manager_add_paused:
 * @self: a manager
 * @address: a cleaned address, or "practice:NAME"
 * @folder: (type filename): where the file shall be
 *
 * As skein_manager_add(), but the row is paused and starts nothing: for what an earlier run left.
 *
 * Returns: (transfer none) (nullable): the new download, or %NULL if the address is in the list already
 */
SkeinDownload *skein_manager_add_paused       (SkeinManager         *self,
                                               const char           *address,
                                               const char           *folder);

/**
 * skein_manager_add_list_async:
 * @self: a manager
 * @list: (transfer full): what was found in a text
 * @folder: (type filename): where the files shall be
 * @callback: called when all are in
 * @user_data: for @callback
 *
 * Adds all in slices of a few milliseconds each, so that the window answers meanwhile.
 */
void           skein_manager_add_list_async   (SkeinManager         *self,
                                               SkeinUriList         *list,
                                               const char           *folder,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);

/**
 * SkeinAdded:
 * @added: how many were added
 * @already: (element-type SkeinDownload): those that were in the list already
 * @rejects: (element-type SkeinUriReject): what was not understood, with line and reason
 *
 * What became of a list.
 */
typedef struct
{
  guint      added;
  GPtrArray *already;
  GPtrArray *rejects;
} SkeinAdded;

/**
 * skein_manager_add_listed_async:
 * @self: a manager
 * @list: (transfer full): addresses
 * @listed: (nullable) (element-type SkeinMetalinkFile): files of Metalinks, each with a mirror; they come behind
 *   @list, with their names, sizes, digests, pieces and mirrors. Not to be changed any more
 * @folder: (type filename): where the files shall be
 * @callback: called when all are in the list
 * @user_data: for @callback
 *
 * As skein_manager_add_list_async(), and ended by skein_manager_add_list_finish() as well.
 */
void           skein_manager_add_listed_async (SkeinManager         *self,
                                               SkeinUriList         *list,
                                               GPtrArray            *listed,
                                               const char           *folder,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);

/**
 * skein_added_free:
 * @added: (transfer full): what skein_manager_add_list_finish() gave
 */
void           skein_added_free               (SkeinAdded           *added);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinAdded, skein_added_free)

/**
 * skein_manager_add_list_finish:
 * @self: a manager
 * @result: what the callback got
 *
 * Returns: (transfer full): what became of the list
 */
SkeinAdded    *skein_manager_add_list_finish  (SkeinManager         *self,
                                               GAsyncResult         *result);

/**
 * skein_manager_pause:
 * @self: a manager
 * @download: one that waits, is delayed or runs; another is left as it is
 *
 * Stops it and keeps the part file.
 */
void           skein_manager_pause            (SkeinManager         *self,
                                               SkeinDownload        *download);

/**
 * skein_manager_try_now:
 * @self: a manager
 * @download: a delayed one; another is left as it is
 *
 * Cuts its wait short: it takes its turn now.
 */
void           skein_manager_try_now          (SkeinManager         *self,
                                               SkeinDownload        *download);

/**
 * skein_manager_resume:
 * @self: a manager
 * @download: a paused, failed or cancelled one; another is left as it is
 *
 * Puts it at the end of the queue (a paused one: at its place in the order of the list).
 */
void           skein_manager_resume           (SkeinManager         *self,
                                               SkeinDownload        *download);

/**
 * skein_manager_cancel:
 * @self: a manager
 * @download: one that waits, is delayed, runs or is paused; another is left as it is
 *
 * Gives it up; the part file is removed.
 */
void           skein_manager_cancel           (SkeinManager         *self,
                                               SkeinDownload        *download);

/**
 * skein_manager_again:
 * @self: a manager
 * @download: one that finished, failed or was cancelled
 *
 * Downloads it once more: the row goes back to waiting, and the finished file of the last time stays (the
 * new one gets a number in its name).
 */
void           skein_manager_again            (SkeinManager         *self,
                                               SkeinDownload        *download);

/**
 * skein_manager_remove:
 * @self: a manager
 * @download: any
 *
 * Takes it out of the list, stopping it if it runs. The finished file stays; the part file stays until
 * skein_manager_forget().
 *
 * Returns: its position, for skein_manager_restore()
 */
guint          skein_manager_remove           (SkeinManager         *self,
                                               SkeinDownload        *download);

/**
 * skein_manager_restore:
 * @self: a manager
 * @download: one that was removed
 * @position: where it was
 *
 * Undoes skein_manager_remove(): it comes back as it was, what ran or waited as waiting.
 */
void           skein_manager_restore          (SkeinManager         *self,
                                               SkeinDownload        *download,
                                               guint                 position);

/**
 * skein_manager_forget:
 * @self: a manager
 * @download: one that was removed and will not come back
 *
 * Removes its part file, if any.
 */
void           skein_manager_forget           (SkeinManager         *self,
                                               SkeinDownload        *download);

/**
 * skein_manager_clear_finished:
 * @self: a manager
 *
 * Takes all that finished out of the list, telling about neighbours at once.
 *
 * Returns: (transfer full) (element-type SkeinDownload): what was taken out, in the order of the list, for
 *   skein_manager_restore_cleared()
 */
GPtrArray     *skein_manager_clear_finished   (SkeinManager         *self);

/**
 * skein_manager_clear:
 * @self: a manager
 * @downloads: (element-type SkeinDownload): any
 *
 * As skein_manager_remove() for all of these, telling about neighbours at once: with thousands of rows that
 * makes the difference between a moment and minutes.
 *
 * Returns: (transfer full) (element-type SkeinDownload): what was taken out, in the order of the list, for
 *   skein_manager_restore_cleared()
 */
GPtrArray     *skein_manager_clear            (SkeinManager         *self,
                                               GPtrArray            *downloads);

/**
 * skein_manager_restore_cleared:
 * @self: a manager
 * @downloads: (element-type SkeinDownload): what skein_manager_clear() or skein_manager_clear_finished() gave
 *
 * Undoes it: all come back, each to the position that it had, what ran or waited as waiting.
 */
void           skein_manager_restore_cleared  (SkeinManager         *self,
                                               GPtrArray            *downloads);

/**
 * skein_manager_fail:
 * @self: a manager
 * @download: one that waits or is delayed; another is left as it is
 * @error: why it cannot start
 *
 * For what the manager cannot know: that the server of an address kept by name will not come.
 */
void           skein_manager_fail             (SkeinManager         *self,
                                               SkeinDownload        *download,
                                               const GError         *error);

/**
 * skein_manager_dup_unfinished:
 * @self: a manager
 *
 * Returns: (transfer container) (element-type SkeinDownload): what waits, is delayed, runs or is paused, in order
 */
GPtrArray     *skein_manager_dup_unfinished   (SkeinManager         *self);

/**
 * skein_manager_dup_running:
 * @self: a manager
 *
 * Returns: (transfer container) (element-type SkeinDownload): what runs, in the order of their starts
 */
GPtrArray     *skein_manager_dup_running      (SkeinManager         *self);

/**
 * skein_manager_dup_delayed:
 * @self: a manager
 *
 * Returns: (transfer container) (element-type SkeinDownload): what is delayed, the next one first
 */
GPtrArray     *skein_manager_dup_delayed      (SkeinManager         *self);

/**
 * skein_manager_set_interrupt:
 * @self: a manager in which nothing runs yet
 * @interrupt: ends all, when cancelled
 *
 * What runs ends and nothing starts any more as soon as @interrupt is cancelled, which any thread may
 * do, also while the blocking runner keeps the main context busy. Downloads that ran are paused then.
 */
void           skein_manager_set_interrupt    (SkeinManager         *self,
                                               GCancellable         *interrupt);

/**
 * skein_manager_stop_all_async:
 * @self: a manager
 * @callback: called when nothing runs any more
 * @user_data: for @callback
 *
 * Stops everything, keeping the part files; nothing starts afterwards. For the end of the program.
 */
void           skein_manager_stop_all_async   (SkeinManager         *self,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);

/**
 * skein_manager_stop_all_finish:
 * @self: a manager
 * @result: what the callback got
 */
void           skein_manager_stop_all_finish  (SkeinManager         *self,
                                               GAsyncResult         *result);

/**
 * skein_manager_get_received_on_threads:
 * @self: a manager
 *
 * For telling what went on during a freeze.
 *
 * Returns: bytes received so far, over the life of the manager, by downloads that did not run on the
 *   window's own thread. Reads the transfers' progress directly.
 */
guint64        skein_manager_get_received_on_threads (SkeinManager *self);

guint          skein_manager_get_n_waiting    (SkeinManager         *self);
guint          skein_manager_get_n_delayed    (SkeinManager         *self);
guint          skein_manager_get_n_running    (SkeinManager         *self);
guint          skein_manager_get_n_finished   (SkeinManager         *self);
guint64        skein_manager_get_rate         (SkeinManager         *self);

G_END_DECLS
