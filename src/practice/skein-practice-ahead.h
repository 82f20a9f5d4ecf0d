/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SkeinPracticeAhead:
 *
 * Draws pictures before anybody asks for them, on a thread that gets what processor time others leave.
 */
typedef struct _SkeinPracticeAhead SkeinPracticeAhead;

/**
 * skein_practice_ahead_new:
 * @n_pictures: how many pictures, from the first on
 *
 * Begins at once.
 *
 * Returns: (transfer full): what draws
 */
SkeinPracticeAhead *skein_practice_ahead_new  (guint               n_pictures);

/**
 * skein_practice_ahead_free:
 * @self: (transfer full): what draws
 *
 * Waits for the picture that is being drawn; begins no other.
 */
void                skein_practice_ahead_free (SkeinPracticeAhead *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinPracticeAhead, skein_practice_ahead_free)

G_END_DECLS
