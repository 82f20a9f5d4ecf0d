/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Measures from outside how quickly a window answers: sends it _NET_WM_PING (Extended Window Manager Hints)
 * at a steady pace, as a window manager does, and times the answers. Needs no help of the program, whose
 * main loop has to send each one back.
 */
#include <errno.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <X11/Xlib.h>
#include <glib.h>

/* Apart from the numbers of a window manager, which are times. */
#define FIRST_NUMBER 0x40000000L

typedef struct
{
  Display *display;
  Window   root;
  Window   window;
  Atom     protocols;
  Atom     ping;
  GArray  *sent;      /* gint64: when, or 0 once answered */
  GArray  *latencies; /* double: milliseconds */
  FILE    *log;
} Pinger;

typedef struct
{
  guint64  window;
  double   seconds;
  double   grace;
  int      every;
  char    *log;
} Options;

static gboolean window_is_gone;

static int
error_cb (Display     *display,
          XErrorEvent *event)
{
  window_is_gone = TRUE;

  return 0;
}

static void
send_ping (Pinger *self)
{
  gint64 now = g_get_monotonic_time ();
  XEvent event = {
    .xclient = {
      .type = ClientMessage,
      .window = self->window,
      .message_type = self->protocols,
      .format = 32,
    },
  };

  event.xclient.data.l[0] = (long) self->ping;
  event.xclient.data.l[1] = FIRST_NUMBER + (long) self->sent->len;
  event.xclient.data.l[2] = (long) self->window;
  g_array_append_val (self->sent, now);
  XSendEvent (self->display, self->window, False, NoEventMask, &event);
  XFlush (self->display);
}

static void
take_answer (Pinger       *self,
             const XEvent *event)
{
  gint64 now = g_get_monotonic_time ();
  long number = event->xclient.data.l[1] - FIRST_NUMBER;
  gint64 sent;
  double latency;

  if (number < 0 || number >= (long) self->sent->len)
    return;

  sent = g_array_index (self->sent, gint64, number);
  if (sent == 0)
    return;

  latency = (double) (now - sent) / G_TIME_SPAN_MILLISECOND;
  g_array_index (self->sent, gint64, number) = 0;
  g_array_append_val (self->latencies, latency);
  if (self->log != NULL)
    {
      fprintf (self->log, "%.6f %.3f\n", (double) sent / G_TIME_SPAN_SECOND, latency);
      fflush (self->log);
    }
}

static void
take_events (Pinger *self)
{
  while (XPending (self->display) > 0)
    {
      XEvent event;

      XNextEvent (self->display, &event);
      if (event.type == ClientMessage && event.xclient.message_type == self->protocols
          && (Atom) event.xclient.data.l[0] == self->ping
          && (Window) event.xclient.data.l[2] == self->window)
        take_answer (self, &event);
    }
}

