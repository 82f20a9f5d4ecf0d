/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-get-worker.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <string.h>
#include <unistd.h>

#include "skein-error.h"
#include "skein-get-status.h"
#include "skein-get-worker-context.h"
#include "skein-get-worker-events.h"
#include "skein-threads-runner.h"
#include "skein-transfer-task.h"
#include "skein-worker-message.h"
#include "skein-workload.h"

#define SAMPLE_MILLISECONDS 100

/* A wait that cannot be cancelled, such as one for a dead disk, must not leave a process behind. What is on
 * the disk can stand being killed at any instant. */
#define GRACE_SECONDS 5

typedef struct
{
  GMainLoop            *loop;
  GCancellable         *stop;      /* thread-safe */
  SkeinGetWorkerEvents *events;    /* thread-safe */
  GString              *input;     /* what came of a line */
  SkeinRunner          *runner;
  SkeinTransfer        *transfer;  /* NULL until there is a task, or if that is of a comparison */
  SkeinWorkload        *workload;  /* of a comparison; else NULL */
  guint                 number;    /* which of its tasks */
  SkeinProgressSnapshot told;
  guint                 input_source;
  guint                 sample_source;
  GError               *error;
  gboolean              good;
} Worker;

static void
cancel (Worker *self)
{
  g_cancellable_cancel (self->stop);
  alarm (GRACE_SECONDS);

  /* Without a task there is nothing whose end could be waited for. */
  if (self->runner == NULL)
    {
      if (self->error == NULL)
        g_cancellable_set_error_if_cancelled (self->stop, &self->error);
      g_main_loop_quit (self->loop);
    }
}

static gboolean
run_task (SkeinTaskContext  *context,
          gpointer           data,
          GCancellable      *cancellable,
          GError           **error)
{
  Worker *self = data;
  SkeinGetWorkerContext own;

  skein_get_worker_context_init (&own, context, self->events);
  if (self->workload != NULL)
    return skein_workload_run (self->workload, self->number, &own.base, cancellable, error);

  return skein_transfer_run (self->transfer, &own.base, cancellable, error);
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Worker *self = user_data;

  self->good = skein_runner_run_finish (SKEIN_RUNNER (source), result, &self->error);
  g_main_loop_quit (self->loop);
}

static void
tell_progress (Worker *self)
{
  SkeinProgress *progress = skein_transfer_get_progress (self->transfer);
  SkeinProgressSnapshot now;
  g_autofree char *name = NULL;

  skein_progress_get (progress, &now);
  if (now.received == self->told.received && now.total == self->told.total &&
      now.connections == self->told.connections && now.named == self->told.named)
    return;

  self->told = now;
  name = skein_progress_dup_name (progress);
  skein_get_worker_events_progress (self->events, &now, name);
}

static gboolean
sample_cb (gpointer user_data)
{
  tell_progress (user_data);

  return G_SOURCE_CONTINUE;
}

static gboolean
take_kind (Worker      *self,
           GVariant    *task,
           const char  *kind,
           GError     **error)
{
  if (skein_workload_is_kind (kind))
    {
      self->workload = skein_workload_new_from_task (task, &self->number, error);
      return self->workload != NULL;
    }
  if (g_strcmp0 (kind, SKEIN_TRANSFER_TASK_KIND) != 0)
    {
      g_set_error_literal (error, SKEIN_ERROR, SKEIN_ERROR_BAD_TASK, "The task is of no known kind");
      return FALSE;
    }

  self->transfer = skein_transfer_new_from_task (task, error);
  if (self->transfer == NULL)
    return FALSE;

  skein_progress_get (skein_transfer_get_progress (self->transfer), &self->told);
  self->sample_source = g_timeout_add (SAMPLE_MILLISECONDS, sample_cb, self);

  return TRUE;
}

static gboolean
take_task (Worker  *self,
           GError **error)
{
  g_autoptr (GVariant) task = skein_worker_message_parse (self->input->str, self->input->len, error);
  g_autoptr (SkeinHostTable) hosts = NULL;
  const char *kind = NULL;

  if (task == NULL || !skein_worker_message_check_version (task, error) ||
      !skein_worker_message_get_text (task, "kind", &kind, error) || !take_kind (self, task, kind, error))
    return FALSE;

  hosts = skein_host_table_new (SKEIN_HOST_TABLE_DEFAULT_PER_HOST, SKEIN_HOST_TABLE_DEFAULT_IN_ALL);
  self->runner = skein_threads_runner_new (1, hosts);
  skein_runner_run_async (self->runner, kind, run_task, self, NULL, self->stop, ended_cb, self);

  return TRUE;
}

