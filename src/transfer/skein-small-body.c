/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-small-body.h"

#include "skein-body.h"

/* What is read of it. */
typedef struct
{
  SkeinTransfer *transfer;
  GByteArray    *text;
  guint64        most;
  guint64        came;
  gint64         deadline;  /* monotonic: a server may drip, but not for ever */
  gboolean       over;      /* too long, or too slow */
} Reading;

static gboolean
is_over (Reading *reading)
{
  if (reading->came > reading->most || g_get_monotonic_time () > reading->deadline)
    reading->over = TRUE;

  return reading->over;
}

static gsize
reading_room (gpointer data,
              gsize    most)
{
  return is_over (data) ? 0 : most;
}

static gsize
reading_took (gpointer data,
              gsize    length)
{
  Reading *reading = data;

  reading->came += length;

  return is_over (reading) ? 0 : length;
}

static gboolean
reading_write (gpointer       data,
               const guint8  *bytes,
               gsize          length,
               guint64        offset,
               GError       **error)
{
  g_byte_array_append (((Reading *) data)->text, bytes, (guint) length);

  return TRUE;
}

GByteArray *
skein_small_body_read (SkeinTransfer    *transfer,
                       SkeinHttpAnswer  *answer,
                       gsize             most,
                       GError          **error)
{
  const SkeinBodySink sink = { reading_room, reading_took, reading_write, NULL, NULL };
  g_autoptr (GByteArray) text = g_byte_array_new ();
  Reading reading = {
    .transfer = transfer, .text = text, .most = most, .deadline = g_get_monotonic_time () + transfer->timeouts.answer,
  };
  SkeinBodyTask task = {
    .answer = answer, .sink = &sink, .sink_data = &reading, .timeouts = &transfer->timeouts,
    .context = transfer->context, .progress = transfer->progress, .cancellable = transfer->stop,
  };

  if (!skein_body_receive (&task, error) || reading.over)
    return NULL;

  return g_steal_pointer (&text);
}
