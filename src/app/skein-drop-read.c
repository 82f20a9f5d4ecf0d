/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-drop-read.h"

#include <glib/gi18n-lib.h>

#include "skein-uri-list.h"

#define LONGEST_SILENCE 10 /* seconds */
#define CHUNK_SIZE      (64 * 1024)

typedef struct
{
  GCancellable *cancellable;
  GInputStream *stream;
  GByteArray   *bytes;
  guint         silence_source;
  gboolean      done;
} SkeinDropRead;

static void read_on (GTask *task);

static void
drop_read_free (gpointer data)
{
  SkeinDropRead *self = data;

  g_clear_handle_id (&self->silence_source, g_source_remove);
  g_clear_object (&self->stream);
  g_object_unref (self->cancellable);
  g_byte_array_unref (self->bytes);
  g_free (self);
}

static void
fail (GTask      *task,
      int         code,
      const char *message)
{
  SkeinDropRead *self = g_task_get_task_data (task);

  if (self->done)
    return;
  self->done = TRUE;
  g_clear_handle_id (&self->silence_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_task_return_new_error (task, G_IO_ERROR, code, "%s", message);
}

static void
succeed (GTask *task)
{
  SkeinDropRead *self = g_task_get_task_data (task);

  if (self->bytes->len == 0)
    {
      fail (task, G_IO_ERROR_INVALID_DATA, _("What was dropped is empty."));
      return;
    }
  self->done = TRUE;
  g_clear_handle_id (&self->silence_source, g_source_remove);
  g_task_return_pointer (task, g_byte_array_free_to_bytes (g_steal_pointer (&self->bytes)),
                         (GDestroyNotify) g_bytes_unref);
  self->bytes = g_byte_array_new ();
}

static gboolean
silence_cb (gpointer user_data)
{
  GTask *task = user_data;

  ((SkeinDropRead *) g_task_get_task_data (task))->silence_source = 0;
  fail (task, G_IO_ERROR_TIMED_OUT, _("What was dropped never came."));
  return G_SOURCE_REMOVE;
}

static void
wait_for_sender (GTask *task)
{
  SkeinDropRead *self = g_task_get_task_data (task);

  g_clear_handle_id (&self->silence_source, g_source_remove);
  self->silence_source = g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, LONGEST_SILENCE, silence_cb,
                                                     g_object_ref (task), g_object_unref);
}

static gboolean
read_on_cb (gpointer user_data)
{
  GTask *task = user_data;

  if (!((SkeinDropRead *) g_task_get_task_data (task))->done)
    read_on (task);

  return G_SOURCE_REMOVE;
}

static void
chunk_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SkeinDropRead *self = g_task_get_task_data (task);
  g_autoptr (GBytes) chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);

  if (self->done)
    return;
  if (chunk == NULL)
    {
      fail (task, G_IO_ERROR_FAILED, _("What was dropped could not be read."));
      return;
    }
  if (g_bytes_get_size (chunk) == 0)
    {
      succeed (task);
      return;
    }
  if (self->bytes->len + g_bytes_get_size (chunk) > SKEIN_URI_LIST_MAX_LENGTH)
    {
      fail (task, G_IO_ERROR_MESSAGE_TOO_LARGE, _("What was dropped is too large for a list of addresses."));
      return;
    }
  g_byte_array_append (self->bytes, g_bytes_get_data (chunk, NULL), g_bytes_get_size (chunk));
  /* Not from here: GTK 4.8 forgets a read that is started while it hands out the one before. */
  g_idle_add_full (G_PRIORITY_DEFAULT, read_on_cb, g_object_ref (task), g_object_unref);
}

static void
read_on (GTask *task)
{
  SkeinDropRead *self = g_task_get_task_data (task);

  wait_for_sender (task);
  g_input_stream_read_bytes_async (self->stream, CHUNK_SIZE, G_PRIORITY_DEFAULT, self->cancellable,
                                   chunk_cb, g_object_ref (task));
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SkeinDropRead *self = g_task_get_task_data (task);
  const char *mime_type;
  g_autoptr (GInputStream) stream = gdk_drop_read_finish (GDK_DROP (source), result, &mime_type, NULL);

  if (self->done)
    return;
  if (stream == NULL)
    {
      fail (task, G_IO_ERROR_FAILED, _("What was dropped could not be read."));
      return;
    }
  self->stream = g_steal_pointer (&stream);
  read_on (task);
}

void
skein_drop_read_async (GdkDrop             *drop,
                       const char          *mime_type,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  const char *mime_types[] = { mime_type, NULL };
  g_autoptr (GTask) task = NULL;
  SkeinDropRead *self;

  g_return_if_fail (GDK_IS_DROP (drop));
  g_return_if_fail (mime_type != NULL);

  task = g_task_new (drop, NULL, callback, user_data);
  g_task_set_source_tag (task, skein_drop_read_async);
  self = g_new0 (SkeinDropRead, 1);
  self->cancellable = g_cancellable_new ();
  self->bytes = g_byte_array_new ();
  g_task_set_task_data (task, self, drop_read_free);
  wait_for_sender (task);
  gdk_drop_read_async (drop, mime_types, G_PRIORITY_DEFAULT, self->cancellable, opened_cb,
                       g_object_ref (task));
}

GBytes *
skein_drop_read_finish (GdkDrop       *drop,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, drop), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
