/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-download-private.h"
#include "skein-manager.h"
#include "skein-network.h"
#include "skein-queue.h"

G_BEGIN_DECLS

/* What the files of the manager share. Main context only. */

struct _SkeinManager
{
  GObject parent_instance;

  SkeinRunner *runner;
  SkeinQueue *queue;
  GSequence *rows;        /* of SkeinDownload, owned */
  GHashTable *by_address; /* address of the row → row */
  GPtrArray *running;     /* of SkeinDownload, owned; also those removed from the list until they have ended */
  guint counts[SKEIN_DOWNLOAD_CANCELLED + 1];
  gboolean active;

  GCancellable *interrupt; /* NULL if never set */

  SkeinResolveFunc resolve;
  gpointer resolve_data;

  SkeinNetwork *network;
  guint tries;             /* attempts in a row without progress; G_MAXUINT for any number */
  gboolean unattended;
  gint64 (*get_time) (void);
  guint clock;             /* source id, 0 while nothing waits for its time */
  gint64 clock_due;        /* monotonic microseconds */

  guint sampling;              /* source id, 0 while nothing runs */
  guint64 rate;
  guint64 received_on_threads; /* by attempts that have ended */

  gint64 batch_start; /* monotonic microseconds, 0 before the first start */
  guint batch_finished;
  guint batch_failed;

  guint n_discards; /* part files being removed */
  gboolean pumping;
  gboolean stopping;
  GPtrArray *stop_tasks; /* of GTask, owned */
};

/**
 * skein_manager_move:
 * @self: a manager
 * @download: any, in the list or not
 * @state: its new state
 *
 * Changes the state and the counts.
 */
void     skein_manager_move           (SkeinManager       *self,
                                       SkeinDownload      *download,
                                       SkeinDownloadState  state);

/**
 * skein_manager_append:
 * @self: a manager
 * @address: a cleaned address, or "practice:NAME"
 * @login: (nullable): "user:password"
 * @folder: (type filename): where the file shall be
 * @name: (nullable): what it shall be called
 *
 * Puts one more at the end of list and queue. Neither starts it nor emits #GListModel::items-changed.
 *
 * Returns: (transfer none): the new download
 */
SkeinDownload *skein_manager_append   (SkeinManager       *self,
                                       const char         *address,
                                       const char         *login,
                                       const char         *folder,
                                       const char         *name);

/**
 * skein_manager_put_row:
 * @self: a manager
 * @download: one that is not in the list
 * @position: where; beyond the end means at the end
 *
 * Does not emit #GListModel::items-changed.
 *
 * Returns: the position it got
 */
guint    skein_manager_put_row        (SkeinManager       *self,
                                       SkeinDownload      *download,
                                       guint               position);

/**
 * skein_manager_take_row:
 * @self: a manager
 * @download: one that is in the list
 *
 * Does not emit #GListModel::items-changed; drops the list's reference.
 */
void     skein_manager_take_row       (SkeinManager       *self,
                                       SkeinDownload      *download);

/**
 * skein_manager_set_rate:
 * @self: a manager
 * @rate: bytes per second of all
 */
void     skein_manager_set_rate       (SkeinManager       *self,
                                       guint64             rate);

/**
 * skein_manager_end_batch:
 * @self: a manager
 *
 * Emits #SkeinManager::batch-ended if there is something to say, and begins to count anew.
 */
void     skein_manager_end_batch      (SkeinManager       *self);

/**
 * skein_manager_tell_ended:
 * @self: a manager
 * @download: one in the list that finished or failed
 *
 * Counts it for the batch and emits #SkeinManager::download-ended.
 */
void     skein_manager_tell_ended     (SkeinManager       *self,
                                       SkeinDownload      *download);

/**
 * skein_manager_update_active:
 * @self: a manager
 */
void     skein_manager_update_active  (SkeinManager       *self);

/**
 * skein_manager_advance:
 * @self: a manager
 *
 * After anything changed: starts what may start, and says so when all is done.
 */
void     skein_manager_advance        (SkeinManager       *self);

/**
 * skein_manager_enqueue:
 * @self: a manager
 * @download: one in the list that shall wait
 * @at_end: at the end of the queue, or at the place that it had
 */
void     skein_manager_enqueue        (SkeinManager       *self,
                                       SkeinDownload      *download,
                                       gboolean            at_end);

/**
 * skein_manager_dequeue:
 * @self: a manager
 * @download: any
 *
 * It shall not start any more.
 */
void     skein_manager_dequeue        (SkeinManager       *self,
                                       SkeinDownload      *download);

/**
 * skein_manager_discard:
 * @self: a manager
 * @download: one that does not run
 *
 * Removes the part file of its last attempt, if there was one.
 */
void     skein_manager_discard        (SkeinManager       *self,
                                       SkeinDownload      *download);

/**
 * skein_manager_settle_failed:
 * @self: a manager
 * @download: one whose attempt has just ended
 * @error: why
 *
 * Puts the next attempt off, pauses the download until somebody has put things right, or lets it fail.
 */
void     skein_manager_settle_failed  (SkeinManager       *self,
                                       SkeinDownload      *download,
                                       const GError       *error);

/**
 * skein_manager_ripen:
 * @self: a manager
 *
 * Puts those whose time has come in line.
 */
void     skein_manager_ripen          (SkeinManager       *self);

/**
 * skein_manager_needs_network:
 * @address: what is fetched
 *
 * Returns: whether it can only be had with a way out: not from this computer, and not from the local network
 */
gboolean skein_manager_needs_network  (const char         *address);

/**
 * skein_manager_network_changed:
 * @self: a manager
 *
 * Puts those that wait for the network in line if it is there.
 */
void     skein_manager_network_changed (SkeinManager      *self);

/**
 * skein_manager_update_clock:
 * @self: a manager
 *
 * There is one timer for all that wait for their time, and none if nothing does.
 */
void     skein_manager_update_clock   (SkeinManager       *self);

/**
 * skein_manager_show_delays:
 * @self: a manager
 *
 * Brings the seconds left of all that wait for their time up to date.
 */
void     skein_manager_show_delays    (SkeinManager       *self);

/**
 * skein_manager_set_clock:
 * @self: a manager in which nothing is delayed yet
 * @get_time: gives microseconds of a clock that never goes back
 *
 * For tests that cannot wait; the monotonic clock without it.
 */
void     skein_manager_set_clock      (SkeinManager       *self,
                                       gint64            (*get_time) (void));

/**
 * skein_manager_tell_delayed:
 * @self: a manager
 * @download: one in the list that is delayed now
 *
 * Emits #SkeinManager::download-delayed.
 */
void     skein_manager_tell_delayed   (SkeinManager       *self,
                                       SkeinDownload      *download);

/**
 * skein_manager_start_sampling:
 * @self: a manager
 *
 * Looks ten times a second where each running download stands, as long as one runs.
 */
void     skein_manager_start_sampling (SkeinManager       *self);

/**
 * skein_manager_sample:
 * @download: one with a transfer
 * @now: monotonic microseconds
 *
 * Takes over where the transfer stands.
 */
void     skein_manager_sample         (SkeinDownload      *download,
                                       gint64              now);

G_END_DECLS
