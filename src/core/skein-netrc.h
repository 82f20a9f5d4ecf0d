/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SKEIN_NETRC_MAX_WORD:
 *
 * Bytes of the longest name or password that is taken; an entry with a longer one is passed over.
 */
#define SKEIN_NETRC_MAX_WORD 4096

/**
 * SkeinNetrc:
 *
 * The logins of a netrc file, as ftp, curl and wget read it: words with white space between them, or in double
 * quotes with backslashes; `machine HOST`, `default`, `login`, `password`, `account`, `macdef` with its lines up to an
 * empty one, comments from `#` on where no value is due. Anything is taken; what makes no sense is passed over.
 *
 * Fed by one thread; then nothing changes any more, and any thread may ask.
 */
typedef struct _SkeinNetrc SkeinNetrc;

/**
 * skein_netrc_new:
 *
 * Returns: (transfer full): one without entries, to be fed
 */
SkeinNetrc *skein_netrc_new   (void);

/**
 * skein_netrc_feed:
 * @self: one that was not ended
 * @bytes: (array length=length): the next bytes of the file, cut anywhere
 * @length: how many
 */
void        skein_netrc_feed  (SkeinNetrc *self,
                               const char *bytes,
                               gsize       length);

/**
 * skein_netrc_end:
 * @self: one that was not ended
 *
 * The file is over.
 */
void        skein_netrc_end   (SkeinNetrc *self);

/**
 * skein_netrc_ref:
 * @self: an ended one
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
SkeinNetrc *skein_netrc_ref   (SkeinNetrc *self);

/**
 * skein_netrc_unref:
 * @self: (transfer full): one
 *
 * Any thread. The passwords are overwritten with the last reference.
 */
void        skein_netrc_unref (SkeinNetrc *self);

/**
 * skein_netrc_find:
 * @self: an ended one
 * @host: a host in ASCII and lower case; IPv6 without brackets
 * @user: (nullable): whose password is looked for, or %NULL for the first entry
 * @by_name: whether the entry must name the host: the one called `default` does not count then
 *
 * The first entry that fits and has both login and password. Any thread.
 *
 * Returns: (transfer full) (nullable): "user:password"
 */
char       *skein_netrc_find  (SkeinNetrc *self,
                               const char *host,
                               const char *user,
                               gboolean    by_name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinNetrc, skein_netrc_unref)

G_END_DECLS
