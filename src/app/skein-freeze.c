/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-freeze.h"

#include <glib/gi18n-lib.h>

#include "skein-blocking-runner.h"
#include "skein-click-count.h"
#include "skein-frame-wait.h"
#include "skein-freeze-dialog.h"
#include "skein-freeze-texts.h"
#include "skein-unfinished-saver.h"
#include "skein-wayland-guard.h"

/* A task that was cancelled before it could block anything. */
#define TOO_SHORT_TO_TELL (10 * G_TIME_SPAN_MILLISECOND)

typedef enum
{
  STAGE_OFF,
  STAGE_ASKING,
  STAGE_SAVING,
  STAGE_ON,
} SkeinFreezeStage;

struct _SkeinFreeze
{
  GObject               parent_instance;

  GtkWindow            *window;
  SkeinManager         *manager;
  SkeinRunner          *threads;
  SkeinRunner          *blocking;
  GSettings            *settings;
  SkeinHeartbeat       *heartbeat;
  SkeinClickCount      *clicks;
  SkeinUnfinishedSaver *saver;

  SkeinFreezeStage      stage;
  GtkWindow            *dialog;
  char                 *message;

  char                 *next;       /* the download that is about to block, or blocks */
  SkeinFrameWait       *before;
  SkeinFrameWait       *after;
  SkeinWaylandGuard    *guard;
  int                   longest;    /* seconds */
  guint                 done;       /* freezes since the box was ticked or the batch began */
  gint64                begin;
  gint64                duration;
  guint                 workers;
  guint64               received;
  gint64                frozen_in_batch;
};

enum
{
  PROP_ACTIVE = 1,
  PROP_MESSAGE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  NOTHING_WAITING,
  THAWED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SkeinFreeze, skein_freeze, G_TYPE_OBJECT)

static void
set_message (SkeinFreeze *self,
             char        *message)
{
  if (g_strcmp0 (message, self->message) == 0)
    {
      g_free (message);
      return;
    }
  g_free (self->message);
  self->message = message;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
}

