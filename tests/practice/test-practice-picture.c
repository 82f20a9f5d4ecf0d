/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-practice-ahead.h"

#include <string.h>

#include "skein-practice-picture.h"

/* Some of each kind. */
#define LOOKED_AT 8

static void
test_sizes (void)
{
  for (guint number = 1; number <= LOOKED_AT; number++)
    {
      g_autoptr (GBytes) picture = skein_practice_picture_get (number);
      gsize size;
      const char *data = g_bytes_get_data (picture, &size);

      g_assert_cmpmem (data, 4, "\211PNG", 4);
      g_assert_cmpuint (size, >, 350 * 1000);
      g_assert_cmpuint (size, <, 450 * 1000);
    }
}

static gpointer
get_cb (gpointer number)
{
  return skein_practice_picture_get (GPOINTER_TO_UINT (number));
}

/* Drawn once, whoever comes first; those who come meanwhile get the same. */
static void
test_at_once (void)
{
  g_autoptr (SkeinPracticeAhead) ahead = skein_practice_ahead_new (12);
  GThread *threads[8];
  gpointer first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("asks", get_cb, GUINT_TO_POINTER (12));
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      GBytes *picture = g_thread_join (threads[i]);

      if (i == 0)
        first = picture;
      g_assert_true (picture == first);
      g_bytes_unref (picture);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/picture/at-once", test_at_once);
  g_test_add_func ("/practice/picture/sizes", test_sizes);

  return g_test_run ();
}
