/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-get-journal.h"

#define SUFFIX ".skein"

/* Goes to the thread, and comes back. */
typedef struct
{
  char         *path;
  char         *list;     /* NULL if the journal was asked for by its name */
  gboolean      trusts;
  SkeinJournal *journal;
  GError       *problem;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_clear_pointer (&opening->journal, skein_journal_unref);
  g_clear_error (&opening->problem);
  g_free (opening->path);
  g_free (opening->list);
  g_free (opening);
}

char *
skein_get_journal_dup_path (const SkeinGetOptions *options)
{
  if (!options->keeps_journal)
    return NULL;
  if (options->journal != NULL)
    return g_strdup (options->journal);
  if (options->list == NULL || g_str_equal (options->list, "-"))
    return NULL;

  return g_strconcat (options->list, SUFFIX, NULL);
}

static void
open_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Opening *opening = data;

  if (opening->list == NULL || g_file_test (opening->list, G_FILE_TEST_IS_REGULAR))
    opening->journal = skein_journal_open (opening->path, opening->trusts, &opening->problem);
  g_task_return_boolean (task, TRUE);
}

void
skein_get_journal_open_async (const SkeinGetOptions *options,
                              const char            *path,
                              GAsyncReadyCallback    callback,
                              gpointer               data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, data);
  Opening *opening = g_new0 (Opening, 1);

  opening->path = g_strdup (path);
  opening->list = options->journal == NULL ? g_strdup (options->list) : NULL;
  opening->trusts = options->continues;
  g_task_set_task_data (task, opening, opening_free);
  g_task_run_in_thread (task, open_thread);
}

SkeinJournal *
skein_get_journal_open_finish (GAsyncResult  *result,
                               GError       **problem)
{
  Opening *opening = g_task_get_task_data (G_TASK (result));

  if (opening->problem != NULL)
    g_propagate_error (problem, g_steal_pointer (&opening->problem));

  return g_steal_pointer (&opening->journal);
}
