/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SkeinRange:
 * @start: its first byte
 * @end: the byte behind its last one
 *
 * Some bytes of a file.
 */
typedef struct
{
  guint64 start;
  guint64 end;
} SkeinRange;

G_END_DECLS