static void
set_stage (SkeinFreeze      *self,
           SkeinFreezeStage  stage)
{
  gboolean was_active = self->stage != STAGE_OFF;

  self->stage = stage;
  if (was_active != (stage != STAGE_OFF))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

/* Everything goes on with threads. */
static void
turn_off (SkeinFreeze *self)
{
  gboolean was_on = self->stage == STAGE_ON;

  g_clear_pointer (&self->before, skein_frame_wait_cancel);
  if (self->next != NULL)
    set_message (self, NULL);
  g_clear_pointer (&self->next, g_free);
  if (self->dialog != NULL)
    gtk_window_destroy (g_steal_pointer (&self->dialog));
  set_stage (self, STAGE_OFF);
  if (!was_on)
    return;
  skein_manager_set_runner (self->manager, self->threads);
  skein_blocking_runner_preempt (SKEIN_BLOCKING_RUNNER (self->blocking));
}

static void
turn_on (SkeinFreeze *self)
{
  gboolean nothing = skein_manager_get_n_waiting (self->manager) == 0;

  self->done = 0;
  set_stage (self, STAGE_ON);
  skein_manager_set_runner (self->manager, self->blocking);
  if (nothing)
    g_signal_emit (self, signals[NOTHING_WAITING], 0);
}

static void
give_up (SkeinFreeze *self)
{
  turn_off (self);
  set_message (self, g_strdup (_("The list could not be saved first, so the window was not frozen.")));
}

static void
painted_cb (gboolean painted,
            gpointer user_data)
{
  g_autoptr (SkeinFreeze) self = g_object_ref (user_data);

  self->before = NULL;
  skein_blocking_runner_proceed (SKEIN_BLOCKING_RUNNER (self->blocking));
}

static void
announce (SkeinFreeze *self)
{
  guint total = self->done + 1 + skein_manager_get_n_waiting (self->manager);

  self->longest = g_settings_get_int (self->settings, "longest-freeze");
  skein_blocking_runner_set_longest (SKEIN_BLOCKING_RUNNER (self->blocking),
                                     self->longest * G_TIME_SPAN_SECOND);
  set_message (self, skein_freeze_text_before (self->next, self->done + 1, total, self->longest));
  g_clear_pointer (&self->before, skein_frame_wait_cancel);
  self->before = skein_frame_wait_start (GTK_WIDGET (self->window), painted_cb, self);
}

static void
prepare_cb (SkeinBlockingRunner *runner,
            const char          *name,
            gpointer             user_data)
{
  SkeinFreeze *self = user_data;

  g_free (self->next);
  self->next = g_strdup (name);
  if (skein_unfinished_saver_is_current (self->saver))
    announce (self);
  else
    skein_unfinished_saver_save (self->saver);
}

static void
saved_cb (gboolean good,
          gpointer user_data)
{
  SkeinFreeze *self = user_data;

  if (!good && (self->stage == STAGE_SAVING || self->next != NULL))
    give_up (self);
  else if (self->stage == STAGE_SAVING)
    turn_on (self);
  else if (self->next != NULL && self->before == NULL)
    announce (self);
}

static void
answered_cb (gboolean accepted,
             gpointer user_data)
{
  SkeinFreeze *self = user_data;

  /* It closes itself. */
  self->dialog = NULL;
  if (!accepted)
    {
      turn_off (self);
      return;
    }
  set_stage (self, STAGE_SAVING);
  skein_unfinished_saver_save (self->saver);
}

static void
frozen_cb (SkeinFreeze *self)
{
  guint running = skein_manager_get_n_running (self->manager);

  g_clear_pointer (&self->after, skein_frame_wait_cancel);
  self->guard = skein_wayland_guard_start (gtk_widget_get_display (GTK_WIDGET (self->window)));
  self->workers = running > 0 ? running - 1 : 0;
  self->received = skein_manager_get_received_on_threads (self->manager);
  self->begin = g_get_monotonic_time ();
}

static void
settled_cb (gboolean painted,
            gpointer user_data)
{
  SkeinFreeze *self = user_data;
  guint clicks = skein_click_count_end (self->clicks);

  self->after = NULL;
  if (self->next == NULL)
    set_message (self, skein_freeze_text_after (self->duration, clicks, self->workers, self->received));
}

static void
stop_freezing (SkeinFreeze *self,
               const char  *name)
{
  guint others = skein_manager_get_n_waiting (self->manager);

  turn_off (self);
  set_message (self, skein_freeze_text_stopped (self->longest, name, others));
}

static void
thawed_cb (SkeinFreeze *self,
           gint64       microseconds,
           gboolean     preempted)
{
  g_autofree char *name = g_steal_pointer (&self->next);
  gint64 end = g_get_monotonic_time ();

  skein_wayland_guard_stop (g_steal_pointer (&self->guard));
  self->duration = end - self->begin;
  self->frozen_in_batch += self->duration;
  self->received = skein_manager_get_received_on_threads (self->manager) - self->received;
  skein_heartbeat_note_freeze (self->heartbeat, self->begin, end);
  if (preempted)
    {
      stop_freezing (self, name);
    }
  else
    {
      self->done++;
      if (self->duration < TOO_SHORT_TO_TELL)
        {
          set_message (self, NULL);
        }
      else
        {
          skein_click_count_begin (self->clicks);
          self->after = skein_frame_wait_start (GTK_WIDGET (self->window), settled_cb, self);
        }
    }
  g_signal_emit (self, signals[THAWED], 0, self->duration);
}

static void
manager_active_cb (SkeinFreeze *self)
{
  gboolean active;

  g_object_get (self->manager, "active", &active, NULL);
  skein_heartbeat_set_active (self->heartbeat, active);

  /* What was said about the freezes of other downloads is no news any more. */
  if (active && self->stage == STAGE_OFF)
    set_message (self, NULL);
}

static void
batch_ended_cb (SkeinFreeze *self)
{
  self->done = 0;
}

SkeinFreeze *
skein_freeze_new (GtkWindow      *window,
                  SkeinManager   *manager,
                  SkeinRunner    *threads,
                  SkeinHostTable *hosts,
                  GSettings      *settings)
{
  SkeinFreeze *self;

  g_return_val_if_fail (GTK_IS_WINDOW (window), NULL);
  g_return_val_if_fail (SKEIN_IS_MANAGER (manager), NULL);
  g_return_val_if_fail (SKEIN_IS_RUNNER (threads), NULL);
  g_return_val_if_fail (hosts != NULL, NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (SKEIN_TYPE_FREEZE, NULL);
  self->window = window;
  self->manager = g_object_ref (manager);
  self->threads = g_object_ref (threads);
  self->settings = g_object_ref (settings);
  self->clicks = skein_click_count_new (GTK_WIDGET (window));
  self->saver = skein_unfinished_saver_new (manager, saved_cb, self);
  self->blocking = skein_blocking_runner_new (hosts);
  skein_blocking_runner_set_prepare (SKEIN_BLOCKING_RUNNER (self->blocking), prepare_cb, self);
  g_signal_connect_swapped (self->blocking, "frozen", G_CALLBACK (frozen_cb), self);
  g_signal_connect_swapped (self->blocking, "thawed", G_CALLBACK (thawed_cb), self);
  g_signal_connect_swapped (manager, "notify::active", G_CALLBACK (manager_active_cb), self);
  g_signal_connect_swapped (manager, "batch-ended", G_CALLBACK (batch_ended_cb), self);
  manager_active_cb (self);
  return self;
}

void
skein_freeze_set_active (SkeinFreeze *self,
                         gboolean     active)
{
  g_return_if_fail (SKEIN_IS_FREEZE (self));

  if (active == (self->stage != STAGE_OFF))
    return;
  if (!active)
    {
      turn_off (self);
    }
  else if (g_settings_get_boolean (self->settings, "explain-freeze"))
    {
      set_stage (self, STAGE_ASKING);
      self->dialog = skein_freeze_dialog_present (self->window, self->settings, answered_cb, self);
    }
  else
    {
      set_stage (self, STAGE_SAVING);
      skein_unfinished_saver_save (self->saver);
    }
}

gboolean
skein_freeze_get_active (SkeinFreeze *self)
{
  g_return_val_if_fail (SKEIN_IS_FREEZE (self), FALSE);

  return self->stage != STAGE_OFF;
}

const char *
skein_freeze_get_message (SkeinFreeze *self)
{
  g_return_val_if_fail (SKEIN_IS_FREEZE (self), NULL);

  return self->message;
}

void
skein_freeze_dismiss_message (SkeinFreeze *self)
{
  g_return_if_fail (SKEIN_IS_FREEZE (self));

  set_message (self, NULL);
}

SkeinHeartbeat *
skein_freeze_get_heartbeat (SkeinFreeze *self)
{
  g_return_val_if_fail (SKEIN_IS_FREEZE (self), NULL);

  return self->heartbeat;
}

gint64
skein_freeze_get_frozen_in_batch (SkeinFreeze *self)
{
  g_return_val_if_fail (SKEIN_IS_FREEZE (self), 0);

  return self->frozen_in_batch;
}

void
skein_freeze_reset_batch (SkeinFreeze *self)
{
  g_return_if_fail (SKEIN_IS_FREEZE (self));

  self->frozen_in_batch = 0;
}

static void
skein_freeze_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  SkeinFreeze *self = SKEIN_FREEZE (object);

  switch (prop_id)
    {
    case PROP_ACTIVE:
      g_value_set_boolean (value, skein_freeze_get_active (self));
      break;

    case PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
skein_freeze_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_ACTIVE:
      skein_freeze_set_active (SKEIN_FREEZE (object), g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
skein_freeze_dispose (GObject *object)
{
  SkeinFreeze *self = SKEIN_FREEZE (object);

  if (self->manager != NULL)
    {
      turn_off (self);
      g_signal_handlers_disconnect_by_data (self->manager, self);
    }
  if (self->blocking != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->blocking, self);
      skein_blocking_runner_set_prepare (SKEIN_BLOCKING_RUNNER (self->blocking), NULL, NULL);
      skein_runner_shutdown (self->blocking);
    }
  g_clear_pointer (&self->after, skein_frame_wait_cancel);
  g_clear_pointer (&self->clicks, skein_click_count_free);
  skein_heartbeat_set_active (self->heartbeat, FALSE);
  if (self->saver != NULL)
    skein_unfinished_saver_disconnect (self->saver);
  g_clear_object (&self->saver);
  g_clear_object (&self->blocking);
  g_clear_object (&self->threads);
  g_clear_object (&self->manager);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (skein_freeze_parent_class)->dispose (object);
}

static void
skein_freeze_finalize (GObject *object)
{
  SkeinFreeze *self = SKEIN_FREEZE (object);

  g_object_unref (self->heartbeat);
  g_free (self->message);

  G_OBJECT_CLASS (skein_freeze_parent_class)->finalize (object);
}

static void
skein_freeze_class_init (SkeinFreezeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = skein_freeze_get_property;
  object_class->set_property = skein_freeze_set_property;
  object_class->dispose = skein_freeze_dispose;
  object_class->finalize = skein_freeze_finalize;

  properties[PROP_ACTIVE] =
    g_param_spec_boolean ("active", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_MESSAGE] =
    g_param_spec_string ("message", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[NOTHING_WAITING] =
    g_signal_new ("nothing-waiting", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[THAWED] =
    g_signal_new ("thawed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
skein_freeze_init (SkeinFreeze *self)
{
  self->heartbeat = skein_heartbeat_new ();
}
