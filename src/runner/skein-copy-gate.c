/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-copy-gate.h"

struct _SkeinCopyGate
{
  GMutex mutex;  /* for all below */
  GCond  left;
  guint  free_slots;
  guint  slots;
};

SkeinCopyGate *
skein_copy_gate_new (guint slots)
{
  SkeinCopyGate *self = g_new0 (SkeinCopyGate, 1);

  g_return_val_if_fail (slots > 0, NULL);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->left);
  self->free_slots = self->slots = slots;

  return self;
}

void
skein_copy_gate_free (SkeinCopyGate *self)
{
  g_assert (self->free_slots == self->slots);

  g_cond_clear (&self->left);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

void
skein_copy_gate_enter (SkeinCopyGate *self)
{
  g_mutex_lock (&self->mutex);
  while (self->free_slots == 0)
    g_cond_wait (&self->left, &self->mutex);
  self->free_slots--;
  g_mutex_unlock (&self->mutex);
}

void
skein_copy_gate_leave (SkeinCopyGate *self)
{
  g_mutex_lock (&self->mutex);
  g_assert (self->free_slots < self->slots);
  self->free_slots++;
  g_cond_signal (&self->left);
  g_mutex_unlock (&self->mutex);
}
