/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-heartbeat.h"

struct _SkeinHeartbeat
{
  GObject  parent_instance;

  GSource *source;
  gint64   due;
  gint64   excused;
  gint64   stop_at;
  gint64   latest;
  GArray  *samples;
  gboolean active;
};

typedef struct
{
  GSource         parent;
  SkeinHeartbeat *heartbeat;
} SkeinHeartbeatSource;

enum
{
  PROP_BEATING = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  BEAT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SkeinHeartbeat, skein_heartbeat, G_TYPE_OBJECT)

static void
drop_old (SkeinHeartbeat *self)
{
  gint64 oldest = g_get_monotonic_time () - SKEIN_HEARTBEAT_SPAN;
  guint n = 0;

  for (; n < self->samples->len; n++)
    {
      SkeinHeartbeatSample *sample = &g_array_index (self->samples, SkeinHeartbeatSample, n);

      if (sample->time + sample->lateness >= oldest)
        break;
    }
  if (n > 0)
    g_array_remove_range (self->samples, 0, n);
}

static void
add_sample (SkeinHeartbeat *self,
            gint64          time,
            gint64          lateness,
            gboolean        freeze)
{
  SkeinHeartbeatSample sample = { time, lateness, freeze };

  drop_old (self);
  g_array_append_val (self->samples, sample);
}

static void
stop (SkeinHeartbeat *self)
{
  g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BEATING]);
}

static void
beat (SkeinHeartbeat *self)
{
  gint64 now = g_get_monotonic_time ();

  self->latest = MAX (now - self->due - self->excused, 0);
  add_sample (self, now - self->latest, self->latest, FALSE);
  self->excused = 0;
  self->due += SKEIN_HEARTBEAT_INTERVAL;
  if (self->due <= now)
    self->due = now + SKEIN_HEARTBEAT_INTERVAL;
  g_source_set_ready_time (self->source, self->due);
  g_signal_emit (self, signals[BEAT], 0);
  if (!self->active && now >= self->stop_at && self->source != NULL)
    stop (self);
}

static gboolean
dispatch (GSource     *source,
          GSourceFunc  callback,
          gpointer     user_data)
{
  g_autoptr (SkeinHeartbeat) self = g_object_ref (((SkeinHeartbeatSource *) source)->heartbeat);

  beat (self);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs source_funcs = { .dispatch = dispatch };

static void
start (SkeinHeartbeat *self)
{
  self->source = g_source_new (&source_funcs, sizeof (SkeinHeartbeatSource));
  ((SkeinHeartbeatSource *) self->source)->heartbeat = self;
  g_source_set_static_name (self->source, "Skein heartbeat");
  g_source_set_priority (self->source, G_PRIORITY_HIGH);
  self->excused = 0;
  self->latest = 0;
  self->due = g_get_monotonic_time () + SKEIN_HEARTBEAT_INTERVAL;
  g_source_set_ready_time (self->source, self->due);
  g_source_attach (self->source, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BEATING]);
}

SkeinHeartbeat *
skein_heartbeat_new (void)
{
  return g_object_new (SKEIN_TYPE_HEARTBEAT, NULL);
}

void
skein_heartbeat_set_active (SkeinHeartbeat *self,
                            gboolean        active)
{
  g_return_if_fail (SKEIN_IS_HEARTBEAT (self));

  if (self->active && !active)
    self->stop_at = g_get_monotonic_time () + SKEIN_HEARTBEAT_LINGER;
  self->active = active;
  if (active && self->source == NULL)
    start (self);
}

gboolean
skein_heartbeat_get_beating (SkeinHeartbeat *self)
{
  g_return_val_if_fail (SKEIN_IS_HEARTBEAT (self), FALSE);

  return self->source != NULL;
}

void
skein_heartbeat_note_freeze (SkeinHeartbeat *self,
                             gint64          begin,
                             gint64          end)
{
  g_return_if_fail (SKEIN_IS_HEARTBEAT (self));
  g_return_if_fail (begin <= end);

  if (self->source != NULL && end > self->due)
    self->excused += end - MAX (begin, self->due);
  add_sample (self, begin, end - begin, TRUE);
}

const SkeinHeartbeatSample *
skein_heartbeat_get_samples (SkeinHeartbeat *self,
                             guint          *n_samples)
{
  g_return_val_if_fail (SKEIN_IS_HEARTBEAT (self), NULL);
  g_return_val_if_fail (n_samples != NULL, NULL);

  drop_old (self);
  *n_samples = self->samples->len;
  return (const SkeinHeartbeatSample *) (gpointer) self->samples->data;
}

gint64
skein_heartbeat_get_latest_lateness (SkeinHeartbeat *self)
{
  g_return_val_if_fail (SKEIN_IS_HEARTBEAT (self), 0);

  return self->latest;
}

gint64
skein_heartbeat_get_longest (SkeinHeartbeat *self)
{
  const SkeinHeartbeatSample *samples;
  gint64 longest = 0;
  guint n;

  g_return_val_if_fail (SKEIN_IS_HEARTBEAT (self), 0);

  samples = skein_heartbeat_get_samples (self, &n);
  for (guint i = 0; i < n; i++)
    longest = MAX (longest, samples[i].lateness);
  return longest;
}

static void
skein_heartbeat_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  SkeinHeartbeat *self = SKEIN_HEARTBEAT (object);

  switch (prop_id)
    {
    case PROP_BEATING:
      g_value_set_boolean (value, skein_heartbeat_get_beating (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
skein_heartbeat_finalize (GObject *object)
{
  SkeinHeartbeat *self = SKEIN_HEARTBEAT (object);

  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_array_unref (self->samples);

  G_OBJECT_CLASS (skein_heartbeat_parent_class)->finalize (object);
}

static void
skein_heartbeat_class_init (SkeinHeartbeatClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = skein_heartbeat_get_property;
  object_class->finalize = skein_heartbeat_finalize;

  properties[PROP_BEATING] =
    g_param_spec_boolean ("beating", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[BEAT] =
    g_signal_new ("beat", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
skein_heartbeat_init (SkeinHeartbeat *self)
{
  self->samples = g_array_new (FALSE, FALSE, sizeof (SkeinHeartbeatSample));
}
