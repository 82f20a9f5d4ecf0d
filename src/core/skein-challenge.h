/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SkeinChallenge:
 *
 * One way in which a server lets us say who we are: a scheme with its parameters (RFC 9110 section 11.3). Constant.
 */
typedef struct _SkeinChallenge SkeinChallenge;

/**
 * skein_challenge_parse_all:
 * @value: (nullable): all values of WWW-Authenticate or Proxy-Authenticate, joined by commas; any bytes
 *
 * A comma stands between challenges as well as between parameters: what is followed by "=" is a parameter. Rubbish is
 * passed over up to the next comma. Any thread.
 *
 * Returns: (transfer full) (element-type SkeinChallenge): in the order of the server, few at the most
 */
GPtrArray  *skein_challenge_parse_all  (const char           *value);

/**
 * skein_challenge_is:
 * @self: a challenge
 * @scheme: "Basic", "Digest" …
 *
 * Any thread.
 *
 * Returns: whether it is of this scheme
 */
gboolean    skein_challenge_is         (const SkeinChallenge *self,
                                        const char           *scheme);

/**
 * skein_challenge_get:
 * @self: a challenge
 * @name: of a parameter, in lower case
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable): its value, without quotes; the first where it came several times
 */
const char *skein_challenge_get        (const SkeinChallenge *self,
                                        const char           *name);

G_END_DECLS
