/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sees from outside when a window is painted, by the damage that the X server reports:
 *   frames WINDOW-ID          a line for each frame: seconds of the monotonic clock; until a signal comes
 *   frames --first COMMAND…   starts a program, prints the milliseconds until its window has its first
 *                             picture, and ends it; without a window manager, whose frames would count
 */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/Xdamage.h>
#include <glib.h>

/* What comes within this time belongs to one frame. */
#define FRAME_SPAN     (4 * G_TIME_SPAN_MILLISECOND)
#define FIRST_DEADLINE (60 * G_TIME_SPAN_SECOND)
/* Helper windows of a toolkit are smaller. */
#define LEAST_SIZE     100

static Display *display;
static int damage_event;
static volatile sig_atomic_t ended;

static int
error_cb (Display     *which,
          XErrorEvent *event)
{
  return 0;
}

static void
signal_cb (int number)
{
  ended = 1;
}

static void
connect_or_die (void)
{
  int error_base;

  display = XOpenDisplay (NULL);
  if (display == NULL || !XDamageQueryExtension (display, &damage_event, &error_base))
    {
      fputs ("frames: no display, or it cannot tell of damage\n", stderr);
      exit (2);
    }
  XSetErrorHandler (error_cb);
}

static void
wait_for_events (void)
{
  struct pollfd fd = { .fd = ConnectionNumber (display), .events = POLLIN };

  XFlush (display);
  if (XPending (display) == 0)
    poll (&fd, 1, 100);
}

static int
watch (Window window)
{
  gint64 last = 0;

  XDamageCreate (display, window, XDamageReportRawRectangles);
  while (!ended)
    {
      wait_for_events ();
      while (XPending (display) > 0)
        {
          gint64 now;
          XEvent event;

          XNextEvent (display, &event);
          now = g_get_monotonic_time ();
          if (event.type == damage_event + XDamageNotify && now - last > FRAME_SPAN)
            {
              printf ("%.6f\n", (double) now / G_TIME_SPAN_SECOND);
              fflush (stdout);
            }
          if (event.type == damage_event + XDamageNotify)
            last = now;
        }
    }

  return EXIT_SUCCESS;
}

/* A window without a picture yet is black all over. */
static gboolean
has_picture (Window window)
{
  XWindowAttributes attributes;
  XImage *image;
  gboolean has;

  if (!XGetWindowAttributes (display, window, &attributes) || attributes.map_state != IsViewable
      || attributes.width < LEAST_SIZE || attributes.height < LEAST_SIZE)
    return FALSE;

  image = XGetImage (display, window, attributes.width / 2, attributes.height / 2, 1, 1, 0xffffff, ZPixmap);
  if (image == NULL)
    return FALSE;

  has = (XGetPixel (image, 0, 0) & 0xffffff) != 0;
  XDestroyImage (image);

  return has;
}

static gint64
wait_for_picture (void)
{
  gint64 deadline = g_get_monotonic_time () + FIRST_DEADLINE;

  while (g_get_monotonic_time () < deadline && !ended)
    {
      wait_for_events ();
      while (XPending (display) > 0)
        {
          XEvent event;

          XNextEvent (display, &event);
          if (event.type == CreateNotify)
            XDamageCreate (display, event.xcreatewindow.window, XDamageReportRawRectangles);
          else if (event.type == damage_event + XDamageNotify
                   && has_picture (((XDamageNotifyEvent *) &event)->drawable))
            return g_get_monotonic_time ();
        }
    }

  return 0;
}

static int
time_first (char **command)
{
  gint64 begin;
  gint64 end;
  pid_t child;
  int status;

  XSelectInput (display, DefaultRootWindow (display), SubstructureNotifyMask);
  XSync (display, False);
  begin = g_get_monotonic_time ();
  child = fork ();
  if (child == 0)
    {
      execvp (command[0], command);
      _exit (127);
    }

  end = wait_for_picture ();
  kill (child, SIGTERM);
  waitpid (child, &status, 0);
  if (end == 0)
    {
      fputs ("frames: no picture came\n", stderr);
      return EXIT_FAILURE;
    }
  printf ("%.1f\n", (double) (end - begin) / G_TIME_SPAN_MILLISECOND);

  return EXIT_SUCCESS;
}

int
main (int    argc,
      char **argv)
{
  gboolean first = argc > 2 && strcmp (argv[1], "--first") == 0;
  int status;

  if (!first && argc != 2)
    {
      fputs ("frames: give a window, or --first and a command\n", stderr);
      return 2;
    }

  signal (SIGINT, signal_cb);
  signal (SIGTERM, signal_cb);
  connect_or_die ();
  status = first ? time_first (argv + 2) : watch ((Window) g_ascii_strtoull (argv[1], NULL, 0));
  XCloseDisplay (display);

  return status;
}
