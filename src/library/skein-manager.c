/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-manager-private.h"

enum
{
  PROP_N_WAITING = 1,
  PROP_N_DELAYED,
  PROP_N_RUNNING,
  PROP_N_FINISHED,
  PROP_N_FAILED,
  PROP_N_PAUSED,
  PROP_RATE,
  PROP_ACTIVE,
  N_PROPS
};

enum
{
  BATCH_ENDED,
  DOWNLOAD_ENDED,
  DOWNLOAD_DELAYED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void skein_manager_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SkeinManager, skein_manager, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, skein_manager_list_model_init))

static void
notify (SkeinManager *self,
        guint         property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static GType
skein_manager_get_item_type (GListModel *model)
{
  return SKEIN_TYPE_DOWNLOAD;
}

static guint
skein_manager_get_n_items (GListModel *model)
{
  return (guint) g_sequence_get_length (SKEIN_MANAGER (model)->rows);
}

static gpointer
skein_manager_get_item (GListModel *model,
                        guint       position)
{
  SkeinManager *self = SKEIN_MANAGER (model);

  if (position >= skein_manager_get_n_items (model))
    return NULL;

  return g_object_ref (g_sequence_get (g_sequence_get_iter_at_pos (self->rows, (int) position)));
}

static void
skein_manager_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = skein_manager_get_item_type;
  iface->get_n_items = skein_manager_get_n_items;
  iface->get_item = skein_manager_get_item;
}

SkeinManager *
skein_manager_new (SkeinRunner *runner)
{
  SkeinManager *self;

  g_return_val_if_fail (SKEIN_IS_RUNNER (runner), NULL);

  self = g_object_new (SKEIN_TYPE_MANAGER, NULL);
  self->runner = g_object_ref (runner);

  return self;
}

void
skein_manager_set_runner (SkeinManager *self,
                          SkeinRunner  *runner)
{
  g_return_if_fail (SKEIN_IS_MANAGER (self));
  g_return_if_fail (SKEIN_IS_RUNNER (runner));

  if (g_set_object (&self->runner, runner))
    skein_manager_advance (self);
}

void
skein_manager_set_per_host (SkeinManager *self,
                            guint         per_host)
{
  g_return_if_fail (SKEIN_IS_MANAGER (self));
  g_return_if_fail (per_host > 0);

  skein_queue_set_per_host (self->queue, per_host);
  skein_manager_advance (self);
}

void
skein_manager_set_resolve (SkeinManager     *self,
                           SkeinResolveFunc  resolve,
                           gpointer          user_data)
{
  g_return_if_fail (SKEIN_IS_MANAGER (self));

  self->resolve = resolve;
  self->resolve_data = user_data;
}

static void
count (SkeinManager       *self,
       SkeinDownloadState  state,
       int                 difference)
{
  self->counts[state] += (guint) difference;

  switch (state)
    {
    case SKEIN_DOWNLOAD_WAITING:
      notify (self, PROP_N_WAITING);
      break;
    case SKEIN_DOWNLOAD_DELAYED:
      notify (self, PROP_N_DELAYED);
      break;
    case SKEIN_DOWNLOAD_RUNNING:
      notify (self, PROP_N_RUNNING);
      break;
    case SKEIN_DOWNLOAD_FINISHED:
      notify (self, PROP_N_FINISHED);
      break;
    case SKEIN_DOWNLOAD_FAILED:
      notify (self, PROP_N_FAILED);
      break;
    case SKEIN_DOWNLOAD_PAUSED:
      notify (self, PROP_N_PAUSED);
      break;
    case SKEIN_DOWNLOAD_CANCELLED:
      break;
    default:
      g_assert_not_reached ();
    }
}

