/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-targets.h"

#include "skein-cookies.h"
#include "skein-http-headers.h"

#include <string.h>

static char *
make_header (const guint8 *bytes,
             gsize         length,
             gsize         block)
{
  g_autoptr (SkeinCookies) cookies = skein_cookies_new ();

  for (gsize at = 0; at < length; at += block)
    skein_cookies_feed (cookies, (const char *) bytes + at, MIN (block, length - at));
  skein_cookies_end (cookies);

  return skein_cookies_dup_header (cookies, "https://a.org/x/y?z", 1000);
}

/* However the bytes are cut, the header is the same, and one that may be sent. */
void
fuzz_cookies (const guint8 *bytes,
              gsize         length)
{
  g_autofree char *whole = make_header (bytes, length, MAX (length, 1));
  g_autofree char *pieces = make_header (bytes, length, 1);

  g_assert_cmpstr (whole, ==, pieces);
  if (whole != NULL)
    {
      g_assert_true (skein_http_is_header_value (whole));
      g_assert_cmpuint (strlen (whole), <=, SKEIN_COOKIES_MAX_HEADER);
    }
}
