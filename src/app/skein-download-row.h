/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "skein-command.h"
#include "skein-download.h"

G_BEGIN_DECLS

/**
 * SkeinDownloadRow:
 *
 * One row of the list: icon, name, host, bar, facts and two buttons. It is recycled: another download
 * may be given to it at any time.
 *
 * Signal "command" (int command): one of its buttons was pressed; a #SkeinCommand.
 */
#define SKEIN_TYPE_DOWNLOAD_ROW (skein_download_row_get_type ())
G_DECLARE_FINAL_TYPE (SkeinDownloadRow, skein_download_row, SKEIN, DOWNLOAD_ROW, GtkBox)

/**
 * skein_download_row_new:
 *
 * Main thread.
 *
 * Returns: (transfer floating): an empty row
 */
GtkWidget     *skein_download_row_new          (void);

/**
 * skein_download_row_set_download:
 * @self: a row
 * @download: (nullable): what it shows from now on
 */
void           skein_download_row_set_download (SkeinDownloadRow *self,
                                                SkeinDownload    *download);

/**
 * skein_download_row_get_download:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): what it shows
 */
SkeinDownload *skein_download_row_get_download (SkeinDownloadRow *self);

/**
 * skein_download_row_get_tooltip:
 * @self: a row
 * @part: its name, host, facts or one of its buttons
 *
 * What is said when the pointer rests there: all of a text that may be shortened, or what the button does.
 *
 * Returns: (transfer none) (nullable): a text, or %NULL for none
 */
const char    *skein_download_row_get_tooltip  (SkeinDownloadRow *self,
                                                GtkWidget        *part);

G_END_DECLS
