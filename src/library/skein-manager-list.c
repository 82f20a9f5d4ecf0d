/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-download-private.h"
#include "skein-manager-private.h"
#include "skein-metalink-load.h"

/* With what the list view does about it, this leaves most of a frame free. */
#define SLICE_MICROSECONDS 3000

/* A view makes some 200 rows for the head of a list, each of them a dozen widgets, as soon as it is told of so
 * many: it is told of few at a time until it has them. */
#define HEAD_ROWS  256
#define HEAD_SLICE 12

typedef struct
{
  SkeinUriList *list;
  GPtrArray    *listed; /* (nullable): SkeinMetalinkFile; they come behind those of list */
  char         *folder;
  guint         next;
  SkeinAdded   *added;
} Adding;

void
skein_added_free (SkeinAdded *added)
{
  g_ptr_array_unref (added->already);
  g_ptr_array_unref (added->rejects);
  g_free (added);
}

static void
adding_free (gpointer data)
{
  Adding *adding = data;

  g_clear_pointer (&adding->added, skein_added_free);
  skein_uri_list_free (adding->list);
  g_clear_pointer (&adding->listed, g_ptr_array_unref);
  g_free (adding->folder);
  g_free (adding);
}

static gboolean
is_known (SkeinManager *self,
          Adding       *adding,
          const char   *address)
{
  SkeinDownload *known = g_hash_table_lookup (self->by_address, address);

  if (known != NULL)
    g_ptr_array_add (adding->added->already, g_object_ref (known));

  return known != NULL;
}

static void
add_address (SkeinManager *self,
             Adding       *adding,
             guint         i)
{
  const char *address = g_ptr_array_index (adding->list->addresses, i);

  if (is_known (self, adding, address))
    return;

  skein_manager_append (self, address, g_ptr_array_index (adding->list->logins, i), adding->folder, NULL);
  adding->added->added++;
}

static void
add_file (SkeinManager            *self,
          Adding                  *adding,
          const SkeinMetalinkFile *file)
{
  SkeinMetalinkMirror *first = g_ptr_array_index (file->mirrors, 0);
  g_autoptr (SkeinDigest) digest = skein_metalink_dup_digest (file);
  g_autoptr (SkeinSourceSet) sources = skein_source_set_new_from_metalink (file);
  const SkeinDownloadOptions options = { .digest = digest, .sources = sources };
  SkeinDownload *download;

  if (is_known (self, adding, first->uri))
    return;

  download = skein_manager_append (self, first->uri, first->login, adding->folder, file->name);
  skein_download_set_options (download, &options);
  adding->added->added++;
}

static gboolean
is_at_end (Adding *adding)
{
  return adding->next >= adding->list->addresses->len + (adding->listed != NULL ? adding->listed->len : 0);
}

static void
add_next (SkeinManager *self,
          Adding       *adding)
{
  guint n = adding->list->addresses->len;
  guint i = adding->next++;

  if (i < n)
    add_address (self, adding, i);
  else
    add_file (self, adding, g_ptr_array_index (adding->listed, i - n));
}

static gboolean
add_slice_cb (gpointer user_data)
{
  GTask *task = user_data;
  SkeinManager *self = g_task_get_source_object (task);
  Adding *adding = g_task_get_task_data (task);
  gint64 deadline = g_get_monotonic_time () + SLICE_MICROSECONDS;
  guint position = (guint) g_sequence_get_length (self->rows);
  guint before = adding->added->added;

  g_object_freeze_notify (G_OBJECT (self));
  while (!is_at_end (adding) && g_get_monotonic_time () < deadline &&
         (position >= HEAD_ROWS || adding->added->added - before < HEAD_SLICE))
    add_next (self, adding);
  if (adding->added->added > before)
    g_list_model_items_changed (G_LIST_MODEL (self), position, 0, adding->added->added - before);
  skein_manager_advance (self);
  g_object_thaw_notify (G_OBJECT (self));

  if (!is_at_end (adding))
    return G_SOURCE_CONTINUE;

  g_task_return_pointer (task, g_steal_pointer (&adding->added), (GDestroyNotify) skein_added_free);

  return G_SOURCE_REMOVE;
}

void
skein_manager_add_list_async (SkeinManager        *self,
                              SkeinUriList        *list,
                              const char          *folder,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  skein_manager_add_listed_async (self, list, NULL, folder, callback, user_data);
}

void
skein_manager_add_listed_async (SkeinManager        *self,
                                SkeinUriList        *list,
                                GPtrArray           *listed,
                                const char          *folder,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GSource) source = NULL;
  Adding *adding;

  g_return_if_fail (SKEIN_IS_MANAGER (self));
  g_return_if_fail (list != NULL && folder != NULL);

  adding = g_new0 (Adding, 1);
  adding->list = list;
  adding->listed = listed != NULL ? g_ptr_array_ref (listed) : NULL;
  adding->folder = g_strdup (folder);
  adding->added = g_new0 (SkeinAdded, 1);
  adding->added->already = g_ptr_array_new_with_free_func (g_object_unref);
  adding->added->rejects = g_ptr_array_ref (list->rejects);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, skein_manager_add_list_async);
  g_task_set_task_data (task, adding, adding_free);

  /* Below drawing, so that frames come between the slices. */
  g_task_set_priority (task, G_PRIORITY_DEFAULT_IDLE);
  source = g_idle_source_new ();
  g_task_attach_source (task, source, add_slice_cb);
}

SkeinAdded *
skein_manager_add_list_finish (SkeinManager *self,
                               GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}
