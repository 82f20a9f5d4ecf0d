/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-answering-strip.h"

#include <glib/gi18n-lib.h>

#include "skein-describe.h"
#include "skein-strip-graph.h"

#define SPACING      6
#define REDRAW_EVERY (250 * G_TIME_SPAN_MILLISECOND)

struct _SkeinAnsweringStrip
{
  GtkWidget       parent_instance;

  SkeinHeartbeat *heartbeat;
  GtkWidget      *graph;
  GtkWidget      *sentence;
  GtkWidget      *figure;
  gint64          redrawn_at;
  int             sentence_width;
};

enum
{
  PROP_HEARTBEAT = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SkeinAnsweringStrip, skein_answering_strip, GTK_TYPE_WIDGET)

/* The longest of those freezes that the graph still shows, or else of the last second. */
static gint64
get_figure (SkeinAnsweringStrip *self,
            gboolean            *frozen)
{
  gint64 recently = g_get_monotonic_time () - G_TIME_SPAN_SECOND;
  gint64 freeze = 0;
  gint64 lateness = 0;
  const SkeinHeartbeatSample *samples;
  guint n;

  samples = skein_heartbeat_get_samples (self->heartbeat, &n);
  for (guint i = 0; i < n; i++)
    {
      if (samples[i].freeze || samples[i].lateness >= SKEIN_STRIP_BLOCK)
        freeze = MAX (freeze, samples[i].lateness);
      else if (samples[i].time + samples[i].lateness >= recently)
        lateness = MAX (lateness, samples[i].lateness);
    }
  *frozen = freeze > 0;
  return *frozen ? freeze : lateness;
}

static char *
describe_lateness (gint64 lateness)
{
  gint64 milliseconds = MAX ((lateness + 500) / 1000, 1);

  /* Translators: how long the window took to react, in milliseconds */
  return g_strdup_printf (_("%d\u00a0ms"), (int) milliseconds);
}

static void
update_text (SkeinAnsweringStrip *self)
{
  g_autofree char *figure = NULL;
  g_autofree char *sentence = NULL;
  gboolean frozen;
  gint64 microseconds = get_figure (self, &frozen);

  figure = frozen ? skein_describe_duration (microseconds) : describe_lateness (microseconds);
  /* Translators: %s is a time such as “8.4 s” or “2 ms” */
  sentence = g_strdup_printf (frozen ? _("Window was frozen for %s") : _("Window answers in %s"), figure);
  if (g_str_equal (sentence, gtk_label_get_text (GTK_LABEL (self->sentence))))
    return;
  gtk_label_set_text (GTK_LABEL (self->sentence), sentence);
  gtk_label_set_text (GTK_LABEL (self->figure), figure);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->figure),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
}

static void
redraw (SkeinAnsweringStrip *self)
{
  self->redrawn_at = g_get_monotonic_time ();
  update_text (self);
  gtk_widget_queue_draw (self->graph);
}

static void
beat_cb (SkeinAnsweringStrip *self)
{
  /* Half a beat of grace, or a beat that comes a little early would make every redraw wait for one more. */
  gint64 due = self->redrawn_at + REDRAW_EVERY - SKEIN_HEARTBEAT_INTERVAL / 2;

  if (g_get_monotonic_time () >= due)
    redraw (self);
}

static void
update_visible (SkeinAnsweringStrip *self)
{
  gboolean beating = self->heartbeat != NULL && skein_heartbeat_get_beating (self->heartbeat);

  if (beating)
    redraw (self);
  gtk_widget_set_visible (GTK_WIDGET (self), beating);
}

static int
natural_width (GtkWidget *child)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static void
skein_answering_strip_measure (GtkWidget      *widget,
                               GtkOrientation  orientation,
                               int             for_size,
                               int            *minimum,
                               int            *natural,
                               int            *minimum_baseline,
                               int            *natural_baseline)
{
  SkeinAnsweringStrip *self = SKEIN_ANSWERING_STRIP (widget);
  GtkWidget *children[] = { self->graph, self->sentence, self->figure };

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = natural_width (self->figure);
      *natural = natural_width (self->graph) + SPACING
                 + MAX (natural_width (self->sentence), self->sentence_width);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      int least;
      int wanted;

      gtk_widget_measure (children[i], orientation, -1, &least, &wanted, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, wanted);
    }
}

