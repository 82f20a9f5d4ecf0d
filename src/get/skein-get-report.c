/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-get-report.h"

#include <glib/gi18n-lib.h>

#include "skein-describe.h"
#include "skein-get-json.h"
#include "skein-get-screen.h"
#include "skein-get-text.h"
#include "skein-uri.h"

#define JSON_MILLISECONDS 500

struct _SkeinGetReport
{
  SkeinManager *manager;
  SkeinGetProgress progress;
  SkeinGetScreen *screen;
  guint timer;             /* of progress as JSON; 0 without */
  gint64 begin;            /* monotonic microseconds */
  guint finished;
  guint already;           /* there since an earlier run */
  guint failed;            /* also what was not understood */
  SkeinGetStatus status;
};

static gboolean
tell_running_cb (gpointer user_data)
{
  SkeinGetReport *self = user_data;
  g_autoptr (GPtrArray) running = skein_manager_dup_running (self->manager);

  for (guint i = 0; i < running->len; i++)
    {
      g_autofree char *object = skein_get_json_download ("progress", g_ptr_array_index (running, i));

      skein_get_screen_say (self->screen, stdout, object);
    }

  return G_SOURCE_CONTINUE;
}

SkeinGetReport *
skein_get_report_new (SkeinManager     *manager,
                      SkeinGetProgress  progress)
{
  SkeinGetReport *self = g_new0 (SkeinGetReport, 1);

  if (progress == SKEIN_GET_PROGRESS_AUTOMATIC)
    progress = skein_get_screen_can_draw () ? SKEIN_GET_PROGRESS_BAR : SKEIN_GET_PROGRESS_LINES;

  self->manager = g_object_ref (manager);
  self->progress = progress;
  self->begin = g_get_monotonic_time ();
  self->screen = skein_get_screen_new (manager, progress == SKEIN_GET_PROGRESS_BAR);
  if (progress == SKEIN_GET_PROGRESS_JSON)
    self->timer = g_timeout_add (JSON_MILLISECONDS, tell_running_cb, self);

  return self;
}

void
skein_get_report_free (SkeinGetReport *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  skein_get_screen_free (self->screen);
  g_object_unref (self->manager);
  g_free (self);
}

G_GNUC_PRINTF (3, 4)
static void
say (SkeinGetReport *self,
     FILE           *stream,
     const char     *format,
     ...)
{
  g_autofree char *line = NULL;
  va_list args;

  if (stream == stdout && self->progress == SKEIN_GET_PROGRESS_NONE)
    return;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  skein_get_screen_say (self->screen, stream, line);
}

static void
count_failure (SkeinGetReport *self,
               SkeinGetStatus  status)
{
  self->failed++;
  self->status = skein_get_status_add (self->status, status);
}

static void
tell_download (SkeinGetReport *self,
               SkeinDownload  *download,
               gboolean        finished)
{
  g_autofree char *notes = NULL;
  g_autofree char *name = skein_get_text_escape (skein_download_get_name (download));
  g_autofree char *raw_facts = skein_describe_facts (download);
  g_autofree char *facts = skein_get_text_escape (raw_facts);
  g_autofree char *duration = skein_describe_duration (skein_download_get_duration (download));

  if (finished)
    /* Translators: name of a file, its size, how long it took */
    say (self, stdout, _("%s: finished, %s in %s"), name, facts, duration);
  else
    /* Translators: name of a file, what happened */
    say (self, stderr, _("%s: failed: %s"), name, facts);

  notes = skein_describe_notes (download);
  if (notes != NULL)
    say (self, stdout, "%s", notes);
}

void
skein_get_report_ended (SkeinGetReport *self,
                        SkeinDownload  *download)
{
  gboolean finished = skein_download_get_state (download) == SKEIN_DOWNLOAD_FINISHED;

  if (finished)
    self->finished++;
  else
    count_failure (self, skein_get_status_from_error (skein_download_get_error (download)));
  skein_get_screen_set_finished (self->screen, self->finished);

  if (self->progress == SKEIN_GET_PROGRESS_JSON)
    {
      g_autofree char *object = skein_get_json_download ("ended", download);

      say (self, stdout, "%s", object);
    }
  else
    tell_download (self, download, finished);
}

