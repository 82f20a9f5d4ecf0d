/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-worker-process.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "skein-error-name.h"
#include "skein-error.h"
#include "skein-worker-message.h"

/* Longer than the process gives itself after it was told to stop. */
#define GRACE_SECONDS 8

typedef struct
{
  GPid                    pid;       /* ours to wait for, so the number cannot become another's */
  int                     output;    /* of the process */
  GSocket                *input;     /* of the process: a socket, as writing to one raises no signal */
  GCancellable           *cancellable;
  GVariant               *task;
  const SkeinWorkerWatch *watch;
  gpointer                user_data;
  GString                *line;      /* what came of one */
  gint64                  started;
  gint64                  deadline;  /* when to kill it; 0: not yet, G_MAXINT64: done */
  gboolean                greeted;
  GVariant               *result;
  GError                 *error;     /* why it is not listened to any more */
} Process;

static void
process_clear (Process *self)
{
  g_clear_object (&self->input);
  if (self->output >= 0)
    close (self->output);
  g_clear_pointer (&self->task, g_variant_unref);
  g_clear_pointer (&self->result, g_variant_unref);
  g_clear_error (&self->error);
  if (self->line != NULL)
    g_string_free (self->line, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Process, process_clear)

static gboolean
start (Process            *self,
       const char *const  *argv,
       GError            **error)
{
  const GSpawnFlags flags = G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_CLOEXEC_PIPES;
  int fds[2];
  gboolean good;

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) < 0)
    {
      g_set_error (error, SKEIN_ERROR, SKEIN_ERROR_WORKER, "No pair of sockets: %s", g_strerror (errno));
      return FALSE;
    }

  self->started = g_get_monotonic_time ();
  self->input = g_socket_new_from_fd (fds[0], NULL);
  g_socket_set_timeout (self->input, GRACE_SECONDS);
  good = g_spawn_async_with_pipes_and_fds (NULL, argv, NULL, flags, NULL, NULL, fds[1], -1, STDERR_FILENO, NULL, NULL, 0,
                                           &self->pid, NULL, &self->output, NULL, error);
  close (fds[1]);

  return good;
}

/* That it does not read, or is gone, shows where it is read from. */
static void
send_task (Process *self)
{
  g_autofree char *line = skein_worker_message_print (self->task);
  gsize length = strlen (line);

  for (gsize sent = 0; sent < length;)
    {
      gssize n = g_socket_send (self->input, line + sent, length - sent, self->cancellable, NULL);

      if (n <= 0)
        return;
      sent += (gsize) n;
    }
}

static gboolean
take_hello (Process   *self,
            GVariant  *event,
            GError   **error)
{
  gint64 time = self->started;

  if (!skein_worker_message_check_version (event, error) ||
      !skein_worker_message_get_number (event, "time", self->started, G_MAXINT64, &time, error))
    return FALSE;

  self->greeted = TRUE;
  self->watch->operation (0, SKEIN_OPERATION_START, self->started, time, -1, self->user_data);
  send_task (self);

  return TRUE;
}

static gboolean
take_operation (Process   *self,
                GVariant  *event,
                GError   **error)
{
  SkeinOperation operation;
  gint64 thread = 0, begin = -1, end = -1, on_core = -1;
  const char *name;

  if (!skein_worker_message_get_text (event, "name", &name, error) ||
      !skein_worker_message_get_number (event, "thread", 1, G_MAXUINT, &thread, error) ||
      !skein_worker_message_get_number (event, "begin", 0, G_MAXINT64, &begin, error) ||
      !skein_worker_message_get_number (event, "end", begin, G_MAXINT64, &end, error) ||
      !skein_worker_message_get_number (event, "on-core", 0, G_MAXINT64, &on_core, error))
    return FALSE;

  /* A newer program may know more of them. */
  if (name != NULL && begin >= 0 && end >= begin && skein_operation_from_name (name, &operation))
    self->watch->operation ((guint) thread, operation, begin, end, on_core, self->user_data);

  return TRUE;
}

static gboolean
take_progress (Process   *self,
               GVariant  *event,
               GError   **error)
{
  gint64 received = 0, total = -1;
  const char *name;

  if (!skein_worker_message_get_number (event, "received", 0, G_MAXINT64, &received, error) ||
      !skein_worker_message_get_number (event, "total", 0, G_MAXINT64, &total, error) ||
      !skein_worker_message_get_bytes (event, "name", &name, error))
    return FALSE;

  self->watch->progress ((guint64) received, total, name, self->user_data);

  return TRUE;
}

/* It has no more to say, so it shall end. */
static void
dismiss (Process *self)
{
  g_socket_shutdown (self->input, FALSE, TRUE, NULL);
  if (self->deadline == 0)
    self->deadline = g_get_monotonic_time () + GRACE_SECONDS * G_USEC_PER_SEC;
}

static gboolean
take_event (Process   *self,
            GVariant  *event,
            GError   **error)
{
  const char *name;

  if (!skein_worker_message_get_text (event, "event", &name, error))
    return FALSE;
  if (g_strcmp0 (name, "hello") == 0 && !self->greeted)
    return take_hello (self, event, error);
  if (!self->greeted)
    {
      g_set_error_literal (error, SKEIN_ERROR, SKEIN_ERROR_WORKER, "No hello came first");
      return FALSE;
    }
  if (g_strcmp0 (name, "operation") == 0)
    return take_operation (self, event, error);
  if (g_strcmp0 (name, "progress") == 0)
    return take_progress (self, event, error);
  if (g_strcmp0 (name, "result") == 0)
    {
      self->result = g_variant_ref (event);
      dismiss (self);
    }

  return TRUE;
}

