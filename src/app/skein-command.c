/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-command.h"

#include <glib/gi18n-lib.h>

#define IN(state) (1u << SKEIN_DOWNLOAD_##state)
#define IN_ANY    (~0u)

typedef struct
{
  const char *action;
  const char *icon;
  const char *label;
  guint       states;
} CommandInfo;

static const CommandInfo commands[SKEIN_N_COMMANDS] = {
  [SKEIN_COMMAND_OPEN] = {
    "open", "adw-external-link-symbolic", N_("Open"), IN (FINISHED),
  },
  [SKEIN_COMMAND_SHOW_IN_FOLDER] = {
    "show-in-folder", "folder-symbolic", N_("Show in Folder"), IN (FINISHED),
  },
  [SKEIN_COMMAND_COPY_ADDRESS] = {
    "copy-address", "edit-copy-symbolic", N_("Copy Address"), IN_ANY,
  },
  [SKEIN_COMMAND_PAUSE] = {
    "pause", "media-playback-pause-symbolic", N_("Pause"),
    IN (WAITING) | IN (DELAYED) | IN (RUNNING),
  },
  [SKEIN_COMMAND_RESUME] = {
    "resume", "media-playback-start-symbolic", N_("Resume"), IN (PAUSED),
  },
  [SKEIN_COMMAND_RETRY] = {
    "retry", "view-refresh-symbolic", N_("Retry"), IN (FAILED) | IN (CANCELLED),
  },
  [SKEIN_COMMAND_TRY_NOW] = {
    "try-now", "view-refresh-symbolic", N_("Try Now"), IN (DELAYED),
  },
  [SKEIN_COMMAND_DOWNLOAD_AGAIN] = {
    "download-again", "view-refresh-symbolic", N_("Download Again"), IN (FINISHED),
  },
  [SKEIN_COMMAND_CANCEL] = {
    "cancel", "window-close-symbolic", N_("Cancel"),
    IN (WAITING) | IN (DELAYED) | IN (RUNNING) | IN (PAUSED),
  },
  [SKEIN_COMMAND_REMOVE] = {
    "remove", "window-close-symbolic", N_("Remove"), IN_ANY,
  },
};

gboolean
skein_command_applies (SkeinCommand       self,
                       SkeinDownloadState state)
{
  g_return_val_if_fail (self < SKEIN_N_COMMANDS, FALSE);

  return (commands[self].states & (1u << state)) != 0;
}

gboolean
skein_command_for_row (SkeinDownloadState  state,
                       guint               place,
                       SkeinCommand       *command)
{
  static const SkeinCommand buttons[][2] = {
    [SKEIN_DOWNLOAD_WAITING] = { SKEIN_COMMAND_PAUSE, SKEIN_COMMAND_CANCEL },
    [SKEIN_DOWNLOAD_DELAYED] = { SKEIN_COMMAND_TRY_NOW, SKEIN_COMMAND_CANCEL },
    [SKEIN_DOWNLOAD_RUNNING] = { SKEIN_COMMAND_PAUSE, SKEIN_COMMAND_CANCEL },
    [SKEIN_DOWNLOAD_PAUSED] = { SKEIN_COMMAND_RESUME, SKEIN_COMMAND_CANCEL },
    [SKEIN_DOWNLOAD_FINISHED] = { SKEIN_COMMAND_OPEN, SKEIN_COMMAND_SHOW_IN_FOLDER },
    [SKEIN_DOWNLOAD_FAILED] = { SKEIN_COMMAND_RETRY, SKEIN_COMMAND_REMOVE },
    [SKEIN_DOWNLOAD_CANCELLED] = { SKEIN_COMMAND_RETRY, SKEIN_COMMAND_REMOVE },
  };

  g_return_val_if_fail (state < G_N_ELEMENTS (buttons), FALSE);
  g_return_val_if_fail (command != NULL, FALSE);

  if (place >= G_N_ELEMENTS (buttons[0]))
    return FALSE;

  *command = buttons[state][place];
  return TRUE;
}

const char *
skein_command_get_action (SkeinCommand self)
{
  g_return_val_if_fail (self < SKEIN_N_COMMANDS, NULL);

  return commands[self].action;
}

const char *
skein_command_get_icon (SkeinCommand self)
{
  g_return_val_if_fail (self < SKEIN_N_COMMANDS, NULL);

  return commands[self].icon;
}

const char *
skein_command_get_label (SkeinCommand self)
{
  g_return_val_if_fail (self < SKEIN_N_COMMANDS, NULL);

  return _(commands[self].label);
}

char *
skein_command_dup_spoken (SkeinCommand  self,
                          const char   *name)
{
  g_return_val_if_fail (self < SKEIN_N_COMMANDS, NULL);

  /* Translators: a command and the name of the file it is for: "Pause moon.png". */
  return g_strdup_printf (_("%s %s"), skein_command_get_label (self), name);
}
