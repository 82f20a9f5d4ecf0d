/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-targets.h"

#include <string.h>

#include "skein-file-name.h"
#include "skein-text.h"

static void
check_name (const char *name)
{
  g_autofree char *again = skein_file_name_sanitize (name, -1);
  gsize length = strlen (name);

  g_assert_cmpstr (name, ==, again);
  g_assert_true (length > 0 && length <= SKEIN_FILE_NAME_MAX_LENGTH);
  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_assert_null (strpbrk (name, "/\\<>:\"|?*"));
  g_assert_null (strchr (".- ", name[0]));
  g_assert_null (strchr (". ", name[length - 1]));

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_false (skein_text_is_unsafe (g_utf8_get_char (p)));
}

void
fuzz_file_name (const guint8 *bytes,
                gsize         length)
{
  g_autofree char *text = g_strndup ((const char *) bytes, length);
  g_autofree char *uri = g_strconcat ("http://host/", text, NULL);
  g_autofree char *name = skein_file_name_sanitize ((const char *) bytes, (gssize) length);
  g_autofree char *numbered = skein_file_name_numbered (name, G_MAXUINT);
  g_autofree char *from_uri = skein_file_name_from_uri (uri);
  g_autofree char *from_header = skein_file_name_from_disposition (text);
  g_autofree char *readable = skein_text_dup_readable ((const char *) bytes, (gssize) length, 20);

  check_name (name);
  check_name (numbered);
  check_name (from_uri);
  if (from_header != NULL)
    check_name (from_header);
  g_assert_true (g_utf8_validate (readable, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (readable, -1), <=, 20);
}
