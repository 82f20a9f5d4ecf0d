/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-added-dialog.h"

#include <glib/gi18n-lib.h>

#include "skein-intake.h"

/* Rows are not recycled here; nobody reads more than this. */
#define MOST_SHOWN 200

struct _SkeinAddedDialog
{
  AdwWindow            parent_instance;

  AdwPreferencesGroup *group;
};

G_DEFINE_FINAL_TYPE (SkeinAddedDialog, skein_added_dialog, ADW_TYPE_WINDOW)

static void
add_reject (SkeinAddedDialog     *self,
            const SkeinUriReject *reject)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *reason = skein_intake_describe_reject (reject);
  g_autofree char *subtitle = NULL;

  /* Translators: the number of a line, and what is wrong with it. */
  subtitle = g_strdup_printf (_("Line %u: %s"), reject->line, reason);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 *reject->text != '\0' ? reject->text : _("(empty)"));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_preferences_group_add (self->group, row);
}

static void
skein_added_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SKEIN_TYPE_ADDED_DIALOG);

  G_OBJECT_CLASS (skein_added_dialog_parent_class)->dispose (object);
}

static void
skein_added_dialog_class_init (SkeinAddedDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = skein_added_dialog_dispose;

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/skein/Skein/skein-added-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SkeinAddedDialog, group);
}

static void
skein_added_dialog_init (SkeinAddedDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
skein_added_dialog_new (GtkWindow *parent,
                        GPtrArray *rejects)
{
  SkeinAddedDialog *self;
  guint shown;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (rejects != NULL, NULL);

  self = g_object_new (SKEIN_TYPE_ADDED_DIALOG, "transient-for", parent, NULL);
  shown = MIN (rejects->len, MOST_SHOWN);
  for (guint i = 0; i < shown; i++)
    add_reject (self, rejects->pdata[i]);

  if (rejects->len > shown)
    {
      guint left = rejects->len - shown;
      g_autofree char *more = g_strdup_printf (ngettext ("%'u more line was not understood.",
                                                         "%'u more lines were not understood.", left),
                                               left);

      adw_preferences_group_set_description (self->group, more);
    }

  return GTK_WIDGET (self);
}
