/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-fake-monitor.h"

struct _SkeinFakeMonitor
{
  GObject parent_instance;

  gboolean available;
  GNetworkConnectivity connectivity;
};

enum
{
  PROP_NETWORK_AVAILABLE = 1,
  PROP_NETWORK_METERED,
  PROP_CONNECTIVITY,
};

static GMutex *default_gate;

static void initable_init (GInitableIface *iface);
static void monitor_init (GNetworkMonitorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SkeinFakeMonitor, skein_fake_monitor, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE, initable_init)
                               G_IMPLEMENT_INTERFACE (G_TYPE_NETWORK_MONITOR, monitor_init))

static gboolean
initable (GInitable     *initable,
          GCancellable  *cancellable,
          GError       **error)
{
  if (default_gate != NULL)
    {
      g_mutex_lock (default_gate);
      g_mutex_unlock (default_gate);
    }

  return TRUE;
}

static void
initable_init (GInitableIface *iface)
{
  iface->init = initable;
}

static void
monitor_init (GNetworkMonitorInterface *iface)
{
}

static void
skein_fake_monitor_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  SkeinFakeMonitor *self = SKEIN_FAKE_MONITOR (object);

  if (prop_id == PROP_NETWORK_AVAILABLE)
    g_value_set_boolean (value, self->available);
  else if (prop_id == PROP_NETWORK_METERED)
    g_value_set_boolean (value, FALSE);
  else
    g_value_set_enum (value, self->connectivity);
}

static void
skein_fake_monitor_class_init (SkeinFakeMonitorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = skein_fake_monitor_get_property;
  g_object_class_override_property (object_class, PROP_NETWORK_AVAILABLE, "network-available");
  g_object_class_override_property (object_class, PROP_NETWORK_METERED, "network-metered");
  g_object_class_override_property (object_class, PROP_CONNECTIVITY, "connectivity");
}

static void
skein_fake_monitor_init (SkeinFakeMonitor *self)
{
  self->available = TRUE;
  self->connectivity = G_NETWORK_CONNECTIVITY_FULL;
}

SkeinFakeMonitor *
skein_fake_monitor_new (void)
{
  return g_object_new (SKEIN_TYPE_FAKE_MONITOR, NULL);
}

void
skein_fake_monitor_be_default (GMutex *gate)
{
  default_gate = gate;
  g_io_extension_point_register (G_NETWORK_MONITOR_EXTENSION_POINT_NAME);
  g_io_extension_point_implement (G_NETWORK_MONITOR_EXTENSION_POINT_NAME, SKEIN_TYPE_FAKE_MONITOR, "skein-fake", 1000);
}

void
skein_fake_monitor_set (SkeinFakeMonitor     *self,
                        gboolean              available,
                        GNetworkConnectivity  connectivity)
{
  self->available = available;
  self->connectivity = connectivity;
  g_object_notify (G_OBJECT (self), "network-available");
  g_object_notify (G_OBJECT (self), "connectivity");
}
