/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * skein_percent_value:
 * @p: where a "%" may stand, NUL-terminated
 *
 * Any thread.
 *
 * Returns: the byte of "%41"; -1 if there is no "%" or no two hexadecimal digits
 */
int      skein_percent_value  (const char *p);

/**
 * skein_percent_decode:
 * @text: (array length=length): text, no NUL
 * @length: its bytes
 * @whole: (out) (optional): whether every "%" had two digits
 *
 * Decodes once; a "%" without two digits stays as it is. The bytes can be anything, NUL too. Any thread.
 *
 * Returns: (transfer full): the bytes
 */
GString *skein_percent_decode (const char *text,
                               gsize       length,
                               gboolean   *whole);

G_END_DECLS
