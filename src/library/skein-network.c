/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-network.h"

struct _SkeinNetwork
{
  GNetworkMonitor *monitor;  /* NULL until somebody asked */
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

SkeinNetworkState
skein_network_get_state (SkeinNetwork *self)
{
  GNetworkConnectivity connectivity;

  if (self->monitor == NULL)
    skein_network_set_monitor (self, g_network_monitor_get_default ());

  connectivity = g_network_monitor_get_connectivity (self->monitor);
  if (!g_network_monitor_get_network_available (self->monitor) || connectivity == G_NETWORK_CONNECTIVITY_LOCAL)
    return SKEIN_NETWORK_GONE;

  /* Limited is not counted as gone: it may only say that a test page of the desktop cannot be reached. */
  return connectivity == G_NETWORK_CONNECTIVITY_PORTAL ? SKEIN_NETWORK_SIGN_IN : SKEIN_NETWORK_THERE;
}
