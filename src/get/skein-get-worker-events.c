/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-get-worker-events.h"

#include <errno.h>
#include <unistd.h>

#include "skein-error-name.h"
#include "skein-worker-message.h"

/* Written at once, so that many operations share a system call; and the memory that a slow reader costs. */
#define PERIOD (100 * G_TIME_SPAN_MILLISECOND)
#define ENOUGH (32 * 1024)
#define MOST   (1024 * 1024)

/* An error of a library may quote anything. */
#define MESSAGE_MOST 2000

struct _SkeinGetWorkerEvents
{
  int           fd;    /* the writing thread */
  GCancellable *stop;  /* thread-safe */
  GThread      *thread;

  GMutex        mutex;
  GCond         more;

  /* Under the mutex. */
  GString      *lines;
  guint64       lost;
  gboolean      urgent;
  gboolean      ended;
};

static gboolean
write_all (int         fd,
           const char *bytes,
           gsize       length)
{
  while (length > 0)
    {
      gssize n = write (fd, bytes, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      bytes += n;
      length -= (gsize) n;
    }

  return TRUE;
}

/* Under the mutex: until there is a whole period's worth, or something that shall not wait. */
static void
gather (SkeinGetWorkerEvents *self)
{
  gint64 due;

  while (self->lines->len == 0 && !self->ended)
    g_cond_wait (&self->more, &self->mutex);

  due = g_get_monotonic_time () + PERIOD;
  while (!self->urgent && !self->ended && self->lines->len < ENOUGH)
    if (!g_cond_wait_until (&self->more, &self->mutex, due))
      break;
  self->urgent = FALSE;
}

static gpointer
write_thread (gpointer data)
{
  SkeinGetWorkerEvents *self = data;
  gboolean good = TRUE;
  gboolean ended;

  do
    {
      g_autoptr (GString) lines = NULL;

      g_mutex_lock (&self->mutex);
      gather (self);
      lines = self->lines;
      self->lines = g_string_new (NULL);
      ended = self->ended;
      g_mutex_unlock (&self->mutex);

      if (good && !write_all (self->fd, lines->str, lines->len))
        {
          good = FALSE;
          g_cancellable_cancel (self->stop);
        }
    }
  while (!ended);

  return NULL;
}

static char *
print (const char   *event,
       GVariantDict *fields)
{
  g_variant_dict_insert (fields, "event", "s", event);

  return skein_worker_message_print (g_variant_dict_end (fields));
}

static void
put (SkeinGetWorkerEvents *self,
     const char           *event,
     GVariantDict         *fields)
{
  g_autofree char *line = print (event, fields);

  g_mutex_lock (&self->mutex);
  g_string_append (self->lines, line);
  self->urgent = TRUE;
  g_cond_signal (&self->more);
  g_mutex_unlock (&self->mutex);
}

static void
say_hello (SkeinGetWorkerEvents *self)
{
  g_auto (GVariantDict) fields = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&fields, "version", "u", SKEIN_WORKER_VERSION);
  g_variant_dict_insert (&fields, "program", "s", SKEIN_VERSION);
  g_variant_dict_insert (&fields, "pid", "u", (guint32) getpid ());
  g_variant_dict_insert (&fields, "time", "x", g_get_monotonic_time ());
  put (self, "hello", &fields);
}

SkeinGetWorkerEvents *
skein_get_worker_events_new (int           fd,
                             GCancellable *stop)
{
  SkeinGetWorkerEvents *self = g_new0 (SkeinGetWorkerEvents, 1);

  self->fd = fd;
  self->stop = g_object_ref (stop);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->more);
  self->lines = g_string_new (NULL);
  say_hello (self);
  self->thread = g_thread_new ("skein events", write_thread, self);

  return self;
}

void
skein_get_worker_events_operation (SkeinGetWorkerEvents *self,
                                   guint                 thread,
                                   SkeinOperation        operation,
                                   gint64                begin,
                                   gint64                end,
                                   gint64                on_core)
{
  g_mutex_lock (&self->mutex);
  if (self->lines->len < MOST)
    {
      g_string_append_printf (self->lines,
                              "{'event': <'operation'>, 'name': <'%s'>, 'thread': <uint32 %u>, "
                              "'begin': <int64 %" G_GINT64_FORMAT ">, 'end': <int64 %" G_GINT64_FORMAT ">",
                              skein_operation_get_name (operation), thread, begin, end);
      if (on_core >= 0)
        g_string_append_printf (self->lines, ", 'on-core': <int64 %" G_GINT64_FORMAT ">", on_core);
      g_string_append (self->lines, "}\n");
    }
  else
    self->lost++;
  g_cond_signal (&self->more);
  g_mutex_unlock (&self->mutex);
}

void
skein_get_worker_events_progress (SkeinGetWorkerEvents        *self,
                                  const SkeinProgressSnapshot *now,
                                  const char                  *name)
{
  g_auto (GVariantDict) fields = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&fields, "received", "t", now->received);
  if (now->total >= 0)
    g_variant_dict_insert (&fields, "total", "t", (guint64) now->total);
  g_variant_dict_insert (&fields, "connections", "u", now->connections);
  if (name != NULL)
    g_variant_dict_insert (&fields, "name", "^ay", name);
  put (self, "progress", &fields);
}

static void
put_result (SkeinGetWorkerEvents *self,
            GVariant             *result,
            const GError         *error)
{
  g_autoptr (GVariant) owned = result != NULL ? g_variant_ref_sink (result) : NULL;
  g_auto (GVariantDict) fields = G_VARIANT_DICT_INIT (owned);

  g_variant_dict_insert (&fields, "good", "b", error == NULL);
  if (error != NULL)
    {
      g_autofree char *valid = g_utf8_make_valid (error->message, -1);
      g_autofree char *message = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MESSAGE_MOST));
      const char *domain;
      g_autofree char *code = skein_error_name (error, &domain);

      g_variant_dict_insert (&fields, "domain", "s", domain);
      g_variant_dict_insert (&fields, "code", "s", code);
      g_variant_dict_insert (&fields, "message", "s", message);
    }
  if (self->lost > 0)
    g_variant_dict_insert (&fields, "operations-lost", "t", self->lost);
  put (self, "result", &fields);
}

void
skein_get_worker_events_end (SkeinGetWorkerEvents *self,
                             GVariant             *result,
                             const GError         *error)
{
  put_result (self, result, error);
  g_mutex_lock (&self->mutex);
  self->ended = TRUE;
  g_cond_signal (&self->more);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);

  close (self->fd);
  g_string_free (self->lines, TRUE);
  g_cond_clear (&self->more);
  g_mutex_clear (&self->mutex);
  g_object_unref (self->stop);
  g_free (self);
}
