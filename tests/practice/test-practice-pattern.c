/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-practice-pattern.h"

#include <string.h>

#define BLOCK SKEIN_PRACTICE_PATTERN_BLOCK
#define PAGE  SKEIN_PRACTICE_PATTERN_PAGE

static void
test_offsets (void)
{
  const gsize size = 2 * BLOCK + 1234;
  g_autofree guint8 *whole = g_malloc (size);
  guint8 part[PAGE + 33];

  skein_practice_pattern_fill (5, 0, whole, size);
  for (gsize offset = 0; offset + sizeof part <= size; offset += 997)
    {
      gsize length = offset % sizeof part;

      memset (part, 0xee, sizeof part);
      skein_practice_pattern_fill (5, offset, part, length);
      g_assert_cmpmem (part, length, whole + offset, length);
      g_assert_cmpint (part[length], ==, 0xee);
    }
}

static void
test_pages_differ (void)
{
  guint8 first[PAGE];
  guint8 other[PAGE];
  const guint64 places[] = { PAGE, BLOCK, 7 * BLOCK, G_GUINT64_CONSTANT (5) << 40 };

  skein_practice_pattern_fill (0, 0, first, PAGE);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      guint64 page;

      skein_practice_pattern_fill (0, places[i], other, PAGE);
      memcpy (&page, other, sizeof page);
      g_assert_cmpuint (GUINT64_FROM_BE (page), ==, places[i] / PAGE);
      g_assert_true (memcmp (first, other, PAGE) != 0);
    }

  /* The same place of the next block differs in its page number only. */
  skein_practice_pattern_fill (0, BLOCK, other, PAGE);
  g_assert_cmpmem (first + 8, PAGE - 8, other + 8, PAGE - 8);
}

static void
test_seeds_differ (void)
{
  guint8 first[PAGE];
  guint8 other[PAGE];
  guint same = 0;

  skein_practice_pattern_fill (1, 8, first, PAGE);
  skein_practice_pattern_fill (2, 8, other, PAGE);
  for (guint i = 0; i < PAGE; i++)
    same += first[i] == other[i];

  g_assert_cmpuint (same, <, PAGE / 32);
}

static void
test_window (void)
{
  g_autoptr (SkeinPracticeWindow) window = skein_practice_window_new ();
  const guint64 offsets[] = { 0, 5, BLOCK - 1, BLOCK, 3 * BLOCK + 77, BLOCK / 2, 3, 9 * BLOCK + BLOCK / 4 - 2 };
  g_autofree guint8 *expected = g_malloc (BLOCK);

  for (guint seed = 0; seed < 3; seed++)
    for (guint i = 0; i < G_N_ELEMENTS (offsets); i++)
      {
        gsize length;
        const guint8 *data = skein_practice_window_peek (window, seed, offsets[i], &length);

        g_assert_cmpuint (length, >, 0);
        g_assert_cmpuint (length, <=, BLOCK);
        skein_practice_pattern_fill (seed, offsets[i], expected, length);
        g_assert_cmpmem (data, length, expected, length);
      }
}

static void
test_sha256 (void)
{
  const gsize sizes[] = { 0, 1, PAGE, BLOCK - 1, BLOCK + 1, 2 * BLOCK + 5 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree guint8 *data = g_malloc (sizes[i] + 1);
      g_autofree char *expected = NULL;
      g_autofree char *got = skein_practice_pattern_sha256 (3, sizes[i]);

      skein_practice_pattern_fill (3, 0, data, sizes[i]);
      expected = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, sizes[i]);
      g_assert_cmpstr (got, ==, expected);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/pattern/offsets", test_offsets);
  g_test_add_func ("/practice/pattern/pages-differ", test_pages_differ);
  g_test_add_func ("/practice/pattern/seeds-differ", test_seeds_differ);
  g_test_add_func ("/practice/pattern/window", test_window);
  g_test_add_func ("/practice/pattern/sha256", test_sha256);

  return g_test_run ();
}