static int
make_timer (int every)
{
  int fd = timerfd_create (CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
  struct itimerspec pace = {
    .it_interval = { every / 1000, every % 1000 * 1000000L },
    .it_value = { 0, 1 },
  };

  timerfd_settime (fd, 0, &pace, NULL);

  return fd;
}

static int
make_signals (void)
{
  sigset_t signals;

  sigemptyset (&signals);
  sigaddset (&signals, SIGINT);
  sigaddset (&signals, SIGTERM);
  sigprocmask (SIG_BLOCK, &signals, NULL);

  return signalfd (-1, &signals, SFD_CLOEXEC);
}

/* Sends until the time or a signal comes, then waits for what was not answered yet. */
static void
run (Pinger        *self,
     const Options *options)
{
  gint64 end = g_get_monotonic_time () + (gint64) (options->seconds * G_TIME_SPAN_SECOND);
  gint64 patience = (gint64) (options->grace * G_TIME_SPAN_SECOND);
  gboolean sending = TRUE;
  int timer = make_timer (options->every);
  struct pollfd fds[] = {
    { .fd = ConnectionNumber (self->display), .events = POLLIN },
    { .fd = timer, .events = POLLIN },
    { .fd = make_signals (), .events = POLLIN },
  };

  while (!window_is_gone && (sending || self->latencies->len < self->sent->len))
    {
      guint64 expirations;

      take_events (self);
      if (poll (fds, G_N_ELEMENTS (fds), 50) < 0 && errno != EINTR)
        break;

      if (sending && read (timer, &expirations, sizeof expirations) > 0)
        send_ping (self);
      if (sending && (fds[2].revents != 0 || g_get_monotonic_time () >= end))
        {
          sending = FALSE;
          fds[2].events = 0;
          end = g_get_monotonic_time () + patience;
        }
      else if (!sending && g_get_monotonic_time () >= end)
        break;
    }

  close (timer);
  close (fds[2].fd);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
percentile (Pinger *self,
            double  part)
{
  guint i = (guint) ceil (part * self->latencies->len);

  return g_array_index (self->latencies, double, MAX (i, 1) - 1);
}

static int
report (Pinger *self)
{
  if (self->latencies->len == 0)
    {
      fputs ("wmping: no answer at all\n", stderr);
      return EXIT_FAILURE;
    }

  g_array_sort (self->latencies, compare);
  printf ("count %u\nlost %u\nmedian %.2f\np99 %.2f\nmax %.2f\n",
          self->latencies->len, self->sent->len - self->latencies->len,
          percentile (self, 0.5), percentile (self, 0.99), percentile (self, 1));
  if (window_is_gone)
    fputs ("wmping: the window is gone\n", stderr);

  return window_is_gone ? EXIT_FAILURE : EXIT_SUCCESS;
}

static gboolean
parse (int       *argc,
       char    ***argv,
       Options   *options)
{
  const GOptionEntry entries[] = {
    { "for", 0, 0, G_OPTION_ARG_DOUBLE, &options->seconds, "How long to go on", "SECONDS" },
    { "grace", 0, 0, G_OPTION_ARG_DOUBLE, &options->grace, "How long to wait for the last answers", "SECONDS" },
    { "every", 0, 0, G_OPTION_ARG_INT, &options->every, "Time between two pings", "MILLISECONDS" },
    { "log", 0, 0, G_OPTION_ARG_FILENAME, &options->log,
      "One line a ping: seconds of the monotonic clock, milliseconds to the answer", "FILE" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("WINDOW-ID");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      fprintf (stderr, "wmping: %s\n", error->message);
      return FALSE;
    }

  options->window = *argc == 2 ? g_ascii_strtoull ((*argv)[1], NULL, 0) : 0;
  if (options->window == 0 || options->every < 1)
    fputs ("wmping: give the number of one window\n", stderr);

  return options->window != 0 && options->every >= 1;
}

int
main (int    argc,
      char **argv)
{
  Options options = { .seconds = 10, .grace = 15, .every = 20 };
  Pinger self = { .sent = g_array_new (FALSE, FALSE, sizeof (gint64)),
                  .latencies = g_array_new (FALSE, FALSE, sizeof (double)) };
  int status;

  if (!parse (&argc, &argv, &options))
    return 2;

  self.display = XOpenDisplay (NULL);
  if (self.display == NULL || (options.log != NULL && (self.log = fopen (options.log, "we")) == NULL))
    {
      fputs ("wmping: no display, or the log cannot be written\n", stderr);
      return 2;
    }

  XSetErrorHandler (error_cb);
  self.window = (Window) options.window;
  self.root = DefaultRootWindow (self.display);
  self.protocols = XInternAtom (self.display, "WM_PROTOCOLS", False);
  self.ping = XInternAtom (self.display, "_NET_WM_PING", False);
  XSelectInput (self.display, self.root, SubstructureNotifyMask);
  run (&self, &options);
  status = report (&self);

  if (self.log != NULL)
    fclose (self.log);
  XCloseDisplay (self.display);
  g_array_unref (self.sent);
  g_array_unref (self.latencies);
  g_free (options.log);

  return status;
}
