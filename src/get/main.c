/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "skein-get-compare.h"
#include "skein-get-options.h"
#include "skein-get-session.h"
#include "skein-get-status.h"
#include "skein-get-text.h"
#include "skein-get-worker.h"
#include "skein-transfer.h"

static int
refuse (const GError *error)
{
  g_autofree char *why = skein_get_text_escape (error->message);
  g_autofree char *text = g_strdup_printf (_("skein-get: %s\nTry “skein-get --help”.\n"), why);

  skein_get_text_put (stderr, text);

  return SKEIN_GET_STATUS_USAGE;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (SkeinGetOptions) options = NULL;
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, SKEIN_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (argc > 1 && strcmp (argv[1], "compare") == 0)
    {
      skein_transfer_init ();
      return skein_get_compare_main (argv + 1);
    }

  options = skein_get_options_parse (argv, &error);
  if (options == NULL)
    return refuse (error);

  if (options->version)
    {
      skein_get_text_put (stdout, "skein-get " SKEIN_VERSION "\n");
      return 0;
    }

  options->dress = skein_get_request_make (&options->request, &error);
  if (options->dress == NULL)
    return refuse (error);

  skein_transfer_init ();

  return options->worker ? skein_get_worker_run () : skein_get_session_run (options);
}
