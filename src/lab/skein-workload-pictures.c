/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-workload-private.h"

#include <glib/gstdio.h>

#include "skein-error.h"
#include "skein-file-name.h"
#include "skein-transfer.h"

typedef struct
{
  SkeinWorkload base;
  GPtrArray    *addresses;  /* constant */
} Pictures;

/* A folder for each task: no two names can get into each other's way. */
static char *
make_folder (SkeinTaskContext  *context,
             GError           **error)
{
  g_autofree char *folder = g_build_filename (g_get_tmp_dir (), "skein-compare-XXXXXX", NULL);
  gboolean good;
  int saved_errno;

  skein_task_context_enter (context, SKEIN_OPERATION_WRITE);
  good = g_mkdtemp (folder) != NULL;
  saved_errno = errno;
  skein_task_context_leave (context, SKEIN_OPERATION_WRITE);
  if (!good)
    {
      skein_error_set_from_errno (error, saved_errno, "Making a temporary folder");
      return NULL;
    }

  return g_steal_pointer (&folder);
}

/* Nothing of a comparison stays. */
static void
remove_folder (SkeinTaskContext *context,
               const char       *folder)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  skein_task_context_enter (context, SKEIN_OPERATION_WRITE);
  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
  skein_task_context_leave (context, SKEIN_OPERATION_WRITE);
}

static gboolean
pictures_run (SkeinWorkload     *workload,
              guint              number,
              SkeinTaskContext  *context,
              GCancellable      *cancellable,
              GError           **error)
{
  Pictures *self = (Pictures *) workload;
  g_autofree char *folder = make_folder (context, error);
  g_autoptr (SkeinTransfer) transfer = NULL;
  SkeinProgressSnapshot end;
  gboolean good;

  if (folder == NULL)
    return FALSE;

  transfer = skein_transfer_new (g_ptr_array_index (self->addresses, number), NULL, folder, NULL);
  skein_transfer_set_connections (transfer, 1);
  good = skein_transfer_run (transfer, context, cancellable, error);
  remove_folder (context, folder);
  if (good)
    {
      skein_progress_get (skein_transfer_get_progress (transfer), &end);
      skein_workload_take_outcome (workload, end.received);
    }

  return good;
}

static char *
pictures_dup_name (SkeinWorkload *workload,
                   guint          number)
{
  return skein_file_name_from_uri (g_ptr_array_index (((Pictures *) workload)->addresses, number));
}

static void
pictures_clear (SkeinWorkload *workload)
{
  g_ptr_array_unref (((Pictures *) workload)->addresses);
}

static void
pictures_describe (SkeinWorkload *workload,
                   guint          number,
                   GVariantDict  *task)
{
  Pictures *self = (Pictures *) workload;

  g_variant_dict_insert (task, "kind", "s", "picture");
  g_variant_dict_insert (task, "address", "s", g_ptr_array_index (self->addresses, number));
}

static const SkeinWorkloadFuncs pictures_funcs = {
  .run = pictures_run, .dup_name = pictures_dup_name, .clear = pictures_clear,
  .describe = pictures_describe,
};

SkeinWorkload *
skein_workload_new_pictures (GPtrArray *addresses)
{
  Pictures *self = g_new0 (Pictures, 1);

  skein_workload_init (&self->base, &pictures_funcs, addresses->len);
  self->addresses = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < addresses->len; i++)
    g_ptr_array_add (self->addresses, g_strdup (g_ptr_array_index (addresses, i)));

  return &self->base;
}
