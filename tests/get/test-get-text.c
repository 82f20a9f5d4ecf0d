/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-get-text.h"

static void
test_escape (void)
{
  const struct { const char *text; const char *escaped; } table[] = {
    { "", "" },
    { "moon.png", "moon.png" },
    { "Grüße 月.png", "Grüße 月.png" },
    { "a\033]0;title\007b", "a\\x1b]0;title\\x07b" },
    { "line\r\nfeed\tend", "line\\x0d\\x0afeed\\x09end" },
    { "c1 \302\233 31m", "c1 \\x9b 31m" },
    { "gpj\342\200\256exe", "gpj\\u202eexe" },
    { "bad \377 byte", "bad \357\277\275 byte" },
    { "del \177", "del \\x7f" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *escaped = skein_get_text_escape (table[i].text);

      g_assert_cmpstr (escaped, ==, table[i].escaped);
    }
}

static void
test_fit (void)
{
  const struct { const char *text; guint columns; gboolean pad; const char *fitted; } table[] = {
    { "abc", 5, TRUE, "abc  " }, { "abc", 5, FALSE, "abc" }, { "abcde", 5, TRUE, "abcde" },
    { "abcdef", 5, TRUE, "abcd…" }, { "月月月", 6, TRUE, "月月月" }, { "月月月", 5, TRUE, "月月…" },
    { "月月月", 4, TRUE, "月… " }, { "abc", 1, FALSE, "…" }, { "abc", 0, FALSE, "" }, { "", 2, TRUE, "  " },
    { "e\314\201e\314\201", 2, TRUE, "e\314\201e\314\201" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *fitted = skein_get_text_fit (table[i].text, table[i].columns, table[i].pad);

      g_assert_cmpstr (fitted, ==, table[i].fitted);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/get-text/escape", test_escape);
  g_test_add_func ("/get-text/fit", test_fit);

  return g_test_run ();
}
