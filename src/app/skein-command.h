/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-download.h"

G_BEGIN_DECLS

/**
 * SkeinCommand:
 *
 * What a person can do with a download. Every one is also an action of the window ("win.pause") that
 * works on the selected rows.
 */
typedef enum
{
  SKEIN_COMMAND_OPEN,
  SKEIN_COMMAND_SHOW_IN_FOLDER,
  SKEIN_COMMAND_COPY_ADDRESS,
  SKEIN_COMMAND_PAUSE,
  SKEIN_COMMAND_RESUME,
  SKEIN_COMMAND_RETRY,
  SKEIN_COMMAND_TRY_NOW,
  SKEIN_COMMAND_DOWNLOAD_AGAIN,
  SKEIN_COMMAND_CANCEL,
  SKEIN_COMMAND_REMOVE,
} SkeinCommand;

#define SKEIN_N_COMMANDS (SKEIN_COMMAND_REMOVE + 1)

/**
 * skein_command_applies:
 * @self: a command
 * @state: the state of a download
 *
 * Main thread.
 *
 * Returns: whether the command does something with such a download
 */
gboolean    skein_command_applies    (SkeinCommand        self,
                                      SkeinDownloadState  state);

/**
 * skein_command_for_row:
 * @state: the state of a download
 * @place: 0 for the first button of its row, 1 for the second
 * @command: (out): what that button does
 *
 * Main thread.
 *
 * Returns: whether the row has that button
 */
gboolean    skein_command_for_row    (SkeinDownloadState  state,
                                      guint               place,
                                      SkeinCommand       *command);

/**
 * skein_command_get_action:
 * @self: a command
 *
 * Returns: (transfer none): the name of the window's action, without "win."
 */
const char *skein_command_get_action (SkeinCommand        self);

/**
 * skein_command_get_icon:
 * @self: a command
 *
 * Returns: (transfer none): the name of a symbolic icon
 */
const char *skein_command_get_icon   (SkeinCommand        self);

/**
 * skein_command_get_label:
 * @self: a command
 *
 * Returns: (transfer none): what a button or a menu says, translated
 */
const char *skein_command_get_label  (SkeinCommand        self);

/**
 * skein_command_dup_spoken:
 * @self: a command
 * @name: the name of a download
 *
 * Returns: (transfer full): what a screen reader says of a button in the row of @name, translated
 */
char       *skein_command_dup_spoken (SkeinCommand        self,
                                      const char         *name);

G_END_DECLS
