/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-freeze-dialog.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define RESPONSE_CANCEL "cancel"
#define RESPONSE_FREEZE "freeze"

/* In seconds, in the order of the choice; 0 is no limit. */
static const int longest_choices[] = { 4, 20, 0 };

/* The desktop says "not responding" after 5 s. */
#define LONGEST_UNNOTICED 5

typedef struct
{
  AdwMessageDialog      *dialog;
  GtkWidget             *choice;
  GSettings             *settings;
  SkeinFreezeDialogFunc  func;
  gpointer               user_data;
} SkeinFreezeDialog;

static int
get_longest (SkeinFreezeDialog *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->choice));

  return longest_choices[MIN (selected, G_N_ELEMENTS (longest_choices) - 1)];
}

static guint
find_choice (int longest)
{
  for (guint i = 0; i < G_N_ELEMENTS (longest_choices); i++)
    {
      if (longest_choices[i] == longest)
        return i;
    }
  return 0;
}

static void
update_body (SkeinFreezeDialog *self)
{
  const char *always = _("Without threads, the window stops until each file ends. Clicks are kept and take "
                         "effect afterwards.");
  const char *noticed = _("If the desktop says that Skein is not responding, choose Wait.");
  int longest = get_longest (self);
  g_autofree char *body = NULL;

  if (gtk_widget_in_destruction (GTK_WIDGET (self->dialog)))
    return;
  if (longest > 0 && longest < LONGEST_UNNOTICED)
    body = g_strdup (always);
  else
    body = g_strconcat (always, " ", noticed, NULL);
  adw_message_dialog_set_body (self->dialog, body);
}

static void
response_cb (SkeinFreezeDialog *self,
             const char        *response)
{
  gboolean accepted = g_str_equal (response, RESPONSE_FREEZE);
  SkeinFreezeDialogFunc func = self->func;

  if (accepted)
    {
      g_settings_set_int (self->settings, "longest-freeze", get_longest (self));
      g_settings_set_boolean (self->settings, "explain-freeze", FALSE);
    }
  self->func = NULL;
  if (func != NULL)
    func (accepted, self->user_data);
}

static void
skein_freeze_dialog_free (gpointer data)
{
  SkeinFreezeDialog *self = data;

  g_object_unref (self->settings);
  g_free (self);
}

static GtkWidget *
make_choice (SkeinFreezeDialog *self)
{
  const char *choices[] = { _("4\u00a0s"), _("20\u00a0s"), _("Until each file ends"), NULL };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new_with_mnemonic (_("Freeze at _most:"));

  G_STATIC_ASSERT (G_N_ELEMENTS (choices) == G_N_ELEMENTS (longest_choices) + 1);

  self->choice = gtk_drop_down_new_from_strings (choices);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->choice),
                              find_choice (g_settings_get_int (self->settings, "longest-freeze")));
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), self->choice);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->choice),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), self->choice);
  return box;
}

GtkWindow *
skein_freeze_dialog_present (GtkWindow             *parent,
                             GSettings             *settings,
                             SkeinFreezeDialogFunc  func,
                             gpointer               user_data)
{
  SkeinFreezeDialog *self;

  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);
  g_return_val_if_fail (func != NULL, NULL);

  self = g_new0 (SkeinFreezeDialog, 1);
  self->settings = g_object_ref (settings);
  self->func = func;
  self->user_data = user_data;
  self->dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, _("Freeze the Window?"), NULL));
  g_object_set_data_full (G_OBJECT (self->dialog), "skein-freeze-dialog", self, skein_freeze_dialog_free);
  adw_message_dialog_add_responses (self->dialog,
                                    RESPONSE_CANCEL, _("_Cancel"),
                                    RESPONSE_FREEZE, _("_Freeze"),
                                    NULL);
  adw_message_dialog_set_close_response (self->dialog, RESPONSE_CANCEL);
  adw_message_dialog_set_default_response (self->dialog, RESPONSE_FREEZE);
  adw_message_dialog_set_response_appearance (self->dialog, RESPONSE_FREEZE, ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_extra_child (self->dialog, make_choice (self));
  g_signal_connect_swapped (self->choice, "notify::selected", G_CALLBACK (update_body), self);
  g_signal_connect_swapped (self->dialog, "response", G_CALLBACK (response_cb), self);
  update_body (self);
  gtk_window_present (GTK_WINDOW (self->dialog));

  /* Else Enter would open the choice and not answer. */
  gtk_widget_grab_focus (gtk_window_get_default_widget (GTK_WINDOW (self->dialog)));
  return GTK_WINDOW (self->dialog);
}
