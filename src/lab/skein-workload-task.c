/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-workload-private.h"

#include "skein-error.h"
#include "skein-uri.h"
#include "skein-weather.h"

/* What asks for more is a mistake, or hostile. */
#define MOST_HOURS     (1000 * 1000)
#define MOST_ADDITIONS G_GINT64_CONSTANT (1000000000)

typedef SkeinWorkload *(*Maker) (GVariant  *task,
                                 guint     *number,
                                 GError   **error);

static SkeinWorkload *
make_picture (GVariant  *task,
              guint     *number,
              GError   **error)
{
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *login = NULL;
  const char *text;
  char *address;

  if (!skein_worker_message_get_text (task, "address", &text, error))
    return NULL;

  address = skein_uri_clean (text != NULL ? text : "", &login, error);
  if (address == NULL)
    return NULL;
  g_ptr_array_add (addresses, address);

  return skein_workload_new_pictures (addresses);
}

/* A task of any number may be asked for, so the workload has as many. */
static SkeinWorkload *
make_weather (GVariant  *task,
              guint     *number,
              GError   **error)
{
  gint64 which = 0, side = SKEIN_WEATHER_SIDE_MAX, hours = 1;

  if (!skein_worker_message_get_number (task, "number", 0, SKEIN_WORKLOAD_TASKS_MAX - 1, &which, error) ||
      !skein_worker_message_get_number (task, "side", 3, SKEIN_WEATHER_SIDE_MAX, &side, error) ||
      !skein_worker_message_get_number (task, "hours", 1, MOST_HOURS, &hours, error))
    return NULL;

  *number = (guint) which;

  return skein_workload_new_weather (SKEIN_WORKLOAD_TASKS_MAX, (guint) side, (guint) hours);
}

static SkeinWorkload *
make_counter (GVariant  *task,
              guint     *number,
              GError   **error)
{
  gint64 additions = 1, care = SKEIN_CARE_NONE;

  if (!skein_worker_message_get_number (task, "additions", 1, MOST_ADDITIONS, &additions, error) ||
      !skein_worker_message_get_number (task, "care", SKEIN_CARE_NONE, SKEIN_CARE_ATOMIC, &care, error))
    return NULL;

  return skein_workload_new_counter (1, (guint64) additions, (SkeinCare) care);
}

static SkeinWorkload *
make_tiny (GVariant  *task,
           guint     *number,
           GError   **error)
{
  return skein_workload_new_tiny (1);
}

static const struct
{
  const char *kind;
  Maker       make;
} makers[] = {
  { "picture", make_picture },
  { "weather", make_weather },
  { "counter", make_counter },
  { "tiny", make_tiny },
};

gboolean
skein_workload_is_kind (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (makers); i++)
    if (g_strcmp0 (kind, makers[i].kind) == 0)
      return TRUE;

  return FALSE;
}

SkeinWorkload *
skein_workload_new_from_task (GVariant  *task,
                              guint     *number,
                              GError   **error)
{
  const char *kind;

  *number = 0;
  if (!skein_worker_message_get_text (task, "kind", &kind, error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (makers); i++)
    if (g_strcmp0 (kind, makers[i].kind) == 0)
      return makers[i].make (task, number, error);

  g_set_error_literal (error, SKEIN_ERROR, SKEIN_ERROR_BAD_TASK, "The task is of no known kind");

  return NULL;
}

GVariant *
skein_workload_to_task (SkeinWorkload *self,
                        guint          number)
{
  g_auto (GVariantDict) task = G_VARIANT_DICT_INIT (NULL);

  g_return_val_if_fail (number < self->n_tasks, NULL);

  g_variant_dict_insert (&task, "version", "u", SKEIN_WORKER_VERSION);
  self->funcs->describe (self, number, &task);

  return g_variant_dict_end (&task);
}
