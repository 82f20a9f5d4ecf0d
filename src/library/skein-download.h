/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "skein-digest-spec.h"
#include "skein-progress.h"
#include "skein-retry-policy.h"

G_BEGIN_DECLS

/**
 * SkeinDownloadState:
 * @SKEIN_DOWNLOAD_WAITING: in the queue, and may start as soon as there is room
 * @SKEIN_DOWNLOAD_DELAYED: an attempt failed; the next one is put off, see skein_download_get_delay()
 * @SKEIN_DOWNLOAD_RUNNING: a runner carries it out
 * @SKEIN_DOWNLOAD_PAUSED: stopped by the person, or, with an error, because something on this computer has
 *   to be put right first; the part file stays
 * @SKEIN_DOWNLOAD_FINISHED: the file is there
 * @SKEIN_DOWNLOAD_FAILED: ended with an error; the part file stays
 * @SKEIN_DOWNLOAD_CANCELLED: given up by the person; the part file is gone
 */
typedef enum
{
  SKEIN_DOWNLOAD_WAITING,
  SKEIN_DOWNLOAD_DELAYED,
  SKEIN_DOWNLOAD_RUNNING,
  SKEIN_DOWNLOAD_PAUSED,
  SKEIN_DOWNLOAD_FINISHED,
  SKEIN_DOWNLOAD_FAILED,
  SKEIN_DOWNLOAD_CANCELLED,
} SkeinDownloadState;

/**
 * SkeinDelay:
 * @SKEIN_DELAY_TIME: until its time has come
 * @SKEIN_DELAY_NETWORK: until this computer is connected again
 * @SKEIN_DELAY_SIGN_IN: until somebody has signed in to this computer's network
 *
 * What a delayed download waits for.
 */
typedef enum
{
  SKEIN_DELAY_TIME,
  SKEIN_DELAY_NETWORK,
  SKEIN_DELAY_SIGN_IN,
} SkeinDelay;

#define SKEIN_TYPE_DOWNLOAD_STATE (skein_download_state_get_type ())
GType skein_download_state_get_type (void);

#define SKEIN_TYPE_DOWNLOAD (skein_download_get_type ())
G_DECLARE_FINAL_TYPE (SkeinDownload, skein_download, SKEIN, DOWNLOAD, GObject)

/*
 * SkeinDownload is what a row shows. Main context only. Everything is read here and changed through
 * SkeinManager alone. Properties, all read-only, each notified only when it changes:
 *
 *   "address" (string)      what people see and copy: never with a login
 *   "host" (string)         the host alone, or "Practice server on this computer"
 *   "folder" (string)       file name encoding
 *   "name" (string)         UTF-8; guessed from the address until the transfer decides
 *   "state" (SkeinDownloadState)
 *   "received" (uint64)     bytes
 *   "total" (int64)         bytes, -1 while not known
 *   "fraction" (double)     0 to 1; 0 while the total is not known
 *   "rate" (uint64)         bytes per second, smoothed; 0 unless running
 *   "time-left" (int64)     seconds, rounded; -1 if not known
 *   "frozen" (boolean)      runs on the window's own thread, with the blocking runner
 *   "length-known" (boolean) of a finished one: whether the server had announced an end
 *   "error" (GError, boxed) of a failed or delayed one, and of one that was paused because of it
 *   "facts" (string)        the line under the bar, translated: facts while it runs, the error's text
 *                           when it failed, …
 */

const char         *skein_download_get_address      (SkeinDownload *self);
const char         *skein_download_get_host         (SkeinDownload *self);
const char         *skein_download_get_folder       (SkeinDownload *self);
const char         *skein_download_get_name         (SkeinDownload *self);
SkeinDownloadState  skein_download_get_state        (SkeinDownload *self);
guint64             skein_download_get_received     (SkeinDownload *self);
gint64              skein_download_get_total        (SkeinDownload *self);
double              skein_download_get_fraction     (SkeinDownload *self);
guint64             skein_download_get_rate         (SkeinDownload *self);
gint64              skein_download_get_time_left    (SkeinDownload *self);
gboolean            skein_download_get_frozen       (SkeinDownload *self);
gboolean            skein_download_get_length_known (SkeinDownload *self);
const GError       *skein_download_get_error        (SkeinDownload *self);
const char         *skein_download_get_facts        (SkeinDownload *self);

/**
 * skein_download_get_delay:
 * @self: a delayed download
 *
 * Returns: what it waits for
 */
SkeinDelay          skein_download_get_delay        (SkeinDownload *self);

/**
 * skein_download_get_retry_in:
 * @self: a download
 *
 * Returns: seconds, rounded up, until the next attempt; -1 unless it is delayed by %SKEIN_DELAY_TIME.
 *   Brought up to date once a second, together with "facts"
 */
gint64              skein_download_get_retry_in     (SkeinDownload *self);

/**
 * skein_download_get_attempt:
 * @self: a download
 * @most: (out) (optional): how many there are in a row without progress, at the most; %G_MAXUINT for any
 *   number
 *
 * Returns: the number of the attempt that runs or is the next, from 1; progress begins a new row
 */
guint               skein_download_get_attempt      (SkeinDownload *self,
                                                     guint         *most);

/**
 * skein_download_get_verdict:
 * @self: a download with an error
 *
 * For offering a remedy: %SKEIN_VERDICT_EXPIRED can be given a new address, %SKEIN_VERDICT_LOGIN a login.
 *
 * Returns: what the error means for it
 */
SkeinVerdict        skein_download_get_verdict      (SkeinDownload *self);

/**
 * skein_download_get_duration:
 * @self: a download
 *
 * Returns: how long its last attempt took, in microseconds; 0 before one has ended
 */
gint64              skein_download_get_duration     (SkeinDownload *self);

/**
 * skein_download_get_checked:
 * @self: a download
 *
 * Returns: of one that runs: bytes that were held against the checksum, once all have come; else -1
 */
gint64              skein_download_get_checked      (SkeinDownload *self);

/**
 * skein_download_get_media_type:
 * @self: a download
 *
 * Returns: (transfer none) (nullable): what the server said the file is, if it has come: in lower case,
 *   without parameters
 */
const char         *skein_download_get_media_type   (SkeinDownload *self);

/**
 * skein_download_get_verification:
 * @self: a download
 *
 * Returns: what the finished file was held against
 */
SkeinVerification   skein_download_get_verification (SkeinDownload *self);

/**
 * skein_download_get_notes:
 * @self: a download
 *
 * What a person who asks for details should know of its last attempt; skein_describe_note() has the texts.
 *
 * Returns: (transfer none) (nullable) (element-type SkeinNote): one of a kind, or %NULL for nothing
 */
const GArray       *skein_download_get_notes        (SkeinDownload *self);

/**
 * skein_download_get_path:
 * @self: a download
 *
 * Returns: (transfer none) (nullable) (type filename): the finished file
 */
const char         *skein_download_get_path         (SkeinDownload *self);

G_END_DECLS
