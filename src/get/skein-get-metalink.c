/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-get-metalink.h"

#include <string.h>

#include "skein-error.h"

struct _SkeinGetMetalink
{
  SkeinGetMetalinkFunc add;
  SkeinGetMetalinkReadFunc read;
  gpointer data;
  GCancellable *cancellable;
  guint busy;
};

/* From the start of reading to its end. */
typedef struct
{
  SkeinGetMetalink *owner;
  char *path;
  char *folder;
  char *from; /* the address it was downloaded from; NULL for a file that was here */
} Load;

static void
load_free (Load *load)
{
  g_free (load->path);
  g_free (load->folder);
  g_free (load->from);
  g_free (load);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Load, load_free)

/* Marks what a Metalink listed, so that one cannot lead to the next for ever. */
static GQuark
listed_quark (void)
{
  return g_quark_from_static_string ("skein-listed-by-metalink");
}

SkeinGetMetalink *
skein_get_metalink_new (SkeinGetMetalinkFunc      add,
                        SkeinGetMetalinkReadFunc  read,
                        gpointer                  data)
{
  SkeinGetMetalink *self = g_new0 (SkeinGetMetalink, 1);

  self->add = add;
  self->read = read;
  self->data = data;
  self->cancellable = g_cancellable_new ();

  return self;
}

void
skein_get_metalink_free (SkeinGetMetalink *self)
{
  g_cancellable_cancel (self->cancellable);
  while (self->busy > 0)
    g_main_context_iteration (NULL, TRUE);

  g_object_unref (self->cancellable);
  g_free (self);
}

gboolean
skein_get_metalink_is_busy (SkeinGetMetalink *self)
{
  return self->busy > 0;
}

static void
add_file (Load                    *load,
          const SkeinMetalinkFile *file)
{
  SkeinGetMetalink *self = load->owner;
  g_autoptr (GError) error = NULL;
  SkeinDownload *download;

  if (file->mirrors->len == 0)
    {
      error = g_error_new (SKEIN_ERROR, SKEIN_ERROR_UNSUPPORTED_SCHEME, "No address that is carried");
      self->read (file->name, error, self->data);
      return;
    }

  download = self->add (file, load->folder, self->data);
  if (download != NULL)
    g_object_set_qdata (G_OBJECT (download), listed_quark (), GINT_TO_POINTER (TRUE));
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Load) load = user_data;
  SkeinGetMetalink *self = load->owner;
  g_autoptr (GError) error = NULL;
  g_autoptr (SkeinMetalink) metalink = skein_metalink_load_finish (result, &error);

  self->busy--;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  if (metalink != NULL && load->from != NULL)
    skein_metalink_keep_reachable (metalink, load->from);
  for (guint i = 0; metalink != NULL && i < metalink->files->len; i++)
    add_file (load, g_ptr_array_index (metalink->files, i));
  self->read (load->path, error, self->data);
}

static void
load (SkeinGetMetalink *self,
      const char       *path,
      const char       *folder,
      const char       *from)
{
  Load *load = g_new0 (Load, 1);

  load->owner = self;
  load->path = g_strdup (path);
  load->folder = g_strdup (folder);
  load->from = g_strdup (from);
  self->busy++;
  skein_metalink_load_async (path, self->cancellable, loaded_cb, load);
}

gboolean
skein_get_metalink_is_path (const char *text)
{
  return skein_metalink_is_name (text) && strstr (text, "://") == NULL;
}

void
skein_get_metalink_add (SkeinGetMetalink *self,
                        const char       *path,
                        const char       *folder)
{
  load (self, path, folder, NULL);
}

void
skein_get_metalink_follow (SkeinGetMetalink *self,
                           SkeinDownload    *download)
{
  const char *path = skein_download_get_path (download);
  g_autofree char *folder = NULL;

  if (path == NULL || !skein_metalink_is_type (skein_download_get_media_type (download)) ||
      g_object_get_qdata (G_OBJECT (download), listed_quark ()) != NULL)
    return;

  folder = g_path_get_dirname (path);
  load (self, path, folder, skein_download_get_address (download));
}
