/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-download-list.h"

#include "skein-download-row.h"

/* Rows below the first new one that are brought into sight with it. */
#define REVEALED_ROWS 3

/* The first frame gives new rows their height: before, the list believes that they are in sight already. */
#define REVEAL_FRAMES 2

struct _SkeinDownloadList
{
  GtkWidget          parent_instance;

  GtkWidget         *scrolled;
  GtkListView       *view;
  GtkWidget         *menu;
  GtkSelectionModel *selection;

  guint              reveal_tick;
  guint              reveal_frames;  /* begun since it was asked for */
  guint              revealed;       /* rows, counted from the end */
};

enum
{
  SIGNAL_COMMAND,
  SIGNAL_SELECTION_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SkeinDownloadList, skein_download_list, GTK_TYPE_WIDGET)

static void
emit_command (SkeinDownloadList *self,
              SkeinCommand       command,
              SkeinDownload     *download)
{
  g_autoptr(GPtrArray) downloads = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (downloads, g_object_ref (download));
  g_signal_emit (self, signals[SIGNAL_COMMAND], 0, (int) command, downloads);
}

static void
row_command_cb (SkeinDownloadList *self,
                int                command,
                SkeinDownloadRow  *row)
{
  emit_command (self, (SkeinCommand) command, skein_download_row_get_download (row));
}

static gboolean
any_applies (GPtrArray    *downloads,
             SkeinCommand  command)
{
  for (guint i = 0; i < downloads->len; i++)
    {
      if (skein_command_applies (command, skein_download_get_state (downloads->pdata[i])))
        return TRUE;
    }

  return FALSE;
}

static void
append_commands (GMenu              *menu,
                 GPtrArray          *downloads,
                 const SkeinCommand *commands,
                 gsize               n_commands)
{
  g_autoptr(GMenu) section = g_menu_new ();

  for (gsize i = 0; i < n_commands; i++)
    {
      g_autofree char *action = NULL;

      if (!any_applies (downloads, commands[i]))
        continue;

      action = g_strconcat ("win.", skein_command_get_action (commands[i]), NULL);
      g_menu_append (section, skein_command_get_label (commands[i]), action);
    }

  if (g_menu_model_get_n_items (G_MENU_MODEL (section)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static GMenu *
build_menu (GPtrArray *downloads)
{
  static const SkeinCommand files[] = {
    SKEIN_COMMAND_OPEN, SKEIN_COMMAND_SHOW_IN_FOLDER, SKEIN_COMMAND_COPY_ADDRESS,
  };
  static const SkeinCommand steps[] = {
    SKEIN_COMMAND_PAUSE, SKEIN_COMMAND_RESUME, SKEIN_COMMAND_RETRY, SKEIN_COMMAND_TRY_NOW,
    SKEIN_COMMAND_DOWNLOAD_AGAIN, SKEIN_COMMAND_CANCEL,
  };
  static const SkeinCommand ends[] = { SKEIN_COMMAND_REMOVE };
  GMenu *menu = g_menu_new ();

  append_commands (menu, downloads, files, G_N_ELEMENTS (files));
  append_commands (menu, downloads, steps, G_N_ELEMENTS (steps));
  append_commands (menu, downloads, ends, G_N_ELEMENTS (ends));

  return menu;
}

static void
popup_menu (SkeinDownloadList  *self,
            const GdkRectangle *at)
{
  g_autoptr(GPtrArray) downloads = skein_download_list_dup_selected (self);
  g_autoptr(GMenu) menu = NULL;

  if (downloads->len == 0)
    return;

  menu = build_menu (downloads);
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), G_MENU_MODEL (menu));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), at);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
popup_menu_at (SkeinDownloadList *self,
               GtkWidget         *row,
               double             x,
               double             y)
{
  graphene_point_t at;
  graphene_point_t in_row = GRAPHENE_POINT_INIT ((float) x, (float) y);

  if (!gtk_widget_compute_point (row, GTK_WIDGET (self), &in_row, &at))
    return;

  popup_menu (self, &(GdkRectangle) { (int) at.x, (int) at.y, 1, 1 });
}

