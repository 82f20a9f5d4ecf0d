/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-window.h"

#include <glib/gi18n-lib.h>

#include "skein-window-private.h"

static guint
count_running (SkeinWindow *self)
{
  return skein_manager_get_n_running (self->services->manager)
         + skein_manager_get_n_waiting (self->services->manager)
         + skein_manager_get_n_delayed (self->services->manager);
}

static void
stop (SkeinWindow *self)
{
  g_signal_emit_by_name (self, "stop");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* A window that nobody sees cannot say that it is frozen. */
static void
keep_downloading (SkeinWindow *self)
{
  skein_freeze_set_active (self->freeze, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             SkeinWindow      *self)
{
  GtkWidget *remember = adw_message_dialog_get_extra_child (dialog);

  if (g_str_equal (response, "cancel"))
    return;

  if (gtk_check_button_get_active (GTK_CHECK_BUTTON (remember)))
    g_settings_set_string (self->services->settings, "on-close", response);

  /* All may have ended while the question stood there: then nothing would go on but an empty program. */
  if (g_str_equal (response, "keep") && count_running (self) > 0)
    keep_downloading (self);
  else
    stop (self);
}

static void
ask (SkeinWindow *self)
{
  guint running = count_running (self);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Keep Downloading?"), NULL);

  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  ngettext ("%u download has not finished. It can go on in the background.",
                                            "%u downloads have not finished. They can go on in the background.",
                                            running),
                                  running);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Cancel"),
                                    "stop", _("_Stop"),
                                    "keep", _("_Keep Downloading"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "stop",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "keep",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog),
                                      gtk_check_button_new_with_mnemonic (_("_Remember")));
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));

  /* Else Enter would tick the box and not answer. */
  gtk_widget_grab_focus (gtk_window_get_default_widget (GTK_WINDOW (dialog)));
}

gboolean
skein_window_close_request (GtkWindow *window)
{
  SkeinWindow *self = SKEIN_WINDOW (window);
  g_autofree char *on_close = g_settings_get_string (self->services->settings, "on-close");

  if (count_running (self) == 0 || g_str_equal (on_close, "stop"))
    stop (self);
  else if (g_str_equal (on_close, "keep"))
    keep_downloading (self);
  else
    ask (self);

  return GDK_EVENT_STOP;
}

void
skein_window_ask_stop (SkeinWindow *self)
{
  g_autofree char *on_close = NULL;

  g_return_if_fail (SKEIN_IS_WINDOW (self));

  on_close = g_settings_get_string (self->services->settings, "on-close");
  if (count_running (self) == 0 || !g_str_equal (on_close, "ask"))
    {
      stop (self);
      return;
    }

  gtk_window_present (GTK_WINDOW (self));
  ask (self);
}