static void
place (SkeinAnsweringStrip *self,
       GtkWidget           *child,
       gboolean             shown,
       int                  x,
       int                  width)
{
  int total = gtk_widget_get_width (GTK_WIDGET (self));
  GtkAllocation allocation = { x, 0, width, gtk_widget_get_height (GTK_WIDGET (self)) };

  gtk_widget_set_child_visible (child, shown);
  if (!shown)
    return;
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    allocation.x = total - x - width;
  gtk_widget_size_allocate (child, &allocation, -1);
}

static void
skein_answering_strip_size_allocate (GtkWidget *widget,
                                     int        width,
                                     int        height,
                                     int        baseline)
{
  SkeinAnsweringStrip *self = SKEIN_ANSWERING_STRIP (widget);
  int least = SKEIN_STRIP_GRAPH_LEAST + SPACING;
  int text;
  gboolean wide;
  gboolean drawn;

  /* The sentence keeps the room it once needed, or the graph would twitch with each figure. */
  self->sentence_width = MAX (self->sentence_width, natural_width (self->sentence));
  wide = width >= least + self->sentence_width;
  text = wide ? self->sentence_width : natural_width (self->figure);
  drawn = width >= least + text;
  place (self, self->graph, drawn, 0, width - text - SPACING);
  place (self, self->sentence, wide, width - text, text);
  place (self, self->figure, !wide, drawn ? width - text : 0, drawn ? text : width);
}

GtkWidget *
skein_answering_strip_new (void)
{
  return g_object_new (SKEIN_TYPE_ANSWERING_STRIP, NULL);
}

void
skein_answering_strip_set_heartbeat (SkeinAnsweringStrip *self,
                                     SkeinHeartbeat      *heartbeat)
{
  g_return_if_fail (SKEIN_IS_ANSWERING_STRIP (self));
  g_return_if_fail (heartbeat == NULL || SKEIN_IS_HEARTBEAT (heartbeat));

  if (heartbeat == self->heartbeat)
    return;
  if (self->heartbeat != NULL)
    g_signal_handlers_disconnect_by_data (self->heartbeat, self);
  g_set_object (&self->heartbeat, heartbeat);
  if (heartbeat != NULL)
    {
      g_signal_connect_swapped (heartbeat, "beat", G_CALLBACK (beat_cb), self);
      g_signal_connect_swapped (heartbeat, "notify::beating", G_CALLBACK (update_visible), self);
    }
  skein_strip_graph_set_heartbeat (SKEIN_STRIP_GRAPH (self->graph), heartbeat);
  update_visible (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HEARTBEAT]);
}

const char *
skein_answering_strip_get_text (SkeinAnsweringStrip *self)
{
  g_return_val_if_fail (SKEIN_IS_ANSWERING_STRIP (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->sentence));
}

static void
skein_answering_strip_get_property (GObject    *object,
                                    guint       prop_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_HEARTBEAT:
      g_value_set_object (value, SKEIN_ANSWERING_STRIP (object)->heartbeat);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
skein_answering_strip_set_property (GObject      *object,
                                    guint         prop_id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_HEARTBEAT:
      skein_answering_strip_set_heartbeat (SKEIN_ANSWERING_STRIP (object), g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
skein_answering_strip_dispose (GObject *object)
{
  SkeinAnsweringStrip *self = SKEIN_ANSWERING_STRIP (object);

  if (self->heartbeat != NULL)
    g_signal_handlers_disconnect_by_data (self->heartbeat, self);
  g_clear_object (&self->heartbeat);
  g_clear_pointer (&self->graph, gtk_widget_unparent);
  g_clear_pointer (&self->sentence, gtk_widget_unparent);
  g_clear_pointer (&self->figure, gtk_widget_unparent);

  G_OBJECT_CLASS (skein_answering_strip_parent_class)->dispose (object);
}

static void
skein_answering_strip_class_init (SkeinAnsweringStripClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = skein_answering_strip_get_property;
  object_class->set_property = skein_answering_strip_set_property;
  object_class->dispose = skein_answering_strip_dispose;
  widget_class->measure = skein_answering_strip_measure;
  widget_class->size_allocate = skein_answering_strip_size_allocate;

  properties[PROP_HEARTBEAT] =
    g_param_spec_object ("heartbeat", NULL, NULL, SKEIN_TYPE_HEARTBEAT,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "answeringstrip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
make_label (SkeinAnsweringStrip *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return label;
}

static void
skein_answering_strip_init (SkeinAnsweringStrip *self)
{
  const char *tooltip = _("How late the window reacted, last 30 seconds. A solid block: not at all.");

  self->graph = skein_strip_graph_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->graph),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
  gtk_widget_set_valign (self->graph, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->graph, GTK_WIDGET (self));
  self->sentence = make_label (self);
  self->figure = make_label (self);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
