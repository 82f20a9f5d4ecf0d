/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-get-session.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "skein-blocking-runner.h"
#include "skein-describe.h"
#include "skein-get-screen.h"
#include "skein-get-text.h"
#include "skein-manager.h"
#include "skein-practice-link.h"
#include "skein-threads-runner.h"
#include "skein-uri.h"

typedef struct
{
  const SkeinGetOptions *options;
  GMainLoop *loop;
  SkeinRunner *runner;
  SkeinManager *manager;
  SkeinPracticeLink *link;
  SkeinGetScreen *screen;
  GCancellable *interrupt; /* cancelled by the thread that hears signals */
  gboolean adding;
  guint finished;
  guint failed;            /* also what was not understood */
} Session;

typedef struct
{
  GMainContext *context; /* of the thread that hears signals */
  GMainLoop *loop;
  GSource *sources[2];   /* that thread only */
  GCancellable *interrupt;
  Session *session;      /* passed on to the main thread only */
  GThread *thread;
} Ears;

G_GNUC_PRINTF (3, 4)
static void
say (Session    *self,
     FILE       *stream,
     const char *format,
     ...)
{
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  skein_get_screen_say (self->screen, stream, line);
}

static void
check_done (Session *self)
{
  gboolean active;

  g_object_get (self->manager, "active", &active, NULL);
  if (!active && !self->adding && !g_cancellable_is_cancelled (self->interrupt))
    g_main_loop_quit (self->loop);
}

static void
download_ended_cb (Session       *self,
                   SkeinDownload *download)
{
  g_autofree char *name = skein_get_text_escape (skein_download_get_name (download));
  g_autofree char *raw_facts = skein_describe_facts (download);
  g_autofree char *facts = skein_get_text_escape (raw_facts);
  g_autofree char *duration = skein_describe_duration (skein_download_get_duration (download));

  if (skein_download_get_state (download) == SKEIN_DOWNLOAD_FINISHED)
    {
      self->finished++;
      /* Translators: name of a file, its size, how long it took */
      say (self, stdout, _("%s: finished, %s in %s"), name, facts, duration);
    }
  else
    {
      self->failed++;
      /* Translators: name of a file, what happened */
      say (self, stderr, _("%s: failed: %s"), name, facts);
    }
}

static void
link_changed_cb (Session *self)
{
  const GError *error = skein_practice_link_get_error (self->link);
  g_autoptr (GPtrArray) unfinished = NULL;

  if (error == NULL)
    {
      skein_manager_pump (self->manager);
      return;
    }

  unfinished = skein_manager_dup_unfinished (self->manager);
  for (guint i = 0; i < unfinished->len; i++)
    {
      SkeinDownload *download = g_ptr_array_index (unfinished, i);

      if (g_str_has_prefix (skein_download_get_address (download), SKEIN_PRACTICE_PREFIX))
        skein_manager_fail (self->manager, download, error);
    }
}

static char *
resolve (const char *address,
         gpointer    user_data)
{
  return skein_practice_link_resolve (user_data, address);
}

static void
reject (Session      *self,
        const char   *text,
        const GError *error)
{
  g_autofree char *escaped = skein_get_text_escape (text);
  g_autofree char *why = skein_describe_error (error, NULL);

  self->failed++;
  say (self, stderr, "%s: %s", escaped, why);
}

static void
add_argument (Session    *self,
              const char *text)
{
  g_autofree char *login = NULL;
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;

  if (g_str_has_prefix (text, SKEIN_PRACTICE_PREFIX) && g_utf8_validate (text, -1, NULL))
    address = g_strdup (text);
  else
    address = skein_uri_clean (text, &login, &error);

  if (address == NULL)
    reject (self, text, error);
  else
    skein_manager_add (self->manager, address, login, self->options->folder, NULL);
}

static void
list_added_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Session *self = user_data;
  g_autoptr (SkeinAdded) added = skein_manager_add_list_finish (SKEIN_MANAGER (source), result);

  for (guint i = 0; i < added->rejects->len; i++)
    {
      const SkeinUriReject *reason = g_ptr_array_index (added->rejects, i);
      g_autofree char *text = skein_get_text_escape (reason->text);
      g_autofree char *why = skein_describe_error (reason->error, NULL);

      self->failed++;
      say (self, stderr, _("line %u: %s: %s"), reason->line, text, why);
    }

  self->adding = FALSE;
  check_done (self);
}

static gboolean
read_list (const char  *path,
           char       **text,
           gsize       *length,
           GError     **error)
{
  g_autoptr (GIOChannel) input = NULL;

  if (!g_str_equal (path, "-"))
    return g_file_get_contents (path, text, length, error);

  input = g_io_channel_unix_new (STDIN_FILENO);
  g_io_channel_set_encoding (input, NULL, NULL);

  return g_io_channel_read_to_end (input, text, length, error) == G_IO_STATUS_NORMAL;
}

static void
add_list (Session    *self,
          const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  if (!read_list (path, &text, &length, &error))
    {
      g_autofree char *escaped = skein_get_text_escape (error != NULL ? error->message : path);

      self->failed++;
      say (self, stderr, _("The list cannot be read: %s"), escaped);
      return;
    }

  self->adding = TRUE;
  skein_manager_add_list_async (self->manager, skein_uri_list_parse (text, length, SKEIN_URI_LIST_LINES),
                                self->options->folder, list_added_cb, self);
}

static void
stopped_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Session *self = user_data;

  skein_manager_stop_all_finish (SKEIN_MANAGER (source), result);
  g_main_loop_quit (self->loop);
}

static gboolean
interrupted_cb (gpointer user_data)
{
  Session *self = user_data;

  skein_manager_stop_all_async (self->manager, stopped_cb, self);

  return G_SOURCE_REMOVE;
}

