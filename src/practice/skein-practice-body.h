/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-practice-pattern.h"

G_BEGIN_DECLS

/** SKEIN_PRACTICE_ENDLESS: the length of a body that never ends. */
#define SKEIN_PRACTICE_ENDLESS (G_MAXUINT64 / 2)

typedef struct
{
  GBytes  *bytes;   /* what it is made of; without: the pattern, or for a filling neither */
  gboolean pattern;
  guint64  seed;
  guint64  start;   /* first byte of the bytes or the pattern */
  guint64  length;
} SkeinPracticePiece;

/**
 * SkeinPracticeBody:
 *
 * The bytes of an answer, made of up to four pieces and never held in memory as a whole. Filled with
 * zeros it is empty. For one thread at a time.
 */
typedef struct
{
  SkeinPracticePiece pieces[4];
  guint              n_pieces;
  guint64            length;    /* of all pieces */
} SkeinPracticeBody;

/**
 * skein_practice_body_add_bytes:
 * @self: a body
 * @bytes: some bytes
 * @start: first of them to be sent
 * @length: how many of them
 */
void          skein_practice_body_add_bytes   (SkeinPracticeBody   *self,
                                               GBytes              *bytes,
                                               guint64              start,
                                               guint64              length);

/**
 * skein_practice_body_add_text:
 * @self: a body
 * @text: a text
 */
void          skein_practice_body_add_text    (SkeinPracticeBody   *self,
                                               const char          *text);

/**
 * skein_practice_body_add_pattern:
 * @self: a body
 * @seed: which content of /bytes
 * @start: first byte
 * @length: how many bytes
 */
void          skein_practice_body_add_pattern (SkeinPracticeBody   *self,
                                               guint64              seed,
                                               guint64              start,
                                               guint64              length);

/**
 * skein_practice_body_add_filling:
 * @self: a body
 * @length: how many bytes, all "."
 */
void          skein_practice_body_add_filling (SkeinPracticeBody   *self,
                                               guint64              length);

/**
 * skein_practice_body_peek:
 * @self: a body
 * @window: the window to make pattern in
 * @position: from 0, less than the length
 * @length: (out): bytes at the returned address, at least one
 *
 * Returns: (transfer none): the bytes at @position, until the next call
 */
const guint8 *skein_practice_body_peek        (SkeinPracticeBody   *self,
                                               SkeinPracticeWindow *window,
                                               guint64              position,
                                               gsize               *length);

/**
 * skein_practice_body_clear:
 * @self: a body
 *
 * Frees what is in it and makes it empty.
 */
void          skein_practice_body_clear       (SkeinPracticeBody   *self);

G_END_DECLS
