/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-get-options.h"

#include <glib/gi18n-lib.h>

#include "skein-threads-runner.h"

void
skein_get_options_free (SkeinGetOptions *self)
{
  g_strfreev (self->addresses);
  g_free (self->list);
  g_free (self->folder);
  g_free (self);
}

static gboolean
check (const SkeinGetOptions  *self,
       int                     at_once,
       GError                **error)
{
  if (at_once < 1 || at_once > SKEIN_WORKERS_MAX)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("Downloads at once must be 1 to %d."), SKEIN_WORKERS_MAX);
      return FALSE;
    }

  if (!self->version && self->addresses == NULL && self->list == NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _("No address was given."));
      return FALSE;
    }

  return TRUE;
}

SkeinGetOptions *
skein_get_options_parse (char   **argv,
                         GError **error)
{
  g_autoptr (SkeinGetOptions) self = g_new0 (SkeinGetOptions, 1);
  g_autoptr (GOptionContext) context = NULL;
  g_auto (GStrv) arguments = g_strdupv (argv);
  g_autofree char *folder = NULL;
  int at_once = SKEIN_WORKERS_DEFAULT;
  const GOptionEntry entries[] = {
    { "input", 'i', 0, G_OPTION_ARG_FILENAME, &self->list,
      N_("Download the addresses in a file, one a line; - is the standard input"), N_("LIST") },
    { "directory", 'd', 0, G_OPTION_ARG_FILENAME, &folder, N_("Put the files there"), N_("DIR") },
    { "jobs", 'j', 0, G_OPTION_ARG_INT, &at_once, N_("Downloads at once, 1 to 64; without it 5"), N_("N") },
    { "blocking", 0, 0, G_OPTION_ARG_NONE, &self->blocking,
      N_("One after the other, without threads"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->version, N_("Show the version and exit"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->addresses, NULL, N_("ADDRESS…") },
    G_OPTION_ENTRY_NULL
  };

  context = g_option_context_new (NULL);
  g_option_context_set_summary (context, _("Downloads files. Practice pictures need no network: practice:1.png"));
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse_strv (context, &arguments, error) || !check (self, at_once, error))
    return NULL;

  self->at_once = (guint) at_once;
  self->folder = g_canonicalize_filename (folder != NULL ? folder : ".", NULL);

  return g_steal_pointer (&self);
}
