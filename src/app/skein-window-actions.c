/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-window.h"

#include <glib/gi18n-lib.h>

#include "skein-add-dialog.h"
#include "skein-open-file.h"
#include "skein-window-private.h"

/* Nobody wants a program for each of a thousand files at once. */
#define MOST_OPENED 10

static void
open_failed (GtkWindow    *window,
             const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    skein_window_toast (SKEIN_WINDOW (window), _("It is not there any more."));
  else
    skein_window_toast (SKEIN_WINDOW (window), _("There is no program that can open it."));
}

static void
copy_addresses (SkeinWindow *self,
                GPtrArray   *downloads)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < downloads->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, skein_download_get_address (downloads->pdata[i]));
    }

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text->str);
}

static void
remove_downloads (SkeinWindow *self,
                  GPtrArray   *downloads)
{
  skein_window_toast_removed (self, skein_manager_clear (self->services->manager, downloads));
}

static void
open_downloads (SkeinWindow *self,
                GPtrArray   *downloads)
{
  for (guint i = 0; i < MIN (downloads->len, MOST_OPENED); i++)
    skein_open_file (GTK_WINDOW (self), downloads->pdata[i], open_failed);
}

static void
run_for_each (SkeinWindow *self,
              GPtrArray   *downloads,
              void       (*func) (SkeinManager  *manager,
                                  SkeinDownload *download))
{
  for (guint i = 0; i < downloads->len; i++)
    func (self->services->manager, downloads->pdata[i]);
}

static GPtrArray *
dup_applicable (GPtrArray    *downloads,
                SkeinCommand  command)
{
  GPtrArray *some = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < downloads->len; i++)
    {
      if (skein_command_applies (command, skein_download_get_state (downloads->pdata[i])))
        g_ptr_array_add (some, g_object_ref (downloads->pdata[i]));
    }

  return some;
}

void
skein_window_run_command (SkeinWindow  *self,
                          SkeinCommand  command,
                          GPtrArray    *downloads)
{
  g_autoptr(GPtrArray) some = NULL;

  g_return_if_fail (SKEIN_IS_WINDOW (self));
  g_return_if_fail (downloads != NULL);

  some = dup_applicable (downloads, command);
  if (some->len == 0)
    return;

  switch (command)
    {
    case SKEIN_COMMAND_OPEN:
      open_downloads (self, some);
      break;

    case SKEIN_COMMAND_SHOW_IN_FOLDER:
      skein_show_in_folder (GTK_WINDOW (self), some, open_failed);
      break;

    case SKEIN_COMMAND_COPY_ADDRESS:
      copy_addresses (self, some);
      break;

    case SKEIN_COMMAND_PAUSE:
      run_for_each (self, some, skein_manager_pause);
      break;

    case SKEIN_COMMAND_RESUME:
    case SKEIN_COMMAND_RETRY:
      run_for_each (self, some, skein_manager_resume);
      break;

    case SKEIN_COMMAND_TRY_NOW:
      run_for_each (self, some, skein_manager_try_now);
      break;

    case SKEIN_COMMAND_DOWNLOAD_AGAIN:
      run_for_each (self, some, skein_manager_again);
      break;

    case SKEIN_COMMAND_CANCEL:
      run_for_each (self, some, skein_manager_cancel);
      break;

    case SKEIN_COMMAND_REMOVE:
      remove_downloads (self, some);
      break;

    default:
      g_assert_not_reached ();
    }
}

static GPtrArray *
dup_all (SkeinWindow *self)
{
  GListModel *model = G_LIST_MODEL (self->services->manager);
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = g_list_model_get_n_items (model);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (all, g_list_model_get_item (model, i));

  return all;
}

static void
run_for_all (SkeinWindow  *self,
             SkeinCommand  command)
{
  g_autoptr(GPtrArray) all = dup_all (self);

  skein_window_run_command (self, command, all);
}

static void
command_action (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  SkeinWindow *self = user_data;
  const char *name = g_action_get_name (G_ACTION (action));
  g_autoptr(GPtrArray) selected = skein_download_list_dup_selected (self->list);

  for (int command = 0; command < SKEIN_N_COMMANDS; command++)
    {
      if (g_str_equal (name, skein_command_get_action ((SkeinCommand) command)))
        skein_window_run_command (self, (SkeinCommand) command, selected);
    }
}

static void
pause_all_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  run_for_all (user_data, SKEIN_COMMAND_PAUSE);
}

static void
resume_all_action (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  run_for_all (user_data, SKEIN_COMMAND_RESUME);
}

static void
download_all_again_action (GSimpleAction *action,
                           GVariant      *parameter,
                           gpointer       user_data)
{
  run_for_all (user_data, SKEIN_COMMAND_DOWNLOAD_AGAIN);
}

static void
clear_finished_action (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  SkeinWindow *self = user_data;
  g_autoptr(GPtrArray) cleared = skein_manager_clear_finished (self->services->manager);

  if (cleared->len > 0)
    skein_window_toast_removed (self, g_steal_pointer (&cleared));
}

