/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-intake.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "skein-describe.h"
#include "skein-intake-reader.h"

struct _SkeinIntake
{
  GObject       parent_instance;

  SkeinManager *manager;
  GSettings    *settings;
  guint         n_pending;
};

enum
{
  PROP_N_PENDING = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  TAKEN,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SkeinIntake, skein_intake, G_TYPE_OBJECT)

/* A text on its way: the thread that parses it reads bytes, form and with_files, sets listed, and touches
 * nothing else. */
typedef struct
{
  GBytes           *bytes;
  SkeinUriListForm  form;
  gboolean          with_files;
  char             *folder;
  GPtrArray        *listed; /* (nullable): SkeinMetalinkFile */
} SkeinIntakeText;

static void
intake_text_free (gpointer data)
{
  SkeinIntakeText *text = data;

  g_bytes_unref (text->bytes);
  g_free (text->folder);
  g_clear_pointer (&text->listed, g_ptr_array_unref);
  g_free (text);
}

static void
add_pending (SkeinIntake *self,
             int          n)
{
  self->n_pending += n;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_PENDING]);
}

static void
added_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SkeinIntake) self = user_data;
  g_autoptr (SkeinAdded) added = skein_manager_add_list_finish (SKEIN_MANAGER (source), result);

  add_pending (self, -1);
  g_signal_emit (self, signals[TAKEN], 0, added);
}

static void
parsed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SkeinIntake) self = user_data;
  SkeinIntakeText *text = g_task_get_task_data (G_TASK (result));
  SkeinUriList *list = g_task_propagate_pointer (G_TASK (result), NULL);

  skein_manager_add_listed_async (self->manager, list, text->listed, text->folder, added_cb,
                                  g_object_ref (self));
}

static void
parse_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  SkeinIntakeText *text = task_data;
  SkeinUriList *list;
  gsize length;
  const char *bytes = g_bytes_get_data (text->bytes, &length);

  if (text->with_files)
    list = skein_intake_read_uri_list (bytes, length, &text->listed);
  else
    list = skein_uri_list_parse (bytes, length, text->form);
  g_task_return_pointer (task, list, (GDestroyNotify) skein_uri_list_free);
}

static void
take (SkeinIntake      *self,
      GBytes           *bytes,
      SkeinUriListForm  form,
      gboolean          with_files,
      const char       *folder)
{
  /* The thread may drop the last reference to the task, so that must not hold one to us. */
  g_autoptr (GTask) task = g_task_new (NULL, NULL, parsed_cb, g_object_ref (self));
  SkeinIntakeText *text = g_new0 (SkeinIntakeText, 1);

  text->bytes = g_bytes_ref (bytes);
  text->form = form;
  text->with_files = with_files;
  text->folder = folder != NULL ? g_strdup (folder) : skein_intake_dup_folder (self);
  g_task_set_task_data (task, text, intake_text_free);
  g_task_set_name (task, "[skein] parse addresses");
  add_pending (self, 1);
  g_task_run_in_thread (task, parse_thread);
}

SkeinIntake *
skein_intake_new (SkeinManager *manager,
                  GSettings    *settings)
{
  SkeinIntake *self;

  g_return_val_if_fail (SKEIN_IS_MANAGER (manager), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (SKEIN_TYPE_INTAKE, NULL);
  self->manager = g_object_ref (manager);
  self->settings = g_object_ref (settings);
  return self;
}

char *
skein_intake_dup_folder (SkeinIntake *self)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  const char *downloads;

  g_return_val_if_fail (SKEIN_IS_INTAKE (self), NULL);

  folder = g_settings_get_string (self->settings, "folder");
  path = *folder != '\0' ? g_filename_from_utf8 (folder, -1, NULL, NULL, NULL) : NULL;

  /* Where a relative one would lead to depends on who started the program. */
  if (path != NULL && g_path_is_absolute (path))
    return g_steal_pointer (&path);
  downloads = g_get_user_special_dir (G_USER_DIRECTORY_DOWNLOAD);
  if (downloads != NULL)
    return g_strdup (downloads);
  return g_build_filename (g_get_home_dir (), "Downloads", NULL);
}

void
skein_intake_take_bytes (SkeinIntake      *self,
                         GBytes           *bytes,
                         SkeinUriListForm  form)
{
  skein_intake_take_bytes_into (self, bytes, form, NULL);
}

void
skein_intake_take_bytes_into (SkeinIntake      *self,
                              GBytes           *bytes,
                              SkeinUriListForm  form,
                              const char       *folder)
{
  g_return_if_fail (SKEIN_IS_INTAKE (self));
  g_return_if_fail (bytes != NULL);

  take (self, bytes, form, FALSE, folder);
}

void
skein_intake_take_uri_list (SkeinIntake *self,
                            GBytes      *bytes)
{
  g_return_if_fail (SKEIN_IS_INTAKE (self));
  g_return_if_fail (bytes != NULL);

  take (self, bytes, SKEIN_URI_LIST_URI_LIST, TRUE, NULL);
}

static void
clipboard_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (SkeinIntake) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  if (text == NULL)
    {
      error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("There is no text to paste."));
      skein_intake_fail (self, error);
      return;
    }
  bytes = g_bytes_new_take (text, strlen (text));
  skein_intake_take_bytes (self, bytes, SKEIN_URI_LIST_PROSE);
}

void
skein_intake_paste (SkeinIntake  *self,
                    GdkClipboard *clipboard)
{
  g_return_if_fail (SKEIN_IS_INTAKE (self));
  g_return_if_fail (GDK_IS_CLIPBOARD (clipboard));

  gdk_clipboard_read_text_async (clipboard, NULL, clipboard_cb, g_object_ref (self));
}

void
skein_intake_fail (SkeinIntake  *self,
                   const GError *error)
{
  g_return_if_fail (SKEIN_IS_INTAKE (self));
  g_return_if_fail (error != NULL);

  g_signal_emit (self, signals[FAILED], 0, error);
}

guint
skein_intake_get_n_pending (SkeinIntake *self)
{
  g_return_val_if_fail (SKEIN_IS_INTAKE (self), 0);

  return self->n_pending;
}

char *
skein_intake_describe_reject (const SkeinUriReject *reject)
{
  g_return_val_if_fail (reject != NULL, NULL);

  /* Those of skein_intake_read_uri_list() are for people already. */
  if (reject->error->domain == G_IO_ERROR)
    return g_strdup (reject->error->message);
  return skein_describe_error (reject->error, NULL);
}

static void
skein_intake_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_N_PENDING:
      g_value_set_uint (value, SKEIN_INTAKE (object)->n_pending);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
skein_intake_finalize (GObject *object)
{
  SkeinIntake *self = SKEIN_INTAKE (object);

  g_object_unref (self->manager);
  g_object_unref (self->settings);

  G_OBJECT_CLASS (skein_intake_parent_class)->finalize (object);
}

static void
skein_intake_class_init (SkeinIntakeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = skein_intake_get_property;
  object_class->finalize = skein_intake_finalize;

  properties[PROP_N_PENDING] =
    g_param_spec_uint ("n-pending", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[TAKEN] =
    g_signal_new ("taken", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[FAILED] =
    g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
skein_intake_init (SkeinIntake *self)
{
}
