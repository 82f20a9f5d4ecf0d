/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-freeze-texts.h"

#define NBSP "\u00a0"

static void
assert_text (char       *text,
             const char *expected)
{
  g_autofree char *owned = text;

  g_assert_cmpstr (owned, ==, expected);
}

static void
test_before (void)
{
  assert_text (skein_freeze_text_before ("moon.png", 3, 12, 4),
               "Frozen on purpose. Downloading moon.png on the window’s thread (3 of 12). "
               "It answers again within 4" NBSP "s.");
  assert_text (skein_freeze_text_before ("100%s.png", 1, 1, 0),
               "Frozen on purpose. Downloading 100%s.png on the window’s thread (1 of 1).");
}

static void
test_after (void)
{
  assert_text (skein_freeze_text_after (2 * G_USEC_PER_SEC, 2, 5, 48 * 1000 * 1000),
               "Answered again after 2.0" NBSP "s. 2 clicks waited. "
               "Meanwhile 5 worker threads received 48" NBSP "MB.");
  assert_text (skein_freeze_text_after (2 * G_USEC_PER_SEC, 1, 1, 48 * 1000 * 1000),
               "Answered again after 2.0" NBSP "s. 1 click waited. "
               "Meanwhile 1 worker thread received 48" NBSP "MB.");
  assert_text (skein_freeze_text_after (2 * G_USEC_PER_SEC, 0, 5, 0),
               "Answered again after 2.0" NBSP "s.");
  assert_text (skein_freeze_text_after (2 * G_USEC_PER_SEC, 0, 0, 1000),
               "Answered again after 2.0" NBSP "s.");
}

static void
test_stopped (void)
{
  assert_text (skein_freeze_text_stopped (4, "moon.png", 8),
               "Stopped the freeze after 4" NBSP "s. moon.png and 8 others go on with threads.");
  assert_text (skein_freeze_text_stopped (4, "moon.png", 1),
               "Stopped the freeze after 4" NBSP "s. moon.png and 1 other go on with threads.");
  assert_text (skein_freeze_text_stopped (20, "moon.png", 0),
               "Stopped the freeze after 20" NBSP "s. moon.png goes on with threads.");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/freeze-texts/before", test_before);
  g_test_add_func ("/freeze-texts/after", test_after);
  g_test_add_func ("/freeze-texts/stopped", test_stopped);

  return g_test_run ();
}
