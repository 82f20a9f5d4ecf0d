/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-window.h"

#include <glib/gi18n-lib.h>

#include "skein-added-dialog.h"
#include "skein-window-private.h"

/* All toasts have the same priority: in libadwaita 1.2 one that pushes another away, which has only begun to come or
 * go, ends the program, and before and after a freeze any toast has only begun. */

/* Seconds: a toast that offers something has to be read and decided about. */
#define OFFER_TIMEOUT 6

/* Seconds: long enough for a screen reader to come to it; what has come is seen in the list as well. */
#define ADDED_TIMEOUT 3

/* Microseconds: a toast that stands there for longer goes before new words in it can be read. */
#define REWRITTEN_UNTIL (5 * G_TIME_SPAN_SECOND)

/* Pixels: below this the text of a toast is wrapped, with so many characters a line, and its button goes below. */
#define NARROW_WIDTH 560
#define NARROW_CHARS 28

#define OFFER_KEY "skein-offer"

typedef void (*ButtonFunc) (SkeinWindow *self,
                            gpointer     data);

typedef struct
{
  SkeinWindow    *window;
  ButtonFunc      func;
  gpointer        data;
  GDestroyNotify  destroy;
} Offer;

static void
offer_free (gpointer  data,
            GClosure *closure)
{
  Offer *offer = data;

  offer->destroy (offer->data);
  g_free (offer);
}

static void
button_clicked_cb (AdwToast *toast,
                   Offer    *offer)
{
  offer->func (offer->window, offer->data);
}

static gboolean
is_narrow (SkeinWindow *self)
{
  return gtk_widget_get_width (GTK_WIDGET (self)) < NARROW_WIDTH;
}

static GtkWidget *
make_wrapped_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), NARROW_CHARS);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");

  return label;
}

static AdwToast *
make_toast (SkeinWindow *self,
            const char  *text)
{
  /* The title of a toast is markup. */
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (escaped);

  if (is_narrow (self))
    adw_toast_set_custom_title (toast, make_wrapped_label (text));

  return toast;
}

static void
narrow_button_clicked_cb (AdwToast *toast)
{
  g_signal_emit_by_name (toast, "button-clicked");
  adw_toast_dismiss (toast);
}

/* In a narrow window the button would leave no room for the text beside it. */
static void
put_button_below (AdwToast   *toast,
                  const char *text,
                  const char *button)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *below = gtk_button_new_with_label (button);

  gtk_widget_set_halign (below, GTK_ALIGN_START);
  g_signal_connect_object (below, "clicked", G_CALLBACK (narrow_button_clicked_cb), toast, G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (box), make_wrapped_label (text));
  gtk_box_append (GTK_BOX (box), below);
  adw_toast_set_custom_title (toast, box);
}

static void
write_offer (SkeinWindow *self,
             AdwToast    *toast,
             const char  *text,
             const char  *button)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  gboolean narrow = is_narrow (self);

  adw_toast_set_title (toast, escaped);
  adw_toast_set_button_label (toast, narrow ? NULL : button);
  if (narrow)
    put_button_below (toast, text, button);
}

/* Takes @data. The offer lives as long as the toast, which the window's overlay owns: the window is there. */
static AdwToast *
show_offer (SkeinWindow      *self,
            const char       *text,
            const char       *button,
            ButtonFunc        func,
            gpointer          data,
            GDestroyNotify    destroy)
{
  AdwToast *toast = adw_toast_new ("");
  Offer *offer = g_new0 (Offer, 1);

  *offer = (Offer) { self, func, data, destroy };
  write_offer (self, toast, text, button);
  adw_toast_set_timeout (toast, OFFER_TIMEOUT);
  g_object_set_data (G_OBJECT (toast), OFFER_KEY, offer);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (button_clicked_cb),
                         offer, offer_free, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);

  return toast;
}

void
skein_window_toast (SkeinWindow *self,
                    const char  *text)
{
  g_return_if_fail (SKEIN_IS_WINDOW (self));
  g_return_if_fail (text != NULL);

  adw_toast_overlay_add_toast (self->toasts, make_toast (self, text));
}

static void
details_clicked (SkeinWindow *self,
                 gpointer     data)
{
  gtk_window_present (GTK_WINDOW (skein_added_dialog_new (GTK_WINDOW (self), data)));
}

static void
again_clicked (SkeinWindow *self,
               gpointer     data)
{
  skein_window_run_command (self, SKEIN_COMMAND_DOWNLOAD_AGAIN, data);
  skein_window_run_command (self, SKEIN_COMMAND_RETRY, data);
}

static gboolean
any_ended (GPtrArray *downloads)
{
  for (guint i = 0; i < downloads->len; i++)
    {
      SkeinDownloadState state = skein_download_get_state (downloads->pdata[i]);

      if (skein_command_applies (SKEIN_COMMAND_DOWNLOAD_AGAIN, state)
          || skein_command_applies (SKEIN_COMMAND_RETRY, state))
        return TRUE;
    }

  return FALSE;
}

static void
toast_all_there (SkeinWindow *self,
                 GPtrArray   *already)
{
  g_autofree char *text = NULL;

  if (already->len == 1)
    text = g_strdup (_("It is already in the list"));
  else
    text = g_strdup_printf (ngettext ("All %'u is already in the list", "All %'u are already in the list",
                                      already->len),
                            already->len);

  if (any_ended (already))
    show_offer (self, text, _("Download Again"), again_clicked,
                g_ptr_array_ref (already), (GDestroyNotify) g_ptr_array_unref);
  else
    skein_window_toast (self, text);
}