static gboolean
take_line (Process   *self,
           GError   **error)
{
  g_autoptr (GVariant) event = skein_worker_message_parse (self->line->str, self->line->len, error);

  return event != NULL && take_event (self, event, error);
}

static void
take_bytes (Process    *self,
            const char *bytes,
            gsize       length)
{
  while (length > 0 && self->result == NULL && self->error == NULL)
    {
      const char *end = memchr (bytes, '\n', length);
      gsize n = end != NULL ? (gsize) (end - bytes) : length;

      g_string_append_len (self->line, bytes, (gssize) MIN (n, SKEIN_WORKER_LINE_MAX - self->line->len));
      if (end != NULL || self->line->len == SKEIN_WORKER_LINE_MAX)
        {
          if (!take_line (self, &self->error))
            kill (self->pid, SIGKILL);
          g_string_truncate (self->line, 0);
        }
      n += end != NULL ? 1 : 0;
      bytes += n;
      length -= n;
    }
}

/* Milliseconds, rounded up. */
static int
get_patience (Process *self)
{
  gint64 left = self->deadline - g_get_monotonic_time ();

  if (self->deadline == 0 || self->deadline == G_MAXINT64)
    return -1;

  return left <= 0 ? 0 : (int) (left / 1000) + 1;
}

/* Until something can be read. */
static void
wait_for_output (Process *self)
{
  for (;;)
    {
      GPollFD fds[2] = { { .fd = self->output, .events = G_IO_IN } };
      gboolean listens = self->deadline == 0 && g_cancellable_make_pollfd (self->cancellable, &fds[1]);
      int n = g_poll (fds, listens ? 2 : 1, get_patience (self));

      if (listens)
        g_cancellable_release_fd (self->cancellable);
      if (self->deadline == 0 && g_cancellable_is_cancelled (self->cancellable))
        dismiss (self);
      else if (n == 0)
        {
          kill (self->pid, SIGKILL);
          self->deadline = G_MAXINT64;
        }
      if (n > 0 && fds[0].revents != 0)
        return;
    }
}

/* Returns the status that it ended with. */
static int
listen_to (Process *self)
{
  int status = 0;
  char bytes[16384];
  gssize n;

  do
    {
      wait_for_output (self);
      n = read (self->output, bytes, sizeof bytes);
      if (n > 0)
        take_bytes (self, bytes, (gsize) n);
    }
  while (n > 0 || (n < 0 && errno == EINTR));

  /* Whoever has closed its output and goes on is of no use; of those that ended the status stays. */
  kill (self->pid, SIGKILL);
  while (waitpid (self->pid, &status, 0) < 0 && errno == EINTR)
    ;

  return status;
}

static gboolean
judge_result (Process  *self,
              GError  **error)
{
  const char *domain, *code, *message;
  gboolean good = FALSE;

  g_variant_lookup (self->result, "good", "b", &good);
  if (good)
    return TRUE;
  if (!skein_worker_message_get_text (self->result, "domain", &domain, error) ||
      !skein_worker_message_get_text (self->result, "code", &code, error) ||
      !skein_worker_message_get_text (self->result, "message", &message, error))
    return FALSE;

  if (error != NULL)
    *error = skein_error_new_from_name (domain != NULL ? domain : "", code != NULL ? code : "",
                                        message != NULL ? message : "");

  return FALSE;
}

static gboolean
judge (Process  *self,
       int       status,
       GError  **error)
{
  if (self->result != NULL)
    return judge_result (self, error);

  if (self->error != NULL)
    g_set_error (error, SKEIN_ERROR, SKEIN_ERROR_WORKER, "The worker wrote what is no event: %s",
                 self->error->message);
  else if (g_cancellable_is_cancelled (self->cancellable))
    g_cancellable_set_error_if_cancelled (self->cancellable, error);
  else if (WIFSIGNALED (status))
    g_set_error (error, SKEIN_ERROR, SKEIN_ERROR_WORKER, "The worker crashed: signal %d", WTERMSIG (status));
  else
    g_set_error (error, SKEIN_ERROR, SKEIN_ERROR_WORKER, "The worker crashed: it ended with %d and no result",
                 WEXITSTATUS (status));

  return FALSE;
}

gboolean
skein_worker_process_run (const char *const       *argv,
                          GVariant                *task,
                          const SkeinWorkerWatch  *watch,
                          gpointer                 user_data,
                          GCancellable            *cancellable,
                          GVariant               **result,
                          GError                 **error)
{
  g_auto (Process) self = {
    .cancellable = cancellable, .task = g_variant_ref_sink (task), .watch = watch, .user_data = user_data,
    .output = -1, .line = g_string_new (NULL),
  };
  g_autoptr (GError) local = NULL;
  int status;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (!start (&self, argv, &local))
    {
      g_set_error (error, SKEIN_ERROR, SKEIN_ERROR_WORKER, "The worker could not be started: %s", local->message);
      return FALSE;
    }

  if (watch->started != NULL)
    watch->started ((int) self.pid, user_data);
  status = listen_to (&self);
  if (result != NULL)
    *result = self.result != NULL ? g_variant_ref (self.result) : NULL;

  return judge (&self, status, error);
}
