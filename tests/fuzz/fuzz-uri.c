/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-targets.h"

#include <string.h>

#include "skein-file-name.h"
#include "skein-uri.h"

static void
check_clean (const char *uri)
{
  g_autofree char *login = NULL;
  g_autofree char *again = skein_uri_clean (uri, &login, NULL);
  g_autofree char *key = skein_uri_dup_host_key (uri);
  g_autofree char *label = skein_uri_dup_host_label (uri);
  g_autofree char *display = skein_uri_dup_display (uri);

  g_assert_cmpstr (uri, ==, again);
  g_assert_null (login);
  for (const char *p = uri; *p != '\0'; p++)
    g_assert_true (g_ascii_isgraph (*p) && *p != '#' && *p != '\\');
  g_assert_true (skein_uri_same_origin (uri, uri));
  g_assert_true (*key != '\0' && *label != '\0');
  g_assert_true (g_utf8_validate (display, -1, NULL));
  skein_uri_is_loopback (uri);
}

static void
check_clean_any (const char *uri)
{
  g_autofree char *again = skein_uri_clean_any (uri, NULL, NULL);
  g_autofree char *key = skein_uri_dup_host_key (uri);
  g_autofree char *name = skein_file_name_from_uri (uri);
  g_autofree char *display = skein_uri_dup_display (uri);

  g_assert_cmpstr (uri, ==, again);
  for (const char *p = uri; *p != '\0'; p++)
    g_assert_true (g_ascii_isgraph (*p) && *p != '#' && *p != '\\');
  g_assert_true (*key != '\0' && *name != '\0' && strchr (name, '/') == NULL);
  g_assert_true (g_utf8_validate (display, -1, NULL));
  skein_uri_is_loopback (uri);
}

/* As an address, as a host, and as where a redirect leads. */
void
fuzz_uri (const guint8 *bytes,
          gsize         length)
{
  g_autofree char *text = g_strndup ((const char *) bytes, length);
  g_autofree char *with_scheme = g_strconcat ("http://", text, NULL);
  g_autofree char *login = NULL;
  g_autofree char *clean = skein_uri_clean (text, &login, NULL);
  g_autofree char *host = skein_uri_clean (with_scheme, NULL, NULL);
  g_autofree char *target = skein_uri_resolve ("https://a/b/c?d", text, NULL);
  g_autofree char *any = skein_uri_clean_any (text, NULL, NULL);
  g_autofree char *display = skein_uri_dup_display (text);

  g_assert_true (g_utf8_validate (display, -1, NULL));
  if (any != NULL)
    check_clean_any (any);
  g_assert_true (clean != NULL || login == NULL);
  if (clean != NULL)
    check_clean (clean);
  if (host != NULL)
    check_clean (host);
  if (target != NULL)
    {
      check_clean (target);
      g_assert_true (g_str_has_prefix (target, "https://"));
    }
}
