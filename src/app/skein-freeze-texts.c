/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-freeze-texts.h"

#include <glib/gi18n-lib.h>

#include "skein-describe.h"

/* Sentences stand one after the other in every language; inside them nothing is put together. */
static void
add_sentence (GString *text,
              char    *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
  g_free (sentence);
}

char *
skein_freeze_text_before (const char *name,
                          guint       number,
                          guint       total,
                          int         longest)
{
  GString *text = g_string_new (NULL);

  add_sentence (text, g_strdup (_("Frozen on purpose.")));
  /* Translators: %s is the name of a file; “3 of 12” counts the files */
  add_sentence (text, g_strdup_printf (_("Downloading %s on the window’s thread (%u of %u)."),
                                       name, number, total));
  if (longest > 0)
    {
      /* Translators: %d is a number of seconds */
      add_sentence (text, g_strdup_printf (_("It answers again within %d\u00a0s."), longest));
    }
  return g_string_free (text, FALSE);
}

char *
skein_freeze_text_after (gint64  duration,
                         guint   clicks,
                         guint   workers,
                         guint64 received)
{
  g_autofree char *length = skein_describe_duration (duration);
  g_autofree char *size = skein_describe_size (received);
  GString *text = g_string_new (NULL);

  /* Translators: %s is a time such as “2.0 s” */
  add_sentence (text, g_strdup_printf (_("Answered again after %s."), length));
  if (clicks > 0)
    add_sentence (text, g_strdup_printf (ngettext ("%u click waited.", "%u clicks waited.", clicks), clicks));
  if (workers > 0 && received > 0)
    {
      /* Translators: %s is a size such as “48 MB” */
      add_sentence (text, g_strdup_printf (ngettext ("Meanwhile %u worker thread received %s.",
                                                     "Meanwhile %u worker threads received %s.",
                                                     workers),
                                           workers, size));
    }
  return g_string_free (text, FALSE);
}

char *
skein_freeze_text_stopped (int         longest,
                           const char *name,
                           guint       others)
{
  GString *text = g_string_new (NULL);

  /* Translators: %d is a number of seconds */
  add_sentence (text, g_strdup_printf (_("Stopped the freeze after %d\u00a0s."), longest));
  if (others == 0)
    {
      /* Translators: %s is the name of a file */
      add_sentence (text, g_strdup_printf (_("%s goes on with threads."), name));
    }
  else
    {
      /* Translators: %s is the name of a file */
      add_sentence (text, g_strdup_printf (ngettext ("%s and %u other go on with threads.",
                                                     "%s and %u others go on with threads.",
                                                     others),
                                           name, others));
    }
  return g_string_free (text, FALSE);
}
