/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-click-count.h"

struct _SkeinClickCount
{
  GtkWidget          *window;
  GtkEventController *controller;
  gboolean            counting;
  guint               clicks;
};

static gboolean
event_cb (SkeinClickCount *self,
          GdkEvent        *event)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if (self->counting && (type == GDK_BUTTON_PRESS || type == GDK_TOUCH_BEGIN))
    self->clicks++;
  return GDK_EVENT_PROPAGATE;
}

SkeinClickCount *
skein_click_count_new (GtkWidget *window)
{
  SkeinClickCount *self;

  g_return_val_if_fail (GTK_IS_WIDGET (window), NULL);

  self = g_new0 (SkeinClickCount, 1);
  self->window = window;
  self->controller = gtk_event_controller_legacy_new ();
  gtk_event_controller_set_propagation_phase (self->controller, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (self->controller, "event", G_CALLBACK (event_cb), self);
  gtk_widget_add_controller (window, self->controller);
  return self;
}

void
skein_click_count_begin (SkeinClickCount *self)
{
  g_return_if_fail (self != NULL);

  self->clicks = 0;
  self->counting = TRUE;
}

guint
skein_click_count_end (SkeinClickCount *self)
{
  g_return_val_if_fail (self != NULL, 0);

  self->counting = FALSE;
  return self->clicks;
}

void
skein_click_count_free (SkeinClickCount *self)
{
  g_return_if_fail (self != NULL);

  gtk_widget_remove_controller (self->window, self->controller);
  g_free (self);
}
