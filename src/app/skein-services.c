/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-services.h"

#include "skein-threads-runner.h"

static void
at_once_changed_cb (GSettings     *settings,
                    const char    *key,
                    SkeinServices *self)
{
  skein_threads_runner_set_workers (SKEIN_THREADS_RUNNER (self->threads),
                                    (guint) g_settings_get_int (settings, key));
  skein_manager_pump (self->manager);
}

static void
per_host_changed_cb (GSettings     *settings,
                     const char    *key,
                     SkeinServices *self)
{
  skein_manager_set_per_host (self->manager, (guint) g_settings_get_int (settings, key));
}

static void
tries_changed_cb (GSettings     *settings,
                  const char    *key,
                  SkeinServices *self)
{
  skein_manager_set_tries (self->manager, (guint) g_settings_get_int (settings, key));
}

static char *
resolve_practice (const char *address,
                  gpointer    user_data)
{
  SkeinServices *self = user_data;

  return skein_practice_link_resolve (self->practice, address);
}

static void
fail_practice (SkeinServices *self,
               const GError  *error)
{
  g_autoptr(GPtrArray) unfinished = skein_manager_dup_unfinished (self->manager);

  for (guint i = 0; i < unfinished->len; i++)
    {
      if (g_str_has_prefix (skein_download_get_address (unfinished->pdata[i]), SKEIN_PRACTICE_PREFIX))
        skein_manager_fail (self->manager, unfinished->pdata[i], error);
    }
}

static void
practice_changed_cb (SkeinServices *self)
{
  const GError *error = skein_practice_link_get_error (self->practice);

  if (error != NULL)
    fail_practice (self, error);
  skein_manager_pump (self->manager);
}

SkeinServices *
skein_services_new (void)
{
  SkeinServices *self = g_rc_box_new0 (SkeinServices);
  guint per_host;

  self->settings = g_settings_new (SKEIN_APPLICATION_ID);

  /* Each of the downloads that may run needs a connection of its own: else it would hold a worker and wait. */
  per_host = (guint) g_settings_get_int (self->settings, "downloads-per-host");
  self->hosts = skein_host_table_new (MAX (per_host, SKEIN_HOST_TABLE_DEFAULT_PER_HOST),
                                      SKEIN_HOST_TABLE_DEFAULT_IN_ALL);
  self->threads = skein_threads_runner_new ((guint) g_settings_get_int (self->settings, "downloads-at-once"),
                                            self->hosts);
  self->manager = skein_manager_new (self->threads);
  self->practice = skein_practice_link_new ();
  self->intake = skein_intake_new (self->manager, self->settings);

  skein_manager_set_resolve (self->manager, resolve_practice, self);
  skein_manager_set_per_host (self->manager, per_host);
  skein_manager_set_tries (self->manager, (guint) g_settings_get_int (self->settings, "tries"));

  g_signal_connect (self->settings, "changed::downloads-at-once", G_CALLBACK (at_once_changed_cb), self);
  g_signal_connect (self->settings, "changed::downloads-per-host", G_CALLBACK (per_host_changed_cb), self);
  g_signal_connect (self->settings, "changed::tries", G_CALLBACK (tries_changed_cb), self);
  g_signal_connect_swapped (self->practice, "changed", G_CALLBACK (practice_changed_cb), self);

  return self;
}

SkeinServices *
skein_services_ref (SkeinServices *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  SkeinServices *self = data;

  g_signal_handlers_disconnect_by_data (self->settings, self);
  g_signal_handlers_disconnect_by_data (self->practice, self);
  skein_manager_set_resolve (self->manager, NULL, NULL);

  skein_runner_shutdown (self->threads);
  g_clear_object (&self->intake);
  g_clear_object (&self->practice);
  g_clear_object (&self->manager);
  g_clear_object (&self->threads);
  g_clear_pointer (&self->hosts, skein_host_table_unref);
  g_clear_object (&self->settings);
}

void
skein_services_unref (SkeinServices *self)
{
  g_return_if_fail (self != NULL);

  g_rc_box_release_full (self, clear);
}
