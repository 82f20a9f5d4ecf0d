/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-targets.h"

#include "skein-netrc.h"

#include <string.h>

static char *
find (const guint8 *bytes,
      gsize         length,
      gsize         block,
      gboolean      by_name)
{
  g_autoptr (SkeinNetrc) netrc = skein_netrc_new ();

  for (gsize at = 0; at < length; at += block)
    skein_netrc_feed (netrc, (const char *) bytes + at, MIN (block, length - at));
  skein_netrc_end (netrc);

  return skein_netrc_find (netrc, "a.org", NULL, by_name);
}

/* However the bytes are cut, the logins are the same, and each has a name and a password. */
void
fuzz_netrc (const guint8 *bytes,
            gsize         length)
{
  for (int by_name = FALSE; by_name <= TRUE; by_name++)
    {
      g_autofree char *whole = find (bytes, length, MAX (length, 1), by_name);
      g_autofree char *pieces = find (bytes, length, 1, by_name);

      g_assert_cmpstr (whole, ==, pieces);
      g_assert_true (whole == NULL || strchr (whole, ':') != NULL);
    }
}
