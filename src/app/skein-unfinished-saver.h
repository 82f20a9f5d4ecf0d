/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-manager.h"

G_BEGIN_DECLS

/**
 * SkeinUnfinishedSaver:
 *
 * Sees to it that what is unfinished is on the disk when asked for, and that the list is taken away when a
 * batch has ended. Main context only.
 */
#define SKEIN_TYPE_UNFINISHED_SAVER (skein_unfinished_saver_get_type ())
G_DECLARE_FINAL_TYPE (SkeinUnfinishedSaver, skein_unfinished_saver, SKEIN, UNFINISHED_SAVER, GObject)

/**
 * SkeinUnfinishedSaverFunc:
 * @good: whether the list is on the disk
 * @user_data: from skein_unfinished_saver_new()
 */
typedef void (*SkeinUnfinishedSaverFunc) (gboolean good,
                                          gpointer user_data);

/**
 * skein_unfinished_saver_new:
 * @manager: whose downloads are saved
 * @func: called after each save that was asked for
 * @user_data: for @func
 *
 * Returns: (transfer full): nothing saved yet
 */
SkeinUnfinishedSaver *skein_unfinished_saver_new         (SkeinManager             *manager,
                                                          SkeinUnfinishedSaverFunc  func,
                                                          gpointer                  user_data);

/**
 * skein_unfinished_saver_is_current:
 * @self: a saver
 *
 * Returns: whether all that is unfinished is on the disk already
 */
gboolean              skein_unfinished_saver_is_current  (SkeinUnfinishedSaver *self);

/**
 * skein_unfinished_saver_save:
 * @self: a saver
 *
 * Saves what is unfinished now. The function given to skein_unfinished_saver_new() is called once it is on
 * the disk; once for several calls that came before.
 */
void                  skein_unfinished_saver_save        (SkeinUnfinishedSaver *self);

/**
 * skein_unfinished_saver_disconnect:
 * @self: a saver
 *
 * Its function is not called any more, and it lets go of the manager.
 */
void                  skein_unfinished_saver_disconnect  (SkeinUnfinishedSaver *self);

G_END_DECLS
