/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-get-feed.h"

#include <gio/gunixinputstream.h>
#include <unistd.h>

#define BLOCK (32 * 1024)

struct _SkeinGetFeed
{
  GInputStream *stream;
  SkeinInputList *list;
  SkeinGetFeedFunc fed;
  gpointer data;
  GCancellable *cancellable;
  gboolean reading;
  gboolean over;
};

SkeinGetFeed *
skein_get_feed_new (const char          *path,
                    SkeinInputListFunc   entry,
                    SkeinGetFeedFunc     fed,
                    gpointer             data,
                    GError             **error)
{
  SkeinGetFeed *self;
  GInputStream *stream;

  if (g_str_equal (path, "-"))
    stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  else
    {
      g_autoptr (GFile) file = g_file_new_for_path (path);

      stream = G_INPUT_STREAM (g_file_read (file, NULL, error));
    }
  if (stream == NULL)
    return NULL;

  self = g_new0 (SkeinGetFeed, 1);
  self->stream = stream;
  self->list = skein_input_list_new (entry, data);
  self->fed = fed;
  self->data = data;
  self->cancellable = g_cancellable_new ();

  return self;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  SkeinGetFeed *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  self->reading = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  self->over = bytes == NULL || g_bytes_get_size (bytes) == 0;
  if (!self->over)
    skein_input_list_feed (self->list, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  else if (error == NULL)
    skein_input_list_end (self->list);
  self->fed (error, self->data);
}

void
skein_get_feed_more (SkeinGetFeed *self)
{
  if (self->reading || self->over)
    return;

  self->reading = TRUE;
  g_input_stream_read_bytes_async (self->stream, BLOCK, G_PRIORITY_DEFAULT, self->cancellable, read_cb, self);
}

gboolean
skein_get_feed_is_open (SkeinGetFeed *self)
{
  return !self->over;
}

void
skein_get_feed_free (SkeinGetFeed *self)
{
  g_cancellable_cancel (self->cancellable);
  while (self->reading)
    g_main_context_iteration (NULL, TRUE);

  skein_input_list_free (self->list);
  g_object_unref (self->cancellable);
  g_object_unref (self->stream);
  g_free (self);
}
