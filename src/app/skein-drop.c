/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-drop.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "skein-drop-read.h"

/* The forms that are taken, best first. Browsers offer links as no text/uri-list. */
typedef struct
{
  const char       *mime_type;
  SkeinUriListForm  form;
  gboolean          first_line; /* the second one is the title */
} SkeinDropForm;

static const SkeinDropForm drop_forms[] = {
  { "text/uri-list", SKEIN_URI_LIST_URI_LIST, FALSE },
  { "text/x-moz-url", SKEIN_URI_LIST_MOZ_URL, FALSE },
  { "_NETSCAPE_URL", SKEIN_URI_LIST_LINES, TRUE },
  { "text/plain;charset=utf-8", SKEIN_URI_LIST_PROSE, FALSE },
  { "UTF8_STRING", SKEIN_URI_LIST_PROSE, FALSE },
  { "text/plain", SKEIN_URI_LIST_PROSE, FALSE },
  { "STRING", SKEIN_URI_LIST_PROSE, FALSE },
};

/* One target: lives as long as its overlay. */
typedef struct
{
  SkeinIntake *intake;
  GtkWidget   *highlight;
} SkeinDropTarget;

/* One drop that is being read. */
typedef struct
{
  SkeinIntake *intake;
  GdkDrop     *drop;
  guint        form;
} SkeinDropped;

static void try_from (SkeinDropped *self,
                      guint         form);

static void
drop_target_free (gpointer data,
                  GClosure *closure)
{
  SkeinDropTarget *self = data;

  g_object_unref (self->intake);
  g_free (self);
}

static void
dropped_free (SkeinDropped  *self,
              GdkDragAction  action)
{
  gdk_drop_finish (self->drop, action);
  g_object_unref (self->intake);
  g_object_unref (self->drop);
  g_free (self);
}

static guint
find_form (GdkDrop *drop,
           guint    from)
{
  GdkContentFormats *offered = gdk_drop_get_formats (drop);
  guint i = from;

  while (i < G_N_ELEMENTS (drop_forms)
         && !gdk_content_formats_contain_mime_type (offered, drop_forms[i].mime_type))
    i++;
  return i;
}

/* Whether a list holds what we could take. A dragged picture may come as a list of one "blob:" or "data:"
 * address, and with its real address in the other forms. */
static gboolean
is_worth_taking (const SkeinDropForm *form,
                 GBytes              *bytes)
{
  const char *schemes[] = { "http:", "https:", "file:" };
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  if (form->form != SKEIN_URI_LIST_URI_LIST)
    return TRUE;
  for (const char *end = text + length; text < end;)
    {
      const char *line_end = memchr (text, '\n', end - text);

      for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
        {
          gsize n = strlen (schemes[i]);

          if ((gsize) (end - text) > n && g_ascii_strncasecmp (text, schemes[i], n) == 0)
            return TRUE;
        }
      text = line_end != NULL ? line_end + 1 : end;
    }
  return FALSE;
}

static GBytes *
first_line (GBytes *bytes)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  const char *end = memchr (text, '\n', length);

  return g_bytes_new_from_bytes (bytes, 0, end != NULL ? (gsize) (end - text) : length);
}

static void
take (SkeinDropped        *self,
      const SkeinDropForm *form,
      GBytes              *bytes)
{
  g_autoptr (GBytes) part = form->first_line ? first_line (bytes) : g_bytes_ref (bytes);

  if (form->form == SKEIN_URI_LIST_URI_LIST)
    skein_intake_take_uri_list (self->intake, part);
  else
    skein_intake_take_bytes (self->intake, part, form->form);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  SkeinDropped *self = user_data;
  const SkeinDropForm *form = &drop_forms[self->form];
  guint next = find_form (self->drop, self->form + 1);
  gboolean last = next == G_N_ELEMENTS (drop_forms);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = skein_drop_read_finish (self->drop, result, &error);

  if (bytes != NULL && (last || is_worth_taking (form, bytes)))
    {
      take (self, form, bytes);
      dropped_free (self, GDK_ACTION_COPY);
    }
  else if (last || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    {
      skein_intake_fail (self->intake, error);
      dropped_free (self, 0);
    }
  else
    {
      try_from (self, next);
    }
}

static void
try_from (SkeinDropped *self,
          guint         form)
{
  self->form = form;
  skein_drop_read_async (self->drop, drop_forms[form].mime_type, read_cb, self);
}

static gboolean
drop_cb (GtkDropTargetAsync *controller,
         GdkDrop            *drop,
         double              x,
         double              y,
         SkeinDropTarget    *self)
{
  guint form = find_form (drop, 0);
  SkeinDropped *dropped;

  gtk_widget_set_visible (self->highlight, FALSE);
  if (form == G_N_ELEMENTS (drop_forms))
    return FALSE;
  dropped = g_new0 (SkeinDropped, 1);
  dropped->intake = g_object_ref (self->intake);
  dropped->drop = g_object_ref (drop);
  try_from (dropped, form);
  return TRUE;
}

static GdkDragAction
drag_enter_cb (GtkDropTargetAsync *controller,
               GdkDrop            *drop,
               double              x,
               double              y,
               SkeinDropTarget    *self)
{
  gtk_widget_set_visible (self->highlight, TRUE);
  return GDK_ACTION_COPY;
}

static void
drag_leave_cb (GtkDropTargetAsync *controller,
               GdkDrop            *drop,
               SkeinDropTarget    *self)
{
  gtk_widget_set_visible (self->highlight, FALSE);
}

static GtkWidget *
make_highlight (void)
{
  GtkWidget *highlight = gtk_label_new (_("Drop to Download"));

  gtk_widget_add_css_class (highlight, "drop-highlight");
  gtk_widget_add_css_class (highlight, "title-1");
  gtk_widget_set_can_target (highlight, FALSE);
  gtk_widget_set_visible (highlight, FALSE);
  return highlight;
}

static GdkContentFormats *
make_formats (void)
{
  const char *mime_types[G_N_ELEMENTS (drop_forms)];

  for (guint i = 0; i < G_N_ELEMENTS (drop_forms); i++)
    mime_types[i] = drop_forms[i].mime_type;
  return gdk_content_formats_new (mime_types, G_N_ELEMENTS (mime_types));
}

void
skein_drop_attach (GtkOverlay  *overlay,
                   SkeinIntake *intake)
{
  GtkDropTargetAsync *controller;
  SkeinDropTarget *self;

  g_return_if_fail (GTK_IS_OVERLAY (overlay));
  g_return_if_fail (SKEIN_IS_INTAKE (intake));

  self = g_new0 (SkeinDropTarget, 1);
  self->intake = g_object_ref (intake);
  self->highlight = make_highlight ();
  gtk_overlay_add_overlay (overlay, self->highlight);
  controller = gtk_drop_target_async_new (make_formats (), GDK_ACTION_COPY);
  g_signal_connect (controller, "drag-enter", G_CALLBACK (drag_enter_cb), self);
  g_signal_connect (controller, "drag-leave", G_CALLBACK (drag_leave_cb), self);
  g_signal_connect_data (controller, "drop", G_CALLBACK (drop_cb), self, drop_target_free, 0);
  gtk_widget_add_controller (GTK_WIDGET (overlay), GTK_EVENT_CONTROLLER (controller));
}
