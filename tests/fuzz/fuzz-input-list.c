/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-targets.h"

#include <string.h>

#include "skein-http-headers.h"
#include "skein-input-list.h"

static void
check_entry (const SkeinInputEntry *entry,
             GString               *log)
{
  g_assert_cmpuint (entry->addresses->len, >, 0);
  g_string_append_printf (log, "%u %s %s %s\n", entry->line, entry->out, entry->dir, entry->checksum);
  for (guint i = 0; i < entry->addresses->len; i++)
    {
      const char *address = g_ptr_array_index (entry->addresses, i);

      g_assert_true (*address != '\0' && strpbrk (address, "\t\r\n") == NULL);
      g_string_append_printf (log, "%s\n", address);
    }

  for (guint i = 0; i < entry->headers->len; i++)
    {
      const char *header = g_ptr_array_index (entry->headers, i);
      const char *colon = strstr (header, ": ");

      g_assert_nonnull (colon);
      g_assert_true (skein_http_is_header_value (colon + 2));
      g_string_append_printf (log, "%s\n", header);
    }
}

static void
check_cb (const SkeinInputEntry *entry,
          const SkeinUriReject  *reject,
          gpointer               data)
{
  GString *log = data;

  g_assert_true ((entry == NULL) != (reject == NULL));
  if (entry != NULL)
    {
      check_entry (entry, log);
      return;
    }

  g_assert_true (reject->line > 0 && reject->error != NULL);
  g_assert_true (g_utf8_validate (reject->text, -1, NULL));
  g_string_append_printf (log, "%u! %s %s\n", reject->line, reject->text, reject->error->message);
}

static GString *
read_list (const guint8 *bytes,
           gsize         length,
           gsize         block)
{
  GString *log = g_string_new (NULL);
  g_autoptr (SkeinInputList) list = skein_input_list_new (check_cb, log);

  for (gsize i = 0; i < length; i += block)
    skein_input_list_feed (list, (const char *) bytes + i, MIN (block, length - i));
  skein_input_list_end (list);

  return log;
}

/* How a list is cut into blocks changes nothing. */
void
fuzz_input_list (const guint8 *bytes,
                 gsize         length)
{
  GString *whole = read_list (bytes, length, length + 1);
  GString *cut = read_list (bytes, length, length % 7 + 1);

  g_assert_cmpmem (whole->str, whole->len, cut->str, cut->len);
  g_string_free (whole, TRUE);
  g_string_free (cut, TRUE);
}
