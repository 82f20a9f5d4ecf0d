/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-describe.h"

#include <glib/gi18n-lib.h>

static char *
describe_started_over (guint64 given_up)
{
  g_autofree char *size = skein_describe_size (given_up);

  /* Translators: "12.4 MB" were there already. */
  return g_strdup_printf (_("Started over: the server’s file had changed. %s were given up."), size);
}

char *
skein_describe_note (const SkeinNote *note)
{
  guint n = (guint) MIN (note->value, G_MAXUINT);

  switch (note->kind)
    {
    case SKEIN_NOTE_WITHOUT_PROOF:
      return g_strdup (_("Continued without proof: the server does not tell versions of the file apart, "
                         "so only a piece of it was compared."));
    case SKEIN_NOTE_STARTED_OVER:
      return describe_started_over (note->value);
    case SKEIN_NOTE_CONNECTIONS_REFUSED:
      return g_strdup_printf (ngettext ("The server gives %u connection, not more.",
                                        "The server gives %u connections, not more.", n), n);
    case SKEIN_NOTE_CONNECTION_LET_GO:
      return g_strdup_printf (ngettext ("%u connection that added nothing was let go.",
                                        "%u connections that added nothing were let go.", n), n);
    default:
      g_assert_not_reached ();
    }
}

char *
skein_describe_notes (SkeinDownload *download)
{
  const GArray *notes = skein_download_get_notes (download);
  GString *text = g_string_new (NULL);

  for (guint i = 0; notes != NULL && i < notes->len; i++)
    {
      g_autofree char *line = skein_describe_note (&g_array_index (notes, SkeinNote, i));

      if (i > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, line);
    }

  return g_string_free (text, text->len == 0);
}
