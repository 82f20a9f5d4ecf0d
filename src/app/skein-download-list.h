/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "skein-command.h"

G_BEGIN_DECLS

/**
 * SkeinDownloadList:
 *
 * The list of downloads: recycled rows, selection, context menu. What a person asks of rows leaves as
 * a signal. Main thread.
 *
 * Signals:
 *  - "command" (int command, GPtrArray *downloads): a #SkeinCommand for some downloads.
 *  - "selection-changed": other rows are selected.
 */
#define SKEIN_TYPE_DOWNLOAD_LIST (skein_download_list_get_type ())
G_DECLARE_FINAL_TYPE (SkeinDownloadList, skein_download_list, SKEIN, DOWNLOAD_LIST, GtkWidget)

/**
 * skein_download_list_set_model:
 * @self: a list
 * @model: (nullable): a list of #SkeinDownload
 */
void       skein_download_list_set_model     (SkeinDownloadList *self,
                                              GListModel        *model);

/**
 * skein_download_list_has_selection:
 * @self: a list
 *
 * Returns: whether any row is selected
 */
gboolean   skein_download_list_has_selection (SkeinDownloadList *self);

/**
 * skein_download_list_dup_selected:
 * @self: a list
 *
 * Returns: (transfer full) (element-type SkeinDownload): the selected downloads, in order
 */
GPtrArray *skein_download_list_dup_selected  (SkeinDownloadList *self);

/**
 * skein_download_list_select:
 * @self: a list
 * @position: a position in the model
 *
 * Selects that row alone.
 */
void       skein_download_list_select        (SkeinDownloadList *self,
                                              guint              position);

/**
 * skein_download_list_reveal_last:
 * @self: a list
 * @n: how many rows came at the end
 *
 * Scrolls to the first of them.
 */
void       skein_download_list_reveal_last   (SkeinDownloadList *self,
                                              guint              n);

G_END_DECLS
