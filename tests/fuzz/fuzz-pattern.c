/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-targets.h"

#include <string.h>

#include "skein-pattern.h"

#define MOST 200

void
fuzz_pattern (const guint8 *bytes,
              gsize         length)
{
  g_autofree char *text = g_strndup ((const char *) bytes, length);
  g_autoptr (GPtrArray) addresses = NULL;
  g_autoptr (GError) count_error = NULL;
  g_autoptr (GError) error = NULL;
  guint64 count = skein_pattern_count (text, &count_error);
  gboolean good = skein_pattern_expand (text, MOST, &addresses, &error);

  g_assert_true ((count == 0) == (count_error != NULL));
  g_assert_true (good == (error == NULL));
  g_assert_true (good == (count > 0 && count <= MOST));
  for (guint i = 0; good && i < count; i++)
    g_assert_cmpuint (strlen (g_ptr_array_index (addresses, i)), <=, strlen (text));
  g_assert_true (!good || addresses->len == count);
}
