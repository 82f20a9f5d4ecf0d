/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-practice-pattern.h"

#include <string.h>

#define BLOCK          SKEIN_PRACTICE_PATTERN_BLOCK
#define PAGE           SKEIN_PRACTICE_PATTERN_PAGE
#define WORD           8
#define QUARTER        (BLOCK / 4)
#define GOLDEN         G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)

struct _SkeinPracticeWindow
{
  guint64  seed;
  gboolean filled[4];  /* quarters: a small answer does not pay for a whole block */
  guint64  block[4];   /* whose page numbers a quarter has */
  guint8  *data;
};

static guint64
mix (guint64 value)
{
  value = (value ^ (value >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  value = (value ^ (value >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);

  return value ^ (value >> 31);
}

/* The generator is a function of the place (SplitMix64), so that no state must be carried. */
static guint64
word_at (guint64 mixed_seed,
         guint64 offset)
{
  if (offset % PAGE == 0)
    return GUINT64_TO_BE (offset / PAGE);

  return GUINT64_TO_LE (mix (mixed_seed + (offset % BLOCK / WORD + 1) * GOLDEN));
}

void
skein_practice_pattern_fill (guint64  seed,
                             guint64  offset,
                             guint8  *buffer,
                             gsize    length)
{
  guint64 mixed = mix (seed + GOLDEN);

  while (length > 0)
    {
      guint64 word = word_at (mixed, offset - offset % WORD);
      gsize skip = offset % WORD;
      gsize n = MIN (length, WORD - skip);

      memcpy (buffer, (const guint8 *) &word + skip, n);
      buffer += n;
      offset += n;
      length -= n;
    }
}

char *
skein_practice_pattern_sha256 (guint64 seed,
                               guint64 size)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (SkeinPracticeWindow) window = skein_practice_window_new ();
  guint64 offset = 0;

  while (offset < size)
    {
      gsize length;
      const guint8 *data = skein_practice_window_peek (window, seed, offset, &length);

      length = MIN (length, size - offset);
      g_checksum_update (checksum, data, length);
      offset += length;
    }

  return g_strdup (g_checksum_get_string (checksum));
}

SkeinPracticeWindow *
skein_practice_window_new (void)
{
  return g_new0 (SkeinPracticeWindow, 1);
}

void
skein_practice_window_free (SkeinPracticeWindow *self)
{
  g_free (self->data);
  g_free (self);
}

static void
number_pages (SkeinPracticeWindow *self,
              guint                quarter,
              guint64              block)
{
  guint8 *data = self->data + quarter * QUARTER;
  guint64 page = (block * BLOCK + quarter * QUARTER) / PAGE;

  for (gsize at = 0; at < QUARTER; at += PAGE)
    {
      guint64 word = GUINT64_TO_BE (page++);

      memcpy (data + at, &word, sizeof word);
    }
  self->block[quarter] = block;
}

const guint8 *
skein_practice_window_peek (SkeinPracticeWindow *self,
                            guint64              seed,
                            guint64              offset,
                            gsize               *length)
{
  guint64 block = offset / BLOCK;
  gsize place = offset % BLOCK;
  guint quarter = place / QUARTER;

  if (self->data == NULL)
    self->data = g_malloc (BLOCK);

  if (self->seed != seed)
    {
      memset (self->filled, 0, sizeof self->filled);
      self->seed = seed;
    }

  if (!self->filled[quarter])
    {
      skein_practice_pattern_fill (seed, block * BLOCK + quarter * QUARTER, self->data + quarter * QUARTER, QUARTER);
      self->filled[quarter] = TRUE;
      self->block[quarter] = block;
    }
  else if (self->block[quarter] != block)
    number_pages (self, quarter, block);

  *length = QUARTER - place % QUARTER;

  return self->data + place;
}