void
skein_get_report_delayed (SkeinGetReport *self,
                          SkeinDownload  *download)
{
  g_autofree char *name = skein_get_text_escape (skein_download_get_name (download));
  g_autofree char *facts = skein_describe_facts (download);
  g_autofree char *raw_why = skein_describe_error (skein_download_get_error (download),
                                                   skein_download_get_host (download));
  g_autofree char *why = skein_get_text_escape (raw_why);

  if (self->progress == SKEIN_GET_PROGRESS_JSON)
    {
      g_autofree char *object = skein_get_json_download ("waiting", download);

      say (self, stdout, "%s", object);
    }
  else if (self->progress == SKEIN_GET_PROGRESS_LINES)
    /* Translators: name of a file, for what it waits ("Trying again in 12 s (2 of 8)"), what happened */
    say (self, stdout, _("%s: waiting: %s · %s"), name, facts, why);
}

static char *
describe (const GError *error)
{
  return error->domain == G_OPTION_ERROR ? g_strdup (error->message) : skein_describe_error (error, NULL);
}

void
skein_get_report_rejected (SkeinGetReport *self,
                           guint           line,
                           const char     *text,
                           const GError   *error)
{
  g_autofree char *masked = skein_uri_dup_masked (text);
  g_autofree char *escaped = skein_get_text_escape (masked);
  g_autofree char *why = describe (error);

  count_failure (self, SKEIN_GET_STATUS_INPUT);
  if (self->progress == SKEIN_GET_PROGRESS_JSON)
    {
      g_autofree char *object = skein_get_json_reject (line, masked, error, why);

      say (self, stdout, "%s", object);
    }
  else if (line > 0)
    say (self, stderr, _("line %u: %s: %s"), line, escaped, why);
  else
    say (self, stderr, "%s: %s", escaped, why);
}

void
skein_get_report_already (SkeinGetReport *self)
{
  self->already++;
}

void
skein_get_report_journal (SkeinGetReport *self,
                          const char     *path,
                          const GError   *error)
{
  g_autofree char *escaped = skein_get_text_escape (path);
  g_autofree char *why = error != NULL ? describe (error) : g_strdup (_("Not all of it could be written."));

  /* Translators: name of a file, why it cannot be used */
  say (self, stderr, _("The journal %s is not kept: %s"), escaped, why);
}

void
skein_get_report_unreadable (SkeinGetReport *self,
                             const char     *path,
                             const GError   *error)
{
  g_autofree char *escaped = skein_get_text_escape (error->message);

  count_failure (self, SKEIN_GET_STATUS_INPUT);
  if (self->progress == SKEIN_GET_PROGRESS_JSON)
    {
      g_autofree char *object = skein_get_json_reject (0, path, error, error->message);

      say (self, stdout, "%s", object);
    }
  else
    say (self, stderr, _("The list cannot be read: %s"), escaped);
}

static void
tell_already (SkeinGetReport *self)
{
  if (self->already > 0 && self->finished + self->failed == 0)
    say (self, stdout, ngettext ("%u file is there already",
                                 "All %u files are there already", self->already), self->already);
  else if (self->already > 0)
    say (self, stdout, ngettext ("%u file was there already", "%u files were there already", self->already),
         self->already);
}

static void
tell_end (SkeinGetReport *self,
          gboolean        stopped,
          guint           unfinished)
{
  if (stopped)
    say (self, stderr,
         ngettext ("Stopped. %u download is not finished; its part file stays.",
                   "Stopped. %u downloads are not finished; their part files stay.", unfinished),
         unfinished);
  else if (self->progress == SKEIN_GET_PROGRESS_BAR && self->finished + self->failed > 1)
    {
      g_autofree char *took = skein_describe_duration (g_get_monotonic_time () - self->begin);

      /* Translators: how many downloads finished, how many failed, how long all took */
      say (self, stdout, _("%u finished, %u failed in %s"), self->finished, self->failed, took);
    }
}

SkeinGetStatus
skein_get_report_end (SkeinGetReport *self,
                      gboolean        stopped)
{
  g_autoptr (GPtrArray) unfinished = skein_manager_dup_unfinished (self->manager);
  SkeinGetStatus status = stopped ? SKEIN_GET_STATUS_STOPPED : self->status;

  if (self->progress == SKEIN_GET_PROGRESS_JSON)
    {
      g_autofree char *object = skein_get_json_summary (self->finished, self->already, self->failed,
                                                        unfinished->len, (int) status);

      say (self, stdout, "%s", object);
    }
  else
    {
      if (!stopped)
        tell_already (self);
      tell_end (self, stopped, unfinished->len);
    }

  return status;
}
