/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-network.h"

struct _SkeinNetwork
{
  GNetworkMonitor *monitor;  /* NULL until it is there */
  GCancellable *asking;      /* NULL unless it is being made */
  gulong available_handler;
  gulong connectivity_handler;
  void (*changed) (gpointer data);
  gpointer data;
};

SkeinNetwork *
skein_network_new (void     (*changed) (gpointer data),
                   gpointer data)
{
  SkeinNetwork *self = g_new0 (SkeinNetwork, 1);

  self->changed = changed;
  self->data = data;

  return self;
}

static void
forget_monitor (SkeinNetwork *self)
{
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  if (self->monitor == NULL)
    return;

  g_clear_signal_handler (&self->available_handler, self->monitor);
  g_clear_signal_handler (&self->connectivity_handler, self->monitor);
  g_clear_object (&self->monitor);
}

void
skein_network_free (SkeinNetwork *self)
{
  forget_monitor (self);
  g_free (self);
}

static void
changed_cb (SkeinNetwork *self)
{
  self->changed (self->data);
}

void
skein_network_set_monitor (SkeinNetwork    *self,
                           GNetworkMonitor *monitor)
{
  g_object_ref (monitor);
  forget_monitor (self);
  self->monitor = monitor;
  self->available_handler = g_signal_connect_swapped (monitor, "notify::network-available",
                                                      G_CALLBACK (changed_cb), self);
  self->connectivity_handler = g_signal_connect_swapped (monitor, "notify::connectivity",
                                                         G_CALLBACK (changed_cb), self);
}

static void
ask (GTask        *task,
     gpointer      source,
     gpointer      data,
     GCancellable *cancellable)
{
  g_task_return_pointer (task, g_object_ref (g_network_monitor_get_default ()), g_object_unref);
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GNetworkMonitor) monitor = g_task_propagate_pointer (G_TASK (result), NULL);

  /* None if cancelled: then the watch may be gone. */
  if (monitor != NULL)
    skein_network_set_monitor (user_data, monitor);
}

void
skein_network_start (SkeinNetwork *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->monitor != NULL || self->asking != NULL)
    return;

  /* The first to ask makes the monitor, and it may speak to the system bus: seconds if that hangs. It belongs to
   * the main context all the same, as a thread of the pool has none of its own. */
  self->asking = g_cancellable_new ();
  task = g_task_new (NULL, self->asking, asked_cb, self);
  g_task_set_source_tag (task, skein_network_start);
  g_task_run_in_thread (task, ask);
}

SkeinNetworkState
skein_network_get_state (SkeinNetwork *self)
{
  GNetworkConnectivity connectivity;

  if (self->monitor == NULL)
    return SKEIN_NETWORK_THERE;

  connectivity = g_network_monitor_get_connectivity (self->monitor);
  if (!g_network_monitor_get_network_available (self->monitor) || connectivity == G_NETWORK_CONNECTIVITY_LOCAL)
    return SKEIN_NETWORK_GONE;

  /* Limited is not counted as gone: it may only say that a test page of the desktop cannot be reached. */
  return connectivity == G_NETWORK_CONNECTIVITY_PORTAL ? SKEIN_NETWORK_SIGN_IN : SKEIN_NETWORK_THERE;
}
