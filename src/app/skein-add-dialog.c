/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-add-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "skein-folder-chooser.h"

struct _SkeinAddDialog
{
  AdwWindow       parent_instance;

  GtkTextView    *text;
  GtkTextBuffer  *buffer;
  GtkLabel       *prompt;
  GtkLabel       *summary;
  GtkLabel       *problem;
  AdwActionRow   *folder_row;
  GtkWidget      *folder_button;
  GtkWidget      *add_button;

  SkeinIntake    *intake;
  char           *folder;
  GCancellable   *cancellable;
};

G_DEFINE_FINAL_TYPE (SkeinAddDialog, skein_add_dialog, ADW_TYPE_WINDOW)

static char *
dup_text (SkeinAddDialog *self)
{
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
}

static char *
describe_list (const SkeinUriList *list)
{
  guint n = list->addresses->len;
  guint rejects = list->rejects->len;
  g_autofree char *addresses = g_strdup_printf (ngettext ("%'u address", "%'u addresses", n), n);

  if (rejects == 0)
    return g_steal_pointer (&addresses);

  return g_strdup_printf (ngettext ("%s, %'u not understood", "%s, %'u not understood", rejects),
                          addresses, rejects);
}

static char *
describe_problem (const SkeinUriList *list)
{
  const SkeinUriReject *reject;
  g_autofree char *reason = NULL;

  if (list->rejects->len == 0)
    return NULL;

  reject = list->rejects->pdata[0];
  reason = skein_intake_describe_reject (reject);
  /* Translators: the number of a line, what stands there, and what is wrong with it. */
  return g_strdup_printf (_("Line %u, “%s”: %s"), reject->line, reject->text, reason);
}

static void
text_changed_cb (SkeinAddDialog *self)
{
  g_autofree char *text = dup_text (self);
  g_autoptr(SkeinUriList) list = skein_uri_list_parse (text, strlen (text), SKEIN_URI_LIST_LINES);
  g_autofree char *summary = describe_list (list);
  g_autofree char *problem = describe_problem (list);

  gtk_label_set_label (self->summary, summary);
  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->problem), problem);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.add", list->addresses->len > 0);
}

static void
add_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  SkeinAddDialog *self = SKEIN_ADD_DIALOG (widget);
  char *text = dup_text (self);
  g_autoptr(GBytes) bytes = g_bytes_new_take (text, strlen (text));

  skein_intake_take_bytes_into (self->intake, bytes, SKEIN_URI_LIST_LINES, self->folder);
  gtk_window_close (GTK_WINDOW (self));
}

static void
set_folder (const char *path,
            gpointer    user_data)
{
  SkeinAddDialog *self = user_data;
  char *copy = g_strdup (path);
  g_autofree char *label = skein_folder_dup_label (path);

  g_free (self->folder);
  self->folder = copy;
  adw_action_row_set_subtitle (self->folder_row, label);
}

static void
folder_clicked_cb (SkeinAddDialog *self)
{
  skein_folder_chooser_show (GTK_WINDOW (self), self->folder, set_folder, self);
}

/* The addresses alone if they stand in running text, the text itself if it is a list. */
static char *
dup_addresses (const char *text)
{
  gsize length = strlen (text);
  g_autoptr(SkeinUriList) lines = skein_uri_list_parse (text, length, SKEIN_URI_LIST_LINES);
  g_autoptr(SkeinUriList) prose = NULL;

  if (lines->addresses->len > 0 && lines->rejects->len == 0)
    return g_strdup (text);

  prose = skein_uri_list_parse (text, length, SKEIN_URI_LIST_PROSE);
  if (prose->addresses->len == 0)
    return NULL;

  g_ptr_array_add (prose->addresses, NULL);
  return g_strjoinv ("\n", (char **) prose->addresses->pdata);
}

static void
clipboard_read_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  SkeinAddDialog *self;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autofree char *addresses = NULL;

  if (text == NULL)
    return;

  self = SKEIN_ADD_DIALOG (user_data);
  if (gtk_text_buffer_get_char_count (self->buffer) > 0)
    return;

  addresses = dup_addresses (text);
  if (addresses != NULL)
    skein_add_dialog_set_text (self, addresses);
}

static void
skein_add_dialog_map (GtkWidget *widget)
{
  SkeinAddDialog *self = SKEIN_ADD_DIALOG (widget);

  GTK_WIDGET_CLASS (skein_add_dialog_parent_class)->map (widget);

  gtk_widget_grab_focus (GTK_WIDGET (self->text));
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), self->cancellable,
                                 clipboard_read_cb, self);
}

static void
skein_add_dialog_dispose (GObject *object)
{
  SkeinAddDialog *self = SKEIN_ADD_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  if (self->buffer != NULL)
    g_signal_handlers_disconnect_by_data (self->buffer, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), SKEIN_TYPE_ADD_DIALOG);
  g_clear_object (&self->intake);
  g_clear_pointer (&self->folder, g_free);

  G_OBJECT_CLASS (skein_add_dialog_parent_class)->dispose (object);
}

static void
skein_add_dialog_finalize (GObject *object)
{
  SkeinAddDialog *self = SKEIN_ADD_DIALOG (object);

  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (skein_add_dialog_parent_class)->finalize (object);
}

static void
skein_add_dialog_class_init (SkeinAddDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = skein_add_dialog_dispose;
  object_class->finalize = skein_add_dialog_finalize;
  widget_class->map = skein_add_dialog_map;

  gtk_widget_class_install_action (widget_class, "dialog.add", NULL, add_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "dialog.add", NULL);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/skein/Skein/skein-add-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SkeinAddDialog, text);
  gtk_widget_class_bind_template_child (widget_class, SkeinAddDialog, buffer);
  gtk_widget_class_bind_template_child (widget_class, SkeinAddDialog, prompt);
  gtk_widget_class_bind_template_child (widget_class, SkeinAddDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, SkeinAddDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, SkeinAddDialog, folder_row);
  gtk_widget_class_bind_template_child (widget_class, SkeinAddDialog, folder_button);
  gtk_widget_class_bind_template_child (widget_class, SkeinAddDialog, add_button);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, folder_clicked_cb);
}

static void
skein_add_dialog_init (SkeinAddDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  text_changed_cb (self);
}

GtkWidget *
skein_add_dialog_new (GtkWindow   *parent,
                      SkeinIntake *intake)
{
  SkeinAddDialog *self;
  g_autofree char *folder = NULL;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (SKEIN_IS_INTAKE (intake), NULL);

  self = g_object_new (SKEIN_TYPE_ADD_DIALOG, "transient-for", parent, NULL);
  self->intake = g_object_ref (intake);
  folder = skein_intake_dup_folder (intake);
  set_folder (folder, self);

  return GTK_WIDGET (self);
}

void
skein_add_dialog_set_text (SkeinAddDialog *self,
                           const char     *text)
{
  g_return_if_fail (SKEIN_IS_ADD_DIALOG (self));
  g_return_if_fail (text != NULL);

  gtk_text_buffer_set_text (self->buffer, text, -1);
}

const char *
skein_add_dialog_get_summary (SkeinAddDialog *self)
{
  g_return_val_if_fail (SKEIN_IS_ADD_DIALOG (self), NULL);

  return gtk_label_get_label (self->summary);
}
