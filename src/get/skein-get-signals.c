/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-get-signals.h"

#include <glib-unix.h>

struct _SkeinGetSignals
{
  GMainContext *context;  /* of the thread that hears signals */
  GMainLoop *loop;
  GSource *sources[2];    /* that thread only */
  GCancellable *interrupt;
  GSourceFunc heard;
  gpointer data;          /* passed on to the main thread only */
  GThread *thread;
};

/* With the sources gone, the next signal does what it does to any program. */
static gboolean
signal_cb (gpointer user_data)
{
  SkeinGetSignals *self = user_data;

  for (guint i = 0; i < G_N_ELEMENTS (self->sources); i++)
    g_source_destroy (self->sources[i]);
  g_cancellable_cancel (self->interrupt);
  g_idle_add_full (G_PRIORITY_DEFAULT, self->heard, self->data, NULL);

  return G_SOURCE_REMOVE;
}

static gpointer
hear (gpointer data)
{
  SkeinGetSignals *self = data;

  g_main_loop_run (self->loop);

  return NULL;
}

SkeinGetSignals *
skein_get_signals_new (GCancellable *interrupt,
                       GSourceFunc   heard,
                       gpointer      data)
{
  SkeinGetSignals *self = g_new0 (SkeinGetSignals, 1);
  const int numbers[] = { SIGINT, SIGTERM };

  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->interrupt = g_object_ref (interrupt);
  self->heard = heard;
  self->data = data;
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      self->sources[i] = g_unix_signal_source_new (numbers[i]);
      g_source_set_callback (self->sources[i], signal_cb, self, NULL);
      g_source_attach (self->sources[i], self->context);
    }
  self->thread = g_thread_new ("signals", hear, self);

  return self;
}

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);

  return G_SOURCE_REMOVE;
}

void
skein_get_signals_free (SkeinGetSignals *self)
{
  g_autoptr (GSource) quit = g_idle_source_new ();

  /* From within: a loop that the thread has yet to start would not remember that it was told to quit. */
  g_source_set_callback (quit, quit_cb, self->loop, NULL);
  g_source_attach (quit, self->context);
  g_thread_join (self->thread);
  for (guint i = 0; i < G_N_ELEMENTS (self->sources); i++)
    {
      g_source_destroy (self->sources[i]);
      g_source_unref (self->sources[i]);
    }
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_object_unref (self->interrupt);
  g_free (self);
}
