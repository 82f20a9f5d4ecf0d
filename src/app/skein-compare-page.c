/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-compare-page.h"

#include <glib/gi18n-lib.h>

#include "skein-compare-freeze.h"
#include "skein-compare-results.h"
#include "skein-comparison.h"
#include "skein-describe.h"
#include "skein-find-program.h"
#include "skein-freeze-dialog.h"

#define PICTURE_DELAY 300
#define MAP_SIDE      256
#define MAP_HOURS     2000
#define ADDITIONS     G_GUINT64_CONSTANT (10000000)

typedef enum
{
  WORK_PICTURES,
  WORK_WEATHER,
  WORK_COUNTER,
  WORK_TINY,
} Work;

struct _SkeinComparePage
{
  AdwBin              parent_instance;

  AdwComboRow        *work;
  GtkSpinButton      *tasks;
  GtkAdjustment      *tasks_adjustment;
  GtkSpinButton      *workers;
  GtkButton          *run;
  GtkLabel           *status;
  AdwBin             *results;

  SkeinServices      *services;
  char               *worker;      /* the program for child processes; NULL: not found, so without that way */
  GtkWindow          *dialog;
  GCancellable       *cancellable; /* NULL unless a comparison runs, or waits for the practice server */
  SkeinWorkload      *workload;    /* NULL unless it runs */
  SkeinCompareFreeze *freeze;      /* of the run without threads */
  guint               freezes;
};

enum
{
  FREEZE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SkeinComparePage, skein_compare_page, ADW_TYPE_BIN)

static void
update_warning (SkeinComparePage *self)
{
  guint n = (guint) gtk_spin_button_get_value_as_int (self->tasks);
  g_autofree char *text = NULL;

  if (self->cancellable != NULL)
    return;

  text = adw_combo_row_get_selected (self->work) == WORK_PICTURES
         ? g_strdup_printf (ngettext ("Without threads, this freezes the window %u time, for about 0.4 s.",
                                      "Without threads, this freezes the window %u times, for about 0.4 s each.", n), n)
         : g_strdup (_("Without threads, this freezes the window until each task ends."));
  gtk_label_set_label (self->status, text);
}

static void
work_changed_cb (SkeinComparePage *self)
{
  const struct { guint usual; guint most; const char *about; } works[] = {
    [WORK_PICTURES] = { 12, 48, _("Downloads from the practice server on this computer: nearly all of it is waiting") },
    [WORK_WEATHER] = { 4, 64, _("Heat that spreads over maps: all of it is computing") },
    [WORK_COUNTER] = { 2, 64, _("All add to the same counter, without care for each other") },
    [WORK_TINY] = { 200, 2000, _("Next to no work: what starting and switching cost") },
  };
  guint selected = MIN (adw_combo_row_get_selected (self->work), WORK_TINY);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->work), works[selected].about);
  gtk_adjustment_set_upper (self->tasks_adjustment, works[selected].most);
  gtk_adjustment_set_value (self->tasks_adjustment, works[selected].usual);
  update_warning (self);
}

static void
set_running (SkeinComparePage *self,
             gboolean          running)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->work), !running);
  gtk_widget_set_sensitive (GTK_WIDGET (self->tasks), !running);
  gtk_widget_set_sensitive (GTK_WIDGET (self->workers), !running);
  /* Its colour stays: the frame before a freeze would show it halfway to another one. */
  gtk_button_set_label (self->run, running ? _("_Stop") : _("_Run"));
}

/* Also where it never began. */
static void
end (SkeinComparePage *self,
     const char       *text)
{
  g_signal_emit (self, signals[FREEZE], 0, NULL);
  g_signal_handlers_disconnect_by_data (self->services->practice, self);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->freeze, skein_compare_freeze_free);
  g_clear_pointer (&self->workload, skein_workload_free);
  set_running (self, FALSE);
  if (text != NULL)
    gtk_label_set_label (self->status, text);
  else
    update_warning (self);
}

static void
compared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (SkeinComparePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = skein_comparison_run_finish (result, &error);

  /* The window went meanwhile. */
  if (self->services == NULL)
    {
      g_clear_pointer (&self->freeze, skein_compare_freeze_free);
      g_clear_pointer (&self->workload, skein_workload_free);
      return;
    }

  if (runs != NULL)
    adw_bin_set_child (self->results, skein_compare_results_new (runs, self->workload));
  end (self, runs == NULL ? _("Stopped.") : NULL);
}

static void
freezes_cb (const char *name,
            gpointer    user_data)
{
  SkeinComparePage *self = user_data;
  guint total = skein_workload_get_n_tasks (self->workload);
  g_autofree char *text = NULL;

  self->freezes++;
  text = g_strdup_printf (_("Frozen on purpose. Running %s on the window’s thread (%u of %u)."), name, self->freezes,
                          total);
  g_signal_emit (self, signals[FREEZE], 0, text);
}

static void
made_runner_cb (SkeinWay     way,
                SkeinRunner *runner,
                gpointer     user_data)
{
  SkeinComparePage *self = user_data;
  gint64 longest = g_settings_get_int (self->services->settings, "longest-freeze") * G_TIME_SPAN_SECOND;

  g_clear_pointer (&self->freeze, skein_compare_freeze_free);
  self->freezes = 0;
  if (way == SKEIN_WAY_BLOCKING)
    {
      gtk_label_set_label (self->status, _("Running without threads. Stop takes effect between two tasks."));
      self->freeze = skein_compare_freeze_new (GTK_WIDGET (self), runner, longest, freezes_cb, self);
      return;
    }

  g_signal_emit (self, signals[FREEZE], 0, NULL);
  if (way == SKEIN_WAY_THREADS)
    gtk_label_set_label (self->status, _("Running on threads."));
  else if (way == SKEIN_WAY_ONE_LOCK)
    gtk_label_set_label (self->status, _("Running on threads behind one lock."));
  else
    gtk_label_set_label (self->status, _("Running in processes."));
}

