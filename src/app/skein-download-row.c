/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-download-row.h"

#include <math.h>

#include "skein-describe.h"
#include "skein-file-kind.h"

/* A screen reader is told of a bar at most so often. */
#define SPOKEN_INTERVAL G_USEC_PER_SEC

/* A bar is not drawn again for less than this: no screen is wide enough to show it. */
#define FRACTION_STEP 0.0005

struct _SkeinDownloadRow
{
  GtkBox         parent_instance;

  GtkImage      *icon;
  GtkLabel      *name;
  GtkLabel      *host;
  GtkProgressBar *bar;
  GtkLabel      *facts;
  GtkButton     *first_button;
  GtkButton     *second_button;

  SkeinDownload *download;
  GSignalGroup  *signals;

  char          *reason;  /* the tooltip of one that is delayed; NULL until asked for */

  int            spoken_percent;
  gint64         spoken_at;
};

enum
{
  SIGNAL_COMMAND,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SkeinDownloadRow, skein_download_row, GTK_TYPE_BOX)

static GtkButton *
get_button (SkeinDownloadRow *self,
            guint             place)
{
  return place == 0 ? self->first_button : self->second_button;
}

static void
set_css_class (GtkWidget  *widget,
               const char *name,
               gboolean    set)
{
  if (set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
update_spoken_names (SkeinDownloadRow *self)
{
  const char *name = skein_download_get_name (self->download);
  SkeinDownloadState state = skein_download_get_state (self->download);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  for (guint place = 0; place < 2; place++)
    {
      SkeinCommand command;
      g_autofree char *spoken = NULL;

      if (!skein_command_for_row (state, place, &command))
        continue;

      spoken = skein_command_dup_spoken (command, name);
      gtk_accessible_update_property (GTK_ACCESSIBLE (get_button (self, place)),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                      -1);
    }
}

static void
update_name (SkeinDownloadRow *self)
{
  const char *name = skein_download_get_name (self->download);
  g_autoptr(GIcon) icon = skein_file_kind_dup_icon (name);

  gtk_label_set_label (self->name, name);
  gtk_image_set_from_gicon (self->icon, icon);
  update_spoken_names (self);
}

static void
update_host (SkeinDownloadRow *self)
{
  gtk_label_set_label (self->host, skein_download_get_host (self->download));
}

static void
update_facts (SkeinDownloadRow *self)
{
  gtk_label_set_label (self->facts, skein_download_get_facts (self->download));
}

static void
update_spoken_progress (SkeinDownloadRow *self,
                        gboolean          at_once)
{
  int percent = (int) (skein_download_get_fraction (self->download) * 100);
  gint64 now = g_get_monotonic_time ();
  g_autofree char *text = NULL;

  if (!at_once && (percent == self->spoken_percent || now - self->spoken_at < SPOKEN_INTERVAL))
    return;

  self->spoken_percent = percent;
  self->spoken_at = now;

  if (skein_download_get_state (self->download) == SKEIN_DOWNLOAD_RUNNING)
    text = skein_describe_progress (self->download);
  else
    text = g_strdup (skein_download_get_facts (self->download));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text,
                                  -1);
}

/* A size that is not known, and a download on the window's own thread, get a full bar with stripes that do not
 * move: a moving one would never let the window sleep, and would stop half-way in a freeze. */
static void
update_bar (SkeinDownloadRow *self)
{
  SkeinDownloadState state = skein_download_get_state (self->download);
  gboolean unknown = skein_download_get_total (self->download) < 0
                     && skein_download_get_received (self->download) > 0
                     && state != SKEIN_DOWNLOAD_FINISHED
                     && state != SKEIN_DOWNLOAD_WAITING;
  gboolean striped = unknown || skein_download_get_frozen (self->download);
  double fraction = skein_download_get_fraction (self->download);

  /* What is downloaded once more has not begun, whatever came in the last time. */
  if (state == SKEIN_DOWNLOAD_WAITING)
    fraction = 0.0;
  else if (striped || state == SKEIN_DOWNLOAD_FINISHED)
    fraction = 1.0;

  set_css_class (GTK_WIDGET (self->bar), "striped", striped);
  if (fabs (fraction - gtk_progress_bar_get_fraction (self->bar)) >= FRACTION_STEP
      || fraction <= 0.0 || fraction >= 1.0)
    gtk_progress_bar_set_fraction (self->bar, fraction);

  update_spoken_progress (self, FALSE);
}

static void
update_button (SkeinDownloadRow   *self,
               guint               place,
               SkeinDownloadState  state)
{
  GtkButton *button = get_button (self, place);
  SkeinCommand command;

  if (!skein_command_for_row (state, place, &command))
    {
      gtk_widget_set_visible (GTK_WIDGET (button), FALSE);
      return;
    }

  gtk_button_set_icon_name (button, skein_command_get_icon (command));
  gtk_widget_set_visible (GTK_WIDGET (button), TRUE);
}

static void
update_state (SkeinDownloadRow *self)
{
  SkeinDownloadState state = skein_download_get_state (self->download);
  gboolean failed = state == SKEIN_DOWNLOAD_FAILED;
  gboolean stuck = state == SKEIN_DOWNLOAD_PAUSED && skein_download_get_error (self->download) != NULL;

  for (guint place = 0; place < 2; place++)
    update_button (self, place, state);
  update_spoken_names (self);

  /* Facts that change all the time must not change the height of the row. */
  gtk_label_set_lines (self->facts, failed || stuck ? 2 : 1);
  set_css_class (GTK_WIDGET (self->facts), "error", failed);
  set_css_class (GTK_WIDGET (self->facts), "warning", stuck);
  set_css_class (GTK_WIDGET (self->facts), "dim-label", !failed && !stuck);
  set_css_class (GTK_WIDGET (self), "failed", failed);
  set_css_class (GTK_WIDGET (self), "finished", state == SKEIN_DOWNLOAD_FINISHED);
  set_css_class (GTK_WIDGET (self), "resting",
                 (state == SKEIN_DOWNLOAD_PAUSED && !stuck) || state == SKEIN_DOWNLOAD_CANCELLED);

  update_facts (self);
  update_bar (self);
  update_spoken_progress (self, TRUE);
}

static void
update_all (SkeinDownloadRow *self)
{
  update_name (self);
  update_host (self);
  update_state (self);
}

static void
button_clicked_cb (GtkButton        *button,
                   SkeinDownloadRow *self)
{
  guint place = button == self->first_button ? 0 : 1;
  SkeinCommand command;

  if (self->download == NULL)
    return;

  if (skein_command_for_row (skein_download_get_state (self->download), place, &command))
    g_signal_emit (self, signals[SIGNAL_COMMAND], 0, (int) command);
}

/* Asked for, and not set with each change: setting one asks the display where the pointer is, and waits for the
 * answer. With thousands of small files that was half of all the time that the window was busy. */
static gboolean
query_tooltip_cb (GtkWidget        *part,
                  int               x,
                  int               y,
                  gboolean          keyboard_mode,
                  GtkTooltip       *tooltip,
                  SkeinDownloadRow *self)
{
  const char *text = skein_download_row_get_tooltip (self, part);

  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

static void
skein_download_row_dispose (GObject *object)
{
  SkeinDownloadRow *self = SKEIN_DOWNLOAD_ROW (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->download);
  g_clear_pointer (&self->reason, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), SKEIN_TYPE_DOWNLOAD_ROW);

  G_OBJECT_CLASS (skein_download_row_parent_class)->dispose (object);
}

static void
skein_download_row_class_init (SkeinDownloadRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = skein_download_row_dispose;

  signals[SIGNAL_COMMAND] =
    g_signal_new ("command",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_INT);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/skein/Skein/skein-download-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SkeinDownloadRow, icon);
  gtk_widget_class_bind_template_child (widget_class, SkeinDownloadRow, name);
  gtk_widget_class_bind_template_child (widget_class, SkeinDownloadRow, host);
  gtk_widget_class_bind_template_child (widget_class, SkeinDownloadRow, bar);
  gtk_widget_class_bind_template_child (widget_class, SkeinDownloadRow, facts);
  gtk_widget_class_bind_template_child (widget_class, SkeinDownloadRow, first_button);
  gtk_widget_class_bind_template_child (widget_class, SkeinDownloadRow, second_button);
  gtk_widget_class_bind_template_callback (widget_class, button_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, query_tooltip_cb);
}

