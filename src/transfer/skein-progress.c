/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-progress.h"

struct _SkeinProgress
{
  gatomicrefcount        ref_count;

  GMutex                 mutex;  /* for all below */
  SkeinProgressSnapshot  now;
  char                  *name;
  gboolean               noted[SKEIN_N_NOTE_KINDS];
  guint64                values[SKEIN_N_NOTE_KINDS];
};

SkeinProgress *
skein_progress_new (void)
{
  SkeinProgress *self = g_new0 (SkeinProgress, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->now.total = -1;
  self->now.checked = -1;
  self->now.operation = SKEIN_OPERATION_START;

  return self;
}

SkeinProgress *
skein_progress_ref (SkeinProgress *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
skein_progress_unref (SkeinProgress *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_mutex_clear (&self->mutex);
  g_free (self->name);
  g_free (self);
}

void
skein_progress_get (SkeinProgress         *self,
                    SkeinProgressSnapshot *snapshot)
{
  g_mutex_lock (&self->mutex);
  *snapshot = self->now;
  g_mutex_unlock (&self->mutex);
}

char *
skein_progress_dup_name (SkeinProgress *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_strdup (self->name);
}

void
skein_progress_set_name (SkeinProgress *self,
                         const char    *name)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_free (self->name);
  self->name = g_strdup (name);
  self->now.named = TRUE;
}

void
skein_progress_set_total (SkeinProgress *self,
                          gint64         total)
{
  g_mutex_lock (&self->mutex);
  self->now.total = total;
  g_mutex_unlock (&self->mutex);
}

void
skein_progress_set_operation (SkeinProgress  *self,
                              SkeinOperation  operation)
{
  g_mutex_lock (&self->mutex);
  self->now.operation = operation;
  g_mutex_unlock (&self->mutex);
}

void
skein_progress_set_connections (SkeinProgress *self,
                                guint          connections)
{
  g_mutex_lock (&self->mutex);
  self->now.connections = connections;
  g_mutex_unlock (&self->mutex);
}

void
skein_progress_set_checked (SkeinProgress *self,
                            gint64         checked)
{
  g_mutex_lock (&self->mutex);
  self->now.checked = checked;
  g_mutex_unlock (&self->mutex);
}

void
skein_progress_add_received (SkeinProgress *self,
                             gint64         bytes)
{
  g_mutex_lock (&self->mutex);
  self->now.received += (guint64) bytes;
  g_mutex_unlock (&self->mutex);
}

void
skein_progress_add_resumed (SkeinProgress *self,
                            guint64        bytes)
{
  g_mutex_lock (&self->mutex);
  self->now.received += bytes;
  self->now.resumed += bytes;
  g_mutex_unlock (&self->mutex);
}

guint64
skein_progress_restart (SkeinProgress *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  guint64 received = self->now.received;

  self->now.received = 0;
  self->now.resumed = 0;
  self->noted[SKEIN_NOTE_WITHOUT_PROOF] = FALSE;
  self->now.notes++;

  return received;
}

void
skein_progress_note (SkeinProgress *self,
                     SkeinNoteKind  kind,
                     guint64        value)
{
  g_mutex_lock (&self->mutex);
  self->noted[kind] = TRUE;
  self->values[kind] = value;
  self->now.notes++;
  g_mutex_unlock (&self->mutex);
}

GArray *
skein_progress_dup_notes (SkeinProgress *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GArray *notes = g_array_new (FALSE, FALSE, sizeof (SkeinNote));

  for (guint kind = 0; kind < SKEIN_N_NOTE_KINDS; kind++)
    if (self->noted[kind])
      {
        SkeinNote note = { kind, self->values[kind] };

        g_array_append_val (notes, note);
      }

  return notes;
}

void
skein_progress_copy_notes (SkeinProgress *self,
                           SkeinProgress *other)
{
  g_autoptr (GArray) notes = skein_progress_dup_notes (other);

  for (guint i = 0; i < notes->len; i++)
    {
      SkeinNote *note = &g_array_index (notes, SkeinNote, i);

      if (note->kind == SKEIN_NOTE_WITHOUT_PROOF || note->kind == SKEIN_NOTE_STARTED_OVER)
        skein_progress_note (self, note->kind, note->value);
    }
}
