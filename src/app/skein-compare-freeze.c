/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-compare-freeze.h"

#include "skein-blocking-runner.h"
#include "skein-frame-wait.h"
#include "skein-wayland-guard.h"

struct _SkeinCompareFreeze
{
  GtkWidget              *widget;
  SkeinBlockingRunner    *runner;
  SkeinCompareFreezeFunc  func;
  gpointer                user_data;
  SkeinFrameWait         *before;
  SkeinWaylandGuard      *guard;
};

static void
painted_cb (gboolean painted,
            gpointer user_data)
{
  SkeinCompareFreeze *self = user_data;

  self->before = NULL;
  skein_blocking_runner_proceed (self->runner);
}

static void
prepare_cb (SkeinBlockingRunner *runner,
            const char          *name,
            gpointer             user_data)
{
  SkeinCompareFreeze *self = user_data;

  /* The window has gone: nobody sees what is left to do. */
  if (gtk_widget_get_root (self->widget) == NULL)
    {
      skein_blocking_runner_proceed (runner);
      return;
    }

  self->func (name, self->user_data);
  self->before = skein_frame_wait_start (self->widget, painted_cb, self);
}

static void
frozen_cb (SkeinCompareFreeze *self)
{
  self->guard = skein_wayland_guard_start (gtk_widget_get_display (self->widget));
}

static void
thawed_cb (SkeinCompareFreeze *self)
{
  skein_wayland_guard_stop (g_steal_pointer (&self->guard));
}

SkeinCompareFreeze *
skein_compare_freeze_new (GtkWidget              *widget,
                          SkeinRunner            *runner,
                          gint64                  longest,
                          SkeinCompareFreezeFunc  func,
                          gpointer                user_data)
{
  SkeinCompareFreeze *self = g_new0 (SkeinCompareFreeze, 1);

  self->widget = widget;
  self->runner = SKEIN_BLOCKING_RUNNER (runner);
  self->func = func;
  self->user_data = user_data;
  skein_blocking_runner_set_longest (self->runner, longest);
  skein_blocking_runner_set_prepare (self->runner, prepare_cb, self);
  g_signal_connect_swapped (runner, "frozen", G_CALLBACK (frozen_cb), self);
  g_signal_connect_swapped (runner, "thawed", G_CALLBACK (thawed_cb), self);

  return self;
}

void
skein_compare_freeze_free (SkeinCompareFreeze *self)
{
  g_assert (self->guard == NULL);

  g_clear_pointer (&self->before, skein_frame_wait_cancel);
  g_free (self);
}