static void
begin (SkeinComparePage *self,
       SkeinWorkload    *workload)
{
  const SkeinComparisonOptions options = {
    .ways = { SKEIN_WAY_BLOCKING, SKEIN_WAY_THREADS, SKEIN_WAY_ONE_LOCK, SKEIN_WAY_PROCESSES },
    .n_ways = self->worker != NULL ? 4 : 3,
    .worker = self->worker,
    .workers = (guint) gtk_spin_button_get_value_as_int (self->workers),
    .repeats = 1,
    .made_runner = made_runner_cb,
    .user_data = self,
  };

  self->workload = workload;
  skein_comparison_run_async (workload, &options, self->cancellable, compared_cb, g_object_ref (self));
}

static void
try_pictures (SkeinComparePage *self)
{
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_free);
  SkeinPracticeLink *practice = self->services->practice;
  guint n = (guint) gtk_spin_button_get_value_as_int (self->tasks);

  if (skein_practice_link_get_error (practice) != NULL)
    {
      end (self, _("The practice server could not be started."));
      return;
    }

  for (guint i = 1; i <= n; i++)
    {
      char *address = skein_practice_link_dup_picture (practice, i, PICTURE_DELAY, 0);

      if (address == NULL)
        return;
      g_ptr_array_add (addresses, address);
    }

  g_signal_handlers_disconnect_by_data (practice, self);
  begin (self, skein_workload_new_pictures (addresses));
}

static void
start (SkeinComparePage *self)
{
  guint n = (guint) gtk_spin_button_get_value_as_int (self->tasks);

  self->cancellable = g_cancellable_new ();
  adw_bin_set_child (self->results, NULL);
  set_running (self, TRUE);
  switch ((Work) adw_combo_row_get_selected (self->work))
    {
    case WORK_WEATHER:
      begin (self, skein_workload_new_weather (n, MAP_SIDE, MAP_HOURS));
      break;
    case WORK_COUNTER:
      begin (self, skein_workload_new_counter (n, ADDITIONS, SKEIN_CARE_NONE));
      break;
    case WORK_TINY:
      begin (self, skein_workload_new_tiny (n));
      break;
    case WORK_PICTURES:
    default:
      gtk_label_set_label (self->status, _("Starting the practice server."));
      g_signal_connect_swapped (self->services->practice, "changed", G_CALLBACK (try_pictures), self);
      try_pictures (self);
    }
}

static void
answered_cb (gboolean accepted,
             gpointer user_data)
{
  SkeinComparePage *self = user_data;

  /* It closes itself. */
  self->dialog = NULL;
  if (accepted)
    start (self);
}

static void
stop (SkeinComparePage *self)
{
  g_cancellable_cancel (self->cancellable);
  /* It was still waiting for the practice server. */
  if (self->workload == NULL)
    end (self, _("Stopped."));
}

void
skein_compare_page_run (SkeinComparePage *self)
{
  g_return_if_fail (SKEIN_IS_COMPARE_PAGE (self));

  if (self->cancellable != NULL)
    stop (self);
  else if (self->dialog != NULL)
    gtk_window_present (self->dialog);
  else if (g_settings_get_boolean (self->services->settings, "explain-freeze"))
    self->dialog = skein_freeze_dialog_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                                self->services->settings, answered_cb, self);
  else
    start (self);
}

void
skein_compare_page_set_services (SkeinComparePage *self,
                                 SkeinServices    *services)
{
  g_return_if_fail (SKEIN_IS_COMPARE_PAGE (self));

  self->services = skein_services_ref (services);
  self->worker = skein_find_program ("skein-get");
}

static void
skein_compare_page_dispose (GObject *object)
{
  SkeinComparePage *self = SKEIN_COMPARE_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  if (self->services != NULL)
    g_signal_handlers_disconnect_by_data (self->services->practice, self);
  g_clear_pointer (&self->dialog, gtk_window_destroy);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->services, skein_services_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), SKEIN_TYPE_COMPARE_PAGE);

  G_OBJECT_CLASS (skein_compare_page_parent_class)->dispose (object);
}

static void
skein_compare_page_finalize (GObject *object)
{
  g_free (SKEIN_COMPARE_PAGE (object)->worker);

  G_OBJECT_CLASS (skein_compare_page_parent_class)->finalize (object);
}

static void
skein_compare_page_class_init (SkeinComparePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = skein_compare_page_dispose;
  object_class->finalize = skein_compare_page_finalize;

  signals[FREEZE] = g_signal_new ("freeze", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/skein/Skein/skein-compare-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SkeinComparePage, work);
  gtk_widget_class_bind_template_child (widget_class, SkeinComparePage, tasks);
  gtk_widget_class_bind_template_child (widget_class, SkeinComparePage, tasks_adjustment);
  gtk_widget_class_bind_template_child (widget_class, SkeinComparePage, workers);
  gtk_widget_class_bind_template_child (widget_class, SkeinComparePage, run);
  gtk_widget_class_bind_template_child (widget_class, SkeinComparePage, status);
  gtk_widget_class_bind_template_child (widget_class, SkeinComparePage, results);
  gtk_widget_class_bind_template_callback (widget_class, work_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_warning);
  gtk_widget_class_bind_template_callback (widget_class, skein_compare_page_run);
}

static void
skein_compare_page_init (SkeinComparePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  work_changed_cb (self);
}
