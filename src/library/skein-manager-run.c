/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-manager-private.h"

#include "skein-blocking-runner.h"
#include "skein-discard.h"
#include "skein-error.h"
#include "skein-practice-link.h"

/* From the start of a task to its result. */
typedef struct
{
  SkeinManager  *manager;
  SkeinDownload *download;
  SkeinRunner   *runner;
} Run;

static void
run_free (Run *run)
{
  g_object_unref (run->manager);
  g_object_unref (run->download);
  g_object_unref (run->runner);
  g_free (run);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_free)

static Run *
run_new (SkeinManager  *manager,
         SkeinDownload *download)
{
  Run *run = g_new0 (Run, 1);

  run->manager = g_object_ref (manager);
  run->download = g_object_ref (download);
  run->runner = g_object_ref (manager->runner);

  return run;
}

static gboolean
run_transfer (SkeinTaskContext  *context,
              gpointer           data,
              GCancellable      *cancellable,
              GError           **error)
{
  return skein_transfer_run (data, context, cancellable, error);
}

void
skein_manager_enqueue (SkeinManager  *self,
                       SkeinDownload *download,
                       gboolean       at_end)
{
  skein_manager_move (self, download, SKEIN_DOWNLOAD_WAITING);
  skein_download_take_error (download, NULL);
  skein_download_set_path (download, NULL, FALSE);
  skein_download_set_verification (download, (SkeinVerification) { 0 });

  /* The old part file goes first: else the next attempt would have to take another name. */
  if (download->discarding)
    download->intent = SKEIN_INTENT_REQUEUE;
  else if (at_end)
    download->order = skein_queue_push_tail (self->queue, download, download->host_key);
  else
    skein_queue_insert (self->queue, download, download->host_key, download->order);
}

void
skein_manager_dequeue (SkeinManager  *self,
                       SkeinDownload *download)
{
  download->intent = SKEIN_INTENT_NONE;
  skein_queue_remove (self->queue, download);
}

static void
discarded_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Run) run = user_data;
  g_autoptr (GError) error = NULL;
  SkeinManager *self = run->manager;
  SkeinDownload *download = run->download;

  if (!skein_discard_finish (result, &error) && error != NULL)
    g_debug ("A part file stays: %s", error->message);

  self->n_discards--;
  download->discarding = FALSE;
  if (download->intent == SKEIN_INTENT_REQUEUE && download->row != NULL)
    {
      download->intent = SKEIN_INTENT_NONE;
      skein_manager_enqueue (self, download, TRUE);
    }

  skein_manager_advance (self);
}

void
skein_manager_discard (SkeinManager  *self,
                       SkeinDownload *download)
{
  g_autoptr (SkeinTransfer) transfer = g_steal_pointer (&download->transfer);

  download->best = 0;
  if (transfer == NULL)
    return;

  self->n_discards++;
  download->discarding = TRUE;
  skein_discard_async (transfer, discarded_cb, run_new (self, download));
}

static char *
resolve_address (SkeinManager  *self,
                 SkeinDownload *download)
{
  if (!g_str_has_prefix (download->address, SKEIN_PRACTICE_PREFIX))
    return g_strdup (download->address);
  if (self->resolve == NULL)
    return NULL;

  return self->resolve (download->address, self->resolve_data);
}

static void
renew_transfer (SkeinDownload *download,
                const char    *address)
{
  SkeinTransfer *previous = download->transfer;

  if (previous != NULL)
    download->transfer = skein_transfer_new_after (previous);
  else
    {
      download->transfer = skein_transfer_new (address, download->login, download->folder,
                                               download->wanted_name);
      skein_download_equip (download, download->transfer);
    }
  g_clear_pointer (&previous, skein_transfer_unref);

  g_free (download->fetched);
  download->fetched = g_strdup (address);
}