static void
row_pressed_cb (GtkGestureClick *gesture,
                int              n_press,
                double           x,
                double           y,
                GtkListItem     *item)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  GtkWidget *ancestor = gtk_widget_get_ancestor (row, SKEIN_TYPE_DOWNLOAD_LIST);
  SkeinDownloadList *self = SKEIN_DOWNLOAD_LIST (ancestor);

  if (!gtk_list_item_get_selected (item))
    skein_download_list_select (self, gtk_list_item_get_position (item));

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  popup_menu_at (self, row, x, y);
}

static void
row_long_pressed_cb (GtkGestureLongPress *gesture,
                     double               x,
                     double               y,
                     GtkListItem         *item)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  GtkWidget *ancestor = gtk_widget_get_ancestor (row, SKEIN_TYPE_DOWNLOAD_LIST);
  SkeinDownloadList *self = SKEIN_DOWNLOAD_LIST (ancestor);

  skein_download_list_select (self, gtk_list_item_get_position (item));
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  popup_menu_at (self, row, x, y);
}

static void
menu_popup_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  SkeinDownloadList *self = SKEIN_DOWNLOAD_LIST (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  graphene_rect_t bounds;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, widget)
      || !gtk_widget_compute_bounds (focus, widget, &bounds))
    bounds = GRAPHENE_RECT_INIT (0, 0, 1, 1);

  popup_menu (self, &(GdkRectangle) {
                (int) bounds.origin.x, (int) bounds.origin.y,
                (int) bounds.size.width, (int) bounds.size.height,
              });
}

static void
item_setup_cb (GtkListItemFactory *factory,
               GtkListItem        *item,
               SkeinDownloadList  *self)
{
  GtkWidget *row = skein_download_row_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *press = gtk_gesture_long_press_new ();

  g_signal_connect_object (row, "command", G_CALLBACK (row_command_cb), self, G_CONNECT_SWAPPED);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (row_pressed_cb), item, 0);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect_object (press, "pressed", G_CALLBACK (row_long_pressed_cb), item, 0);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (press));

  gtk_list_item_set_child (item, row);
}

static void
item_bind_cb (GtkListItemFactory *factory,
              GtkListItem        *item)
{
  skein_download_row_set_download (SKEIN_DOWNLOAD_ROW (gtk_list_item_get_child (item)),
                                   gtk_list_item_get_item (item));
}

static void
item_unbind_cb (GtkListItemFactory *factory,
                GtkListItem        *item)
{
  skein_download_row_set_download (SKEIN_DOWNLOAD_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
view_activate_cb (GtkListView       *view,
                  guint              position,
                  SkeinDownloadList *self)
{
  g_autoptr(SkeinDownload) download = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (download != NULL
      && skein_command_applies (SKEIN_COMMAND_OPEN, skein_download_get_state (download)))
    emit_command (self, SKEIN_COMMAND_OPEN, download);
}

static void
selection_changed_cb (SkeinDownloadList *self)
{
  g_signal_emit (self, signals[SIGNAL_SELECTION_CHANGED], 0);
}

static void
skein_download_list_size_allocate (GtkWidget *widget,
                                   int        width,
                                   int        height,
                                   int        baseline)
{
  SkeinDownloadList *self = SKEIN_DOWNLOAD_LIST (widget);

  GTK_WIDGET_CLASS (skein_download_list_parent_class)->size_allocate (widget, width, height, baseline);
  gtk_popover_present (GTK_POPOVER (self->menu));
}

static void
skein_download_list_dispose (GObject *object)
{
  SkeinDownloadList *self = SKEIN_DOWNLOAD_LIST (object);

  if (self->reveal_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->reveal_tick);
  self->reveal_tick = 0;
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), SKEIN_TYPE_DOWNLOAD_LIST);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (skein_download_list_parent_class)->dispose (object);
}