static void
add_action (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  SkeinWindow *self = user_data;

  gtk_window_present (GTK_WINDOW (skein_add_dialog_new (GTK_WINDOW (self), self->services->intake)));
}

static void
paste_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  skein_window_paste (user_data);
}

static SkeinDownload *
find_download (SkeinWindow *self,
               const char  *address)
{
  GListModel *model = G_LIST_MODEL (self->services->manager);
  guint n = g_list_model_get_n_items (model);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(SkeinDownload) download = g_list_model_get_item (model, i);

      if (g_str_equal (skein_download_get_address (download), address))
        return g_steal_pointer (&download);
    }

  return NULL;
}

static void
practice_action (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  SkeinWindow *self = user_data;
  g_autofree char *parent = skein_intake_dup_folder (self->services->intake);
  g_autofree char *folder = g_build_filename (parent, _("Skein Practice"), NULL);
  g_autoptr(GPtrArray) already = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) rejects = g_ptr_array_new ();
  SkeinAdded added = { 0, already, rejects };

  for (guint i = 1; i <= SKEIN_PRACTICE_PICTURES; i++)
    {
      g_autofree char *address = g_strdup_printf (SKEIN_PRACTICE_PREFIX "%u.png", i);
      SkeinDownload *there;

      if (skein_manager_add (self->services->manager, address, NULL, folder, NULL) != NULL)
        added.added++;
      else if ((there = find_download (self, address)) != NULL)
        g_ptr_array_add (already, there);
    }

  skein_window_toast_added (self, &added);
}

static void
continue_action (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  SkeinWindow *self = user_data;

  if (self->unfinished != NULL)
    skein_window_run_command (self, SKEIN_COMMAND_RESUME, self->unfinished);
  skein_window_dismiss_unfinished (self);
}

static void
with_threads_action (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  SkeinWindow *self = user_data;

  skein_freeze_set_active (self->freeze, FALSE);
}

/* They come in the order in which they ended; the list's is the one that a person expects. */
static GPtrArray *
dup_in_order (SkeinWindow *self,
              GPtrArray   *downloads)
{
  g_autoptr(GPtrArray) all = dup_all (self);
  g_autoptr(GHashTable) wanted = g_hash_table_new (NULL, NULL);
  GPtrArray *sorted = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < downloads->len; i++)
    g_hash_table_add (wanted, downloads->pdata[i]);
  for (guint i = 0; i < all->len; i++)
    {
      if (g_hash_table_contains (wanted, all->pdata[i]))
        g_ptr_array_add (sorted, g_object_ref (all->pdata[i]));
    }

  return sorted;
}

void
skein_window_again (SkeinWindow *self,
                    GPtrArray   *downloads,
                    gboolean     without_threads)
{
  g_autoptr(GPtrArray) sorted = NULL;

  g_return_if_fail (SKEIN_IS_WINDOW (self));
  g_return_if_fail (downloads != NULL);

  sorted = dup_in_order (self, downloads);

  /* Without threads only begins when the person has agreed and the list is on the disk. */
  if (without_threads && !skein_freeze_get_active (self->freeze))
    {
      g_clear_pointer (&self->again, g_ptr_array_unref);
      self->again = g_steal_pointer (&sorted);
      skein_freeze_set_active (self->freeze, TRUE);
      return;
    }

  skein_freeze_set_active (self->freeze, without_threads);
  skein_window_run_command (self, SKEIN_COMMAND_DOWNLOAD_AGAIN, sorted);
}

void
skein_window_update_actions (SkeinWindow *self)
{
  gboolean selected;

  g_return_if_fail (SKEIN_IS_WINDOW (self));

  selected = skein_download_list_has_selection (self->list);
  for (int command = 0; command < SKEIN_N_COMMANDS; command++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self),
                                                    skein_command_get_action ((SkeinCommand) command));

      if (action != NULL)
        g_simple_action_set_enabled (G_SIMPLE_ACTION (action), selected);
    }
}

void
skein_window_add_actions (SkeinWindow *self)
{
  static const GActionEntry entries[] = {
    { "add", add_action },
    { "paste", paste_action },
    { "practice", practice_action },
    { "continue", continue_action },
    { "pause-all", pause_all_action },
    { "resume-all", resume_all_action },
    { "download-all-again", download_all_again_action },
    { "clear-finished", clear_finished_action },
    { "with-threads", with_threads_action },
  };
  g_autoptr(GPropertyAction) without_threads = NULL;
  g_autoptr(GPropertyAction) page = NULL;

  g_return_if_fail (SKEIN_IS_WINDOW (self));

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (int command = 0; command < SKEIN_N_COMMANDS; command++)
    {
      const GActionEntry entry = { skein_command_get_action ((SkeinCommand) command), command_action };

      g_action_map_add_action_entries (G_ACTION_MAP (self), &entry, 1, self);
    }

  without_threads = g_property_action_new ("without-threads", self->freeze, "active");
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (without_threads));
  page = g_property_action_new ("page", self->pages, "visible-child-name");
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (page));

  skein_window_update_actions (self);
}
