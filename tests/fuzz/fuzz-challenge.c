/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-targets.h"

#include "skein-digest-login.h"
#include "skein-http-headers.h"

/* Whatever a server asks for, the answer is one that may be sent. */
void
fuzz_challenge (const guint8 *bytes,
                gsize         length)
{
  g_autofree char *value = g_strndup ((const char *) bytes, length);
  g_autoptr (GPtrArray) challenges = skein_challenge_parse_all (value);
  g_autoptr (SkeinDigestLogin) digest = skein_digest_login_choose (challenges);

  g_assert_cmpuint (challenges->len, <=, 16);
  if (digest != NULL)
    {
      g_autofree char *answer = skein_digest_login_respond (digest, "anna:secret", "GET", "/x", 1, "c");

      g_assert_true (skein_http_is_header_value (answer));
      g_assert_nonnull (skein_digest_login_get_nonce (digest));
    }
}