static void
skein_download_row_init (SkeinDownloadRow *self)
{
  static const struct
  {
    const char *signal;
    void      (*update) (SkeinDownloadRow *self);
  } updates[] = {
    { "notify::name", update_name },
    { "notify::host", update_host },
    { "notify::address", update_host },
    { "notify::state", update_state },
    { "notify::facts", update_facts },
    { "notify::received", update_bar },
    { "notify::fraction", update_bar },
    { "notify::total", update_bar },
    { "notify::frozen", update_bar },
  };

  gtk_widget_init_template (GTK_WIDGET (self));

  self->signals = g_signal_group_new (SKEIN_TYPE_DOWNLOAD);
  for (gsize i = 0; i < G_N_ELEMENTS (updates); i++)
    g_signal_group_connect_swapped (self->signals, updates[i].signal,
                                    G_CALLBACK (updates[i].update), self);
}

GtkWidget *
skein_download_row_new (void)
{
  return g_object_new (SKEIN_TYPE_DOWNLOAD_ROW, NULL);
}

void
skein_download_row_set_download (SkeinDownloadRow *self,
                                 SkeinDownload    *download)
{
  g_return_if_fail (SKEIN_IS_DOWNLOAD_ROW (self));
  g_return_if_fail (download == NULL || SKEIN_IS_DOWNLOAD (download));

  if (!g_set_object (&self->download, download))
    return;

  g_signal_group_set_target (self->signals, download);
  if (download != NULL)
    update_all (self);
}

