/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-gio-mount.h"

#include <string.h>

#include "skein-error.h"

/* On the stack of the thread that waits. */
typedef struct
{
  const char   *login;
  GCancellable *cancellable;  /* ours: cancelled for the caller's reasons and when time is up */
  GError       *own_error;    /* nullable: why we gave up ourselves */
  GError       *error;        /* nullable: what GIO said */
  gboolean      answered;     /* it had the login once */
  gboolean      done;
} Mounting;

static void
give_up (Mounting        *mounting,
         GMountOperation *operation,
         SkeinError       code,
         const char      *why)
{
  if (mounting->own_error == NULL)
    mounting->own_error = g_error_new_literal (SKEIN_ERROR, (int) code, why);
  g_mount_operation_reply (operation, G_MOUNT_OPERATION_ABORTED);
}

static void
fill_in (GMountOperation *operation,
         const char      *login)
{
  const char *colon = strchr (login, ':');
  g_autofree char *user = colon != NULL ? g_strndup (login, (gsize) (colon - login)) : g_strdup (login);

  g_mount_operation_set_username (operation, user);
  g_mount_operation_set_password (operation, colon != NULL ? colon + 1 : "");
  g_mount_operation_set_password_save (operation, G_PASSWORD_SAVE_NEVER);
}

static void
ask_password_cb (GMountOperation   *operation,
                 const char        *message,
                 const char        *default_user,
                 const char        *default_domain,
                 GAskPasswordFlags  flags,
                 Mounting          *mounting)
{
  gboolean anonymous = mounting->login == NULL && (flags & G_ASK_PASSWORD_ANONYMOUS_SUPPORTED) != 0;

  if (mounting->answered || (mounting->login == NULL && !anonymous))
    {
      give_up (mounting, operation, SKEIN_ERROR_LOGIN, "The mount asks for another login");
      return;
    }

  mounting->answered = TRUE;
  if (anonymous)
    g_mount_operation_set_anonymous (operation, TRUE);
  else
    fill_in (operation, mounting->login);
  g_mount_operation_reply (operation, G_MOUNT_OPERATION_HANDLED);
}

/* Whether to trust an unknown server is for a person to say, in a program that shows its key. */
static void
ask_question_cb (GMountOperation *operation,
                 const char      *message,
                 GStrv            choices,
                 Mounting        *mounting)
{
  give_up (mounting, operation, SKEIN_ERROR_CERTIFICATE, "The mount asks whether to trust the server");
}

static void
mounted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Mounting *mounting = user_data;

  g_file_mount_enclosing_volume_finish (G_FILE (source), result, &mounting->error);
  mounting->done = TRUE;
}

static gboolean
timeout_cb (gpointer user_data)
{
  Mounting *mounting = user_data;

  if (mounting->own_error == NULL)
    mounting->own_error = g_error_new_literal (SKEIN_ERROR, SKEIN_ERROR_NO_ANSWER, "Not mounted in time");
  g_cancellable_cancel (mounting->cancellable);

  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *outer,
              GMainContext *context)
{
  g_main_context_wakeup (context);
}

static void
mount_and_wait (Mounting     *mounting,
                GFile        *file,
                GMainContext *context,
                gint64        timeout,
                GCancellable *cancellable)
{
  g_autoptr (GMountOperation) operation = g_mount_operation_new ();
  g_autoptr (GSource) timer = g_timeout_source_new ((guint) (timeout / 1000));
  gulong handler = 0;

  g_signal_connect (operation, "ask-password", G_CALLBACK (ask_password_cb), mounting);
  g_signal_connect (operation, "ask-question", G_CALLBACK (ask_question_cb), mounting);
  g_source_set_callback (timer, timeout_cb, mounting, NULL);
  g_source_attach (timer, context);
  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), context, NULL);

  g_main_context_push_thread_default (context);
  g_file_mount_enclosing_volume (file, G_MOUNT_MOUNT_NONE, operation, mounting->cancellable,
                                 mounted_cb, mounting);
  while (!mounting->done)
    {
      if (g_cancellable_is_cancelled (cancellable))
        g_cancellable_cancel (mounting->cancellable);
      if (!mounting->done)
        g_main_context_iteration (context, TRUE);
    }
  g_main_context_pop_thread_default (context);

  g_signal_handlers_disconnect_by_data (operation, mounting);
  g_cancellable_disconnect (cancellable, handler);
  g_source_destroy (timer);
}

gboolean
skein_gio_mount (GFile         *file,
                 const char    *login,
                 GMainContext  *context,
                 gint64         timeout,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr (GCancellable) own = g_cancellable_new ();
  Mounting mounting = { .login = login, .cancellable = own };
  gboolean good;

  mount_and_wait (&mounting, file, context, timeout, cancellable);

  good = mounting.error == NULL || g_error_matches (mounting.error, G_IO_ERROR, G_IO_ERROR_ALREADY_MOUNTED);
  if (!good && !g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      GError **reason = mounting.own_error != NULL ? &mounting.own_error : &mounting.error;

      g_propagate_error (error, g_steal_pointer (reason));
    }
  g_clear_error (&mounting.own_error);
  g_clear_error (&mounting.error);

  return good;
}
