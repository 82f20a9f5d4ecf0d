/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-frame-wait.h"

struct _SkeinFrameWait
{
  GdkDisplay         *display;
  GdkFrameClock      *clock;
  guint               limit_source;
  guint               settled_source;
  gboolean            painting;
  gboolean            painted;
  SkeinFrameWaitFunc  func;
  gpointer            user_data;
};

static void
end (SkeinFrameWait *self)
{
  gboolean painted = self->painted;
  SkeinFrameWaitFunc func = self->func;
  gpointer user_data = self->user_data;

  /* What was painted is in a buffer of ours, and whoever waited for it may block now. */
  gdk_display_flush (self->display);
  skein_frame_wait_cancel (self);
  func (painted, user_data);
}

static gboolean
settled_cb (gpointer user_data)
{
  SkeinFrameWait *self = user_data;

  self->settled_source = 0;
  end (self);
  return G_SOURCE_REMOVE;
}

static gboolean
limit_cb (gpointer user_data)
{
  SkeinFrameWait *self = user_data;

  self->limit_source = 0;
  end (self);
  return G_SOURCE_REMOVE;
}

static void
paint_cb (GdkFrameClock *clock,
          gpointer       user_data)
{
  SkeinFrameWait *self = user_data;

  self->painting = TRUE;
}

static void
after_paint_cb (GdkFrameClock *clock,
                gpointer       user_data)
{
  SkeinFrameWait *self = user_data;

  if (!self->painting || self->painted)
    return;
  self->painted = TRUE;
  /* Below the priority of input, so that what came while painting is handled as well. */
  self->settled_source = g_idle_add_full (GDK_PRIORITY_EVENTS + 10, settled_cb, self, NULL);
}

SkeinFrameWait *
skein_frame_wait_start (GtkWidget          *widget,
                        SkeinFrameWaitFunc  func,
                        gpointer            user_data)
{
  SkeinFrameWait *self;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);
  g_return_val_if_fail (func != NULL, NULL);

  self = g_new0 (SkeinFrameWait, 1);
  self->func = func;
  self->user_data = user_data;
  self->display = g_object_ref (gtk_widget_get_display (widget));
  self->limit_source = g_timeout_add (SKEIN_FRAME_WAIT_LONGEST / G_TIME_SPAN_MILLISECOND, limit_cb, self);
  self->clock = gtk_widget_get_frame_clock (widget);
  if (self->clock != NULL)
    {
      g_object_ref (self->clock);
      g_signal_connect (self->clock, "paint", G_CALLBACK (paint_cb), self);
      g_signal_connect_after (self->clock, "after-paint", G_CALLBACK (after_paint_cb), self);
      gtk_widget_queue_draw (widget);
    }
  return self;
}

void
skein_frame_wait_cancel (SkeinFrameWait *self)
{
  g_return_if_fail (self != NULL);

  g_clear_handle_id (&self->limit_source, g_source_remove);
  g_clear_handle_id (&self->settled_source, g_source_remove);
  /* Where the window has gone meanwhile, the clock has let go of the handlers already. */
  if (self->clock != NULL)
    g_signal_handlers_disconnect_by_data (self->clock, self);
  g_clear_object (&self->clock);
  g_object_unref (self->display);
  g_free (self);
}