/* With the sources gone, the next signal does what it does to any program. */
static gboolean
signal_cb (gpointer user_data)
{
  Ears *ears = user_data;

  for (guint i = 0; i < G_N_ELEMENTS (ears->sources); i++)
    g_source_destroy (ears->sources[i]);
  g_cancellable_cancel (ears->interrupt);
  g_idle_add_full (G_PRIORITY_DEFAULT, interrupted_cb, ears->session, NULL);

  return G_SOURCE_REMOVE;
}

static gpointer
ears_thread (gpointer data)
{
  Ears *ears = data;

  g_main_loop_run (ears->loop);

  return NULL;
}

/* A thread of its own, since the blocking runner leaves the main thread deaf. */
static void
ears_open (Ears    *ears,
           Session *session)
{
  const int numbers[] = { SIGINT, SIGTERM };

  ears->context = g_main_context_new ();
  ears->loop = g_main_loop_new (ears->context, FALSE);
  ears->interrupt = session->interrupt;
  ears->session = session;
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      ears->sources[i] = g_unix_signal_source_new (numbers[i]);
      g_source_set_callback (ears->sources[i], signal_cb, ears, NULL);
      g_source_attach (ears->sources[i], ears->context);
    }
  ears->thread = g_thread_new ("signals", ears_thread, ears);
}

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);

  return G_SOURCE_REMOVE;
}

static void
ears_close (Ears *ears)
{
  g_autoptr (GSource) quit = g_idle_source_new ();

  /* From within: a loop that the thread has yet to start would not remember that it was told to quit. */
  g_source_set_callback (quit, quit_cb, ears->loop, NULL);
  g_source_attach (quit, ears->context);
  g_thread_join (ears->thread);
  for (guint i = 0; i < G_N_ELEMENTS (ears->sources); i++)
    {
      g_source_destroy (ears->sources[i]);
      g_source_unref (ears->sources[i]);
    }
  g_main_loop_unref (ears->loop);
  g_main_context_unref (ears->context);
}

static void
session_open (Session               *self,
              const SkeinGetOptions *options)
{
  /* Whoever asks for many at once asks for many connections, also where all are of one host. */
  guint per_host = MAX (options->at_once, SKEIN_HOST_TABLE_DEFAULT_PER_HOST);
  g_autoptr (SkeinHostTable) hosts = skein_host_table_new (per_host, SKEIN_HOST_TABLE_DEFAULT_IN_ALL);

  self->options = options;
  self->loop = g_main_loop_new (NULL, FALSE);
  self->interrupt = g_cancellable_new ();
  if (options->blocking)
    self->runner = skein_blocking_runner_new (hosts);
  else
    self->runner = skein_threads_runner_new (options->at_once, hosts);

  self->manager = skein_manager_new (self->runner);
  skein_manager_set_per_host (self->manager, MAX (options->at_once, SKEIN_DOWNLOADS_PER_HOST_DEFAULT));
  skein_manager_set_interrupt (self->manager, self->interrupt);
  self->link = skein_practice_link_new ();
  skein_manager_set_resolve (self->manager, resolve, self->link);
  self->screen = skein_get_screen_new (self->manager);

  g_signal_connect_swapped (self->link, "changed", G_CALLBACK (link_changed_cb), self);
  g_signal_connect_swapped (self->manager, "download-ended", G_CALLBACK (download_ended_cb), self);
  g_signal_connect_swapped (self->manager, "notify::active", G_CALLBACK (check_done), self);
}

static void
session_close (Session *self)
{
  skein_runner_shutdown (self->runner);
  g_signal_handlers_disconnect_by_data (self->manager, self);
  g_signal_handlers_disconnect_by_data (self->link, self);
  g_clear_pointer (&self->screen, skein_get_screen_free);
  g_object_unref (self->manager);
  g_object_unref (self->runner);
  g_object_unref (self->link);
  g_object_unref (self->interrupt);
  g_main_loop_unref (self->loop);
}

static void
tell_end (Session *self,
          gint64   duration)
{
  g_autoptr (GPtrArray) unfinished = skein_manager_dup_unfinished (self->manager);

  if (g_cancellable_is_cancelled (self->interrupt))
    say (self, stderr,
         ngettext ("Stopped. %u download is not finished; its part file stays.",
                   "Stopped. %u downloads are not finished; their part files stay.", unfinished->len),
         unfinished->len);
  else if (skein_get_screen_is_terminal (self->screen) && self->finished + self->failed > 1)
    {
      g_autofree char *took = skein_describe_duration (duration);

      /* Translators: how many downloads finished, how many failed, how long all took */
      say (self, stdout, _("%u finished, %u failed in %s"), self->finished, self->failed, took);
    }
}

int
skein_get_session_run (const SkeinGetOptions *options)
{
  Session self = { 0 };
  Ears ears = { 0 };
  gint64 begin = g_get_monotonic_time ();
  gboolean whole;

  session_open (&self, options);
  ears_open (&ears, &self);

  for (guint i = 0; options->addresses != NULL && options->addresses[i] != NULL; i++)
    add_argument (&self, options->addresses[i]);
  if (options->list != NULL)
    add_list (&self, options->list);

  if (self.adding || skein_manager_get_n_waiting (self.manager) + skein_manager_get_n_running (self.manager) > 0)
    g_main_loop_run (self.loop);

  tell_end (&self, g_get_monotonic_time () - begin);
  whole = self.failed == 0 && !g_cancellable_is_cancelled (self.interrupt);
  ears_close (&ears);
  session_close (&self);

  return whole ? 0 : 1;
}
