/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-answering-strip.h"
#include "skein-batch.h"
#include "skein-command.h"
#include "skein-compare-page.h"
#include "skein-download-list.h"
#include "skein-freeze.h"
#include "skein-window.h"

G_BEGIN_DECLS

struct _SkeinWindow
{
  AdwApplicationWindow  parent_instance;

  GtkOverlay           *overlay;
  AdwToastOverlay      *toasts;
  AdwViewStack         *pages;
  SkeinComparePage     *compare;
  GtkStack             *stack;
  SkeinDownloadList    *list;
  GtkWidget            *freeze_notice;
  GtkLabel             *freeze_label;
  GtkWidget            *unfinished_notice;
  GtkLabel             *unfinished_label;
  SkeinAnsweringStrip  *strip;
  GtkLabel             *rate;

  SkeinServices        *services;
  SkeinFreeze          *freeze;
  SkeinBatch           *batch;
  GPtrArray            *unfinished;
  gulong                paste_handler;
  GPtrArray            *again;
  AdwToast             *batch_toast;
  gint64                batch_toast_since;
};

/* Actions: skein-window-actions.c */

/**
 * skein_window_add_actions:
 * @self: a window
 *
 * Adds what the window can do as "win." actions.
 */
void skein_window_add_actions       (SkeinWindow       *self);

/**
 * skein_window_update_actions:
 * @self: a window
 *
 * Enables the actions that need a selection while there is one.
 */
void skein_window_update_actions    (SkeinWindow       *self);

/**
 * skein_window_run_command:
 * @self: a window
 * @command: what to do
 * @downloads: (element-type SkeinDownload): with which; those that it does not apply to are left out
 */
void skein_window_run_command       (SkeinWindow       *self,
                                     SkeinCommand       command,
                                     GPtrArray         *downloads);

/**
 * skein_window_again:
 * @self: a window
 * @downloads: (element-type SkeinDownload): which; those that have not ended are left as they are
 * @without_threads: how
 *
 * Downloads the same once more.
 */
void skein_window_again             (SkeinWindow       *self,
                                     GPtrArray         *downloads,
                                     gboolean           without_threads);

/**
 * skein_window_dismiss_unfinished:
 * @self: a window
 *
 * Takes the offer of skein_window_offer_unfinished() back.
 */
void skein_window_dismiss_unfinished (SkeinWindow      *self);

/* Toasts: skein-window-toasts.c */

/**
 * skein_window_toast:
 * @self: a window
 * @text: what to say, when what was said before has been read
 */
void skein_window_toast             (SkeinWindow       *self,
                                     const char        *text);

/**
 * skein_window_toast_added:
 * @self: a window
 * @added: what became of a text with addresses; only read
 */
void skein_window_toast_added       (SkeinWindow       *self,
                                     const SkeinAdded  *added);

/**
 * skein_window_toast_batch:
 * @self: a window
 * @text: what became of a batch
 * @downloads: (transfer full) (element-type SkeinDownload): what finished in it
 * @frozen: whether it ran without threads
 *
 * Offers to run the same once more in the other way.
 */
void skein_window_toast_batch       (SkeinWindow       *self,
                                     const char        *text,
                                     GPtrArray         *downloads,
                                     gboolean           frozen);

/**
 * skein_window_toast_removed:
 * @self: a window
 * @downloads: (transfer full) (element-type SkeinDownload): what was taken out of the list
 *
 * Offers to undo it. When the toast goes without, part files are removed.
 */
void skein_window_toast_removed     (SkeinWindow       *self,
                                     GPtrArray         *downloads);

/* Closing: skein-window-close.c */

/**
 * skein_window_close_request:
 * @window: a window
 *
 * Keeps the downloads going in the background, stops them, or asks, as the settings say.
 *
 * Returns: whether the window stays
 */
gboolean skein_window_close_request (GtkWindow         *window);

G_END_DECLS