static char *
describe_added (const SkeinAdded *added)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) parts = NULL;
  guint already = added->already->len;
  guint rejects = added->rejects->len;

  if (added->added > 0)
    {
      g_autofree char *part = g_strdup_printf (ngettext ("%'u added", "%'u added", added->added),
                                               added->added);

      g_strv_builder_add (builder, part);
    }
  if (already > 0)
    {
      g_autofree char *part = g_strdup_printf (ngettext ("%'u already in the list",
                                                         "%'u already in the list", already),
                                               already);

      g_strv_builder_add (builder, part);
    }
  if (rejects > 0)
    {
      g_autofree char *part = g_strdup_printf (ngettext ("%'u not understood", "%'u not understood", rejects),
                                               rejects);

      g_strv_builder_add (builder, part);
    }

  parts = g_strv_builder_end (builder);
  return g_strjoinv (_(", "), parts);
}

static void
toast_all_new (SkeinWindow *self,
               const char  *text)
{
  AdwToast *toast = make_toast (self, text);

  adw_toast_set_timeout (toast, ADDED_TIMEOUT);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
skein_window_toast_added (SkeinWindow      *self,
                          const SkeinAdded *added)
{
  g_autofree char *text = NULL;

  g_return_if_fail (SKEIN_IS_WINDOW (self));
  g_return_if_fail (added != NULL);

  if (added->added == 0 && added->rejects->len == 0 && added->already->len > 0)
    {
      toast_all_there (self, added->already);
      return;
    }

  text = describe_added (added);
  if (*text == '\0')
    skein_window_toast (self, _("No addresses found"));
  else if (added->rejects->len > 0)
    show_offer (self, text, _("Details"), details_clicked,
                g_ptr_array_ref (added->rejects), (GDestroyNotify) g_ptr_array_unref);
  else
    toast_all_new (self, text);
}

static void
again_with_threads_clicked (SkeinWindow *self,
                            gpointer     data)
{
  skein_window_again (self, data, FALSE);
}

static void
again_without_threads_clicked (SkeinWindow *self,
                               gpointer     data)
{
  skein_window_again (self, data, TRUE);
}

/* Of two batches only the last one is news. Its words go where those of the other one stand or wait, since
 * libadwaita 1.2 crashes where a toast is dismissed that has only begun to appear. */
static gboolean
rewrite_batch (SkeinWindow *self,
               const char  *text,
               const char  *button,
               ButtonFunc   func,
               GPtrArray   *downloads)
{
  Offer *offer;

  if (self->batch_toast == NULL || g_get_monotonic_time () - self->batch_toast_since > REWRITTEN_UNTIL)
    return FALSE;

  offer = g_object_get_data (G_OBJECT (self->batch_toast), OFFER_KEY);
  offer->func = func;
  offer->destroy (offer->data);
  offer->data = downloads;
  write_offer (self, self->batch_toast, text, button);

  return TRUE;
}

void
skein_window_toast_batch (SkeinWindow *self,
                          const char  *text,
                          GPtrArray   *downloads,
                          gboolean     frozen)
{
  const char *button = frozen ? _("Again With Threads") : _("Again Without Threads");
  ButtonFunc func = frozen ? again_with_threads_clicked : again_without_threads_clicked;
  AdwToast *toast;

  g_return_if_fail (SKEIN_IS_WINDOW (self));
  g_return_if_fail (text != NULL);
  g_return_if_fail (downloads != NULL);

  if (rewrite_batch (self, text, button, func, downloads))
    return;

  toast = show_offer (self, text, button, func,
                      downloads, (GDestroyNotify) g_ptr_array_unref);
  g_set_weak_pointer (&self->batch_toast, toast);
  self->batch_toast_since = g_get_monotonic_time ();
}

typedef struct
{
  SkeinManager *manager;
  GPtrArray    *downloads;
  gboolean      undone;
} Removal;

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  for (guint i = 0; !removal->undone && i < removal->downloads->len; i++)
    skein_manager_forget (removal->manager, removal->downloads->pdata[i]);

  g_ptr_array_unref (removal->downloads);
  g_object_unref (removal->manager);
  g_free (removal);
}

static void
undo_clicked (SkeinWindow *self,
              gpointer     data)
{
  Removal *removal = data;

  removal->undone = TRUE;
  skein_manager_restore_cleared (removal->manager, removal->downloads);
}

void
skein_window_toast_removed (SkeinWindow *self,
                            GPtrArray   *downloads)
{
  Removal *removal;
  g_autofree char *text = NULL;

  g_return_if_fail (SKEIN_IS_WINDOW (self));
  g_return_if_fail (downloads != NULL);

  if (downloads->len == 1)
    text = g_strdup_printf (_("“%s” removed"), skein_download_get_name (downloads->pdata[0]));
  else
    text = g_strdup_printf (ngettext ("%'u download removed", "%'u downloads removed", downloads->len),
                            downloads->len);

  removal = g_new0 (Removal, 1);
  *removal = (Removal) { g_object_ref (self->services->manager), downloads, FALSE };
  show_offer (self, text, _("Undo"), undo_clicked, removal, removal_free);
}
