/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-targets.h"

#include "skein-uri-list.h"
#include "skein-uri.h"

static void
check_list (const SkeinUriList *list)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (list->logins->len, ==, list->addresses->len);
  g_assert_cmpuint (list->rejected, >=, list->rejects->len - (list->cut ? 1 : 0));
  for (guint i = 0; i < list->addresses->len; i++)
    {
      char *address = g_ptr_array_index (list->addresses, i);
      g_autofree char *again = skein_uri_clean (address, NULL, NULL);

      g_assert_cmpstr (address, ==, again);
      g_assert_true (g_hash_table_add (seen, address));
    }

  for (guint i = 0; i < list->rejects->len; i++)
    {
      const SkeinUriReject *reject = g_ptr_array_index (list->rejects, i);

      g_assert_true (reject->line > 0 && reject->error != NULL);
      g_assert_true (g_utf8_validate (reject->text, -1, NULL));
    }
}

void
fuzz_uri_list (const guint8 *bytes,
               gsize         length)
{
  for (int form = SKEIN_URI_LIST_LINES; form <= SKEIN_URI_LIST_MOZ_URL; form++)
    {
      g_autoptr (SkeinUriList) list =
        skein_uri_list_parse ((const char *) bytes, length, (SkeinUriListForm) form);

      check_list (list);
    }
}