SkeinDownload *
skein_download_row_get_download (SkeinDownloadRow *self)
{
  g_return_val_if_fail (SKEIN_IS_DOWNLOAD_ROW (self), NULL);

  return self->download;
}

/* What the line of facts has no room for. */
static const char *
get_facts_tooltip (SkeinDownloadRow *self)
{
  SkeinDownloadState state = skein_download_get_state (self->download);
  const GError *error = skein_download_get_error (self->download);

  if (state == SKEIN_DOWNLOAD_DELAYED && error != NULL)
    {
      g_free (self->reason);
      self->reason = skein_describe_error (error, skein_download_get_host (self->download));
      return self->reason;
    }
  if (state == SKEIN_DOWNLOAD_FAILED || (state == SKEIN_DOWNLOAD_PAUSED && error != NULL))
    return skein_download_get_facts (self->download);

  return NULL;
}

static const char *
get_button_tooltip (SkeinDownloadRow *self,
                    guint             place)
{
  SkeinCommand command;

  if (!skein_command_for_row (skein_download_get_state (self->download), place, &command))
    return NULL;

  return skein_command_get_label (command);
}

const char *
skein_download_row_get_tooltip (SkeinDownloadRow *self,
                                GtkWidget        *part)
{
  g_return_val_if_fail (SKEIN_IS_DOWNLOAD_ROW (self), NULL);
  g_return_val_if_fail (GTK_IS_WIDGET (part), NULL);

  if (self->download == NULL)
    return NULL;
  if (part == GTK_WIDGET (self->name))
    return skein_download_get_name (self->download);
  if (part == GTK_WIDGET (self->host))
    return skein_download_get_address (self->download);
  if (part == GTK_WIDGET (self->first_button))
    return get_button_tooltip (self, 0);
  if (part == GTK_WIDGET (self->second_button))
    return get_button_tooltip (self, 1);

  return get_facts_tooltip (self);
}
