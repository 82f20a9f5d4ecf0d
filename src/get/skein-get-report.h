/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-get-options.h"
#include "skein-get-status.h"
#include "skein-manager.h"

G_BEGIN_DECLS

/**
 * SkeinGetReport:
 *
 * Tells what happens, in the way that was asked for, and keeps the figures. Main context only.
 */
typedef struct _SkeinGetReport SkeinGetReport;

/**
 * skein_get_report_new:
 * @manager: what to tell about
 * @progress: how
 *
 * Returns: (transfer full): a report of nothing yet
 */
SkeinGetReport *skein_get_report_new        (SkeinManager      *manager,
                                             SkeinGetProgress   progress);

/**
 * skein_get_report_free:
 * @self: (transfer full): a report
 */
void            skein_get_report_free       (SkeinGetReport    *self);

/**
 * skein_get_report_ended:
 * @self: a report
 * @download: one that finished or failed
 */
void            skein_get_report_ended      (SkeinGetReport    *self,
                                             SkeinDownload     *download);

/**
 * skein_get_report_delayed:
 * @self: a report
 * @download: one that failed, but will be tried again
 */
void            skein_get_report_delayed    (SkeinGetReport    *self,
                                             SkeinDownload     *download);

/**
 * skein_get_report_rejected:
 * @self: a report
 * @line: where it stands in the list, or 0 for an argument
 * @text: what was not taken; any bytes
 * @error: why; a text for people if it is of %G_OPTION_ERROR
 */
void            skein_get_report_rejected   (SkeinGetReport    *self,
                                             guint              line,
                                             const char        *text,
                                             const GError      *error);

/**
 * skein_get_report_already:
 * @self: a report
 *
 * One more file was there already.
 */
void            skein_get_report_already    (SkeinGetReport    *self);

/**
 * skein_get_report_journal:
 * @self: a report
 * @path: the journal
 * @error: (nullable): why nothing is noted in it; %NULL if only some of it could not be
 *
 * Tells that the next run may download again what is there: no failure.
 */
void            skein_get_report_journal    (SkeinGetReport    *self,
                                             const char        *path,
                                             const GError      *error);

/**
 * skein_get_report_unreadable:
 * @self: a report
 * @path: the list
 * @error: why it cannot be read
 */
void            skein_get_report_unreadable (SkeinGetReport    *self,
                                             const char        *path,
                                             const GError      *error);

/**
 * skein_get_report_end:
 * @self: a report
 * @stopped: whether a signal ended all
 *
 * Tells how all ended.
 *
 * Returns: with what the program ends
 */
SkeinGetStatus  skein_get_report_end        (SkeinGetReport    *self,
                                             gboolean           stopped);

G_END_DECLS
