/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-manager.h"

G_BEGIN_DECLS

/**
 * SkeinSession:
 *
 * Keeps the list of what is unfinished on the disk, soon after it changes, so that the next start can
 * offer it. Main thread; the disk is touched by threads only.
 *
 * Signal "restored" (GPtrArray *downloads): the last run had left these; they are in the list, paused.
 */
#define SKEIN_TYPE_SESSION (skein_session_get_type ())
G_DECLARE_FINAL_TYPE (SkeinSession, skein_session, SKEIN, SESSION, GObject)

/**
 * skein_session_new:
 * @manager: whose downloads
 *
 * Returns: (transfer full): a session that does nothing before skein_session_restore()
 */
SkeinSession *skein_session_new         (SkeinManager        *manager);

/**
 * skein_session_restore:
 * @self: a session
 *
 * Reads what the last run left and begins to keep the list.
 */
void          skein_session_restore     (SkeinSession        *self);

/**
 * skein_session_end_async:
 * @self: a session
 * @callback: called when it is on the disk, or cannot be
 * @user_data: for @callback
 *
 * Writes the list a last time, as it is now; later changes are not written any more.
 */
void          skein_session_end_async   (SkeinSession        *self,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);

/**
 * skein_session_end_finish:
 * @self: a session
 * @result: what the callback got
 * @error: why it is not on the disk
 *
 * Returns: whether it is on the disk
 */
gboolean      skein_session_end_finish  (SkeinSession        *self,
                                         GAsyncResult        *result,
                                         GError             **error);

G_END_DECLS