void
skein_manager_move (SkeinManager       *self,
                    SkeinDownload      *download,
                    SkeinDownloadState  state)
{
  SkeinDownloadState before = download->state;

  if (before == state)
    return;

  g_object_freeze_notify (G_OBJECT (self));
  skein_download_set_state (download, state);
  if (download->row != NULL)
    {
      count (self, before, -1);
      count (self, state, 1);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

guint
skein_manager_put_row (SkeinManager  *self,
                       SkeinDownload *download,
                       guint          position)
{
  guint length = (guint) g_sequence_get_length (self->rows);
  GSequenceIter *before;

  g_assert (download->row == NULL);

  position = MIN (position, length);
  before = g_sequence_get_iter_at_pos (self->rows, (int) position);
  download->row = g_sequence_insert_before (before, g_object_ref (download));
  if (!g_hash_table_contains (self->by_address, download->address))
    g_hash_table_insert (self->by_address, download->address, download);
  count (self, download->state, 1);

  return position;
}

void
skein_manager_take_row (SkeinManager  *self,
                        SkeinDownload *download)
{
  g_assert (download->row != NULL);

  count (self, download->state, -1);
  if (g_hash_table_lookup (self->by_address, download->address) == download)
    g_hash_table_remove (self->by_address, download->address);
  g_sequence_remove (g_steal_pointer (&download->row));
}

SkeinDownload *
skein_manager_append (SkeinManager *self,
                      const char   *address,
                      const char   *login,
                      const char   *folder,
                      const char   *name)
{
  g_autoptr (SkeinDownload) download = skein_download_new (address, login, folder, name);

  skein_manager_put_row (self, download, G_MAXUINT);
  skein_manager_enqueue (self, download, TRUE);

  return download;
}

SkeinDownload *
skein_manager_add (SkeinManager *self,
                   const char   *address,
                   const char   *login,
                   const char   *folder,
                   const char   *name)
{
  const SkeinDownloadOptions options = { .login = login, .name = name };

  return skein_manager_add_full (self, address, folder, &options);
}

SkeinDownload *
skein_manager_add_full (SkeinManager               *self,
                        const char                 *address,
                        const char                 *folder,
                        const SkeinDownloadOptions *options)
{
  SkeinDownload *download;

  g_return_val_if_fail (SKEIN_IS_MANAGER (self), NULL);
  g_return_val_if_fail (address != NULL && folder != NULL && options != NULL, NULL);

  if (g_hash_table_contains (self->by_address, address))
    return NULL;

  download = skein_manager_append (self, address, options->login, folder, options->name);
  skein_download_set_options (download, options);
  g_list_model_items_changed (G_LIST_MODEL (self), skein_manager_get_n_items (G_LIST_MODEL (self)) - 1, 0, 1);
  skein_manager_advance (self);

  return download;
}

SkeinDownload *
skein_manager_add_paused (SkeinManager *self,
                          const char   *address,
                          const char   *folder)
{
  SkeinDownload *download;

  g_return_val_if_fail (SKEIN_IS_MANAGER (self), NULL);
  g_return_val_if_fail (address != NULL && folder != NULL, NULL);

  if (g_hash_table_contains (self->by_address, address))
    return NULL;

  /* Through the queue, which gives it its place in the order. */
  download = skein_manager_append (self, address, NULL, folder, NULL);
  skein_manager_dequeue (self, download);
  skein_manager_move (self, download, SKEIN_DOWNLOAD_PAUSED);
  g_list_model_items_changed (G_LIST_MODEL (self), skein_manager_get_n_items (G_LIST_MODEL (self)) - 1, 0, 1);

  return download;
}

static void
append_if_unfinished (gpointer item,
                      gpointer unfinished)
{
  SkeinDownload *download = item;

  switch (download->state)
    {
    case SKEIN_DOWNLOAD_WAITING:
    case SKEIN_DOWNLOAD_DELAYED:
    case SKEIN_DOWNLOAD_RUNNING:
    case SKEIN_DOWNLOAD_PAUSED:
      g_ptr_array_add (unfinished, g_object_ref (download));
      break;
    case SKEIN_DOWNLOAD_FINISHED:
    case SKEIN_DOWNLOAD_FAILED:
    case SKEIN_DOWNLOAD_CANCELLED:
      break;
    default:
      g_assert_not_reached ();
    }
}

GPtrArray *
skein_manager_dup_unfinished (SkeinManager *self)
{
  GPtrArray *unfinished;

  g_return_val_if_fail (SKEIN_IS_MANAGER (self), NULL);

  unfinished = g_ptr_array_new_with_free_func (g_object_unref);
  g_sequence_foreach (self->rows, append_if_unfinished, unfinished);

  return unfinished;
}

GPtrArray *
skein_manager_dup_running (SkeinManager *self)
{
  GPtrArray *running;

  g_return_val_if_fail (SKEIN_IS_MANAGER (self), NULL);

  running = g_ptr_array_new_full (self->running->len, g_object_unref);
  for (guint i = 0; i < self->running->len; i++)
    g_ptr_array_add (running, g_object_ref (g_ptr_array_index (self->running, i)));

  return running;
}

void
skein_manager_set_interrupt (SkeinManager *self,
                             GCancellable *interrupt)
{
  g_return_if_fail (SKEIN_IS_MANAGER (self));
  g_return_if_fail (G_IS_CANCELLABLE (interrupt));
  g_return_if_fail (self->running->len == 0);

  g_set_object (&self->interrupt, interrupt);
}

void
skein_manager_set_rate (SkeinManager *self,
                        guint64       rate)
{
  if (self->rate == rate)
    return;

  self->rate = rate;
  notify (self, PROP_RATE);
}

void
skein_manager_update_active (SkeinManager *self)
{
  guint waiting = self->counts[SKEIN_DOWNLOAD_WAITING] + self->counts[SKEIN_DOWNLOAD_DELAYED];
  gboolean active = self->running->len > 0 || (waiting > 0 && !self->stopping);

  if (self->active == active)
    return;

  self->active = active;
  notify (self, PROP_ACTIVE);
}

void
skein_manager_tell_ended (SkeinManager  *self,
                          SkeinDownload *download)
{
  if (download->state == SKEIN_DOWNLOAD_FINISHED)
    self->batch_finished++;
  else
    self->batch_failed++;

  g_signal_emit (self, signals[DOWNLOAD_ENDED], 0, download);
}

void
skein_manager_tell_delayed (SkeinManager  *self,
                            SkeinDownload *download)
{
  g_signal_emit (self, signals[DOWNLOAD_DELAYED], 0, download);
}

void
skein_manager_end_batch (SkeinManager *self)
{
  guint finished = self->batch_finished;
  guint failed = self->batch_failed;
  gint64 duration = self->batch_start != 0 ? g_get_monotonic_time () - self->batch_start : 0;

  self->batch_start = 0;
  self->batch_finished = 0;
  self->batch_failed = 0;

  if (finished > 0 || failed > 0)
    g_signal_emit (self, signals[BATCH_ENDED], 0, finished, failed, duration);
}

guint
skein_manager_get_n_waiting (SkeinManager *self)
{
  g_return_val_if_fail (SKEIN_IS_MANAGER (self), 0);

  return self->counts[SKEIN_DOWNLOAD_WAITING];
}

guint
skein_manager_get_n_delayed (SkeinManager *self)
{
  g_return_val_if_fail (SKEIN_IS_MANAGER (self), 0);

  return self->counts[SKEIN_DOWNLOAD_DELAYED];
}

guint
skein_manager_get_n_running (SkeinManager *self)
{
  g_return_val_if_fail (SKEIN_IS_MANAGER (self), 0);

  return self->counts[SKEIN_DOWNLOAD_RUNNING];
}

guint
skein_manager_get_n_finished (SkeinManager *self)
{
  g_return_val_if_fail (SKEIN_IS_MANAGER (self), 0);

  return self->counts[SKEIN_DOWNLOAD_FINISHED];
}

guint64
skein_manager_get_rate (SkeinManager *self)
{
  g_return_val_if_fail (SKEIN_IS_MANAGER (self), 0);

  return self->rate;
}

static void
skein_manager_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  SkeinManager *self = SKEIN_MANAGER (object);

  switch (prop_id)
    {
    case PROP_N_WAITING:
      g_value_set_uint (value, self->counts[SKEIN_DOWNLOAD_WAITING]);
      break;
    case PROP_N_DELAYED:
      g_value_set_uint (value, self->counts[SKEIN_DOWNLOAD_DELAYED]);
      break;
    case PROP_N_RUNNING:
      g_value_set_uint (value, self->counts[SKEIN_DOWNLOAD_RUNNING]);
      break;
    case PROP_N_FINISHED:
      g_value_set_uint (value, self->counts[SKEIN_DOWNLOAD_FINISHED]);
      break;
    case PROP_N_FAILED:
      g_value_set_uint (value, self->counts[SKEIN_DOWNLOAD_FAILED]);
      break;
    case PROP_N_PAUSED:
      g_value_set_uint (value, self->counts[SKEIN_DOWNLOAD_PAUSED]);
      break;
    case PROP_RATE:
      g_value_set_uint64 (value, self->rate);
      break;
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->active);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
skein_manager_finalize (GObject *object)
{
  SkeinManager *self = SKEIN_MANAGER (object);

  /* Whatever runs holds a reference on us until it has ended. */
  g_assert (self->running->len == 0);

  g_clear_handle_id (&self->sampling, g_source_remove);
  g_clear_handle_id (&self->clock, g_source_remove);
  skein_network_free (self->network);
  g_ptr_array_unref (self->stop_tasks);
  g_ptr_array_unref (self->running);
  g_hash_table_unref (self->by_address);
  skein_queue_free (self->queue);
  g_sequence_free (self->rows);
  g_clear_object (&self->interrupt);
  g_clear_object (&self->runner);

  G_OBJECT_CLASS (skein_manager_parent_class)->finalize (object);
}

static void
skein_manager_class_init (SkeinManagerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = skein_manager_get_property;
  object_class->finalize = skein_manager_finalize;

  properties[PROP_N_WAITING] = g_param_spec_uint ("n-waiting", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_DELAYED] = g_param_spec_uint ("n-delayed", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_RUNNING] = g_param_spec_uint ("n-running", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_FINISHED] = g_param_spec_uint ("n-finished", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_FAILED] = g_param_spec_uint ("n-failed", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_PAUSED] = g_param_spec_uint ("n-paused", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_RATE] = g_param_spec_uint64 ("rate", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[BATCH_ENDED] = g_signal_new ("batch-ended", SKEIN_TYPE_MANAGER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_INT64);
  signals[DOWNLOAD_ENDED] = g_signal_new ("download-ended", SKEIN_TYPE_MANAGER, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, SKEIN_TYPE_DOWNLOAD);
  signals[DOWNLOAD_DELAYED] = g_signal_new ("download-delayed", SKEIN_TYPE_MANAGER, G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 1, SKEIN_TYPE_DOWNLOAD);
}

static void
network_changed_cb (gpointer data)
{
  skein_manager_network_changed (data);
}

static void
skein_manager_init (SkeinManager *self)
{
  self->queue = skein_queue_new (SKEIN_DOWNLOADS_PER_HOST_DEFAULT);
  self->network = skein_network_new (network_changed_cb, self);
  self->tries = SKEIN_RETRY_POLICY_DEFAULT_MOST;
  self->get_time = g_get_monotonic_time;
  self->rows = g_sequence_new (g_object_unref);
  self->by_address = g_hash_table_new (g_str_hash, g_str_equal);
  self->running = g_ptr_array_new_with_free_func (g_object_unref);
  self->stop_tasks = g_ptr_array_new_with_free_func (g_object_unref);
}
