/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-get-compare.h"

#include <glib/gi18n-lib.h>

#include "skein-describe.h"
#include "skein-get-compare-json.h"
#include "skein-get-compare-options.h"
#include "skein-get-compare-text.h"
#include "skein-get-signals.h"
#include "skein-get-status.h"
#include "skein-get-text.h"
#include "skein-practice-link.h"
#include "skein-uri.h"

typedef struct
{
  SkeinGetCompareOptions *options;
  GMainLoop *loop;
  GCancellable *cancellable; /* cancelled by the thread that hears signals */
  char *program;             /* ourselves, to be started as a worker */
  SkeinPracticeLink *link;   /* NULL where no practice pictures are needed */
  SkeinWorkload *workload;   /* NULL until it can begin */
  GPtrArray *runs;           /* NULL until all have ended */
  GError *error;
} Compare;

static void
compared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Compare *self = user_data;

  self->runs = skein_comparison_run_finish (result, &self->error);
  g_main_loop_quit (self->loop);
}

static void
begin (Compare       *self,
       SkeinWorkload *workload)
{
  self->workload = workload;
  self->options->ways.worker = self->program;
  skein_comparison_run_async (workload, &self->options->ways, self->cancellable, compared_cb, self);
}

static void
fail (Compare *self,
      GError  *error)
{
  self->error = error;
  g_main_loop_quit (self->loop);
}

static void
try_practice (Compare *self)
{
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_free);

  if (skein_practice_link_get_error (self->link) != NULL)
    {
      fail (self, g_error_copy (skein_practice_link_get_error (self->link)));
      return;
    }

  for (guint i = 1; i <= self->options->n_tasks; i++)
    {
      char *address = skein_practice_link_dup_picture (self->link, i, self->options->delay, self->options->rate);

      if (address == NULL)
        return;
      g_ptr_array_add (addresses, address);
    }

  g_signal_handlers_disconnect_by_data (self->link, self);
  begin (self, skein_workload_new_pictures (addresses));
}

static void
begin_addresses (Compare *self)
{
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; self->options->addresses[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *login = NULL;
      char *address = skein_uri_clean_any (self->options->addresses[i], &login, &error);

      if (address == NULL)
        {
          fail (self, g_steal_pointer (&error));
          return;
        }
      g_ptr_array_add (addresses, address);
    }

  begin (self, skein_workload_new_pictures (addresses));
}

static gboolean
begin_cb (gpointer user_data)
{
  Compare *self = user_data;
  SkeinGetCompareOptions *options = self->options;

  switch (options->work)
    {
    case SKEIN_GET_COMPARE_WEATHER:
      begin (self, skein_workload_new_weather (options->n_tasks, options->side, options->hours));
      break;

    case SKEIN_GET_COMPARE_MEMORY:
      begin (self, skein_workload_new_counter (options->n_tasks, options->additions, options->care));
      break;

    case SKEIN_GET_COMPARE_TINY:
      begin (self, skein_workload_new_tiny (options->n_tasks));
      break;

    case SKEIN_GET_COMPARE_PICTURES:
    default:
      if (options->addresses != NULL)
        {
          begin_addresses (self);
          break;
        }
      self->link = skein_practice_link_new ();
      g_signal_connect_swapped (self->link, "changed", G_CALLBACK (try_practice), self);
      try_practice (self);
    }

  return G_SOURCE_REMOVE;
}

static gboolean
interrupted_cb (gpointer user_data)
{
  /* The cancelled comparison ends by itself; before it began there is nothing to end. */
  Compare *self = user_data;

  if (self->workload == NULL)
    g_main_loop_quit (self->loop);

  return G_SOURCE_REMOVE;
}

static SkeinGetStatus
judge (Compare *self)
{
  SkeinGetStatus status = SKEIN_GET_STATUS_GOOD;

  if (g_cancellable_is_cancelled (self->cancellable))
    return SKEIN_GET_STATUS_STOPPED;
  if (self->runs == NULL)
    return skein_get_status_from_error (self->error);

  for (guint i = 0; i < self->runs->len; i++)
    {
      const SkeinComparisonRun *run = g_ptr_array_index (self->runs, i);

      if (run->error != NULL)
        status = skein_get_status_add (status, skein_get_status_from_error (run->error));
    }

  return status;
}

static void
tell (Compare *self)
{
  g_autofree char *text = NULL;

  if (self->runs != NULL)
    {
      text = self->options->json ? skein_get_compare_json (self->runs, self->workload)
                                 : skein_get_compare_text (self->runs, self->workload);
      skein_get_text_put (stdout, text);
    }
  else if (!g_cancellable_is_cancelled (self->cancellable))
    {
      g_autofree char *why = skein_describe_error (self->error, NULL);

      text = g_strdup_printf ("skein-get: %s\n", why);
      skein_get_text_put (stderr, text);
    }
}

static int
run (SkeinGetCompareOptions *options)
{
  Compare self = { .options = options, .loop = g_main_loop_new (NULL, FALSE), .cancellable = g_cancellable_new () };
  SkeinGetSignals *signals = skein_get_signals_new (self.cancellable, interrupted_cb, &self);
  SkeinGetStatus status;

  self.program = g_file_read_link ("/proc/self/exe", NULL);
  if (self.program == NULL)
    self.program = g_strdup ("skein-get");
  g_idle_add (begin_cb, &self);
  g_main_loop_run (self.loop);

  tell (&self);
  status = judge (&self);
  skein_get_signals_free (signals);
  g_clear_pointer (&self.runs, g_ptr_array_unref);
  g_clear_pointer (&self.workload, skein_workload_free);
  g_clear_error (&self.error);
  if (self.link != NULL)
    g_signal_handlers_disconnect_by_data (self.link, &self);
  g_clear_object (&self.link);
  g_free (self.program);
  g_object_unref (self.cancellable);
  g_main_loop_unref (self.loop);

  return (int) status;
}

int
skein_get_compare_main (char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SkeinGetCompareOptions) options = skein_get_compare_options_parse (argv, &error);

  if (options == NULL)
    {
      g_autofree char *why = skein_get_text_escape (error->message);
      g_autofree char *text = g_strdup_printf (_("skein-get: %s\nTry “skein-get compare --help”.\n"), why);

      skein_get_text_put (stderr, text);
      return SKEIN_GET_STATUS_USAGE;
    }

  return run (options);
}
