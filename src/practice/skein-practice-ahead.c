/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-practice-ahead.h"

#include <sys/resource.h>
#include <unistd.h>

#include "skein-practice-picture.h"

#define LOWEST_PRIORITY 19

struct _SkeinPracticeAhead
{
  guint     n_pictures;  /* constant */
  int       stopped;     /* atomic */
  GThread  *thread;      /* only the owner */
};

static gpointer
draw_cb (gpointer data)
{
  SkeinPracticeAhead *self = data;

  /* On Linux this is about the calling thread alone. */
  setpriority (PRIO_PROCESS, (id_t) gettid (), LOWEST_PRIORITY);

  /* From the last one: the first ones are being asked for, and are drawn by who asks. */
  for (guint number = self->n_pictures; number > 0 && !g_atomic_int_get (&self->stopped); number--)
    g_bytes_unref (skein_practice_picture_get (number));

  return NULL;
}

SkeinPracticeAhead *
skein_practice_ahead_new (guint n_pictures)
{
  SkeinPracticeAhead *self;

  g_return_val_if_fail (n_pictures <= SKEIN_PRACTICE_PICTURES, NULL);

  self = g_new0 (SkeinPracticeAhead, 1);
  self->n_pictures = n_pictures;
  self->thread = g_thread_new ("practice-ahead", draw_cb, self);

  return self;
}

void
skein_practice_ahead_free (SkeinPracticeAhead *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_int_set (&self->stopped, TRUE);
  g_thread_join (self->thread);
  g_free (self);
}