static gboolean
settle_stopped (SkeinManager  *self,
                SkeinDownload *download,
                SkeinIntent    intent,
                const GError  *error)
{
  gboolean preempted = g_error_matches (error, SKEIN_ERROR, SKEIN_ERROR_PREEMPTED);

  if (!preempted && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;

  if (download->row == NULL)
    skein_manager_move (self, download, SKEIN_DOWNLOAD_WAITING);
  else if (preempted)
    {
      skein_manager_move (self, download, SKEIN_DOWNLOAD_WAITING);
      download->order = skein_queue_push_head (self->queue, download, download->host_key);
    }
  else if (intent == SKEIN_INTENT_NONE)
    /* Nobody asked, so the runner was shut down: going on by itself would turn in a circle. */
    skein_manager_move (self, download, SKEIN_DOWNLOAD_PAUSED);
  else
    skein_manager_enqueue (self, download, FALSE);

  return TRUE;
}

static void
settle_finished (SkeinManager  *self,
                 SkeinDownload *download)
{
  const char *path = skein_transfer_get_path (download->transfer);
  g_autofree char *name = g_filename_display_basename (path);

  skein_download_set_name (download, name);
  skein_download_set_path (download, path, skein_transfer_get_length_known (download->transfer));
  skein_download_set_verification (download, skein_transfer_get_verification (download->transfer));
  g_free (download->media_type);
  download->media_type = g_strdup (skein_transfer_get_media_type (download->transfer));
  skein_download_set_amount (download, download->received, (gint64) download->received);
  g_clear_pointer (&download->transfer, skein_transfer_unref);
  download->failed = 0;
  download->lacking = 0;
  download->best = 0;
  skein_manager_move (self, download, SKEIN_DOWNLOAD_FINISHED);
}

static void
settle (SkeinManager  *self,
        SkeinDownload *download,
        gboolean       finished,
        GError        *error)
{
  SkeinIntent intent = download->intent;

  download->intent = SKEIN_INTENT_NONE;
  skein_download_set_speed (download, 0, -1);
  skein_download_set_checked (download, -1);
  skein_download_set_frozen (download, FALSE);

  if (finished)
    settle_finished (self, download);
  else if (intent == SKEIN_INTENT_CANCEL)
    {
      skein_manager_move (self, download, SKEIN_DOWNLOAD_CANCELLED);
      skein_manager_discard (self, download);
    }
  else if (intent == SKEIN_INTENT_PAUSE)
    skein_manager_move (self, download, SKEIN_DOWNLOAD_PAUSED);
  else if (!settle_stopped (self, download, intent, error))
    skein_manager_settle_failed (self, download, error);

  if (download->forgotten)
    skein_manager_discard (self, download);
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Run) run = user_data;
  g_autoptr (GError) error = NULL;
  SkeinManager *self = run->manager;
  SkeinDownload *download = run->download;
  gboolean finished = skein_runner_run_finish (run->runner, result, &error);
  gint64 now = g_get_monotonic_time ();

  g_object_freeze_notify (G_OBJECT (download));

  if (download->interrupt != 0)
    g_cancellable_disconnect (self->interrupt, download->interrupt);
  download->interrupt = 0;
  download->duration = now - download->started;
  skein_manager_sample (download, now);
  if (!download->frozen)
    self->received_on_threads += download->brought;
  g_clear_object (&download->cancellable);
  g_ptr_array_remove (self->running, download);
  skein_queue_end (self->queue, download->host_key, run->runner);
  settle (self, download, finished, error);

  g_object_thaw_notify (G_OBJECT (download));

  if (download->row != NULL && download->state == SKEIN_DOWNLOAD_DELAYED)
    skein_manager_tell_delayed (self, download);
  else if (download->row != NULL
           && (download->state == SKEIN_DOWNLOAD_FINISHED || download->state == SKEIN_DOWNLOAD_FAILED))
    skein_manager_tell_ended (self, download);

  skein_manager_advance (self);
}

