/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef gboolean (*TestCondition) (gpointer user_data);

/**
 * test_wait_until:
 * @condition: what is waited for
 * @user_data: for @condition
 * @seconds: after which the test fails
 *
 * Turns the main loop until @condition holds.
 */
#define test_wait_until(condition, user_data, seconds) \
  G_STMT_START { \
    if (!test_wait (condition, user_data, seconds)) \
      g_error ("%s: waited %d s in vain for %s", G_STRFUNC, seconds, #condition); \
  } G_STMT_END

/**
 * test_wait:
 * @condition: what is waited for
 * @user_data: for @condition
 * @seconds: how long at the most
 *
 * Returns: whether @condition held in time
 */
gboolean test_wait       (TestCondition  condition,
                          gpointer       user_data,
                          int            seconds);

/**
 * test_turn_for:
 * @microseconds: how long
 *
 * Turns the main loop for a while.
 */
void     test_turn_for   (gint64         microseconds);

/**
 * test_block_for:
 * @microseconds: how long
 *
 * Keeps the thread busy, so that the main loop stands still.
 */
void     test_block_for  (gint64         microseconds);

/**
 * test_use_own_folders:
 *
 * Makes a home for this test. First of all in main ().
 *
 * Returns: (transfer full): its path, for test_remove_folders()
 */
char    *test_use_own_folders (void);

/**
 * test_remove_folders:
 * @home: (transfer full): what test_use_own_folders() gave
 */
void     test_remove_folders  (char *home);

G_END_DECLS
