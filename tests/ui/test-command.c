/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-command.h"

static const SkeinDownloadState states[] = {
  SKEIN_DOWNLOAD_WAITING, SKEIN_DOWNLOAD_DELAYED, SKEIN_DOWNLOAD_RUNNING, SKEIN_DOWNLOAD_PAUSED,
  SKEIN_DOWNLOAD_FINISHED, SKEIN_DOWNLOAD_FAILED, SKEIN_DOWNLOAD_CANCELLED,
};

static void
test_buttons_apply (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      for (guint place = 0; place < 2; place++)
        {
          SkeinCommand command;

          g_assert_true (skein_command_for_row (states[i], place, &command));
          g_assert_true (skein_command_applies (command, states[i]));
        }
    }
}

static void
test_states (void)
{
  g_assert_true (skein_command_applies (SKEIN_COMMAND_OPEN, SKEIN_DOWNLOAD_FINISHED));
  g_assert_false (skein_command_applies (SKEIN_COMMAND_OPEN, SKEIN_DOWNLOAD_RUNNING));
  g_assert_true (skein_command_applies (SKEIN_COMMAND_PAUSE, SKEIN_DOWNLOAD_WAITING));
  g_assert_false (skein_command_applies (SKEIN_COMMAND_PAUSE, SKEIN_DOWNLOAD_PAUSED));
  g_assert_false (skein_command_applies (SKEIN_COMMAND_CANCEL, SKEIN_DOWNLOAD_FINISHED));
  g_assert_true (skein_command_applies (SKEIN_COMMAND_PAUSE, SKEIN_DOWNLOAD_DELAYED));
  g_assert_true (skein_command_applies (SKEIN_COMMAND_TRY_NOW, SKEIN_DOWNLOAD_DELAYED));
  g_assert_false (skein_command_applies (SKEIN_COMMAND_TRY_NOW, SKEIN_DOWNLOAD_WAITING));
  g_assert_true (skein_command_applies (SKEIN_COMMAND_RETRY, SKEIN_DOWNLOAD_FAILED));
  g_assert_false (skein_command_applies (SKEIN_COMMAND_RETRY, SKEIN_DOWNLOAD_FINISHED));
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_assert_true (skein_command_applies (SKEIN_COMMAND_REMOVE, states[i]));
      g_assert_true (skein_command_applies (SKEIN_COMMAND_COPY_ADDRESS, states[i]));
    }
}

static void
test_spoken (void)
{
  g_autofree char *spoken = skein_command_dup_spoken (SKEIN_COMMAND_PAUSE, "moon.png");

  g_assert_cmpstr (spoken, ==, "Pause moon.png");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/command/buttons-apply", test_buttons_apply);
  g_test_add_func ("/command/states", test_states);
  g_test_add_func ("/command/spoken", test_spoken);

  return g_test_run ();
}
