/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-fake-runner.h"

typedef struct
{
  char           *name;
  SkeinTaskFunc   func;
  gpointer        data;
  GDestroyNotify  destroy;
  GTask          *task;
} Given;

struct _SkeinFakeRunner
{
  GObject parent_instance;

  guint capacity;
  GPtrArray *given;
};

static void skein_fake_runner_runner_init (SkeinRunnerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SkeinFakeRunner, skein_fake_runner, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SKEIN_TYPE_RUNNER, skein_fake_runner_runner_init))

static void
operation (SkeinTaskContext *context,
           SkeinOperation    which)
{
}

static void
stamp (SkeinTaskContext *context,
       SkeinOperation    which,
       gint64            begin,
       gint64            end)
{
}

static gboolean
spawn_helper (SkeinTaskContext *context,
              GThreadFunc       func,
              gpointer          data)
{
  return FALSE;
}

static const SkeinTaskContextFuncs funcs = { operation, operation, stamp, spawn_helper };

static void
given_free (gpointer data)
{
  Given *given = data;

  if (given->destroy != NULL)
    given->destroy (given->data);
  g_free (given->name);
  g_object_unref (given->task);
  g_free (given);
}

static void
run_async (SkeinRunner         *runner,
           const char          *name,
           SkeinTaskFunc        func,
           gpointer             data,
           GDestroyNotify       destroy,
           GCancellable        *cancellable,
           GAsyncReadyCallback  callback,
           gpointer             user_data)
{
  SkeinFakeRunner *self = SKEIN_FAKE_RUNNER (runner);
  Given *given = g_new0 (Given, 1);

  given->name = g_strdup (name);
  given->func = func;
  given->data = data;
  given->destroy = destroy;
  given->task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_check_cancellable (given->task, FALSE);
  g_task_set_source_tag (given->task, skein_runner_run_async);
  g_ptr_array_add (self->given, given);
}

static guint
get_capacity (SkeinRunner *runner)
{
  return SKEIN_FAKE_RUNNER (runner)->capacity;
}

static void
shut_down (SkeinRunner *runner)
{
}

static void
skein_fake_runner_runner_init (SkeinRunnerInterface *iface)
{
  iface->run_async = run_async;
  iface->get_capacity = get_capacity;
  iface->shutdown = shut_down;
}

SkeinFakeRunner *
skein_fake_runner_new (guint capacity)
{
  SkeinFakeRunner *self = g_object_new (SKEIN_TYPE_FAKE_RUNNER, NULL);

  self->capacity = capacity;

  return self;
}

void
skein_fake_runner_set_capacity (SkeinFakeRunner *self,
                                guint            capacity)
{
  self->capacity = capacity;
}

guint
skein_fake_runner_get_n_tasks (SkeinFakeRunner *self)
{
  return self->given->len;
}

static Given *
get_given (SkeinFakeRunner *self,
           guint            index)
{
  g_assert_cmpuint (index, <, self->given->len);

  return g_ptr_array_index (self->given, index);
}

const char *
skein_fake_runner_get_name (SkeinFakeRunner *self,
                            guint            index)
{
  return get_given (self, index)->name;
}

gboolean
skein_fake_runner_is_cancelled (SkeinFakeRunner *self,
                                guint            index)
{
  return g_cancellable_is_cancelled (g_task_get_cancellable (get_given (self, index)->task));
}

void
skein_fake_runner_run (SkeinFakeRunner *self,
                       guint            index)
{
  Given *given = get_given (self, index);
  g_autoptr (SkeinHostTable) hosts = skein_host_table_new (1, 1);
  SkeinTaskContext context = { .funcs = &funcs, .hosts = hosts };
  GError *error = NULL;

  if (given->func (&context, given->data, g_task_get_cancellable (given->task), &error))
    {
      g_assert_no_error (error);
      g_task_return_boolean (given->task, TRUE);
    }
  else
    g_task_return_error (given->task, error);

  g_ptr_array_remove_index (self->given, index);
}

void
skein_fake_runner_fail (SkeinFakeRunner *self,
                        guint            index,
                        GError          *error)
{
  g_task_return_error (get_given (self, index)->task, error);
  g_ptr_array_remove_index (self->given, index);
}

static void
skein_fake_runner_finalize (GObject *object)
{
  g_ptr_array_unref (SKEIN_FAKE_RUNNER (object)->given);

  G_OBJECT_CLASS (skein_fake_runner_parent_class)->finalize (object);
}

static void
skein_fake_runner_class_init (SkeinFakeRunnerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = skein_fake_runner_finalize;
}

static void
skein_fake_runner_init (SkeinFakeRunner *self)
{
  self->given = g_ptr_array_new_with_free_func (given_free);
}
