/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SkeinFrameWait:
 *
 * Waits until the input that is there was handled and one frame was painted, without turning the main loop
 * itself. Main context only.
 */
typedef struct _SkeinFrameWait SkeinFrameWait;

#define SKEIN_FRAME_WAIT_LONGEST (50 * G_TIME_SPAN_MILLISECOND)

/**
 * SkeinFrameWaitFunc:
 * @painted: whether a frame was painted; %FALSE if the time ran out (window not on the screen)
 * @user_data: from skein_frame_wait_start()
 */
typedef void (*SkeinFrameWaitFunc) (gboolean painted,
                                    gpointer user_data);

/**
 * skein_frame_wait_start:
 * @widget: a widget of the window that has to be painted
 * @func: called once, from a source of no higher priority than input, after at most
 *   %SKEIN_FRAME_WAIT_LONGEST; the wait is freed by then
 * @user_data: for @func
 *
 * Queues a frame and waits for it.
 *
 * Returns: (transfer full): to be given to skein_frame_wait_cancel(), or forgotten when @func was called
 */
SkeinFrameWait *skein_frame_wait_start  (GtkWidget          *widget,
                                         SkeinFrameWaitFunc  func,
                                         gpointer            user_data);

/**
 * skein_frame_wait_cancel:
 * @self: (transfer full): a wait whose function was not called yet; it will not be
 */
void            skein_frame_wait_cancel (SkeinFrameWait     *self);

G_END_DECLS
