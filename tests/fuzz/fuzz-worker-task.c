/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-targets.h"

#include <string.h>

#include "skein-transfer-task.h"
#include "skein-worker-message.h"

/* What a task became is written as a task again: that must be read, and give the same. */
static char *
check_task (GVariant *task)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SkeinTransfer) transfer = skein_transfer_new_from_task (task, &error);
  char *line;

  g_assert_true ((transfer == NULL) == (error != NULL));
  if (transfer == NULL)
    return NULL;

  line = skein_worker_message_print (skein_transfer_to_task (transfer, 1));
  g_assert_true (strchr (line, '\n') == line + strlen (line) - 1);

  return line;
}

/* Both sides of the pipe: the worker reads tasks, and whoever started it reads events. */
void
fuzz_worker_task (const guint8 *bytes,
                  gsize         length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) task = skein_worker_message_parse ((const char *) bytes, length, &error);
  g_autoptr (GVariant) again = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_assert_true ((task == NULL) == (error != NULL));
  if (task == NULL)
    return;

  skein_worker_message_check_version (task, NULL);
  first = check_task (task);
  if (first == NULL)
    return;

  again = skein_worker_message_parse (first, strlen (first) - 1, &error);
  g_assert_no_error (error);
  g_assert_true (skein_worker_message_check_version (again, &error));
  second = check_task (again);
  g_assert_cmpstr (first, ==, second);
}
