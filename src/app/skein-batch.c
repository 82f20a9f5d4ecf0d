/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-batch.h"

#include <glib/gi18n-lib.h>

#include "skein-describe.h"
#include "skein-file-kind.h"

struct _SkeinBatch
{
  GObject    parent_instance;

  GPtrArray *finished;
};

enum
{
  SIGNAL_ENDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SkeinBatch, skein_batch, G_TYPE_OBJECT)

static void
download_ended_cb (SkeinBatch    *self,
                   SkeinDownload *download)
{
  if (skein_download_get_state (download) == SKEIN_DOWNLOAD_FINISHED)
    g_ptr_array_add (self->finished, g_object_ref (download));
}

static void
batch_ended_cb (SkeinBatch *self,
                guint       finished,
                guint       failed,
                gint64      microseconds)
{
  g_signal_emit (self, signals[SIGNAL_ENDED], 0, finished, failed, microseconds);
  g_ptr_array_set_size (self->finished, 0);
}

static gboolean
all_pictures (SkeinBatch *self)
{
  for (guint i = 0; i < self->finished->len; i++)
    {
      if (!skein_file_kind_is_picture (skein_download_get_name (self->finished->pdata[i])))
        return FALSE;
    }

  return self->finished->len > 0;
}

static void
skein_batch_dispose (GObject *object)
{
  SkeinBatch *self = SKEIN_BATCH (object);

  g_clear_pointer (&self->finished, g_ptr_array_unref);

  G_OBJECT_CLASS (skein_batch_parent_class)->dispose (object);
}

static void
skein_batch_class_init (SkeinBatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = skein_batch_dispose;

  signals[SIGNAL_ENDED] =
    g_signal_new ("ended",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_INT64);
}

static void
skein_batch_init (SkeinBatch *self)
{
  self->finished = g_ptr_array_new_with_free_func (g_object_unref);
}

SkeinBatch *
skein_batch_new (SkeinManager *manager)
{
  SkeinBatch *self;

  g_return_val_if_fail (SKEIN_IS_MANAGER (manager), NULL);

  self = g_object_new (SKEIN_TYPE_BATCH, NULL);
  g_signal_connect_object (manager, "download-ended",
                           G_CALLBACK (download_ended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "batch-ended",
                           G_CALLBACK (batch_ended_cb), self, G_CONNECT_SWAPPED);

  return self;
}

GPtrArray *
skein_batch_dup_finished (SkeinBatch *self)
{
  g_autoptr(GPtrArray) copy = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (SKEIN_IS_BATCH (self), NULL);

  for (guint i = 0; i < self->finished->len; i++)
    g_ptr_array_add (copy, g_object_ref (self->finished->pdata[i]));

  return g_steal_pointer (&copy);
}

char *
skein_batch_describe (SkeinBatch *self,
                      guint       finished,
                      guint       failed,
                      gint64      microseconds)
{
  g_autofree char *duration = NULL;
  g_autofree char *done = NULL;

  g_return_val_if_fail (SKEIN_IS_BATCH (self), NULL);

  if (finished == 0)
    return g_strdup_printf (ngettext ("%u download failed.", "%u downloads failed.", failed), failed);

  duration = skein_describe_duration (microseconds);
  if (all_pictures (self))
    done = g_strdup_printf (ngettext ("%u picture in %s", "%u pictures in %s", finished),
                            finished, duration);
  else
    done = g_strdup_printf (ngettext ("%u download in %s", "%u downloads in %s", finished),
                            finished, duration);

  if (failed == 0)
    return g_strdup_printf (_("%s."), done);

  return g_strdup_printf (ngettext ("%s, %u failed.", "%s, %u failed.", failed), done, failed);
}
