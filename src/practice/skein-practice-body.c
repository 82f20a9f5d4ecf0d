/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-practice-body.h"

#include <string.h>

static SkeinPracticePiece *
add (SkeinPracticeBody *self,
     guint64            length)
{
  SkeinPracticePiece *piece = &self->pieces[self->n_pieces];

  g_assert (self->n_pieces < G_N_ELEMENTS (self->pieces));
  self->n_pieces++;
  piece->length = MIN (length, SKEIN_PRACTICE_ENDLESS - self->length);
  self->length += piece->length;

  return piece;
}

void
skein_practice_body_add_bytes (SkeinPracticeBody *self,
                               GBytes            *bytes,
                               guint64            start,
                               guint64            length)
{
  SkeinPracticePiece *piece = add (self, length);

  g_assert (start + length <= g_bytes_get_size (bytes));
  piece->bytes = g_bytes_ref (bytes);
  piece->start = start;
}

void
skein_practice_body_add_text (SkeinPracticeBody *self,
                              const char        *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  skein_practice_body_add_bytes (self, bytes, 0, g_bytes_get_size (bytes));
}

void
skein_practice_body_add_pattern (SkeinPracticeBody *self,
                                 guint64            seed,
                                 guint64            start,
                                 guint64            length)
{
  SkeinPracticePiece *piece = add (self, length);

  piece->pattern = TRUE;
  piece->seed = seed;
  piece->start = start;
}

void
skein_practice_body_add_filling (SkeinPracticeBody *self,
                                 guint64            length)
{
  add (self, length);
}

static const guint8 *
peek_filling (gsize *length)
{
  static guint8 filling[64 * 1024];
  static gsize once;

  if (g_once_init_enter (&once))
    {
      memset (filling, '.', sizeof filling);
      g_once_init_leave (&once, 1);
    }
  *length = sizeof filling;

  return filling;
}

const guint8 *
skein_practice_body_peek (SkeinPracticeBody   *self,
                          SkeinPracticeWindow *window,
                          guint64              position,
                          gsize               *length)
{
  const SkeinPracticePiece *piece = self->pieces;
  const guint8 *data;
  gsize there;

  g_assert (position < self->length);

  while (position >= piece->length)
    position -= (piece++)->length;

  if (piece->pattern)
    data = skein_practice_window_peek (window, piece->seed, piece->start + position, &there);
  else if (piece->bytes != NULL)
    data = (const guint8 *) g_bytes_get_data (piece->bytes, &there) + piece->start + position;
  else
    data = peek_filling (&there);

  if (piece->bytes != NULL)
    there -= piece->start + position;
  *length = MIN (there, piece->length - position);

  return data;
}

void
skein_practice_body_clear (SkeinPracticeBody *self)
{
  for (guint i = 0; i < self->n_pieces; i++)
    g_clear_pointer (&self->pieces[i].bytes, g_bytes_unref);

  *self = (SkeinPracticeBody) { 0 };
}
