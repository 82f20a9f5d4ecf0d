/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-targets.h"

#include <string.h>

#include "skein-journal-line.h"

/* What is read is what is written again and read again. */
void
fuzz_journal_line (const guint8 *bytes,
                   gsize         length)
{
  SkeinJournalEntry entry = { 0 };
  SkeinJournalEntry again = { 0 };
  g_autofree char *line = NULL;

  if (!skein_journal_line_parse ((const char *) bytes, length, &entry))
    {
      g_assert_null (entry.path);
      return;
    }

  line = skein_journal_line_format (&entry);
  g_assert_true (strchr (line, '\n') == line + strlen (line) - 1);
  /* A path of many escapes may grow beyond the longest line. */
  if (skein_journal_line_parse (line, strlen (line) - 1, &again))
    {
      g_assert_cmpmem (&entry.key, sizeof entry.key, &again.key, sizeof again.key);
      g_assert_cmpuint (entry.size, ==, again.size);
      g_assert_cmpuint (entry.inode, ==, again.inode);
      g_assert_cmpint (entry.modified, ==, again.modified);
      g_assert_cmpstr (entry.path, ==, again.path);
    }
  else
    g_assert_cmpuint (strlen (line), >, 16 * 1024);
  g_free (entry.path);
  g_free (again.path);
}
