/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The list of what was unfinished, on disk from before the first freeze until all of it has ended: a frozen
 * window may be ended by the desktop. One "ADDRESS<TAB>FOLDER" a line, folder escaped, in the user's
 * data folder. No logins are in it. Main context; the disk is touched by threads only.
 */

/**
 * skein_unfinished_save_async:
 * @downloads: (element-type SkeinDownload): what to write; none removes the file
 * @callback: called when it is on the disk
 * @user_data: for @callback
 */
void       skein_unfinished_save_async  (GPtrArray            *downloads,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);

/**
 * skein_unfinished_save_finish:
 * @result: what the callback got
 * @error: %SKEIN_ERROR
 *
 * Returns: whether it is on the disk
 */
gboolean   skein_unfinished_save_finish (GAsyncResult         *result,
                                         GError              **error);

/**
 * SkeinUnfinished:
 * @address: a cleaned address or "practice:NAME"
 * @folder: (type filename): where the file was to be
 */
typedef struct
{
  char *address;
  char *folder;
} SkeinUnfinished;

/**
 * skein_unfinished_load_async:
 * @callback: called when it was read
 * @user_data: for @callback
 */
void       skein_unfinished_load_async  (GAsyncReadyCallback   callback,
                                         gpointer              user_data);

/**
 * skein_unfinished_load_finish:
 * @result: what the callback got
 *
 * The file is taken for hostile: lines that are not clean addresses are left out.
 *
 * Returns: (transfer full) (element-type SkeinUnfinished): what the last run left, or nothing
 */
GPtrArray *skein_unfinished_load_finish (GAsyncResult         *result);

G_END_DECLS