/* The first is the task; of those that follow, "cancel" is understood. */
static void
take_line (Worker *self)
{
  if (self->runner != NULL)
    {
      if (g_str_equal (self->input->str, "cancel"))
        cancel (self);
    }
  else if (!take_task (self, &self->error))
    g_main_loop_quit (self->loop);
}

static void
take_bytes (Worker     *self,
            const char *bytes,
            gsize       length)
{
  for (const char *end; (end = memchr (bytes, '\n', length)) != NULL && self->error == NULL;)
    {
      g_string_append_len (self->input, bytes, end - bytes);
      take_line (self);
      g_string_truncate (self->input, 0);
      length -= (gsize) (end + 1 - bytes);
      bytes = end + 1;
    }

  /* A task that is too long is refused for its length as soon as that is known. */
  g_string_append_len (self->input, bytes, (gssize) MIN (length, SKEIN_WORKER_LINE_MAX - self->input->len));
  if (self->input->len == SKEIN_WORKER_LINE_MAX && self->error == NULL)
    take_line (self);
}

static gboolean
input_cb (int          fd,
          GIOCondition condition,
          gpointer     user_data)
{
  Worker *self = user_data;
  char bytes[4096];
  gssize n = read (fd, bytes, sizeof bytes);

  if (n < 0 && (errno == EINTR || errno == EAGAIN))
    return G_SOURCE_CONTINUE;
  if (n > 0)
    {
      take_bytes (self, bytes, (gsize) n);
      return G_SOURCE_CONTINUE;
    }

  self->input_source = 0;
  cancel (self);

  return G_SOURCE_REMOVE;
}

static gboolean
signal_cb (gpointer user_data)
{
  cancel (user_data);

  return G_SOURCE_CONTINUE;
}

/* Whatever else a library prints must not get between the lines. */
static int
take_output (void)
{
  int fd = fcntl (STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);

  dup2 (STDERR_FILENO, STDOUT_FILENO);

  return fd;
}

static SkeinGetStatus
finish (Worker *self)
{
  g_auto (GVariantDict) result = G_VARIANT_DICT_INIT (NULL);
  SkeinGetStatus status = SKEIN_GET_STATUS_GOOD;

  g_clear_handle_id (&self->sample_source, g_source_remove);
  g_clear_handle_id (&self->input_source, g_source_remove);
  if (self->runner != NULL)
    {
      if (self->transfer != NULL)
        tell_progress (self);
      skein_runner_shutdown (self->runner);
      g_object_unref (self->runner);
    }
  if (self->workload != NULL)
    g_variant_dict_insert (&result, "outcome", "t", skein_workload_get_outcome (self->workload));
  else if (self->transfer != NULL)
    skein_transfer_add_result (self->transfer, self->good, &result);
  if (!self->good)
    status = g_error_matches (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
             ? SKEIN_GET_STATUS_STOPPED : skein_get_status_from_error (self->error);

  skein_get_worker_events_end (self->events, g_variant_dict_end (&result), self->error);
  g_clear_pointer (&self->transfer, skein_transfer_unref);
  g_clear_pointer (&self->workload, skein_workload_free);
  g_clear_error (&self->error);

  return status;
}

int
skein_get_worker_run (void)
{
  Worker self = { 0 };
  guint signals[2];
  SkeinGetStatus status;

  /* That nobody reads is noticed where it is written. */
  signal (SIGPIPE, SIG_IGN);
  self.loop = g_main_loop_new (NULL, FALSE);
  self.stop = g_cancellable_new ();
  self.input = g_string_new (NULL);
  self.events = skein_get_worker_events_new (take_output (), self.stop);
  self.input_source = g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, input_cb, &self);
  signals[0] = g_unix_signal_add (SIGINT, signal_cb, &self);
  signals[1] = g_unix_signal_add (SIGTERM, signal_cb, &self);

  g_main_loop_run (self.loop);

  status = finish (&self);
  g_source_remove (signals[0]);
  g_source_remove (signals[1]);
  g_string_free (self.input, TRUE);
  g_object_unref (self.stop);
  g_main_loop_unref (self.loop);

  return (int) status;
}
