/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-download.h"
#include "skein-manager.h"
#include "skein-runner.h"
#include "skein-speed-meter.h"
#include "skein-transfer.h"

G_BEGIN_DECLS

/* What the manager, and nobody else, does to a download. Main context only. */

/**
 * SkeinIntent:
 * @SKEIN_INTENT_NONE: let it run
 * @SKEIN_INTENT_STOP: the program ends; it would go on
 * @SKEIN_INTENT_PAUSE: the person stopped it
 * @SKEIN_INTENT_CANCEL: the person gave it up
 * @SKEIN_INTENT_REMOVE: it was taken out of the list
 * @SKEIN_INTENT_REQUEUE: it was stopped, but is wanted again
 *
 * What shall become of a download that runs once its task has ended.
 */
typedef enum
{
  SKEIN_INTENT_NONE,
  SKEIN_INTENT_STOP,
  SKEIN_INTENT_PAUSE,
  SKEIN_INTENT_CANCEL,
  SKEIN_INTENT_REMOVE,
  SKEIN_INTENT_REQUEUE,
} SkeinIntent;

struct _SkeinDownload
{
  GObject parent_instance;

  char *address;
  char *login;
  char *host;
  char *host_key;
  char *folder;
  char *wanted_name;
  guint connections;         /* 0: as many as usual */
  gint64 timeout;            /* microseconds; 0: the usual times */
  SkeinRateLimiter *limiter; /* NULL: none */
  guint64 limit;             /* bytes per second for it alone; 0: none */
  SkeinDigest *digest;       /* NULL: none */
  gboolean find_checksum;
  gboolean preallocate;
  SkeinJournal *journal;     /* NULL: none */
  SkeinKey journal_key;
  gboolean afresh;
  SkeinRequestOptions *request; /* NULL: as usual */
  char *name;
  char *path;
  char *facts; /* NULL until somebody asks */

  SkeinDownloadState state;
  guint64 received;
  gint64 total;
  guint64 rate;
  gint64 time_left;
  gboolean frozen;
  gint64 checked;            /* bytes; -1 unless the file is being checked */
  gboolean length_known;
  SkeinVerification verification;
  char *media_type;          /* NULL: not told */
  SkeinSourceSet *sources;   /* NULL: the address alone */
  GError *error;
  SkeinVerdict verdict;      /* on error */
  SkeinDelay delay;          /* while delayed */
  gint64 retry_in;           /* seconds, or -1 */
  guint failed;              /* attempts in a row without progress */
  guint lacking;             /* attempts in a row that found no network, counted apart */
  guint most;                /* attempts there may be for such an error */

  /* The manager's own, without properties. */
  GSequenceIter *row;        /* NULL while not in the list */
  guint cleared_from;        /* its position before skein_manager_clear() */
  gint64 retry_at;           /* microseconds of the manager's clock */
  guint64 best;              /* bytes that were there after the best attempt so far */
  gint64 order;              /* place in the queue; kept while paused */
  SkeinTransfer *transfer;   /* the attempt that runs, or the last one while it may have left a part file */
  char *fetched;             /* the address that transfer was made for */
  GCancellable *cancellable; /* NULL unless a task runs */
  SkeinIntent intent;
  gboolean discarding;       /* its part file is being removed */
  gboolean forgotten;        /* removed for good: no part file may stay */
  gboolean named;            /* the transfer that runs has told its name */
  gulong interrupt;          /* handler that ends the task with SkeinManager.interrupt */
  GArray *notes;             /* of SkeinNote; NULL: none */
  guint n_noted;             /* how often the transfer had noted something when they were taken over */
  guint64 brought;           /* by the last attempt, bytes */
  gint64 started;            /* monotonic microseconds */
  gint64 duration;           /* of the last attempt, microseconds */
  gint64 rated;              /* when rate and time-left were last set, monotonic microseconds */
  SkeinSpeedMeter meter;
};

/**
 * skein_download_new:
 * @address: a cleaned address or "practice:NAME"
 * @login: (nullable): "user:password"
 * @folder: (type filename): where the file shall be
 * @name: (nullable): what it shall be called
 *
 * Returns: (transfer full): one that waits
 */
SkeinDownload *skein_download_new           (const char         *address,
                                             const char         *login,
                                             const char         *folder,
                                             const char         *name);

/**
 * skein_download_set_options:
 * @self: one that never ran
 * @options: how it shall be fetched; login and name were given to skein_download_new() already
 */
void           skein_download_set_options   (SkeinDownload              *self,
                                             const SkeinDownloadOptions *options);

/**
 * skein_download_equip:
 * @self: a download
 * @transfer: the first attempt at it
 *
 * Passes the options on.
 */
void           skein_download_equip         (SkeinDownload      *self,
                                             SkeinTransfer      *transfer);

/**
 * skein_download_set_state:
 * @self: a download
 * @state: the new state
 */
void           skein_download_set_state     (SkeinDownload      *self,
                                             SkeinDownloadState  state);

/**
 * skein_download_set_name:
 * @self: a download
 * @name: UTF-8
 */
void           skein_download_set_name      (SkeinDownload      *self,
                                             const char         *name);

/**
 * skein_download_set_amount:
 * @self: a download
 * @received: bytes
 * @total: bytes, or -1
 *
 * Does not touch "facts"; see skein_download_refresh_facts().
 *
 * Returns: whether anything changed
 */
gboolean       skein_download_set_amount    (SkeinDownload      *self,
                                             guint64             received,
                                             gint64              total);

/**
 * skein_download_set_speed:
 * @self: a download
 * @rate: bytes per second
 * @time_left: seconds, or -1
 *
 * Does not touch "facts"; see skein_download_refresh_facts().
 *
 * Returns: whether anything changed
 */
gboolean       skein_download_set_speed     (SkeinDownload      *self,
                                             guint64             rate,
                                             gint64              time_left);

/**
 * skein_download_set_frozen:
 * @self: a download
 * @frozen: whether it runs on the window's own thread
 */
void           skein_download_set_frozen    (SkeinDownload      *self,
                                             gboolean            frozen);

/**
 * skein_download_set_checked:
 * @self: a download
 * @checked: bytes that were held against the checksum, or -1
 *
 * Does not touch "facts"; see skein_download_refresh_facts().
 *
 * Returns: whether anything changed
 */
gboolean       skein_download_set_checked   (SkeinDownload      *self,
                                             gint64              checked);

/**
 * skein_download_set_verification:
 * @self: a download
 * @verification: what its file was held against
 */
void           skein_download_set_verification (SkeinDownload     *self,
                                                SkeinVerification  verification);

/**
 * skein_download_set_path:
 * @self: a download
 * @path: (nullable) (type filename): the finished file
 * @length_known: whether the server had announced an end
 */
void           skein_download_set_path      (SkeinDownload      *self,
                                             const char         *path,
                                             gboolean            length_known);

/**
 * skein_download_take_error:
 * @self: a download
 * @error: (transfer full) (nullable): why it failed
 */
void           skein_download_take_error    (SkeinDownload      *self,
                                             GError             *error);

/**
 * skein_download_set_delay:
 * @self: a download that is delayed, or about to be
 * @delay: what it waits for
 * @retry_in: seconds, or -1
 *
 * Brings "facts" up to date.
 */
void           skein_download_set_delay     (SkeinDownload      *self,
                                             SkeinDelay          delay,
                                             gint64              retry_in);

/**
 * skein_download_refresh_facts:
 * @self: a download
 *
 * Writes the line of facts anew, and notifies if it reads differently.
 */
void           skein_download_refresh_facts (SkeinDownload      *self);

G_END_DECLS