static void
skein_download_list_class_init (SkeinDownloadListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = skein_download_list_dispose;
  widget_class->size_allocate = skein_download_list_size_allocate;

  signals[SIGNAL_COMMAND] =
    g_signal_new ("command",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_PTR_ARRAY);
  signals[SIGNAL_SELECTION_CHANGED] =
    g_signal_new ("selection-changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "menu.popup", NULL, menu_popup_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "menu.popup", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "menu.popup", NULL);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/skein/Skein/skein-download-list.ui");
  gtk_widget_class_bind_template_child (widget_class, SkeinDownloadList, scrolled);
  gtk_widget_class_bind_template_child (widget_class, SkeinDownloadList, view);
  gtk_widget_class_bind_template_callback (widget_class, view_activate_cb);
}

static void
skein_download_list_init (SkeinDownloadList *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect (factory, "setup", G_CALLBACK (item_setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (item_bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (item_unbind_cb), NULL);
  gtk_list_view_set_factory (self->view, factory);

  self->menu = gtk_popover_menu_new_from_model (NULL);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
}

void
skein_download_list_set_model (SkeinDownloadList *self,
                               GListModel        *model)
{
  g_return_if_fail (SKEIN_IS_DOWNLOAD_LIST (self));
  g_return_if_fail (model == NULL || G_IS_LIST_MODEL (model));

  g_clear_object (&self->selection);
  if (model != NULL)
    {
      self->selection = GTK_SELECTION_MODEL (gtk_multi_selection_new (g_object_ref (model)));
      g_signal_connect_object (self->selection, "selection-changed",
                               G_CALLBACK (selection_changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->selection, "items-changed",
                               G_CALLBACK (selection_changed_cb), self, G_CONNECT_SWAPPED);
    }
  gtk_list_view_set_model (self->view, self->selection);
}

gboolean
skein_download_list_has_selection (SkeinDownloadList *self)
{
  g_autoptr(GtkBitset) selected = NULL;

  g_return_val_if_fail (SKEIN_IS_DOWNLOAD_LIST (self), FALSE);

  if (self->selection == NULL)
    return FALSE;

  selected = gtk_selection_model_get_selection (self->selection);
  return !gtk_bitset_is_empty (selected);
}

GPtrArray *
skein_download_list_dup_selected (SkeinDownloadList *self)
{
  g_autoptr(GPtrArray) downloads = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GtkBitset) selected = NULL;
  GtkBitsetIter iter;
  guint position;

  g_return_val_if_fail (SKEIN_IS_DOWNLOAD_LIST (self), NULL);

  if (self->selection == NULL)
    return g_steal_pointer (&downloads);

  selected = gtk_selection_model_get_selection (self->selection);
  for (gboolean valid = gtk_bitset_iter_init_first (&iter, selected, &position);
       valid;
       valid = gtk_bitset_iter_next (&iter, &position))
    g_ptr_array_add (downloads, g_list_model_get_item (G_LIST_MODEL (self->selection), position));

  return g_steal_pointer (&downloads);
}

void
skein_download_list_select (SkeinDownloadList *self,
                            guint              position)
{
  g_return_if_fail (SKEIN_IS_DOWNLOAD_LIST (self));

  if (self->selection != NULL)
    gtk_selection_model_select_item (self->selection, position, TRUE);
}

static gboolean
reveal_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       user_data)
{
  SkeinDownloadList *self = SKEIN_DOWNLOAD_LIST (widget);
  guint n_items = self->selection != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->selection)) : 0;

  if (++self->reveal_frames < REVEAL_FRAMES)
    return G_SOURCE_CONTINUE;

  self->reveal_tick = 0;
  if (self->revealed <= n_items)
    gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u",
                                MIN (n_items - self->revealed + REVEALED_ROWS, n_items - 1));

  return G_SOURCE_REMOVE;
}

void
skein_download_list_reveal_last (SkeinDownloadList *self,
                                 guint              n)
{
  g_return_if_fail (SKEIN_IS_DOWNLOAD_LIST (self));

  if (n == 0)
    return;

  self->revealed = n;
  self->reveal_frames = 0;
  if (self->reveal_tick == 0)
    self->reveal_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), reveal_cb, NULL, NULL);
}
