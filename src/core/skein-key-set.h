/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SkeinKey:
 *
 * Stands for a text: 128 bits of its SHA-256. Two texts of one key are not to be expected in this world.
 */
typedef struct
{
  guint8 bytes[16];
} SkeinKey;

/**
 * skein_key_of:
 * @first: a text
 * @...: more of them, up to %NULL
 *
 * Any thread.
 *
 * Returns: the key of these texts in this order
 */
SkeinKey     skein_key_of         (const char     *first,
                                   ...) G_GNUC_NULL_TERMINATED;

/**
 * SkeinKeySet:
 *
 * Many keys in little memory: about 50 bytes each, however long the texts. A plain value without locks.
 */
typedef struct _SkeinKeySet SkeinKeySet;

/**
 * skein_key_set_new:
 *
 * Returns: (transfer full): a set of nothing
 */
SkeinKeySet *skein_key_set_new    (void);

/**
 * skein_key_set_free:
 * @self: (transfer full): a set
 */
void         skein_key_set_free   (SkeinKeySet    *self);

/**
 * skein_key_set_add:
 * @self: a set
 * @key: copied
 *
 * Returns: %FALSE if it was in the set already
 */
gboolean     skein_key_set_add    (SkeinKeySet    *self,
                                   const SkeinKey *key);

/**
 * skein_key_set_has:
 * @self: a set
 * @key: a key
 *
 * Any number of threads while nothing is added.
 *
 * Returns: whether it is in the set
 */
gboolean     skein_key_set_has    (SkeinKeySet    *self,
                                   const SkeinKey *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinKeySet, skein_key_set_free)

G_END_DECLS
