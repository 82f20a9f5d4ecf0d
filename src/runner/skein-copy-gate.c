/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-copy-gate.h"

/* Entering and leaving touch no lock as long as nobody waits: with small files they are as many as reads. */
struct _SkeinCopyGate
{
  int    free_slots;  /* atomic */
  int    n_waiting;   /* atomic; changed under the mutex */
  int    slots;       /* constant */

  GMutex mutex;
  GCond  left;
};

SkeinCopyGate *
skein_copy_gate_new (guint slots)
{
  SkeinCopyGate *self = g_new0 (SkeinCopyGate, 1);

  g_return_val_if_fail (slots > 0, NULL);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->left);
  self->free_slots = self->slots = (int) slots;

  return self;
}

void
skein_copy_gate_free (SkeinCopyGate *self)
{
  g_assert (g_atomic_int_get (&self->free_slots) == self->slots);

  g_cond_clear (&self->left);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static gboolean
take_slot (SkeinCopyGate *self)
{
  int n = g_atomic_int_get (&self->free_slots);

  while (n > 0)
    {
      if (g_atomic_int_compare_and_exchange (&self->free_slots, n, n - 1))
        return TRUE;
      n = g_atomic_int_get (&self->free_slots);
    }

  return FALSE;
}

void
skein_copy_gate_enter (SkeinCopyGate *self)
{
  if (take_slot (self))
    return;

  /* Said before looking again: whoever leaves after that look sees it. */
  g_mutex_lock (&self->mutex);
  g_atomic_int_inc (&self->n_waiting);
  while (!take_slot (self))
    g_cond_wait (&self->left, &self->mutex);
  g_atomic_int_add (&self->n_waiting, -1);
  g_mutex_unlock (&self->mutex);
}

void
skein_copy_gate_leave (SkeinCopyGate *self)
{
  int before = g_atomic_int_add (&self->free_slots, 1);

  g_assert (before < self->slots);
  if (g_atomic_int_get (&self->n_waiting) == 0)
    return;

  g_mutex_lock (&self->mutex);
  g_cond_signal (&self->left);
  g_mutex_unlock (&self->mutex);
}