/* On the thread of whoever interrupts. */
static void
interrupt_cb (GCancellable *interrupt,
              gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

static void
start (SkeinManager  *self,
       SkeinDownload *download,
       const char    *address)
{
  if (skein_manager_needs_network (address))
    skein_network_start (self->network);
  skein_queue_start (self->queue, download, self->runner);
  renew_transfer (download, address);
  download->cancellable = g_cancellable_new ();
  download->intent = SKEIN_INTENT_NONE;
  download->named = FALSE;
  download->brought = 0;
  download->n_noted = 0;
  g_clear_pointer (&download->notes, g_array_unref);
  download->started = g_get_monotonic_time ();
  download->rated = download->started;
  skein_speed_meter_init (&download->meter);
  skein_speed_meter_add (&download->meter, download->started, 0);
  if (self->batch_start == 0)
    self->batch_start = download->started;
  if (self->interrupt != NULL)
    download->interrupt = g_cancellable_connect (self->interrupt, G_CALLBACK (interrupt_cb),
                                                 g_object_ref (download->cancellable), g_object_unref);

  g_ptr_array_add (self->running, g_object_ref (download));
  skein_runner_run_async (self->runner, download->name, run_transfer,
                          skein_transfer_ref (download->transfer), (GDestroyNotify) skein_transfer_unref,
                          download->cancellable, ended_cb, run_new (self, download));

  g_object_freeze_notify (G_OBJECT (download));
  skein_download_set_amount (download, 0, -1);
  skein_download_set_frozen (download, SKEIN_IS_BLOCKING_RUNNER (self->runner));
  skein_manager_move (self, download, SKEIN_DOWNLOAD_RUNNING);
  g_object_thaw_notify (G_OBJECT (download));

  skein_manager_start_sampling (self);
}

static void
start_or_hold (SkeinManager  *self,
               SkeinDownload *download)
{
  g_autofree char *address = resolve_address (self, download);

  if (address == NULL)
    skein_queue_hold (self->queue, download);
  else if (download->transfer != NULL && g_strcmp0 (address, download->fetched) != 0)
    {
      /* Another practice server than last time: its part file cannot be taken over. */
      skein_queue_remove (self->queue, download);
      skein_manager_discard (self, download);
      skein_manager_enqueue (self, download, FALSE);
    }
  else
    start (self, download, address);
}

void
skein_manager_pump (SkeinManager *self)
{
  SkeinDownload *next;
  guint capacity;

  g_return_if_fail (SKEIN_IS_MANAGER (self));

  if (self->pumping || self->stopping)
    return;

  self->pumping = TRUE;
  g_object_freeze_notify (G_OBJECT (self));
  skein_queue_release_holds (self->queue);
  skein_manager_ripen (self);
  capacity = skein_runner_get_capacity (self->runner);
  while (!self->stopping
         && !g_cancellable_is_cancelled (self->interrupt)
         && (next = skein_queue_peek (self->queue, self->runner, capacity)) != NULL)
    start_or_hold (self, next);
  g_object_thaw_notify (G_OBJECT (self));
  self->pumping = FALSE;
}

static void
return_stop_tasks (SkeinManager *self)
{
  g_autoptr (GPtrArray) tasks = g_steal_pointer (&self->stop_tasks);

  self->stop_tasks = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < tasks->len; i++)
    g_task_return_boolean (g_ptr_array_index (tasks, i), TRUE);
}

void
skein_manager_advance (SkeinManager *self)
{
  gboolean idle;

  skein_manager_pump (self);
  skein_manager_update_active (self);
  skein_manager_update_clock (self);

  idle = self->running->len == 0;
  if (idle)
    {
      g_clear_handle_id (&self->sampling, g_source_remove);
      skein_manager_set_rate (self, 0);
    }
  if (idle && self->counts[SKEIN_DOWNLOAD_WAITING] + self->counts[SKEIN_DOWNLOAD_DELAYED] == 0)
    skein_manager_end_batch (self);
  if (idle && self->n_discards == 0)
    return_stop_tasks (self);
}

static void
stop (gpointer item,
      gpointer user_data)
{
  SkeinDownload *download = item;

  if (download->intent == SKEIN_INTENT_NONE || download->intent == SKEIN_INTENT_REQUEUE)
    download->intent = SKEIN_INTENT_STOP;
  g_cancellable_cancel (download->cancellable);
}

void
skein_manager_stop_all_async (SkeinManager        *self,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (SKEIN_IS_MANAGER (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, skein_manager_stop_all_async);
  g_ptr_array_add (self->stop_tasks, task);

  self->stopping = TRUE;
  g_ptr_array_foreach (self->running, stop, NULL);
  skein_manager_advance (self);
}

void
skein_manager_stop_all_finish (SkeinManager *self,
                               GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, self));

  g_task_propagate_boolean (G_TASK (result), NULL);
}
