/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-wayland-guard.h"

#include <gtk/gtk.h>

#ifdef GDK_WINDOWING_WAYLAND

#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <gdk/wayland/gdkwayland.h>
#include <wayland-client.h>

struct _SkeinWaylandGuard
{
  struct wl_display     *display; /* constant; thread-safe by itself */
  struct wl_event_queue *queue;   /* the guard's thread while it runs */
  int                    wake;    /* constant; written by the main thread, polled by the other */
  GThread               *thread;  /* the main thread */
};

/* Reads what has come into the queues that it belongs to; FALSE to end. */
static gboolean
read_once (SkeinWaylandGuard *self)
{
  struct pollfd fds[] = {
    { .fd = wl_display_get_fd (self->display), .events = POLLIN },
    { .fd = self->wake, .events = POLLIN },
  };
  int ready;

  while (wl_display_prepare_read_queue (self->display, self->queue) != 0)
    {
      if (wl_display_dispatch_queue_pending (self->display, self->queue) < 0)
        return FALSE;
    }
  do
    ready = poll (fds, G_N_ELEMENTS (fds), -1);
  while (ready < 0 && errno == EINTR);
  if (ready < 0 || fds[1].revents != 0 || fds[0].revents == 0)
    {
      wl_display_cancel_read (self->display);
      return FALSE;
    }
  return wl_display_read_events (self->display) == 0;
}

static gpointer
guard_thread (gpointer data)
{
  SkeinWaylandGuard *self = data;

  while (read_once (self))
    ;
  return NULL;
}

SkeinWaylandGuard *
skein_wayland_guard_start (GdkDisplay *display)
{
  SkeinWaylandGuard *self;
  int wake;

  g_return_val_if_fail (GDK_IS_DISPLAY (display), NULL);

  if (!GDK_IS_WAYLAND_DISPLAY (display))
    return NULL;
  wake = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (wake < 0)
    return NULL;
  self = g_new0 (SkeinWaylandGuard, 1);
  self->display = gdk_wayland_display_get_wl_display (display);
  self->queue = wl_display_create_queue (self->display);
  self->wake = wake;
  self->thread = g_thread_new ("wayland-guard", guard_thread, self);
  return self;
}

void
skein_wayland_guard_stop (SkeinWaylandGuard *self)
{
  if (self == NULL)
    return;
  if (eventfd_write (self->wake, 1) != 0)
    g_assert_not_reached ();
  g_thread_join (self->thread);
  wl_event_queue_destroy (self->queue);
  close (self->wake);
  g_free (self);
}

#else

SkeinWaylandGuard *
skein_wayland_guard_start (GdkDisplay *display)
{
  g_return_val_if_fail (GDK_IS_DISPLAY (display), NULL);

  return NULL;
}

void
skein_wayland_guard_stop (SkeinWaylandGuard *self)
{
  g_return_if_fail (self == NULL);
}

#endif
