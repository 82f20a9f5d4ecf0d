/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-get-worker-context.h"

#include "skein-thread-time.h"

/* A turn at the copy gate that came at once is not told as a wait for a lock. */
#define LOCK_LEAST 100

/* What is known of a thread of the task. */
typedef struct
{
  guint  number;  /* from 1; constant */
  gint64 begin;   /* of the operation it is in */
  gint64 on_core; /* processor time that it had used by then */
} Seen;

static GPrivate seen_key = G_PRIVATE_INIT (g_free);

static Seen *
get_seen (void)
{
  static int last = 0;
  Seen *seen = g_private_get (&seen_key);

  if (seen == NULL)
    {
      seen = g_new0 (Seen, 1);
      seen->number = (guint) g_atomic_int_add (&last, 1) + 1;
      g_private_set (&seen_key, seen);
    }

  return seen;
}

static void
worker_enter (SkeinTaskContext *context,
              SkeinOperation    operation)
{
  SkeinGetWorkerContext *self = (SkeinGetWorkerContext *) context;
  Seen *seen = get_seen ();
  gint64 asked = g_get_monotonic_time ();

  skein_task_context_enter (self->inner, operation);
  seen->begin = g_get_monotonic_time ();
  if (seen->begin - asked >= LOCK_LEAST)
    skein_get_worker_events_operation (self->events, seen->number, SKEIN_OPERATION_LOCK, asked, seen->begin, 0);
  seen->on_core = skein_thread_time ();
}

static void
worker_leave (SkeinTaskContext *context,
              SkeinOperation    operation)
{
  SkeinGetWorkerContext *self = (SkeinGetWorkerContext *) context;
  Seen *seen = get_seen ();

  skein_get_worker_events_operation (self->events, seen->number, operation, seen->begin, g_get_monotonic_time (),
                                     skein_thread_time () - seen->on_core);
  skein_task_context_leave (self->inner, operation);
}

static void
worker_stamp (SkeinTaskContext *context,
              SkeinOperation    operation,
              gint64            begin,
              gint64            end)
{
  SkeinGetWorkerContext *self = (SkeinGetWorkerContext *) context;

  skein_get_worker_events_operation (self->events, get_seen ()->number, operation, begin, end, -1);
  skein_task_context_stamp (self->inner, operation, begin, end);
}

static gboolean
worker_spawn_helper (SkeinTaskContext *context,
                     GThreadFunc       func,
                     gpointer          data)
{
  return skein_task_context_spawn_helper (((SkeinGetWorkerContext *) context)->inner, func, data);
}

static void
worker_checkpoint (SkeinTaskContext *context)
{
  skein_task_context_checkpoint (((SkeinGetWorkerContext *) context)->inner);
}

static const SkeinTaskContextFuncs worker_funcs = {
  .enter = worker_enter,
  .leave = worker_leave,
  .stamp = worker_stamp,
  .spawn_helper = worker_spawn_helper,
  .checkpoint = worker_checkpoint,
};

void
skein_get_worker_context_init (SkeinGetWorkerContext *self,
                               SkeinTaskContext      *inner,
                               SkeinGetWorkerEvents  *events)
{
  self->base = *inner;
  self->base.funcs = &worker_funcs;
  self->inner = inner;
  self->events = events;
}
